"""Simulated time: it jumps to the next due event and never past a message in flight."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import threading
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from assay.clock.contract import ExchangeStuckError, Timer

Run = Callable[[Callable[[], None]], None]
RunTogether = Callable[[Coroutine[Any, Any, None]], None]

TOGETHER = timedelta(milliseconds=20)
"""Events of a radio follow one another within this: a frame, its acknowledgement, the answer."""


@dataclass(slots=True)
class _Due:
    when: datetime
    callback: Callable[[], None]
    cancelled: bool = field(default=False, init=False)

    def cancel(self) -> None:
        self.cancelled = True


class SimulatedClock:
    """Starts at `start` (aware) and stands still until told to advance.

    `run` hands a callback to the state thread and waits for it; without one, callbacks
    run on the caller's thread, which is what tests of a single device want. With
    `run_together`, which runs a coroutine on the state thread, events that lie close together are
    run there in one go, each with a turn of the loop to itself: with a radio there are thousands,
    and going to and fro between two threads costs far more than they do.
    """

    def __init__(
        self,
        start: datetime,
        run: Run | None = None,
        stuck_after_s: float = 30.0,
        run_together: RunTogether | None = None,
    ) -> None:
        if start.tzinfo is None:
            raise ValueError(f"start needs a time zone, got {start.isoformat()}")
        self._now = start
        self._run: Run = run if run is not None else (lambda callback: callback())
        self._run_together = run_together
        self._stuck_after_s = stuck_after_s
        self._heap: list[tuple[datetime, int, _Due]] = []
        self._order = itertools.count()
        self._in_flight = 0
        self._quiet = threading.Condition()
        self._waiting: list[asyncio.Future[None]] = []
        """Those on the state thread who wait for the last exchange to end."""

    def now(self) -> datetime:
        return self._now

    def call_at(self, when: datetime, callback: Callable[[], None]) -> Timer:
        due = _Due(max(when, self._now), callback)
        with self._quiet:
            heapq.heappush(self._heap, (due.when, next(self._order), due))
        return due

    def call_later(self, delay: timedelta, callback: Callable[[], None]) -> Timer:
        return self.call_at(self._now + delay, callback)

    def exchange(self) -> AbstractContextManager[None]:
        return _Hold(self)

    def begin_exchange(self) -> None:
        with self._quiet:
            self._in_flight += 1

    def end_exchange(self) -> None:
        with self._quiet:
            self._in_flight -= 1
            if self._in_flight:
                return
            self._quiet.notify_all()
            waiting, self._waiting = self._waiting, []
        for one in waiting:
            one.get_loop().call_soon_threadsafe(_wake, one)

    def advance(self, span: timedelta) -> None:
        if span < timedelta(0):
            raise ValueError(f"time only goes forward, got {span}")
        target = self._now + span
        while self._step(target):
            pass

    def wait_until(self, condition: Callable[[], bool], timeout: timedelta) -> bool:
        deadline = self._now + timeout
        self._drain()
        while not condition():
            if not self._step(deadline):
                return condition()
        return True

    async def until(self, condition: Callable[[], bool], timeout: timedelta) -> bool:
        """Each event has a turn of the loop to itself, as it has when another thread waits."""
        deadline = self._now + timeout
        await self._drained()
        while not condition():
            due = self._pop(deadline)
            if due is None:
                self._now = max(self._now, deadline)
                return condition()
            self._now = max(self._now, due.when)
            due.callback()
            await self._drained()
        return True

    def _step(self, target: datetime) -> bool:
        """Run the next event due by `target`; without one, set the time to it and say False."""
        self._drain()
        due = self._pop(target)
        if due is None:
            self._now = max(self._now, target)
            return False
        if self._run_together is not None:
            self._run_together(self._all_close_to(due, min(target, due.when + TOGETHER)))
            return True
        self._now = max(self._now, due.when)
        self._run(due.callback)
        self._drain()
        return True

    async def _all_close_to(self, first: _Due, end: datetime) -> None:
        """The first event and those up to `end`; on the state thread."""
        due: _Due | None = first
        while due is not None:
            self._now = max(self._now, due.when)
            due.callback()
            await self._drained()
            due = self._pop(end)

    def _pop(self, target: datetime) -> _Due | None:
        with self._quiet:
            while self._heap and self._heap[0][0] <= target:
                due = heapq.heappop(self._heap)[2]
                if not due.cancelled:
                    return due
        return None

    def _drain(self) -> None:
        # Without the lock first: most events of a simulated year touch no other thread.
        if not self._in_flight:
            return
        with self._quiet:
            if not self._quiet.wait_for(lambda: self._in_flight == 0, self._stuck_after_s):
                raise ExchangeStuckError(
                    f"{self._in_flight} exchange(s) still in flight after {self._stuck_after_s} s"
                )

    async def _drained(self) -> None:
        """As `_drain`, but lets the loop work, as that is what ends most exchanges."""
        await asyncio.sleep(0)
        while self._in_flight:
            await self._end_of_exchanges()

    async def _end_of_exchanges(self) -> None:
        end = asyncio.get_running_loop().create_future()
        with self._quiet:
            if not self._in_flight:
                return
            self._waiting.append(end)
        try:
            await asyncio.wait_for(end, self._stuck_after_s)
        except TimeoutError:
            raise ExchangeStuckError(
                f"{self._in_flight} exchange(s) still in flight after {self._stuck_after_s} s"
            ) from None


class _Hold:
    """One exchange, from any thread. A class, as every message on a wire is held by one."""

    __slots__ = ("_clock",)

    def __init__(self, clock: SimulatedClock) -> None:
        self._clock = clock

    def __enter__(self) -> None:
        self._clock.begin_exchange()

    def __exit__(self, *_error: object) -> None:
        self._clock.end_exchange()


def _wake(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
