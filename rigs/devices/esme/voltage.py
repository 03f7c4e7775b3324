"""Voltage monitoring as pure state machines: an average per period, and levels that last.

Voltage is constant between two calls of `observe`; None means that the meter is off and
measures nothing. `due` says when the machine wants to be asked again. Measured values
compare strictly: what equals a threshold is not beyond it.

Inferred, as no source used here tells: a period starts when it is configured; time
without power is left out of an average, and a period wholly without power has none; a
level that does not last over an outage starts its period again when the power is back.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from rigs.devices.esme.registers import EXACT
from rigs.devices.esme.voltage_settings import Level
from rigs.devices.power import RESOLUTION

_MICROSECOND = timedelta(microseconds=1)

Beyond = Callable[[Fraction | Decimal, Decimal], bool]
"""(measured, threshold); operator.gt for over-voltage, operator.lt for under-voltage."""


class AverageVoltage:
    """Mean of the RMS voltage over consecutive periods, exact."""

    def __init__(self, at: datetime, volts: Decimal | None, period_s: int) -> None:
        self._volts = volts
        self._since = at
        self._sum = Decimal(0)
        self._covered = 0
        self.period_s = period_s
        self.configure(at, period_s)

    def configure(self, at: datetime, period_s: int) -> None:
        """Start the first period of this length; zero stops the monitor (E-087)."""
        self.period_s = period_s
        self._start(at)
        self.due = at + timedelta(seconds=period_s) if period_s else None

    def observe(self, at: datetime, volts: Decimal | None) -> None:
        if self._volts is not None:
            microseconds = (at - self._since) // _MICROSECOND
            self._sum = EXACT.add(self._sum, EXACT.multiply(self._volts, microseconds))
            self._covered += microseconds
        self._volts, self._since = volts, at

    def end_period(self, at: datetime) -> Fraction | None:
        """The average of the period that ends now; None where nothing was measured in it."""
        self.observe(at, self._volts)
        average = None
        if self._covered:
            volt_microseconds, divisor = self._sum.as_integer_ratio()
            average = Fraction(volt_microseconds, divisor * self._covered)
        self._start(at)
        self.due = at + timedelta(seconds=self.period_s)
        return average

    def _start(self, at: datetime) -> None:
        self._since = at
        self._sum = Decimal(0)
        self._covered = 0


class AverageThreshold:
    """Judged at the end of each period: begin, end, and a counter of begins (E-081, E-082)."""

    def __init__(self, volts: int, beyond: Beyond, *, begin: int, end: int) -> None:
        self._beyond = beyond
        self.codes = {True: begin, False: end}
        self._raised = False
        self.volts = volts
        self.counter = 0
        self.error_volts = Decimal(0)
        self.is_news: Callable[[bool, bool], bool] = operator.ne
        self.counter_after_reset: Callable[[int], int] = lambda _: 0
        self.counter_after_configuring: Callable[[int], int] = lambda counter: counter

    def configure(self, volts: int) -> None:
        self.volts = volts
        self.counter = self.counter_after_configuring(self.counter)
        self._raised = False

    def reset_counter(self) -> None:
        self.counter = self.counter_after_reset(self.counter)

    def judge(self, average: Fraction) -> int | None:
        """The event that this average makes, if any."""
        beyond = self._beyond(average, self.volts + self.error_volts)
        was, self._raised = self._raised, beyond
        if not self.is_news(was, beyond):
            return None
        self.counter += beyond
        return self.codes[beyond]


class LastingLevel:
    """Beyond a threshold, or back, for longer than a period (E-083 to E-086)."""

    def __init__(
        self,
        at: datetime,
        volts: Decimal | None,
        setting: Level,
        beyond: Beyond,
        *,
        begin: int,
        end: int,
    ) -> None:
        self._beyond = beyond
        self.codes = {True: begin, False: end}
        self._measured = volts
        self._raised = False
        self.setting = setting
        self.error_volts = Decimal(0)
        self.error_time = timedelta(0)
        self.due: datetime | None = None
        self._watch(at)

    def configure(self, at: datetime, setting: Level) -> None:
        """Start anew with these values; a period of zero disables the monitor (E-087)."""
        self.setting = setting
        self._raised = False
        self.due = None
        self._watch(at)

    def observe(self, at: datetime, volts: Decimal | None) -> None:
        self._measured = volts
        self._watch(at)

    def elapse(self) -> int:
        """The event that is due."""
        self._raised = not self._raised
        self.due = None
        return self.codes[self._raised]

    def _watch(self, at: datetime) -> None:
        """The period runs on while the level stays on its side, and only then."""
        if not self.setting.period_s or self._is_beyond() is self._raised:
            self.due = None
        elif self.due is None:
            lasting = timedelta(seconds=self.setting.period_s) + self.error_time
            self.due = at + lasting + RESOLUTION

    def _is_beyond(self) -> bool:
        if self._measured is None:
            return self._raised
        return self._beyond(self._measured, self.setting.volts + self.error_volts)
