"""A waveform that an AC source plays by itself, point by point, on the bench's clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum, auto

from assay.clock import Clock, Timer
from rigs.virtual.scpi import RemoteProgramError

MICROSECOND = timedelta(microseconds=1)
NOTHING = timedelta(0)
CYCLE = timedelta(milliseconds=20)
MAX_PIECES = 200  # of one ramp, so that one of an hour is not 180,000 events


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Where a quantity goes in a point: at once, or by a ramp.

    A ramp begins at `start` (None: where the quantity is) and is told by its slope (`slew`,
    units per second) or by its length (`over`).
    """

    to: Decimal
    start: Decimal | None = None
    slew: Decimal | None = None
    over: timedelta = NOTHING

    def length(self, before: Decimal) -> timedelta:
        if self.slew is None:
            return self.over
        return duration(abs(self.to - self._from(before)) / self.slew)

    def at(self, passed: timedelta, before: Decimal) -> Decimal:
        whole = self.length(before)
        if passed >= whole:
            return self.to
        start = self._from(before)
        share = Decimal(passed // MICROSECOND) / (whole // MICROSECOND)
        return start + (self.to - start) * share

    def _from(self, before: Decimal) -> Decimal:
        return before if self.start is None else self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a waveform; None leaves the quantity at its immediate level."""

    volts: Level | None
    hertz: Level | None
    dwell: timedelta


@dataclass(frozen=True, slots=True)
class Levels:
    """RMS volts and hertz."""

    volts: Decimal
    hertz: Decimal


class Phase(Enum):
    IDLE = auto()
    WAITING_FOR_TRIGGER = auto()
    SYNCHRONIZING = auto()  # triggered, and waiting for the phase angle to start at
    PLAYING = auto()


class Transient:
    """Initiated, then triggered; `changed` is called at every change of phase or level.

    Points are timed from the start, not from one another, so a slow turn of the loop does
    not stretch the wave on a bench with wall time. A ramp is played in pieces of a cycle or
    more, each at the level of its middle: an RMS value has no meaning within a cycle.
    """

    def __init__(
        self,
        clock: Clock,
        immediate: Callable[[], Levels],
        changed: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._immediate = immediate
        self._changed = changed
        self._phase = Phase.IDLE
        self._points: Sequence[Point] = ()
        self._rounds_left: Decimal = Decimal(0)
        self._is_stepped = False
        self._next = 0
        self._begun_at: datetime | None = None
        self._timer: Timer | None = None
        self._played: tuple[Decimal | None, Decimal | None] | None = None
        self.last: Levels | None = None
        """Where the waveform that ended last has ended; None after one that was aborted."""

    @property
    def phase(self) -> Phase:
        return self._phase

    @property
    def levels(self) -> Levels:
        """What the output is to carry now: what is played, and else the immediate levels."""
        immediate = self._immediate()
        volts, hertz = (None, None) if self._played is None else self._played
        return Levels(
            immediate.volts if volts is None else volts,
            immediate.hertz if hertz is None else hertz,
        )

    def initiate(self, points: Sequence[Point], *, rounds: Decimal, stepped: bool = False) -> None:
        """Arm with points; `stepped` waits for a trigger before each of them."""
        if self._phase is not Phase.IDLE:
            raise RemoteProgramError(-213)
        self._points = tuple(points)
        self._rounds_left = rounds
        self._is_stepped = stepped
        self._next = 0
        self._phase = Phase.WAITING_FOR_TRIGGER
        self._changed()

    def trigger(self, delay: timedelta = NOTHING) -> None:
        """Begin, after the delay that the wanted phase angle takes to come by."""
        if self._phase is not Phase.WAITING_FOR_TRIGGER:
            raise RemoteProgramError(-211)
        at = self._clock.now() + delay
        if not delay:
            self._begin(at)
            return
        self._phase = Phase.SYNCHRONIZING
        self._timer = self._clock.call_at(at, lambda: self._begin(at))
        self._changed()

    def abort(self) -> None:
        """Back to the immediate levels, at once."""
        if self._timer is not None:
            self._timer.cancel()
        if self._phase is not Phase.IDLE:
            self._finish(None)

    def _begin(self, at: datetime) -> None:
        self._phase = Phase.PLAYING
        self._play_next(at)

    def _play_next(self, at: datetime) -> None:
        before = self.levels
        point = self._points[self._next]
        self._next += 1
        self._play_piece(point, before, at, NOTHING)

    def _play_piece(
        self, point: Point, before: Levels, begun_at: datetime, passed: timedelta
    ) -> None:
        ramp = min(
            point.dwell,
            max(
                _length(point.volts, before.volts),
                _length(point.hertz, before.hertz),
            ),
        )
        until = point.dwell
        middle = passed
        if passed < ramp:
            until = min(ramp, passed + max(CYCLE, ramp / MAX_PIECES))
            middle = (passed + until) / 2
        self._played = _played(point, middle, before)

        def over() -> None:
            if until < point.dwell:
                self._play_piece(point, before, begun_at, until)
            else:
                self._end_point(point, before, begun_at)

        self._timer = self._clock.call_at(begun_at + until, over)
        self._changed()

    def _end_point(self, point: Point, before: Levels, begun_at: datetime) -> None:
        self._played = _played(point, point.dwell, before)
        if self._next == len(self._points):
            self._next = 0
            self._rounds_left -= 1
        if self._rounds_left < 1:
            self._finish(self.levels)
        elif self._is_stepped:
            self._phase = Phase.WAITING_FOR_TRIGGER
            self._changed()
        else:
            self._play_next(begun_at + point.dwell)

    def _finish(self, ended: Levels | None) -> None:
        self._phase = Phase.IDLE
        self._played = None
        self.last = ended
        self._timer = None
        self._changed()


def duration(seconds: Decimal) -> timedelta:
    return int(seconds * 1_000_000) * MICROSECOND


def _length(level: Level | None, before: Decimal) -> timedelta:
    return NOTHING if level is None else level.length(before)


def _played(
    point: Point, passed: timedelta, before: Levels
) -> tuple[Decimal | None, Decimal | None]:
    volts, hertz = point.volts, point.hertz
    return (
        None if volts is None else volts.at(passed, before.volts),
        None if hertz is None else hertz.at(passed, before.hertz),
    )
