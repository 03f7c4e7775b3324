"""Meters that take, scale or keep what the supplier sets of a tariff wrongly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.local_time import local_time
from rigs.devices.tariff import Part, Rate, Tariff
from rigs.rogues.meter_tariff import equipped
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
DAY = 1


def altered_when_active(meter: Meter, alter: Callable[[Tariff], Tariff]) -> None:
    """What becomes active is something else than what was set."""
    operation = meter.tariffs.primary.operation

    def change() -> None:
        operation.tariffs.active = alter(operation.tariffs.active)

    operation.on_activated.append(change)


def _without(meter: Meter, *kept: Part) -> None:
    """These parts of a new tariff are never taken."""
    meter.tariffs.primary.operation.tariffs.parts_taken = lambda parts: [
        part for part in parts if part not in kept
    ]


@rogue(
    "meter-eight-day-profiles",
    "Keeps eight day profiles",
    requirement="SMETS-E-053",
    severity=Severity.MAJOR,
    deviation="Day profiles after the eighth are acknowledged and forgotten.",
)
def eight_day_profiles(meter: Meter) -> None:
    altered_when_active(
        meter, lambda one: replace(one, table=replace(one.table, days=one.table.days[:8]))
    )


@rogue(
    "meter-twenty-special-days",
    "Keeps twenty special days",
    requirement="SMETS-E-054",
    severity=Severity.MAJOR,
    deviation="Special days after the twentieth are acknowledged and forgotten.",
)
def twenty_special_days(meter: Meter) -> None:
    altered_when_active(meter, lambda one: replace(one, special_days=one.special_days[:20]))


@rogue(
    "meter-knows-one-season",
    "Knows one season",
    requirement="SMETS-E-053",
    severity=Severity.CRITICAL,
    deviation="The week profile is always that of the first season.",
)
def knows_one_season(meter: Meter) -> None:
    operation = meter.tariffs.primary.operation
    equipped(meter, "season_at", lambda _at: operation.active.table.seasons[0])


@rogue(
    "meter-always-in-pounds",
    "Knows no currency but pounds",
    requirement="SMETS-E-055",
    severity=Severity.MINOR,
    deviation="A change of currency is acknowledged and not taken.",
)
def always_in_pounds(meter: Meter) -> None:
    _without(meter, Part.CURRENCY)


@rogue(
    "meter-narrow-price-scale",
    "Keeps price scales of one digit",
    requirement="SMETS-E-055",
    severity=Severity.MINOR,
    deviation="A price scale beyond nine is taken for nine.",
)
def narrow_price_scale(meter: Meter) -> None:
    def narrowed(one: Tariff) -> Tariff:
        return replace(one, prices=replace(one.prices, scale=max(-9, min(9, one.prices.scale))))

    altered_when_active(meter, narrowed)


@rogue(
    "meter-one-scale-for-all",
    "Scales prices as the standing charge",
    requirement="SMETS-E-055",
    severity=Severity.CRITICAL,
    deviation="Prices are charged at the scale of the standing charge.",
)
def one_scale_for_all(meter: Meter) -> None:
    operation = meter.tariffs.primary.operation

    def price(rate: Rate, block: int | None) -> Decimal:
        stated = operation.active.prices.stated(rate, block)
        return Decimal(stated).scaleb(operation.active.standing_charge.scale)

    operation.attribution.price_of = price


@rogue(
    "meter-day-price-at-night",
    "Charges the price of the day at night",
    requirement="SMETS-E-055",
    severity=Severity.CRITICAL,
    deviation="Every kilowatt-hour costs what the first rate costs.",
)
def day_price_at_night(meter: Meter) -> None:
    attribution = meter.tariffs.primary.operation.attribution
    sound = attribution.price_of
    attribution.price_of = lambda rate, block: sound(replace(rate, time_of_use=DAY), block)


@rogue(
    "meter-switches-by-local-time",
    "Switches the tariff by the clock on the wall",
    requirement="SMETS-E-056",
    severity=Severity.CRITICAL,
    deviation="In summer each switch of the calendar is made an hour early.",
)
def switches_by_local_time(meter: Meter) -> None:
    hour = timedelta(hours=1)
    equipped(meter, "comes_due", lambda at: at - hour * (local_time(at).hour != at.hour))


@rogue(
    "meter-thresholds-kept",
    "Keeps its old thresholds",
    requirement="SMETS-E-064",
    severity=Severity.CRITICAL,
    deviation="New thresholds are acknowledged and never in force.",
)
def thresholds_kept(meter: Meter) -> None:
    _without(meter, Part.THRESHOLDS)


@rogue(
    "meter-cannot-take-back",
    "Carries out what was taken back",
    requirement="SMETS-E-060",
    severity=Severity.CRITICAL,
    deviation="A dated command that was cancelled is carried out on its date.",
)
def cannot_take_back(meter: Meter) -> None:
    meter.dated.cancel = lambda _key: None
