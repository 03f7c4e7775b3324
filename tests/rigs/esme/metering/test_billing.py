"""Billing calendar and billing data log: one entry and one alert for each period."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigs.devices.esme.metering.billing_calendar import BillingCalendar, BillingStart
from rigs.devices.payment.settings import Mode
from rigs.devices.tariff import Part, Rate, Tariff
from rigs.devices.tariff.dates import Beginning, DatePattern
from rigs.devices.tariff.prices import PriceMatrix
from rigs.devices.tariff.switching_table import (
    DayProfile,
    Season,
    Switch,
    SwitchingTable,
    WeekProfile,
)
from tests.rigs.devices.premises_kit import Premises
from tests.rigs.esme.metering.home import NOON, TWIN, Home, firsts, stamps, values

MIDNIGHT = time(0, 0)
DAILY = BillingStart(at=MIDNIGHT)
WEEKLY = BillingStart(at=MIDNIGHT, weekday=1)
MONTHLY = BillingStart(at=MIDNIGHT, day=1)
YEARLY = BillingStart(at=MIDNIGHT, month=2, day=28)
QUARTERLY = tuple(BillingStart(at=MIDNIGHT, month=month, day=1) for month in (1, 4, 7, 10))
HALF_YEARLY = tuple(BillingStart(at=MIDNIGHT, month=month, day=15) for month in (3, 9))
BILLING_ALERT = 0x8F0A


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ((DAILY,), ["2026-03-02", "2026-03-03", "2026-03-04"]),
        ((WEEKLY,), ["2026-03-02", "2026-03-09", "2026-03-16"]),
        ((MONTHLY,), ["2026-04-01", "2026-05-01", "2026-06-01"]),
        (QUARTERLY, ["2026-04-01", "2026-07-01", "2026-10-01"]),
        (HALF_YEARLY, ["2026-03-15", "2026-09-15", "2027-03-15"]),
        ((YEARLY,), ["2027-02-28", "2028-02-28", "2029-02-28"]),
    ],
    ids=["daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly"],
)
def test_a_calendar_ends_periods_at_its_dates(
    starts: tuple[BillingStart, ...], ends: list[str]
) -> None:
    calendar, at, found = BillingCalendar(starts), NOON, []
    for _ in ends:
        following = calendar.next_after(at)
        assert following is not None
        at = following
        found.append(at.date().isoformat())
    assert found == ends


def test_without_a_pattern_there_are_no_periods() -> None:
    assert BillingCalendar().next_after(NOON) is None


@pytest.mark.parametrize("wrong", [{"day": 29}, {"month": 13}, {"weekday": 8}, {"day": 0}])
def test_dates_that_some_months_lack_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="expected a"):
        BillingStart(at=MIDNIGHT, **wrong)


moments = st.datetimes(
    min_value=datetime(2026, 1, 1), max_value=datetime(2041, 1, 1), timezones=st.just(UTC)
)
parts = st.builds(
    BillingStart,
    at=st.times().map(lambda at: at.replace(microsecond=0)),
    month=st.none() | st.integers(1, 12),
    day=st.none() | st.integers(1, 28),
)


@given(parts, moments)
def test_the_next_end_is_later_matches_and_skips_nothing(
    start: BillingStart, after: datetime
) -> None:
    found = start.next_after(after)
    assert found > after
    assert found.timetz() == start.at.replace(tzinfo=UTC)
    assert start.month in (None, found.month)
    assert start.day in (None, found.day)
    before = found - timedelta(seconds=1)
    assert before < after or start.next_after(before) == found


def test_the_end_of_a_period_takes_down_registers_and_balances() -> None:
    home = Home(TWIN)
    home.metering.billing.set_calendar(BillingCalendar((DAILY,)))
    home.metering.snapshot_sources.balances = lambda: (1, -2, 3, 4, 5, 6)
    home.draw(1000)
    home.draw_second(500)
    home.pass_time(hours=12)
    billing = home.metering.billing
    assert stamps(billing.registers) == stamps(billing.balances) == [NOON + timedelta(hours=12)]
    assert values(billing.registers)[0][:3] == (12_000, 6_000, 12_000)
    assert values(billing.balances) == [(1, -2, 3, 4, 5, 6)]


def test_the_log_keeps_twelve_periods() -> None:
    home = Home()
    home.metering.billing.set_calendar(BillingCalendar((DAILY,)))
    home.draw(1000)
    home.pass_time(days=13)
    billing = home.metering.billing
    assert len(billing.registers) == len(billing.balances) == 12
    assert firsts(billing.registers)[0] == 36_000


def test_periods_that_end_without_power_are_made_up_for_once_each() -> None:
    home = Home()
    home.metering.billing.set_calendar(BillingCalendar((DAILY,)))
    ended: list[datetime] = []
    home.metering.billing.on_period_end.append(ended.append)
    home.draw(1000)
    home.pass_time(hours=1)
    home.cut()
    home.pass_time(days=2)
    home.restore()
    home.pass_time(days=1)
    expected = [NOON + timedelta(hours=12, days=day) for day in range(3)]
    assert ended == stamps(home.metering.billing.registers) == expected
    assert firsts(home.metering.billing.registers)[:2] == [1_000, 1_000]


def test_block_counters_start_anew_with_a_period_and_registers_go_on() -> None:
    home = Home()
    home.metering.billing.set_calendar(BillingCalendar((DAILY,)))
    element = home.meter.tariffs.primary
    element.operation.tariffs.prepare(all_day(Rate(1, is_block=True)))
    element.activate(*Part)
    home.draw(1000)
    home.pass_time(hours=13)
    attribution = element.operation.attribution
    hour = Decimal(3_600_000_000 * 1000)
    assert attribution.block_counters[1, 1] == hour
    assert attribution.block_registers[1, 1] == 13 * hour


def test_a_change_of_tariff_takes_a_snapshot_of_what_was() -> None:
    home = Home()
    home.draw(1000)
    home.pass_time(hours=2)
    element = home.meter.tariffs.primary
    element.operation.tariffs.prepare(all_day(Rate(5)))
    element.activate(*Part)
    home.pass_time(hours=1)
    changes = home.metering.billing.changes
    assert stamps(changes) == [NOON + timedelta(hours=2)]
    assert values(changes)[0][:2] == (2_000, 2_000)
    assert len(values(changes)[0]) == 1 + 48 + 32 + 6


def all_day(rate: Rate) -> Tariff:
    begin = Beginning(on=DatePattern(month=1, day=1))
    return Tariff(
        table=SwitchingTable(
            seasons=(Season(b"year", begin, b"w"),),
            weeks=(WeekProfile(b"w", (1,) * 7),),
            days=(DayProfile(1, (Switch(MIDNIGHT, rate),)),),
        )
    )


def test_each_period_sends_one_alert(premises: Premises) -> None:
    premises.meter.metering.billing.set_calendar(BillingCalendar((DAILY,)))
    premises.pass_time(3 * 86_400)
    assert len(premises.alerts(BILLING_ALERT)) == 3


def test_a_period_that_ends_without_power_sends_its_alert_once_after_it(
    premises: Premises,
) -> None:
    premises.meter.metering.billing.set_calendar(BillingCalendar((DAILY,)))
    premises.feed(0)
    premises.pass_time(86_400)
    assert not premises.alerts(BILLING_ALERT)
    premises.feed(230)
    premises.pass_time(3_600)
    assert len(premises.alerts(BILLING_ALERT)) == 1


def test_a_change_of_payment_mode_takes_a_snapshot_and_starts_the_prepayment_log() -> None:
    home = Home()
    home.meter.payment.account.set_mode(Mode.PREPAYMENT, home.meter.now())
    home.pass_time(hours=12)
    changes = home.metering.billing.changes
    assert stamps(changes) == [NOON]
    assert values(changes)[0][-6:] == values(home.metering.daily.prepayment)[0]


def test_what_the_tariff_charges_is_the_cost_of_the_day() -> None:
    home = Home()
    element = home.meter.tariffs.primary
    prices = PriceMatrix(scale=-4, times_of_use=(2500,))
    element.operation.tariffs.prepare(replace(all_day(Rate(1)), prices=prices))
    element.activate(*Part)
    home.draw(1000)
    home.pass_time(hours=12)
    assert home.metering.history.days.past[0].cost == Decimal(3)
