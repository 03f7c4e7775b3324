"""The list transient of an AC source, played point by point on the bench's clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum, auto

from assay.clock import Clock, Timer
from rigs.virtual.scpi import RemoteProgramError


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a list; None leaves the quantity at its immediate level."""

    volts: Decimal | None
    hertz: Decimal | None
    dwell: timedelta


class Phase(Enum):
    IDLE = auto()
    WAITING_FOR_TRIGGER = auto()
    PLAYING = auto()


class ListTransient:
    """Initiated, then triggered; `changed` is called at every change of phase or point.

    Points are timed from the trigger, not from one another, so a slow turn of the loop does
    not stretch the wave on a bench with wall time.
    """

    def __init__(self, clock: Clock, changed: Callable[[], None]) -> None:
        self._clock = clock
        self._changed = changed
        self._phase = Phase.IDLE
        self._points: Sequence[Point] = ()
        self._rounds_left: Decimal = Decimal(0)
        self._is_stepped = False
        self._next = 0
        self._ends_at: datetime | None = None
        self._timer: Timer | None = None
        self.point: Point | None = None

    @property
    def phase(self) -> Phase:
        return self._phase

    def initiate(self, points: Sequence[Point], *, rounds: Decimal, stepped: bool) -> None:
        """Arm with points; `stepped` waits for a trigger before each of them."""
        if self._phase is not Phase.IDLE:
            raise RemoteProgramError(-213)
        self._points = tuple(points)
        self._rounds_left = rounds
        self._is_stepped = stepped
        self._next = 0
        self._phase = Phase.WAITING_FOR_TRIGGER
        self._changed()

    def trigger(self) -> None:
        if self._phase is not Phase.WAITING_FOR_TRIGGER:
            raise RemoteProgramError(-211)
        self._phase = Phase.PLAYING
        self._ends_at = self._clock.now()
        self._play_next()

    def abort(self) -> None:
        """Back to the immediate levels, at once."""
        if self._timer is not None:
            self._timer.cancel()
        if self._phase is not Phase.IDLE:
            self._finish()

    def _play_next(self) -> None:
        assert self._ends_at is not None
        self.point = self._points[self._next]
        self._next += 1
        self._ends_at += self.point.dwell
        self._timer = self._clock.call_at(self._ends_at, self._point_is_over)
        self._changed()

    def _point_is_over(self) -> None:
        if self._phase is not Phase.PLAYING:
            return
        if self._next == len(self._points):
            self._next = 0
            self._rounds_left -= 1
        if self._rounds_left < 1:
            self._finish()
        elif self._is_stepped:
            self._phase = Phase.WAITING_FOR_TRIGGER
            self._changed()
        else:
            self._play_next()

    def _finish(self) -> None:
        self._phase = Phase.IDLE
        self.point = None
        self._timer = None
        self._changed()
