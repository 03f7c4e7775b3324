"""Plugins for features that are run by hand (`pytest steps`); a campaign names them itself."""

pytest_plugins = ("reports.tags", "fixtures.plugin", "steps.plugin")
