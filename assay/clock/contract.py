"""What a clock owes to everyone on the bench."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol


class ExchangeStuckError(TimeoutError):
    """An exchange (HTTP, SCPI, WAN) held the clock for longer than its wall-time limit."""


class Timer(Protocol):
    """A callback that is due; cancelling one that has run does nothing."""

    def cancel(self) -> None: ...


class Clock(Protocol):
    """Time of one bench, UTC and aware. Callbacks run on the bench's state thread."""

    def now(self) -> datetime: ...

    def call_at(self, when: datetime, callback: Callable[[], None]) -> Timer:
        """Run the callback at `when`; at once (next turn) if that has passed."""

    def call_later(self, delay: timedelta, callback: Callable[[], None]) -> Timer: ...

    def exchange(self) -> AbstractContextManager[None]:
        """Hold simulated time while a message is on a real wire. Any thread, any nesting."""

    def advance(self, span: timedelta) -> None:
        """Let the span pass. Not from the state thread."""

    def wait_until(self, condition: Callable[[], bool], timeout: timedelta) -> bool:
        """Let time pass until the condition holds; False once `timeout` has passed.

        Not from the state thread; the condition is asked on the caller's.
        """

    async def until(self, condition: Callable[[], bool], timeout: timedelta) -> bool:
        """`wait_until` for those who live on the state thread: it serves others meanwhile."""
