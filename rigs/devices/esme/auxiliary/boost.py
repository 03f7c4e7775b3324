"""The boost button: switches closed for a while, in steps of a quarter of an hour (A-005, A-006).

One press starts it, each further one adds a step, and one more at the longest ends it (the steps
are one maker's, that this press cancels is this bench's choice). It is not offered while no
controller takes part, or while all that do are closed by their calendars.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

STEP = timedelta(minutes=15)
LONGEST = timedelta(minutes=60)


class Boost:
    """`is_offered` answers for the controllers; `on_change` is told when it begins and ends."""

    def __init__(self, now: Callable[[], datetime], is_offered: Callable[[], bool]) -> None:
        self._now = now
        self.is_available = True
        self.is_offered: Callable[[], bool] = is_offered
        self.step = STEP
        self.longest = LONGEST
        self.on_begin: Callable[[datetime], None] = lambda _: None
        self.on_extend: Callable[[], None] = lambda: None
        self.on_end: Callable[[datetime, datetime], None] = lambda _start, _end: None
        self.started: datetime | None = None
        self.ends: datetime | None = None

    def press(self) -> None:
        if not self.is_available:
            return
        if self.started is None or self.ends is None:
            self._begin()
        elif self.ends - self.started + self.step > self.longest:
            self.end(self._now())
        else:
            self.ends += self.step
            self.on_extend()

    def end(self, at: datetime) -> None:
        """It is over: its time has come, or somebody cancels it."""
        if self.started is None:
            return
        start, self.started, self.ends = self.started, None, None
        self.on_end(start, at)

    def remaining(self) -> timedelta:
        return self.ends - self._now() if self.ends is not None else timedelta(0)

    def _begin(self) -> None:
        if not self.is_offered():
            return
        self.started = self._now()
        self.ends = self.started + self.step
        self.on_begin(self.started)
