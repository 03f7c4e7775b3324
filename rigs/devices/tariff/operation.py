"""A meter's tariff in operation: calendar, prices and registers together, for any fuel.

Whoever owns it gives it consumption as it passes (`take`), asks it when it next switches
(`next_switch`) and tells it that the time has come (`switch`). It never looks at a clock.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from rigs.devices.tariff.attribution import EXACT, Attribution, Share
from rigs.devices.tariff.calendar import Calendar
from rigs.devices.tariff.cost import CostAccrual
from rigs.devices.tariff.sizes import TariffSizes
from rigs.devices.tariff.switching_table import Rate
from rigs.devices.tariff.tariff import CALENDAR, Part, Tariff, TariffPair

ONE_CHANGE = timedelta(seconds=1)
"""Activations closer than this, the resolution of their dates, are one change of tariff."""


class TariffOperation:
    """`priced_unit` and `threshold_unit` are one of each in the unit of quantity.

    `weight` is what one unit of quantity counts for in a price: 1, or for gas the calorific
    value times the conversion factor. `on_cost` gets the cost of each piece in pounds or euros,
    `on_share` where it went, `on_rate` each switch of rate. `on_tariff_change` is called with
    the time, ahead of the first part of a change: everything still stands as the old tariff
    left it. `on_calendar` is called when `next_switch` would now answer otherwise,
    `on_activated` once an activation is complete, `on_reset` when blocks have started anew.

    Hooks for planted faults: `equip` gets each new calendar, to set its hooks; those of the
    parts.
    """

    def __init__(
        self,
        sizes: TariffSizes,
        *,
        priced_unit: Decimal,
        threshold_unit: Decimal,
    ) -> None:
        self.tariffs = TariffPair(sizes)
        self.attribution = Attribution(sizes, threshold_unit=threshold_unit)
        self.weight = Decimal(1)
        self.on_cost: list[Callable[[Decimal], None]] = []
        self.on_share: list[Callable[[Share], None]] = []
        self.on_rate: list[Callable[[Rate], None]] = []
        self.on_tariff_change: list[Callable[[datetime], None]] = []
        self.on_reset: list[Callable[[], None]] = []
        self.on_calendar: list[Callable[[], None]] = []
        self.on_activated: list[Callable[[], None]] = []
        self.equip: Callable[[Calendar[Rate]], None] = lambda _calendar: None
        self._accrual = CostAccrual(priced_unit)
        self._changed_at: datetime | None = None
        self.calendar: Calendar[Rate] = Calendar(self.active.table)

    @property
    def active(self) -> Tariff:
        return self.tariffs.active

    @property
    def next(self) -> Tariff:
        return self.tariffs.next

    @property
    def rate(self) -> Rate:
        return self.attribution.rate

    def take(self, quantity: Decimal) -> None:
        """Consumption that passed while the rate in force was in force."""
        for share in self.attribution.take(quantity):
            for tell in self.on_share:
                tell(share)
            amount = self._accrual.add(EXACT.multiply(share.value, self.weight))
            if amount:
                for charge in self.on_cost:
                    charge(amount)

    def prepare(self, tariff: Tariff) -> None:
        """Make this the next tariff: usually `next` with some fields replaced.

        Raises:
            ValueError: it does not fit; the next one stays what it was.
        """
        self.tariffs.prepare(tariff)

    def activate(self, at: datetime, *parts: Part) -> None:
        """Make these parts of the next tariff active, all at once, from this time on.

        What passed before must have been taken.
        """
        if self._changed_at is None or abs(at - self._changed_at) >= ONE_CHANGE:
            for snapshot in self.on_tariff_change:
                snapshot(at)
        self._changed_at = at
        self.tariffs.activate(*parts)
        self.attribution.prices = self.active.prices
        self.attribution.thresholds = self.active.thresholds
        if not set(parts).isdisjoint(CALENDAR):
            self.set_calendar(at)
        for tell in self.on_activated:
            tell()

    def set_calendar(self, at: datetime) -> None:
        """Work by the switching table and special days of the active tariff."""
        self.calendar = Calendar(self.active.table, self.active.special_days)
        self.equip(self.calendar)
        self.switch(at)
        for tell in self.on_calendar:
            tell()

    def next_switch(self, after: datetime) -> datetime | None:
        """When the rate next changes, or None for never; for an agenda."""
        return self.calendar.next_switch(after)

    def switch(self, at: datetime) -> None:
        """Put in force what the calendar has for this time; the rate stays where it has nothing."""
        rate = self.calendar.at(at)
        if rate is None or rate == self.attribution.rate:
            return
        self.attribution.rate = rate
        for tell in self.on_rate:
            tell(rate)

    def reset_block_counters(self) -> None:
        """Blocks start anew; what passed before must have been taken."""
        self.attribution.reset_block_counters()
        for tell in self.on_reset:
            tell()

    def time_to_price_change(
        self, quantity: Decimal, per: timedelta = timedelta(microseconds=1)
    ) -> timedelta | None:
        """How long until a block is full, if `quantity` passes `per` this time."""
        return self.attribution.time_to_threshold(quantity, per)
