"""The voltage monitors of one phase: they follow the supply, log, count, and report events."""

from __future__ import annotations

import operator
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial

from assay.clock import Clock
from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.dlms.data import Data
from rigs.devices.alarm import Alarm
from rigs.devices.dlms_objects import Call
from rigs.devices.esme.voltage import AverageThreshold, AverageVoltage, LastingLevel
from rigs.devices.esme.voltage_settings import Level, VoltageSettings
from rigs.devices.logs import NUMBER, UTC_SECONDS, buffer, read_range

LOG_CAPACITY = 4320
"""Entries that the log holds at least: 30 days at ten minutes (E-080)."""


@dataclass(frozen=True, slots=True)
class AverageEntry:
    """UTC end of the period by the meter's clock, and the average in whole volts."""

    ended: datetime
    volts: int


class VoltageMonitor:
    """`on_event` gets the code and the measured volts, rounded to a whole number.

    `stamp` gives the time that a log entry carries. `phase` is zero on a meter that has but one;
    phases 1 to 3 have codes of their own, each following that of the single one.
    """

    def __init__(
        self,
        clock: Clock,
        stamp: Callable[[], datetime],
        settings: VoltageSettings,
        volts: Decimal | None,
        *,
        phase: int = 0,
    ) -> None:
        at = clock.now()
        self._clock = clock
        self._volts = volts
        self.stamp = stamp
        self.on_event: list[Callable[[int, int], None]] = []
        self.log: deque[AverageEntry] = deque(maxlen=LOG_CAPACITY)
        self.average = AverageVoltage(at, volts, settings.average_period_s)
        self.average_over = AverageThreshold(
            settings.average_over_volts, operator.gt, begin=0x8002 + phase, end=0x8085 + phase
        )
        self.average_under = AverageThreshold(
            settings.average_under_volts, operator.lt, begin=0x8006 + phase, end=0x8089 + phase
        )
        self.extreme_over = LastingLevel(
            at, volts, settings.extreme_over, operator.gt, begin=0x8020 + phase, end=0x808D + phase
        )
        self.extreme_under = LastingLevel(
            at, volts, settings.extreme_under, operator.lt, begin=0x8028 + phase, end=0x8095 + phase
        )
        self.sag = LastingLevel(
            at, volts, settings.sag, operator.lt, begin=0x802C + phase, end=0x8099 + phase
        )
        self.swell = LastingLevel(
            at, volts, settings.swell, operator.gt, begin=0x8024 + phase, end=0x8091 + phase
        )
        self._levels = (self.extreme_over, self.extreme_under, self.sag, self.swell)
        self._period_end = Alarm(clock, self._end_period)
        self._alarms = tuple(
            (level, Alarm(clock, partial(self._elapse, level))) for level in self._levels
        )
        self._schedule()

    def observe(self, at: datetime, volts: Decimal | None) -> None:
        """What the terminals carry from now on; None while the meter is off."""
        self._volts = volts
        self.average.observe(at, volts)
        for level in self._levels:
            level.observe(at, volts)
        self._schedule()

    def set_average_period(self, seconds: int) -> None:
        self.average.configure(self._clock.now(), seconds)
        self._schedule()

    def set_level(self, level: LastingLevel, setting: Level) -> None:
        """It starts anew."""
        level.configure(self._clock.now(), setting)
        self._schedule()

    def configure(self, settings: VoltageSettings) -> None:
        """Everything at once."""
        self.average_over.configure(settings.average_over_volts)
        self.average_under.configure(settings.average_under_volts)
        self.set_average_period(settings.average_period_s)
        self.set_level(self.extreme_over, settings.extreme_over)
        self.set_level(self.extreme_under, settings.extreme_under)
        self.set_level(self.sag, settings.sag)
        self.set_level(self.swell, settings.swell)

    def read_log(self, call: Call) -> Data:
        """The log from one time to another, both included."""
        first, last = read_range(call)
        rows = ((seconds_since_2000(entry.ended), entry.volts) for entry in self.log)
        return buffer((UTC_SECONDS, NUMBER), (row for row in rows if first <= row[0] <= last))

    def _schedule(self) -> None:
        self._period_end.set(self.average.due)
        for level, alarm in self._alarms:
            alarm.set(level.due)

    def _end_period(self) -> None:
        average = self.average.end_period(self._clock.now())
        self._schedule()
        if average is None:
            return
        self.log.append(AverageEntry(self.stamp(), _whole(average)))
        for threshold in (self.average_over, self.average_under):
            code = threshold.judge(average)
            if code is not None:
                self._report(code, _whole(average))

    def _elapse(self, level: LastingLevel) -> None:
        code = level.elapse()
        self._schedule()
        self._report(code, _whole(Fraction(self._volts or 0)))

    def _report(self, code: int, volts: int) -> None:
        for callback in self.on_event:
            callback(code, volts)


def _whole(volts: Fraction) -> int:
    return (2 * volts.numerator + volts.denominator) // (2 * volts.denominator)
