"""Meters that count energy in the wrong register, charge a wrong price, or miss a change."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.local_time import local_time
from rigs.devices.tariff import Calendar, Part, Rate, Tariff
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)

DAY, NIGHT = 1, 2
_BLOCKS = 4


def _equipped(meter: Meter, alter: str, value: object) -> None:
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
    _equipped(meter, "comes_due", lambda at: at + timedelta(minutes=5))


@rogue(
    "meter-switches-in-summer-time",
    "Takes switching times for British Summer Time",
    requirement="SMETS-E-056",
    severity=Severity.CRITICAL,
    deviation="Each switch of the calendar is made an hour early.",
)
def switches_in_summer_time(meter: Meter) -> None:
    _equipped(meter, "comes_due", lambda at: at - timedelta(hours=1))


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

    _equipped(meter, "weekday", weekday)


@rogue(
    "meter-ignores-special-days",
    "Knows no special days",
    requirement="SMETS-E-054",
    severity=Severity.CRITICAL,
    deviation="Special days are stored and never looked at.",
)
def ignores_special_days(meter: Meter) -> None:
    _equipped(meter, "special_day", lambda _day: None)


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


# What is set and what is taken.


def _active(meter: Meter, alter: Callable[[Tariff], Tariff]) -> None:
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
    _active(meter, lambda one: replace(one, table=replace(one.table, days=one.table.days[:8])))


@rogue(
    "meter-twenty-special-days",
    "Keeps twenty special days",
    requirement="SMETS-E-054",
    severity=Severity.MAJOR,
    deviation="Special days after the twentieth are acknowledged and forgotten.",
)
def twenty_special_days(meter: Meter) -> None:
    _active(meter, lambda one: replace(one, special_days=one.special_days[:20]))


@rogue(
    "meter-knows-one-season",
    "Knows one season",
    requirement="SMETS-E-053",
    severity=Severity.CRITICAL,
    deviation="The week profile is always that of the first season.",
)
def knows_one_season(meter: Meter) -> None:
    operation = meter.tariffs.primary.operation
    _equipped(meter, "season_at", lambda _at: operation.active.table.seasons[0])


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

    _active(meter, narrowed)


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
    _equipped(meter, "comes_due", lambda at: at - hour * (local_time(at).hour != at.hour))


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


# Blocks.


@rogue(
    "meter-first-block-for-ever",
    "Never leaves the first block",
    requirement="SMETS-E-051",
    severity=Severity.CRITICAL,
    deviation="Whatever was consumed, energy lands in the first block.",
)
def first_block_for_ever(meter: Meter) -> None:
    meter.tariffs.primary.operation.attribution.block_at = lambda _rate, _consumed: 1


@rogue(
    "meter-blocks-from-the-second",
    "Counts its blocks from the second",
    requirement="SMETS-E-051",
    severity=Severity.CRITICAL,
    deviation="Energy of each block lands in the next one.",
)
def blocks_from_the_second(meter: Meter) -> None:
    attribution = meter.tariffs.primary.operation.attribution
    sound = attribution.block_at
    attribution.block_at = lambda rate, consumed: min(sound(rate, consumed) + 1, _BLOCKS)


@rogue(
    "meter-blocks-shared",
    "Fills the blocks of all times of use together",
    requirement="SMETS-E-051",
    severity=Severity.CRITICAL,
    deviation="A threshold is compared with what was consumed at any time of use.",
)
def blocks_shared(meter: Meter) -> None:
    attribution = meter.tariffs.primary.operation.attribution
    sound = attribution.block_at
    attribution.block_at = lambda rate, _: sound(
        rate, sum(attribution.block_counters.values(), Decimal(0))
    )


@rogue(
    "meter-first-block-price",
    "Charges every block at the price of the first",
    requirement="SMETS-E-051",
    severity=Severity.CRITICAL,
    deviation="The price of a kilowatt-hour does not follow the block.",
)
def first_block_price(meter: Meter) -> None:
    attribution = meter.tariffs.primary.operation.attribution
    sound = attribution.price_of
    attribution.price_of = lambda rate, block: sound(rate, 1 if block else None)


@rogue(
    "meter-states-first-block-prices",
    "States the first block's prices for every block",
    requirement="SMETS-E-051",
    severity=Severity.MAJOR,
    deviation="Read back, all blocks have the prices of the first.",
)
def states_first_block_prices(meter: Meter) -> None:
    def flattened(one: Tariff) -> Tariff:
        blocks = one.prices.blocks[:1] * len(one.prices.blocks)
        return replace(one, prices=replace(one.prices, blocks=blocks))

    _active(meter, flattened)


@rogue(
    "meter-blocks-not-reset",
    "Acknowledges a reset of block counters and does nothing",
    requirement="SMETS-E-062",
    severity=Severity.MAJOR,
    deviation="The block counters are never set to zero.",
)
def blocks_not_reset(meter: Meter) -> None:
    meter.tariffs.primary.operation.attribution.is_reset = lambda _place: False


@rogue(
    "meter-resets-first-time-of-use",
    "Resets the block counters of one time of use",
    requirement="SMETS-E-062",
    severity=Severity.MAJOR,
    deviation="A reset zeroes the counters of the first time of use only.",
)
def resets_first_time_of_use(meter: Meter) -> None:
    meter.tariffs.primary.operation.attribution.is_reset = lambda place: place[1] == 1


@rogue(
    "meter-reset-clears-registers",
    "Resets block registers with their counters",
    requirement="SMETS-E-062",
    severity=Severity.CRITICAL,
    deviation="A reset of the counters zeroes the registers too.",
)
def reset_clears_registers(meter: Meter) -> None:
    operation = meter.tariffs.primary.operation
    registers = operation.attribution.block_registers
    operation.on_reset.append(lambda: registers.update(dict.fromkeys(registers, Decimal(0))))


@rogue(
    "meter-blocks-outlast-the-period",
    "Goes on with its blocks in the next billing period",
    requirement="SMETS-E-062",
    severity=Severity.CRITICAL,
    deviation="The end of a billing period leaves the block counters alone.",
)
def blocks_outlast_the_period(meter: Meter) -> None:
    meter.metering.billing.on_period_end.pop(0)


@rogue(
    "meter-no-daily-reset",
    "Never resets its blocks daily",
    requirement="SMETS-E-062",
    severity=Severity.MAJOR,
    deviation="Daily reset is acknowledged and not done.",
)
def no_daily_reset(meter: Meter) -> None:
    meter.tariffs.wants_reset = lambda: False


@rogue(
    "meter-daily-reset-for-ever",
    "Cannot stop resetting its blocks daily",
    requirement="SMETS-E-062",
    severity=Severity.MAJOR,
    deviation="Daily reset, once turned on, can not be turned off.",
)
def daily_reset_for_ever(meter: Meter) -> None:
    wanted: list[bool] = []

    def ever() -> bool:
        wanted.append(meter.tariffs.is_reset_daily)
        return any(wanted)

    meter.tariffs.wants_reset = ever


# Randomised offset.


@rogue(
    "meter-offset-truncated",
    "Cuts off the parts of a second of its offset",
    requirement="SMETS-E-057",
    severity=Severity.MINOR,
    deviation="The offset is rounded down.",
)
def offset_truncated(meter: Meter) -> None:
    offset = meter.randomised_offset
    offset.seconds = lambda: offset.number * offset.limit_s // 10_000


@rogue(
    "meter-offset-constant",
    "Has an offset without regard to its limit",
    requirement="SMETS-E-057",
    severity=Severity.MAJOR,
    deviation="The randomised offset is a number of seconds fixed at manufacture.",
)
def offset_constant(meter: Meter) -> None:
    meter.randomised_offset.seconds = lambda: 777


@rogue(
    "meter-offset-drawn-anew",
    "Draws its randomised number whenever it starts",
    requirement="SMETS-E-057",
    severity=Severity.MAJOR,
    deviation="After a loss of supply the randomised offset number is another.",
)
def offset_drawn_anew(meter: Meter) -> None:
    def draw() -> None:
        meter.randomised_offset.number = meter.randomised_offset.number % 10_000 + 1

    meter.on_power_up.append(draw)


@rogue(
    "meter-offset-not-applied",
    "Switches auxiliary loads without its offset",
    requirement="SMETS-E-058",
    severity=Severity.MAJOR,
    deviation="The randomised offset is stated and never applied.",
)
def offset_not_applied(meter: Meter) -> None:
    meter.auxiliary.moved = lambda at: at


@rogue(
    "meter-offset-applied-twice",
    "Applies its randomised offset twice",
    requirement="SMETS-E-058",
    severity=Severity.MAJOR,
    deviation="Auxiliary loads lag behind their calendar by twice the offset.",
)
def offset_applied_twice(meter: Meter) -> None:
    meter.auxiliary.moved = lambda at: at + 2 * meter.randomised_offset.value


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
