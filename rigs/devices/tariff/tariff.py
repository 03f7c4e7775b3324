"""A tariff as one value, and the two that a meter holds: the active and the next.

A command writes parts of the next tariff; its activation, at once or at a date, makes them
active part by part (E-064). A party that must have several parts or none (a gas calendar,
G-028) activates them in one call.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from rigs.devices.tariff.prices import Amount, Currency, PriceMatrix, ThresholdMatrix
from rigs.devices.tariff.sizes import TariffSizes
from rigs.devices.tariff.switching_table import (
    Rate,
    SpecialDay,
    SwitchingTable,
    check_special_days,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    table: SwitchingTable[Rate] = field(default_factory=SwitchingTable)
    special_days: tuple[SpecialDay, ...] = ()
    prices: PriceMatrix = field(default_factory=PriceMatrix)
    thresholds: ThresholdMatrix = field(default_factory=ThresholdMatrix)
    standing_charge: Amount = field(default_factory=Amount)
    currency: Currency = Currency.POUND

    def check(self, sizes: TariffSizes) -> None:
        """
        Raises:
            ValueError: it has more, or other rates, than a meter of these sizes holds.
        """
        self.table.check(sizes.calendar)
        check_special_days(self.special_days, sizes.calendar)
        self.prices.check(sizes)
        self.thresholds.check(sizes)
        for day in self.table.days:
            for switch in day.switches:
                _check_rate(switch.action, sizes)


class Part(Enum):
    """What can be activated on its own; the value names the field of a tariff."""

    SWITCHING_TABLE = "table"
    SPECIAL_DAYS = "special_days"
    PRICES = "prices"
    THRESHOLDS = "thresholds"
    STANDING_CHARGE = "standing_charge"
    CURRENCY = "currency"


CALENDAR = (Part.SWITCHING_TABLE, Part.SPECIAL_DAYS)


class TariffPair:
    """The active and the next tariff. Hook: `parts_taken` may change what an activation takes."""

    def __init__(self, sizes: TariffSizes) -> None:
        self.sizes = sizes
        self.active = Tariff()
        self.next = Tariff()
        self.parts_taken: Callable[[Collection[Part]], Collection[Part]] = lambda parts: parts

    def prepare(self, tariff: Tariff) -> None:
        """Make this the next tariff: the next one that was, with some fields replaced.

        Raises:
            ValueError: it does not fit; the next one stays what it was.
        """
        tariff.check(self.sizes)
        self.next = tariff

    def activate(self, *parts: Part) -> None:
        """Make these parts of the next tariff active."""
        taken: Mapping[str, Any] = {
            part.value: getattr(self.next, part.value) for part in self.parts_taken(parts)
        }
        self.active = replace(self.active, **taken)


def _check_rate(rate: Rate, sizes: TariffSizes) -> None:
    most = sizes.block_times_of_use if rate.is_block else sizes.times_of_use
    if not 1 <= rate.time_of_use <= most:
        raise ValueError(f"rate: expected a time of use from 1 to {most}, got {rate}")
