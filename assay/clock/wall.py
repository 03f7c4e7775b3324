"""Wall time, for benches with hardware and for the DCC as a server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from assay.clock.contract import Timer
from assay.clock.loop import LoopThread

_POLL_S = 0.02


class _LoopTimer:
    """A handle on the loop; call_later belongs to the loop's thread, so is cancel."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._handle: asyncio.TimerHandle | None = None
        self._cancelled = False

    def start(self, delay_s: float, callback: Callable[[], None]) -> None:
        if not self._cancelled:
            self._handle = self._loop.call_later(delay_s, callback)

    def cancel(self) -> None:
        self._cancelled = True
        self._loop.call_soon_threadsafe(self._cancel_handle)

    def _cancel_handle(self) -> None:
        if self._handle is not None:
            self._handle.cancel()


class WallClock:
    """Callbacks run on the loop thread; `advance` really waits."""

    def __init__(self, loop_thread: LoopThread) -> None:
        self._loop = loop_thread.loop

    def now(self) -> datetime:
        return datetime.now(UTC)

    def call_at(self, when: datetime, callback: Callable[[], None]) -> Timer:
        return self.call_later(when - self.now(), callback)

    def call_later(self, delay: timedelta, callback: Callable[[], None]) -> Timer:
        timer = _LoopTimer(self._loop)
        self._loop.call_soon_threadsafe(timer.start, max(0.0, delay.total_seconds()), callback)
        return timer

    @contextmanager
    def exchange(self) -> Iterator[None]:
        yield

    def advance(self, span: timedelta) -> None:
        time.sleep(max(0.0, span.total_seconds()))

    def wait_until(self, condition: Callable[[], bool], timeout: timedelta) -> bool:
        deadline = time.monotonic() + timeout.total_seconds()
        while not condition():
            if time.monotonic() >= deadline:
                return condition()
            time.sleep(_POLL_S)
        return True

    async def until(self, condition: Callable[[], bool], timeout: timedelta) -> bool:
        deadline = time.monotonic() + timeout.total_seconds()
        while not condition():
            if time.monotonic() >= deadline:
                return condition()
            await asyncio.sleep(_POLL_S)
        return True
