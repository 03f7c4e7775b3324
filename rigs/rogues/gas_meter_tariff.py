"""Gas meters that count in the wrong register, charge a wrong price, or miss a change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from rigs.devices.gbz_objects import GbzCall
from rigs.devices.gsme import GasMeter as Meter
from rigs.devices.gsme.calendar import PublishedCalendar
from rigs.devices.tariff.switching_table import Rate
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.GAS_METER)
_CRITICAL, _MAJOR = Severity.CRITICAL, Severity.MAJOR


@rogue(
    "gas-meter-rates-exchanged",
    "Counts working days as weekends",
    requirement="SMETS-G-004",
    severity=_CRITICAL,
    deviation="Volume of the first two times of use lands in each other's register.",
)
def rates_exchanged(meter: Meter) -> None:
    other = {1: Rate(2), 2: Rate(1)}
    meter.tariff.attribution.register_of = lambda rate: (
        rate if rate.is_block else other.get(rate.time_of_use, rate)
    )


@rogue(
    "gas-meter-one-rate",
    "Counts everything in its first register",
    requirement="SMETS-G-004",
    severity=_CRITICAL,
    deviation="Whatever the day, volume lands in the first register.",
)
def one_rate(meter: Meter) -> None:
    meter.tariff.attribution.register_of = lambda rate: rate if rate.is_block else Rate(1)


@rogue(
    "gas-meter-one-block",
    "Knows no thresholds",
    requirement="SMETS-G-004",
    severity=_CRITICAL,
    deviation="Block thresholds are stored and never applied.",
)
def one_block(meter: Meter) -> None:
    sound = meter.tariff.apply_prices

    def apply() -> None:
        kept, meter.tariff.prices.thresholds[:] = list(meter.tariff.prices.thresholds), [0] * 3
        sound()
        meter.tariff.prices.thresholds[:] = kept

    meter.tariff.apply_prices = apply  # type: ignore[method-assign]


@rogue(
    "gas-meter-no-standing-charge",
    "Takes no standing charge",
    requirement="SMETS-G-004",
    severity=_CRITICAL,
    deviation="The standing charge is read back and never taken.",
)
def no_standing_charge(meter: Meter) -> None:
    meter.payment.account.standing_charge = lambda: Decimal(0)


@rogue(
    "gas-meter-few-special-days",
    "Has room for 19 special days",
    requirement="SMETS-G-005",
    severity=_MAJOR,
    deviation="A tariff calendar with 20 special days is refused.",
)
def few_special_days(meter: Meter) -> None:
    store = meter.tariff.calendar_store
    store.sizes = replace(store.sizes, special_days=19)


@rogue(
    "gas-meter-few-friendly-days",
    "Has room for four days of non-disablement",
    requirement="SMETS-G-005",
    severity=_MAJOR,
    deviation="A non-disablement calendar with five day profiles is refused.",
)
def few_friendly_days(meter: Meter) -> None:
    store = meter.payment.calendar_store
    store.sizes = replace(store.sizes, day_profiles=4)


@rogue(
    "gas-meter-ignores-special-days",
    "Knows no special days",
    requirement="SMETS-G-005",
    severity=_CRITICAL,
    deviation="Special days are stored and never looked at.",
)
def ignores_special_days(meter: Meter) -> None:
    store = meter.tariff.calendar_store
    store.special_days = tuple  # type: ignore[method-assign]


@rogue(
    "gas-meter-calendar-kept",
    "Keeps days of the calendar before",
    requirement="SMETS-G-028",
    severity=_CRITICAL,
    deviation="A new calendar is added to the old one instead of replacing it.",
)
def calendar_kept(meter: Meter) -> None:
    store = meter.tariff.calendar_store
    sound = store.replace

    def merge(published: PublishedCalendar) -> None:
        old = store.published
        named = {day["day_id"] for day in published.days}
        kept = tuple(day for day in old.days if day["day_id"] not in named)
        sound(replace(published, days=(*published.days, *kept)))

    store.replace = merge  # type: ignore[method-assign]


@rogue(
    "gas-meter-dated-at-once",
    "Takes what is dated at once",
    requirement="SMETS-G-028",
    severity=_CRITICAL,
    deviation="The date of a tariff is not looked at.",
)
def dated_at_once(meter: Meter) -> None:
    sound = meter.dated.date

    def date(call: GbzCall, when: str | int, activate: Callable[[], None], kind: str = "") -> None:
        del when
        sound(call, 0, activate, kind)

    meter.dated.date = date  # type: ignore[method-assign]


@rogue(
    "gas-meter-dated-unreported",
    "Says nothing of a dated tariff",
    requirement="SMETS-G-028",
    severity=_MAJOR,
    deviation="No alert 8F66 is sent when dated components come into force.",
)
def dated_unreported(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F66)
