"""What a meter takes down at midnight UTC: daily consumption, and the daily read logs.

Consumption is the sum of the day's half hours, of both elements (inferred for a twin-element
meter: the log has one value). The stamp is the midnight that ends the day (E-024 to E-026).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from rigs.devices.agenda import Agenda
from rigs.devices.esme.metering.flows import EnergyFlows
from rigs.devices.esme.metering.half_hours import HalfHour
from rigs.devices.esme.metering.period_log import PeriodLog
from rigs.devices.esme.metering.snapshots import (
    BALANCE_COLUMNS,
    UNSIGNED,
    SnapshotSources,
    register_columns,
)

CONSUMPTION_CAPACITY = 731
READ_CAPACITY = 31
RANK = 30
"""After the half hour that ends with the day."""


class DailyLogs:
    """`on_day` is called with the midnight and the Wh of the day that it ends."""

    def __init__(
        self, agenda: Agenda, flows: EnergyFlows, sources: SnapshotSources, *, is_twin: bool
    ) -> None:
        self._flows = flows
        self._sources = sources
        self._watt_hours = 0
        self.consumption = PeriodLog((UNSIGNED,), CONSUMPTION_CAPACITY)
        self.registers = PeriodLog(register_columns(is_twin=is_twin), READ_CAPACITY)
        self.export = PeriodLog((UNSIGNED,), READ_CAPACITY)
        self.prepayment = PeriodLog(BALANCE_COLUMNS, READ_CAPACITY)
        self.prepayment.is_recorded = lambda: sources.is_prepayment()
        self.on_day: list[Callable[[datetime, int], None]] = []
        self.end_after: Callable[[datetime], datetime] = next_midnight
        self._duty = agenda.add(RANK, lambda after: self.end_after(after), self.end_day)

    def take(self, half_hour: HalfHour) -> None:
        self._watt_hours += half_hour.total_import

    @property
    def watt_hours_today(self) -> int:
        """Of the half hours of this day that are over."""
        return self._watt_hours

    def end_day(self, midnight: datetime) -> None:
        watt_hours, self._watt_hours = self._watt_hours, 0
        self.consumption.append(midnight, watt_hours)
        self.registers.append(midnight, *self._sources.registers())
        self.export.append(midnight, self._flows.active_export.reading)
        self.prepayment.append(midnight, *self._sources.balances())
        for callback in self.on_day:
            callback(midnight, watt_hours)


def next_midnight(after: datetime) -> datetime:
    return after.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
