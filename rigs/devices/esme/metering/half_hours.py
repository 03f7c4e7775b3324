"""The half hours of the meter's clock: what each flow moved in them, as whole watt-hours.

A half hour ends at minute 00 or 30, UTC (E-032). A value is the difference of the truncated
register at both ends, so profiles sum to the register to the last watt-hour. A half hour
without power is there with zeros, under its own stamp (E-027, inferred).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from rigs.devices.agenda import Agenda
from rigs.devices.esme.metering.flows import EnergyFlows
from rigs.devices.esme.registers import EXACT, WATT_MICROSECONDS_PER_WATT_HOUR, EnergyRegister

HALF_HOUR = timedelta(minutes=30)
RANK = 20
"""After activations that were dated, ahead of what a day or a period ends with."""
_WATT_HOUR = Decimal(WATT_MICROSECONDS_PER_WATT_HOUR)


class Interval:
    """Takes the energy of one flow and gives it out as whole watt-hours, keeping the rest."""

    def __init__(self, register: EnergyRegister) -> None:
        self._rest = EXACT.remainder(register.total, _WATT_HOUR)
        register.takers.append(self._take)

    def _take(self, energy: Decimal) -> None:
        self._rest = EXACT.add(self._rest, energy)

    def close(self) -> int:
        if self._rest < _WATT_HOUR:
            return 0
        whole, self._rest = EXACT.divmod(self._rest, _WATT_HOUR)
        return int(whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfHour:
    """Wh and varh from thirty minutes before `end` to it."""

    end: datetime
    active_import: int
    secondary_import: int
    active_export: int
    reactive_import: int
    reactive_export: int

    @property
    def total_import(self) -> int:
        """Both elements."""
        return self.active_import + self.secondary_import


class HalfHours:
    """`on_end` is called with each half hour once it is over, in order."""

    def __init__(self, agenda: Agenda, flows: EnergyFlows) -> None:
        self.on_end: list[Callable[[HalfHour], None]] = []
        self.end_after: Callable[[datetime], datetime] = end_of_half_hour
        self._intervals = tuple(Interval(register) for register in flows)
        self._duty = agenda.add(RANK, lambda after: self.end_after(after), self._end)

    def _end(self, due: datetime) -> None:
        primary, secondary, export, reactive_import, reactive_export = (
            interval.close() for interval in self._intervals
        )
        half_hour = HalfHour(
            end=due,
            active_import=primary,
            secondary_import=secondary,
            active_export=export,
            reactive_import=reactive_import,
            reactive_export=reactive_export,
        )
        for callback in self.on_end:
            callback(half_hour)


def end_of_half_hour(after: datetime) -> datetime:
    """The end of the half hour that this time lies in; the next one's for an end itself."""
    begun = after.replace(minute=30 if after.minute >= 30 else 0, second=0, microsecond=0)
    return begun + HALF_HOUR
