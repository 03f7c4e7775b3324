"""Daily consumption, daily read logs, and the store of days, weeks and months."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from rigs.devices.esme.metering.history import DAYS, MONTHS, WEEKS
from tests.rigs.esme.metering.home import NOON, TWIN, Home, firsts, stamps, values

DAY = timedelta(days=1)
MIDNIGHT = NOON + timedelta(hours=12)
FIRST_OF_MONTH = datetime(2026, 4, 1, tzinfo=UTC)


def test_a_day_is_kept_at_the_midnight_that_ends_it() -> None:
    home = Home()
    home.draw(1000)
    home.until(MIDNIGHT + 2 * DAY)
    daily = home.metering.daily
    assert stamps(daily.consumption) == [MIDNIGHT, MIDNIGHT + DAY, MIDNIGHT + 2 * DAY]
    assert firsts(daily.consumption) == [12_000, 24_000, 24_000]
    assert firsts(daily.registers) == [12_000, 36_000, 60_000]


def test_a_twin_meter_consumes_with_both_elements_and_reads_each() -> None:
    home = Home(TWIN)
    home.draw(1000)
    home.draw_second(2000)
    home.until(MIDNIGHT)
    daily = home.metering.daily
    assert values(daily.consumption) == [(36_000,)]
    assert values(daily.registers)[0][:2] == (12_000, 24_000)


def test_export_has_a_daily_read_log_of_its_own() -> None:
    home = Home()
    home.generate(500)
    home.until(MIDNIGHT)
    assert values(home.metering.daily.export) == [(6_000,)]


def test_the_registers_of_the_tariff_are_read_daily() -> None:
    home = Home(TWIN)
    home.draw(1000)
    home.draw_second(2000)
    home.until(MIDNIGHT)
    entry = values(home.metering.daily.registers)[0]
    times_of_use, second_times_of_use, blocks = entry[2:50], entry[50:54], entry[54:]
    assert times_of_use == (12_000,) + (0,) * 47
    assert second_times_of_use == (24_000, 0, 0, 0)
    assert blocks == (0,) * 32


def test_balances_are_read_daily_in_prepayment_mode_alone() -> None:
    home = Home()
    sources = home.metering.snapshot_sources
    sources.balances = lambda: (1, 2, 3, 4, 5, -6)
    sources.is_prepayment = lambda: False
    home.until(MIDNIGHT)
    assert not len(home.metering.daily.prepayment)
    sources.is_prepayment = lambda: True
    home.until(MIDNIGHT + DAY)
    assert values(home.metering.daily.prepayment) == [(1, 2, 3, 4, 5, -6)]


def test_daily_logs_lose_the_oldest_when_full() -> None:
    home = Home()
    daily = home.metering.daily
    for number in range(800):
        daily.end_day(MIDNIGHT + number * DAY)
    assert len(daily.consumption) == daily.consumption.capacity == 731
    assert len(daily.registers) == len(daily.export) == 31
    assert stamps(daily.registers)[-1] == MIDNIGHT + 799 * DAY


def test_midnights_without_power_are_made_up_for_with_what_the_registers_held() -> None:
    home = Home()
    home.draw(1000)
    home.pass_time(hours=6)
    home.cut()
    home.until(MIDNIGHT + 2 * DAY + timedelta(hours=1))
    home.restore()
    home.until(MIDNIGHT + 3 * DAY)
    daily = home.metering.daily
    assert stamps(daily.consumption) == [MIDNIGHT + number * DAY for number in range(4)]
    assert firsts(daily.consumption) == [6_000, 0, 0, 23_000]
    assert firsts(daily.registers) == [6_000, 6_000, 6_000, 29_000]


def test_days_of_local_summer_time_have_24_hours_like_others() -> None:
    for start in (datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)):
        home = Home(start=start)
        home.draw(1000)
        home.pass_time(days=3)
        assert firsts(home.metering.daily.consumption) == [24_000] * 3


def test_days_weeks_and_months_are_told_apart() -> None:
    home = Home(start=datetime(2026, 1, 1, tzinfo=UTC))
    home.draw(1000)
    home.until(FIRST_OF_MONTH)
    history = home.metering.history
    assert [one.watt_hours for one in history.days.past] == [24_000] * DAYS
    assert [one.watt_hours for one in history.weeks.past] == [7 * 24_000] * WEEKS
    assert [one.watt_hours for one in history.months.past] == [
        31 * 24_000,
        28 * 24_000,
        31 * 24_000,
    ]
    assert history.weeks.current(FIRST_OF_MONTH, 0, Decimal(0)).watt_hours == 2 * 24_000


def test_the_store_keeps_eight_days_five_weeks_thirteen_months() -> None:
    home = Home()
    history = home.metering.history
    for number in range(3 * 366):
        history.end_day(MIDNIGHT + number * DAY, number)
    sizes = [len(one.past) for one in (history.days, history.weeks, history.months)]
    assert sizes == [DAYS, WEEKS, MONTHS] == [8, 5, 13]
    assert history.days.past[0].watt_hours == 3 * 366 - 1


def test_costs_are_kept_beside_energy() -> None:
    home = Home()
    history = home.metering.history
    history.take_cost(Decimal("1.25"))
    history.take_cost(Decimal("0.05"))
    home.until(MIDNIGHT)
    history.take_cost(Decimal(7))
    assert history.days.past[0].cost == Decimal("1.30")
    assert history.cost_today == Decimal(7)


def test_periods_of_an_earlier_tenant_are_hidden() -> None:
    home = Home()
    home.until(MIDNIGHT + 5 * DAY)
    days = home.metering.history.days
    assert len(days.past_since(None)) == 6
    shown = days.past_since(MIDNIGHT + 3 * DAY)
    assert [one.end for one in shown] == [MIDNIGHT + 5 * DAY, MIDNIGHT + 4 * DAY]
