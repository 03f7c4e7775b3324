"""The billing data log: what is taken down when a billing period ends, a tariff or mode changes.

Three logs of twelve entries each (E-071): registers and balances at the end of a billing period,
which also raises the alert that carries the newest entry, once per period, after a loss of power
as well (E-074); and both together when tariff or payment mode change (E-061). Its two short
parts, credits and payments towards debt (E-072), are payment's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rigs.devices.agenda import Agenda
from rigs.devices.esme.metering.billing_calendar import BillingCalendar
from rigs.devices.esme.metering.period_log import PeriodLog
from rigs.devices.esme.metering.snapshots import (
    BALANCE_COLUMNS,
    SnapshotSources,
    register_columns,
)

CAPACITY = 12
RANK = 40
"""After what ends with the day."""


class BillingDataLog:
    """`on_period_end` is called with the time of each end of a billing period, after its entry
    was made: counters that start anew with a period do so there.

    `take_snapshot` is for whoever changes the tariff or the payment mode. Hooks: `set_calendar`,
    and `next_end` after a time.
    """

    def __init__(self, agenda: Agenda, sources: SnapshotSources, *, is_twin: bool) -> None:
        self._sources = sources
        registers = register_columns(is_twin=is_twin)
        self.registers = PeriodLog(registers, CAPACITY)
        self.balances = PeriodLog(BALANCE_COLUMNS, CAPACITY)
        self.changes = PeriodLog((*registers, *BALANCE_COLUMNS), CAPACITY)
        self.on_period_end: list[Callable[[datetime], None]] = []
        self.calendar = BillingCalendar()
        self.next_end: Callable[[datetime], datetime | None] = lambda after: (
            self.calendar.next_after(after)
        )
        self.set_calendar: Callable[[BillingCalendar], None] = self._set_calendar
        self._duty = agenda.add(RANK, lambda after: self.next_end(after), self._end_period)

    def _set_calendar(self, calendar: BillingCalendar) -> None:
        self.calendar = calendar
        self._duty.changed()

    def take_snapshot(self, at: datetime) -> None:
        """Registers and balances now; whoever calls it has had the energy settled."""
        self.changes.append(at, *self._sources.registers(), *self._sources.balances())

    def _end_period(self, due: datetime) -> None:
        self.registers.append(due, *self._sources.registers())
        self.balances.append(due, *self._sources.balances())
        for callback in self.on_period_end:
            callback(due)
