"""Maximum demand: the highest half-hour average, with the end of that half hour (E-040 to E-045).

The average power of a half hour in watts is twice its watt-hours, so a profile proves every
demand. Of equal ones the first stands (inferred).
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time

from rigs.devices.esme.metering.half_hours import HALF_HOUR, HalfHour

HALF_HOURS_PER_HOUR = 2
WHOLE_DAY = (time(0, 0), time(0, 0))


@dataclass(slots=True)
class MaximumDemand:
    """`watts` since `last_reset`, reached in the half hour that ended at `reached`.

    Hooks: `is_higher` compares a half hour with the maximum, `reset` starts anew.
    """

    last_reset: datetime
    reached: datetime
    watts: int = 0
    is_higher: Callable[[int, int], bool] = operator.gt
    reset: Callable[[datetime], None] = field(init=False)

    def __post_init__(self) -> None:
        self.reset = self._reset

    @classmethod
    def since(cls, at: datetime) -> MaximumDemand:
        return cls(last_reset=at, reached=at)

    def take(self, end: datetime, watt_hours: int) -> None:
        watts = HALF_HOURS_PER_HOUR * watt_hours
        if self.is_higher(watts, self.watts):
            self.watts, self.reached = watts, end

    def _reset(self, now: datetime) -> None:
        """Zero; without a half hour yet its time is that of the reset (inferred)."""
        self.last_reset = self.reached = now
        self.watts = 0


@dataclass(frozen=True, slots=True)
class DailyWindow:
    """A half hour counts if it lies in the window whole. A window may pass midnight; one that
    ends when it starts is the whole day (inferred)."""

    start: time
    stop: time

    def holds(self, end: datetime) -> bool:
        begun = (end - HALF_HOUR).time()
        if self.start == self.stop:
            return True
        since = _seconds(begun) - _seconds(self.start)
        length = _seconds(self.stop) - _seconds(self.start)
        return since % _DAY + HALF_HOUR.seconds <= length % _DAY


class Demands:
    """Import (both elements), export, and import in the window that the network operator set."""

    def __init__(self, now: datetime) -> None:
        self.active_import = MaximumDemand.since(now)
        self.configurable = MaximumDemand.since(now)
        self.active_export = MaximumDemand.since(now)
        self.window = DailyWindow(*WHOLE_DAY)
        self.set_window: Callable[[DailyWindow], None] = self._set_window

    def take(self, half_hour: HalfHour) -> None:
        end = half_hour.end
        self.active_import.take(end, half_hour.total_import)
        self.active_export.take(end, half_hour.active_export)
        if self.window.holds(end):
            self.configurable.take(end, half_hour.total_import)

    def _set_window(self, window: DailyWindow) -> None:
        """What was reached in the old one stands until a reset (E-042)."""
        self.window = window


_DAY = 86_400


def _seconds(of_day: time) -> int:
    return of_day.hour * 3600 + of_day.minute * 60 + of_day.second
