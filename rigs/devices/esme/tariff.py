"""How an electricity meter uses tariffs: registers on its energy, switching on its agenda.

Whether the randomised offset moves tariff switching, or only that of auxiliary loads, is
disputed in public (E-058, recalled): a setting, and by default it does not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from rigs.devices.agenda import Agenda
from rigs.devices.dated import RANK as RANK_OF_DATED_COMMANDS
from rigs.devices.esme.randomised_offset import RandomisedOffset
from rigs.devices.esme.registers import WATT_MICROSECONDS_PER_WATT_HOUR
from rigs.devices.tariff import (
    ELECTRICITY,
    SECONDARY_ELEMENT,
    Attribution,
    Calendar,
    Part,
    Rate,
    TariffOperation,
    TariffSizes,
)

RANK = RANK_OF_DATED_COMMANDS + 10
"""After dated commands: a new tariff that begins with a switch is there when it is made."""
RANK_OF_DAILY_RESET = 45
"""After all that is taken down at midnight."""
WATT_HOUR = Decimal(WATT_MICROSECONDS_PER_WATT_HOUR)
KILOWATT_HOUR = 1000 * WATT_HOUR
_REGISTER_SIZE = 1 << 32
"""Registers travel as double-long-unsigned and start again after their end."""


class ElementTariff:
    """The tariff of one element. `account` credits all energy that has passed until now."""

    def __init__(
        self,
        sizes: TariffSizes,
        agenda: Agenda,
        *,
        now: Callable[[], datetime],
        account: Callable[[], None],
    ) -> None:
        self.sizes = sizes
        self.operation = TariffOperation(sizes, priced_unit=KILOWATT_HOUR, threshold_unit=WATT_HOUR)
        self.account = account
        self._now = now
        self._duty = agenda.add(
            RANK,
            lambda after: self.operation.next_switch(after),
            lambda due: self.operation.switch(due),
        )
        self.operation.on_calendar.append(lambda: self._duty.changed())

    def activate(self, *parts: Part) -> None:
        """These parts of the next tariff, from now on."""
        self.account()
        self.operation.activate(self._now(), *parts)

    def look_again(self) -> None:
        """The clock was not to be trusted until now, or the calendar is to be read anew."""
        self.account()
        self.operation.switch(self._now())
        self._duty.changed()

    def reset_block_counters(self) -> None:
        self.account()
        self.operation.reset_block_counters()

    def times_of_use(self) -> list[int]:
        """Watt-hours in each register by time of use."""
        self.account()
        return [whole_watt_hours(energy) for energy in self._attribution.times_of_use.values()]

    def blocks(self) -> list[int]:
        """Watt-hours: for each block its registers, then its counters (E-051)."""
        self.account()
        attribution = self._attribution
        return [
            whole_watt_hours(kept[block, number])
            for block in range(1, self.sizes.blocks + 1)
            for kept in (attribution.block_registers, attribution.block_counters)
            for number in range(1, self.sizes.block_times_of_use + 1)
        ]

    @property
    def active_price(self) -> Decimal:
        """Pounds or euros for a kilowatt-hour."""
        self.account()
        return self._attribution.active_price

    def time_to_price_change(self, watts: Decimal) -> timedelta | None:
        """How long until a block is full at this power; calendar switches are apart."""
        self.account()
        return self.operation.time_to_price_change(watts)

    @property
    def _attribution(self) -> Attribution:
        return self.operation.attribution


def whole_watt_hours(energy: Decimal) -> int:
    return int(energy // WATT_HOUR) % _REGISTER_SIZE


class Tariffs:
    """All of a meter. Costs and changes of both elements go to the same lists.

    `on_cost` gets pounds or euros; `on_tariff_change` the time, just before a new tariff is
    in force. Hooks: `comes_due` says when a switch of the calendar is made, `wants_reset` whether
    the block counters start anew at a midnight.
    """

    def __init__(
        self,
        agenda: Agenda,
        offset: RandomisedOffset,
        *,
        now: Callable[[], datetime],
        account: Callable[[], None],
        has_secondary_element: bool = False,
        is_offset_applied: bool = False,
    ) -> None:
        self.offset = offset
        self.is_offset_applied = is_offset_applied
        self.comes_due: Callable[[datetime], datetime] = self._comes_due
        self.on_cost: list[Callable[[Decimal], None]] = []
        self.on_tariff_change: list[Callable[[datetime], None]] = []
        self.primary = ElementTariff(ELECTRICITY, agenda, now=now, account=account)
        self.secondary: ElementTariff | None = None
        if has_secondary_element:
            self.secondary = ElementTariff(SECONDARY_ELEMENT, agenda, now=now, account=account)
        for element in self.elements:
            element.operation.on_cost.append(self._cost)
            element.operation.on_tariff_change.append(self._change)
            element.operation.equip = self._equip
        self._is_reset_daily = False
        self.wants_reset: Callable[[], bool] = lambda: self._is_reset_daily
        self._daily_reset = agenda.add(
            RANK_OF_DAILY_RESET, self._next_reset, lambda _due: self.primary.reset_block_counters()
        )
        offset.on_change.append(self._offset_changed)

    @property
    def elements(self) -> tuple[ElementTariff, ...]:
        return (self.primary,) if self.secondary is None else (self.primary, self.secondary)

    @property
    def is_reset_daily(self) -> bool:
        """Whether the block counters start anew each midnight, UTC (6.26)."""
        return self._is_reset_daily

    @is_reset_daily.setter
    def is_reset_daily(self, wanted: bool) -> None:
        self._is_reset_daily = wanted
        self._daily_reset.changed()

    def clock_set(self, *, was_reliable: bool) -> None:
        """Switches that a right clock has passed the agenda makes up for; others nobody can."""
        if not was_reliable:
            for element in self.elements:
                element.look_again()

    def _equip(self, calendar: Calendar[Rate]) -> None:
        calendar.comes_due = lambda at: self.comes_due(at)

    def _comes_due(self, at: datetime) -> datetime:
        return at + self.offset.value if self.is_offset_applied else at

    def _offset_changed(self) -> None:
        if self.is_offset_applied:
            for element in self.elements:
                element.look_again()

    def _next_reset(self, after: datetime) -> datetime | None:
        if not self.wants_reset():
            return None
        return datetime.combine(after.date() + timedelta(days=1), time(0), UTC)

    def _cost(self, amount: Decimal) -> None:
        for charge in self.on_cost:
            charge(amount)

    def _change(self, at: datetime) -> None:
        for snapshot in self.on_tariff_change:
            snapshot(at)
