"""A loop thread for virtual sniffers, and a simulated clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assay.clock import LoopThread, SimulatedClock
from tests.rigs.capture.scenes import NOON


@pytest.fixture(scope="session")
def loop_thread() -> Iterator[LoopThread]:
    thread = LoopThread("sniffers")
    yield thread
    thread.close()


@pytest.fixture
def clock(loop_thread: LoopThread) -> SimulatedClock:
    return SimulatedClock(NOON, run=loop_thread.run)
