"""Waiting on the state thread: events in the order that another thread sees, no standstill."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from assay.clock import ExchangeStuckError, LoopThread, SimulatedClock, WallClock

START = datetime(2026, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def loop_thread() -> Iterator[LoopThread]:
    thread = LoopThread()
    yield thread
    thread.close()


@pytest.fixture
def clock(loop_thread: LoopThread) -> SimulatedClock:
    return SimulatedClock(START, run=loop_thread.run)


def test_events_run_in_order_until_the_condition_holds(
    loop_thread: LoopThread, clock: SimulatedClock
) -> None:
    seen: list[int] = []
    for number in (3, 1, 2):
        clock.call_later(number * SECOND, lambda number=number: seen.append(number))  # type: ignore[misc]
    assert loop_thread(clock.until(lambda: 2 in seen, 10 * SECOND))
    assert (seen, clock.now()) == ([1, 2], START + 2 * SECOND)


def test_time_ends_at_the_deadline_where_the_condition_never_holds(
    loop_thread: LoopThread, clock: SimulatedClock
) -> None:
    assert not loop_thread(clock.until(lambda: False, 5 * SECOND))
    assert clock.now() == START + 5 * SECOND


def test_time_stands_still_while_the_loop_ends_an_exchange(
    loop_thread: LoopThread, clock: SimulatedClock
) -> None:
    moments: list[datetime] = []

    async def deliver() -> None:
        with clock.exchange():
            await asyncio.sleep(0.01)
            moments.append(clock.now())

    tasks: list[asyncio.Task[None]] = []

    def begin() -> None:
        hold = clock.exchange()
        hold.__enter__()
        task = loop_thread.loop.create_task(deliver())
        task.add_done_callback(lambda _: hold.__exit__(None, None, None))
        tasks.append(task)

    clock.call_later(SECOND, begin)
    clock.call_later(2 * SECOND, lambda: moments.append(clock.now()))
    assert loop_thread(clock.until(lambda: len(moments) == 2, 10 * SECOND))
    assert moments == [START + SECOND, START + 2 * SECOND]


def test_an_exchange_of_another_thread_wakes_the_loop(
    loop_thread: LoopThread, clock: SimulatedClock
) -> None:
    hold = clock.exchange()
    hold.__enter__()
    threading.Timer(0.02, lambda: hold.__exit__(None, None, None)).start()
    assert not loop_thread(clock.until(lambda: False, SECOND))
    assert clock.now() == START + SECOND


def test_an_exchange_that_never_ends_is_reported(loop_thread: LoopThread) -> None:
    clock = SimulatedClock(START, run=loop_thread.run, stuck_after_s=0.02)
    with clock.exchange(), pytest.raises(ExchangeStuckError, match=r"1 exchange\(s\) still"):
        loop_thread(clock.until(lambda: False, SECOND))
    assert clock.now() == START


def test_an_exchange_ends_even_where_it_fails(clock: SimulatedClock) -> None:
    with pytest.raises(ConnectionError), clock.exchange():
        raise ConnectionError
    clock.advance(SECOND)
    assert clock.now() == START + SECOND


def test_several_wait_at_once_and_time_serves_them_all(
    loop_thread: LoopThread, clock: SimulatedClock
) -> None:
    seen: list[int] = []
    for number in range(1, 5):
        clock.call_later(number * SECOND, lambda number=number: seen.append(number))  # type: ignore[misc]

    async def all_of_them() -> list[bool]:
        waits = (clock.until(lambda n=n: n in seen, 10 * SECOND) for n in range(1, 5))  # type: ignore[misc]
        return await asyncio.gather(*waits)

    assert loop_thread(all_of_them()) == [True] * 4
    assert (seen, clock.now()) == ([1, 2, 3, 4], START + 4 * SECOND)


def test_wall_time_passes_without_stopping_the_loop(loop_thread: LoopThread) -> None:
    clock, done = WallClock(loop_thread), asyncio.Event()

    async def wait() -> bool:
        asyncio.get_running_loop().call_later(0.01, done.set)
        return await clock.until(done.is_set, 10 * SECOND)

    assert loop_thread(wait())
    assert not loop_thread(clock.until(lambda: False, timedelta(0)))
