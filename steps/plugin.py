"""Pytest plugin of the vocabulary: every module with steps, and a guard on what they are."""

from __future__ import annotations

import inspect

import pytest

from assay.verdicts import PlanError

pytest_plugins = (
    "steps.adversary",
    "steps.alerts",
    "steps.answers",
    "steps.billing",
    "steps.cells",
    "steps.certificates",
    "steps.change_of_supplier",
    "steps.circuits",
    "steps.clock",
    "steps.conformance",
    "steps.credentials",
    "steps.firmware",
    "steps.fleet",
    "steps.gas",
    "steps.gas_answers",
    "steps.gas_hands",
    "steps.gas_prepayment",
    "steps.gas_sleep",
    "steps.gas_tariff",
    "steps.gas_year",
    "steps.home",
    "steps.hub",
    "steps.hub_swap",
    "steps.installation",
    "steps.joining",
    "steps.life",
    "steps.link_margin",
    "steps.logs",
    "steps.meter_site",
    "steps.metrology",
    "steps.power",
    "steps.prepayment",
    "steps.readings",
    "steps.requests",
    "steps.requirement",
    "steps.tariffs",
)


def pytest_collection_modifyitems(session: pytest.Session) -> None:
    """An async step would pass without running: refuse it before anything starts."""
    for name in pytest_plugins:
        module = session.config.pluginmanager.get_plugin(name)
        for attribute, value in vars(module).items():
            if inspect.iscoroutinefunction(value):
                raise PlanError(f"{name}.{attribute}: expected a plain function, found async def")
