"""Events that lie close together are run in one go, on the state thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from assay.clock import LoopThread, SimulatedClock

START = datetime(2026, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


@pytest.fixture
def loop_thread() -> Iterator[LoopThread]:
    thread = LoopThread()
    yield thread
    thread.close()


@pytest.fixture
def clock(loop_thread: LoopThread) -> SimulatedClock:
    return SimulatedClock(START, run=loop_thread.run, run_together=loop_thread)


def test_each_event_has_its_own_time(clock: SimulatedClock) -> None:
    seen: list[timedelta] = []
    for number in (3, 1, 500, 2):
        clock.call_later(number * MILLISECOND, lambda: seen.append(clock.now() - START))
    clock.advance(400 * MILLISECOND)
    assert seen == [number * MILLISECOND for number in (1, 2, 3)]
    assert clock.now() == START + 400 * MILLISECOND
    clock.advance(200 * MILLISECOND)
    assert seen[-1] == 500 * MILLISECOND


def test_they_run_on_the_state_thread(clock: SimulatedClock, loop_thread: LoopThread) -> None:
    own = loop_thread.run(threading.current_thread)
    seen: list[threading.Thread] = []
    for number in range(3):
        clock.call_later(number * MILLISECOND, lambda: seen.append(threading.current_thread()))
    clock.advance(MILLISECOND * 10)
    assert seen == [own, own, own]


def test_what_an_event_leaves_to_the_loop_is_done_before_the_next(clock: SimulatedClock) -> None:
    seen: list[str] = []

    def first() -> None:
        asyncio.get_running_loop().call_soon(lambda: seen.append("left to the loop"))

    clock.call_later(MILLISECOND, first)
    clock.call_later(2 * MILLISECOND, lambda: seen.append("second"))
    clock.advance(10 * MILLISECOND)
    assert seen == ["left to the loop", "second"]


def test_the_next_waits_for_an_exchange_of_the_one_before(clock: SimulatedClock) -> None:
    seen: list[str] = []
    tasks: list[asyncio.Task[None]] = []

    async def answer() -> None:
        await asyncio.sleep(0.01)
        seen.append("answer")
        clock.end_exchange()

    def first() -> None:
        clock.begin_exchange()
        tasks.append(asyncio.get_running_loop().create_task(answer()))

    clock.call_later(MILLISECOND, first)
    clock.call_later(2 * MILLISECOND, lambda: seen.append("second"))
    clock.advance(10 * MILLISECOND)
    assert seen == ["answer", "second"]


def test_a_condition_is_seen_before_events_that_are_far_off(clock: SimulatedClock) -> None:
    seen: list[int] = []
    clock.call_later(MILLISECOND, lambda: seen.append(1))
    clock.call_later(100 * MILLISECOND, lambda: seen.append(100))
    assert clock.wait_until(lambda: bool(seen), timedelta(seconds=1))
    assert (seen, clock.now()) == ([1], START + MILLISECOND)
