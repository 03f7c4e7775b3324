"""A clock, a loop thread, and one path that a virtual attenuator stands in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assay.clock import LoopThread, SimulatedClock
from tests.rigs.attenuator.kit import START, Paths


@pytest.fixture(scope="module")
def loop_thread() -> Iterator[LoopThread]:
    thread = LoopThread("attenuators")
    yield thread
    thread.close()


@pytest.fixture
def clock(loop_thread: LoopThread) -> SimulatedClock:
    return SimulatedClock(START, run=loop_thread.run, stuck_after_s=5)


@pytest.fixture
def paths() -> Paths:
    return Paths()
