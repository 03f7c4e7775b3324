"""What every virtual attenuator is inside: levels by channel, and programmes of levels.

Programmes run on the bench's clock, timed from their start, so that a slow turn of the loop
does not stretch them on a bench with wall time. `changed` is told each new level at once: the
virtual ether puts it into the path that the channel stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from assay.clock import Clock, Timer
from rigs.capabilities import AttenuatorRange

LevelChanged = Callable[[int, Decimal], None]
"""Channel from 1, decibels."""


class PowerUp(Enum):
    """At which level it comes up; the letters are those of Mini-Circuits (rigs.md 5)."""

    LAST = "L"
    FIXED = "F"
    GREATEST = "N"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPoint:
    decibels: Decimal
    dwell: timedelta


@dataclass(slots=True)
class _Playing:
    """`ends_at` is the end of the point that stands now."""

    points: Sequence[LevelPoint]
    repeats: bool
    ends_at: datetime
    next: int = 0
    timer: Timer | None = None


class AttenuatorHardware:
    """On the loop thread. It is at its power-up level when it is made."""

    def __init__(
        self,
        clock: Clock,
        limits: AttenuatorRange,
        changed: LevelChanged = lambda _channel, _decibels: None,
        *,
        power_up: PowerUp = PowerUp.GREATEST,
        power_up_level: Decimal = Decimal(0),
    ) -> None:
        self.limits = limits
        self.changed = changed
        self.power_up = power_up
        self.power_up_level = power_up_level
        self._clock = clock
        self._levels = [limits.maximum] * limits.channels
        self._playing: dict[int, _Playing] = {}
        self.power_cycle()

    def level(self, channel: int = 1) -> Decimal:
        return self._levels[channel - 1]

    def set(self, decibels: Decimal, channel: int = 1) -> bool:
        """To the nearest step within the range; False where the range clipped it."""
        limits = self.limits
        within = min(max(decibels, limits.minimum), limits.maximum)
        steps = ((within - limits.minimum) / limits.step).to_integral_value(ROUND_HALF_UP)
        level = min(limits.minimum + steps * limits.step, limits.maximum)
        self._levels[channel - 1] = level
        self.changed(channel, level)
        return within == decibels

    def play(self, points: Sequence[LevelPoint], channel: int = 1, *, repeats: bool) -> None:
        """The first point stands at once; the last one stays where it does not repeat."""
        self.halt(channel)
        if not points or any(point.dwell <= timedelta(0) for point in points):
            raise ValueError(f"expected points with a dwell above zero, got {points}")
        playing = _Playing(points=tuple(points), repeats=repeats, ends_at=self._clock.now())
        self._playing[channel] = playing
        self._play_next(channel, playing)

    def halt(self, channel: int = 1) -> None:
        """The level stays where it is."""
        playing = self._playing.pop(channel, None)
        if playing is not None and playing.timer is not None:
            playing.timer.cancel()

    def power_cycle(self) -> None:
        """Off and on again: programmes are gone."""
        for channel in range(1, self.limits.channels + 1):
            self.halt(channel)
            self.set(self._level_after_power_up(channel), channel)

    def _level_after_power_up(self, channel: int) -> Decimal:
        if self.power_up is PowerUp.LAST:
            return self.level(channel)
        if self.power_up is PowerUp.FIXED:
            return self.power_up_level
        return self.limits.maximum

    def _play_next(self, channel: int, playing: _Playing) -> None:
        if self._playing.get(channel) is not playing:
            return
        if playing.next == len(playing.points):
            if not playing.repeats:
                self.halt(channel)
                return
            playing.next = 0
        point = playing.points[playing.next]
        playing.next += 1
        playing.ends_at += point.dwell
        playing.timer = self._clock.call_at(
            playing.ends_at, lambda: self._play_next(channel, playing)
        )
        self.set(point.decibels, channel)
