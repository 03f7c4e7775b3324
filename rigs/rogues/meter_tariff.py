"""Meters that count energy in the wrong register, charge a wrong price, or miss a change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.local_time import local_time
from rigs.devices.tariff import Calendar, Part, Rate
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
DAY, NIGHT = 1, 2


def equipped(meter: Meter, alter: str, value: object) -> None:
    """Every calendar that the meter ever works by has this hook replaced."""
    operation = meter.tariffs.primary.operation
    sound = operation.equip

    def equip(calendar: Calendar[Rate]) -> None:
        sound(calendar)
        setattr(calendar, alter, value)

    operation.equip = equip


@rogue(
    "meter-rates-exchanged",
    "Counts day as night",
    requirement="SMETS-E-050",
    severity=Severity.CRITICAL,
    deviation="Energy of the first two rates lands in each other's register.",
)
def rates_exchanged(meter: Meter) -> None:
    other = {DAY: Rate(NIGHT), NIGHT: Rate(DAY)}
    attribution = meter.tariffs.primary.operation.attribution
    attribution.register_of = lambda rate: other.get(rate.time_of_use, rate)


@rogue(
    "meter-one-rate",
    "Counts everything in its first register",
    requirement="SMETS-E-050",
    severity=Severity.CRITICAL,
    deviation="Whatever the calendar says, energy lands in the first register.",
)
def one_rate(meter: Meter) -> None:
    meter.tariffs.primary.operation.attribution.register_of = lambda _: Rate(DAY)


@rogue(
    "meter-switches-late",
    "Switches the tariff late",
    requirement="SMETS-E-056",
    severity=Severity.CRITICAL,
    deviation="Each switch of the calendar is made five minutes late.",
)
def switches_late(meter: Meter) -> None:
    equipped(meter, "comes_due", lambda at: at + timedelta(minutes=5))


@rogue(
    "meter-switches-in-summer-time",
    "Takes switching times for British Summer Time",
    requirement="SMETS-E-056",
    severity=Severity.CRITICAL,
    deviation="Each switch of the calendar is made an hour early.",
)
def switches_in_summer_time(meter: Meter) -> None:
    equipped(meter, "comes_due", lambda at: at - timedelta(hours=1))


@rogue(
    "meter-week-off-by-one",
    "Takes Sunday for the first day of the week",
    requirement="SMETS-E-053",
    severity=Severity.CRITICAL,
    deviation="The day of the week is off by one: Sunday is day 1 of a week profile.",
)
def week_off_by_one(meter: Meter) -> None:
    def weekday(day: date) -> int:
        return day.isoweekday() % 7 + 1

    equipped(meter, "weekday", weekday)


@rogue(
    "meter-ignores-special-days",
    "Knows no special days",
    requirement="SMETS-E-054",
    severity=Severity.CRITICAL,
    deviation="Special days are stored and never looked at.",
)
def ignores_special_days(meter: Meter) -> None:
    equipped(meter, "special_day", lambda _day: None)


@rogue(
    "meter-keeps-standing-charge",
    "Keeps its old standing charge",
    requirement="SMETS-E-064",
    severity=Severity.CRITICAL,
    deviation="A new standing charge is acknowledged and never becomes active.",
)
def keeps_standing_charge(meter: Meter) -> None:
    def without(parts: Collection[Part]) -> Collection[Part]:
        return [part for part in parts if part is not Part.STANDING_CHARGE]

    meter.tariffs.primary.operation.tariffs.parts_taken = without


@rogue(
    "meter-keeps-prices",
    "Keeps its old prices",
    requirement="SMETS-E-055",
    severity=Severity.CRITICAL,
    deviation="The first prices that it is given stay in force.",
)
def keeps_prices(meter: Meter) -> None:
    given: list[bool] = []

    def taken(parts: Collection[Part]) -> Collection[Part]:
        is_first = not given
        given.append(True)
        return parts if is_first else [part for part in parts if part is not Part.PRICES]

    meter.tariffs.primary.operation.tariffs.parts_taken = taken


@rogue(
    "meter-price-of-other-rate",
    "Charges the price of another rate",
    requirement="SMETS-E-055",
    severity=Severity.CRITICAL,
    deviation="Energy of the day rate is charged at the price of the night rate.",
)
def price_of_other_rate(meter: Meter) -> None:
    attribution = meter.tariffs.primary.operation.attribution
    sound = attribution.price_of

    def price(rate: Rate, block: int | None) -> Decimal:
        return sound(replace(rate, time_of_use=NIGHT) if rate.time_of_use == DAY else rate, block)

    attribution.price_of = price


@rogue(
    "meter-dated-tariff-early",
    "Takes a dated tariff too early",
    requirement="SMETS-E-064",
    severity=Severity.CRITICAL,
    deviation="What is dated is carried out ninety minutes before its date.",
)
def dated_tariff_early(meter: Meter) -> None:
    meter.dated.is_due_at = lambda at: at - timedelta(minutes=90)


@rogue(
    "meter-dated-tariff-late",
    "Takes a dated tariff a day late",
    requirement="SMETS-E-064",
    severity=Severity.CRITICAL,
    deviation="What is dated is carried out a day after its date.",
)
def dated_tariff_late(meter: Meter) -> None:
    meter.dated.is_due_at = lambda at: at + timedelta(days=1)


@rogue(
    "meter-dated-tariff-unreported",
    "Says nothing of a dated tariff",
    requirement="SMETS-E-059",
    severity=Severity.MAJOR,
    deviation="No alert 8F66 is sent when dated components become active.",
)
def dated_tariff_unreported(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F66)


@rogue(
    "meter-no-tariff-snapshot",
    "Takes no snapshot when the tariff changes",
    requirement="SMETS-E-061",
    severity=Severity.MAJOR,
    deviation="A change of tariff leaves no entry in the billing data log.",
)
def no_tariff_snapshot(meter: Meter) -> None:
    meter.tariffs.on_tariff_change.clear()


# Standing charge.


@rogue(
    "meter-standing-charge-twice",
    "Takes the standing charge twice",
    requirement="SMETS-E-063",
    severity=Severity.CRITICAL,
    deviation="What is taken at the end of a day is the charge of two.",
)
def standing_charge_twice(meter: Meter) -> None:
    account = meter.payment.account
    sound = account.standing_charge
    account.standing_charge = lambda: 2 * sound()


@rogue(
    "meter-no-standing-charge-in-summer",
    "Takes no standing charge in summer",
    requirement="SMETS-E-063",
    severity=Severity.CRITICAL,
    deviation="A day ends where local and UTC midnight agree.",
)
def no_standing_charge_in_summer(meter: Meter) -> None:
    collection = meter.payment.account.collection
    sound = collection.is_due
    collection.is_due = lambda at, period: sound(at, period) and local_time(at).hour == at.hour


# Snapshots.


@rogue(
    "meter-empty-snapshot",
    "Takes a snapshot without registers by time of use",
    requirement="SMETS-E-061",
    severity=Severity.MAJOR,
    deviation="A snapshot is made where it should be, with zeros in it.",
)
def empty_snapshot(meter: Meter) -> None:
    sources, changes = meter.metering.snapshot_sources, meter.tariffs.on_tariff_change
    sound, take = sources.time_of_use, changes[0]

    def empty(at: datetime) -> None:
        sources.time_of_use = lambda: (0,) * 48
        take(at)
        sources.time_of_use = sound

    changes[0] = empty


@rogue(
    "meter-no-mode-snapshot",
    "Takes no snapshot when the payment mode changes",
    requirement="SMETS-E-061",
    severity=Severity.MAJOR,
    deviation="A change of payment mode leaves no entry in the billing data log.",
)
def no_mode_snapshot(meter: Meter) -> None:
    meter.payment.account.on_mode.remove(meter.metering.billing.take_snapshot)
