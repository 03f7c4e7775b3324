"""A timer that can be moved: at most one callback is pending, the last one asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from assay.clock import Clock, Timer


class Alarm:
    """Calls back at the time it was last set to; None sets it to never."""

    def __init__(self, clock: Clock, callback: Callable[[], None]) -> None:
        self._clock = clock
        self._callback = callback
        self._timer: Timer | None = None
        self._due: datetime | None = None

    @property
    def due(self) -> datetime | None:
        return self._due

    def set(self, when: datetime | None) -> None:
        if when == self._due:
            return
        self.cancel()
        if when is not None:
            self._due = when
            self._timer = self._clock.call_at(when, lambda: self._ring(when))

    def cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._due = None

    def _ring(self, when: datetime) -> None:
        # A wall clock may have the callback under way when it is cancelled.
        if when != self._due:
            return
        self._timer = self._due = None
        self._callback()
