"""A loop thread for virtual peers, a simulated clock, and a VISA manager."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import pyvisa

from assay.clock import LoopThread, SimulatedClock
from rigs.drivers.visa import visa_resources

START = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def loop_thread() -> Iterator[LoopThread]:
    thread = LoopThread("laboratory")
    yield thread
    thread.close()


@pytest.fixture(scope="session")
def resources() -> Iterator[pyvisa.ResourceManager]:
    with visa_resources() as manager:
        yield manager


@pytest.fixture
def clock(loop_thread: LoopThread) -> SimulatedClock:
    return SimulatedClock(START, run=loop_thread.run)
