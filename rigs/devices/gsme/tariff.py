"""The tariff of a gas meter: four times of use or four blocks, in force and to come (G-004).

What the price cluster publishes is kept as sent, and taken apart for the attribution of volume.
Costs are exact: volume, conversion, calorific value and price are multiplied, and divided only
when an amount is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from rigs.devices.gsme.calendar import TARIFF_CALENDAR, CalendarStore
from rigs.devices.gsme.settings import GasSettings
from rigs.devices.gsme.volume import PER_LITRE
from rigs.devices.tariff.attribution import EXACT, Attribution, Share
from rigs.devices.tariff.calendar import Calendar
from rigs.devices.tariff.prices import PriceMatrix, ThresholdMatrix
from rigs.devices.tariff.sizes import GAS
from rigs.devices.tariff.switching_table import Rate

Json = Any
TIMES_OF_USE = BLOCKS = 4
THRESHOLDS = BLOCKS - 1
POUND, EURO = 826, 978
CURRENCIES = frozenset((POUND, EURO))
TOU_SCHEME, BLOCK_SCHEME = 0x00, 0x10
"""Charging schemes in the upper half of their octet."""
_MICROS_PER_CUBIC_METRE = PER_LITRE * 1000
_MEGAJOULES_PER_KILOWATT_HOUR = Decimal("3.6")
COST_DIVISOR = EXACT.multiply(Decimal(_MICROS_PER_CUBIC_METRE), _MEGAJOULES_PER_KILOWATT_HOUR)
"""What a cost is divided by to be pounds."""
MILLIPENCE_PER_POUND = Decimal(100_000)
_MILLIPENCE_PLACES = 5


@dataclass(slots=True)
class Prices:
    """As published. Prices and standing charge in units of the trailing digit (thousandths of a
    penny), thresholds times multiplier over divisor in cubic metres."""

    scheme: int = TOU_SCHEME
    currency: int = POUND
    trailing_digit: int = 0x50
    standing_charge: int = 0
    unit: int = 0
    threshold_multiplier: int = 1
    threshold_divisor: int = 1000
    tiers: list[int] = field(default_factory=lambda: [0] * TIMES_OF_USE)
    blocks: list[int] = field(default_factory=lambda: [0] * BLOCKS)
    thresholds: list[int] = field(default_factory=lambda: [0] * THRESHOLDS)

    @property
    def is_block_tariff(self) -> bool:
        return self.scheme == BLOCK_SCHEME

    def threshold_litres(self) -> tuple[int | None, ...]:
        """A threshold of zero is not in use (inferred)."""
        return tuple(
            one * self.threshold_multiplier * 1000 // self.threshold_divisor or None
            for one in self.thresholds
        )


def rate_of(tier_or_flag: int) -> Rate:
    """A day is charged at a tier from 1, or by blocks for 0 (verified by GCS01a)."""
    return Rate(tier_or_flag) if tier_or_flag else Rate(1, is_block=True)


class GasTariff:
    """Takes volume and says what it costs. `on_cost` gets an exact cost each time: pounds times
    `COST_DIVISOR`. `on_changed` is called when a part of the tariff has come into force.
    """

    def __init__(self, settings: GasSettings, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._now = now
        self.prices = Prices()
        self.issuer_event_id = 0
        self.is_published = False
        self.calendar_store: CalendarStore[Rate] = CalendarStore(
            kind=TARIFF_CALENDAR, sizes=GAS.calendar, action=rate_of
        )
        self.attribution = Attribution(GAS, threshold_unit=Decimal(PER_LITRE))
        self.calendar: Calendar[Rate] = Calendar(self.calendar_store.table())
        self.on_cost: list[Callable[[Decimal], None]] = []
        self.on_changed: list[Callable[[], None]] = []
        self.on_switch_times: list[Callable[[], None]] = []
        self.cost_of: Callable[[Share], Decimal] = self._cost_of
        self.calendar_store.on_changed.append(self._calendar_changed)
        self.apply_prices()

    def take(self, volume: Decimal) -> None:
        """Credit volume (cubic metres per hour times microseconds) at the rate in force."""
        for share in self.attribution.take(volume):
            cost = self.cost_of(share)
            for callback in self.on_cost:
                callback(cost)

    def switch(self, at: datetime) -> None:
        """What the calendar says at this time of the own clock is in force."""
        rate = self.calendar.at(at)
        if rate is not None:
            self.attribution.rate = rate
        elif not self.calendar_store.published.days:
            self.attribution.rate = Rate(1, is_block=self.prices.is_block_tariff)

    def next_switch(self, after: datetime) -> datetime | None:
        return self.calendar.next_switch(after)

    def tier_litres(self) -> tuple[int, ...]:
        times = self.attribution.times_of_use
        return tuple(int(times[number] // PER_LITRE) for number in range(1, TIMES_OF_USE + 1))

    def block_litres(self) -> tuple[int, ...]:
        counters = self.attribution.block_counters
        return tuple(int(counters[number, 1] // PER_LITRE) for number in range(1, BLOCKS + 1))

    def active_price(self) -> int:
        """In units of the trailing digit."""
        return int(self.attribution.active_price.scaleb(self.prices.trailing_digit >> 4))

    def standing_charge_millipence(self) -> Decimal:
        places = self.prices.trailing_digit >> 4
        return Decimal(self.prices.standing_charge).scaleb(_MILLIPENCE_PLACES - places)

    def cost_per_microsecond(self, flow: Decimal) -> Decimal:
        """Of a flow (cubic metres per hour) at the price in force; as `on_cost` counts."""
        return EXACT.multiply(EXACT.multiply(flow, self.attribution.active_price), self._energy())

    def apply_prices(self) -> None:
        """The published prices are in force from now on."""
        prices = self.prices
        self.attribution.prices = PriceMatrix(
            scale=-(prices.trailing_digit >> 4),
            times_of_use=tuple(prices.tiers),
            blocks=tuple((price,) for price in prices.blocks),
        )
        self.attribution.thresholds = ThresholdMatrix(of=(prices.threshold_litres(),))
        self.switch(self._now())
        self._tell()

    def _calendar_changed(self) -> None:
        store = self.calendar_store
        self.calendar = Calendar(store.table(), store.special_days())
        self.switch(self._now())
        for callback in self.on_switch_times:
            callback()
        self._tell()

    def _tell(self) -> None:
        for callback in self.on_changed:
            callback()

    def _cost_of(self, share: Share) -> Decimal:
        return EXACT.multiply(share.value, self._energy())

    def _energy(self) -> Decimal:
        """Megajoules of a cubic metre."""
        factor = self._settings.conversion_factor.value
        return EXACT.multiply(factor, self._settings.calorific_value.value)
