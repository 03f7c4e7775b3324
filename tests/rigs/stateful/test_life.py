"""Meter and model agree on every life; a longer run is asked for by ASSAY_STATEFUL_EXAMPLES."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from tests.rigs.stateful.life import Life

TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=int(os.environ.get("ASSAY_STATEFUL_EXAMPLES", "15")),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
