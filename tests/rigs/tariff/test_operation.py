"""A tariff in operation: what is next waits, what is active charges, and the cost never drifts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigs.devices.tariff import (
    CALENDAR,
    ELECTRICITY,
    GAS,
    Amount,
    Beginning,
    CostAccrual,
    Currency,
    DatePattern,
    DayProfile,
    Part,
    PriceMatrix,
    Rate,
    Season,
    SpecialDay,
    Switch,
    SwitchingTable,
    Tariff,
    TariffOperation,
    TariffSizes,
    ThresholdMatrix,
    WeekProfile,
)
from rigs.devices.tariff.cost import GRAIN

NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)
WATT_HOUR = Decimal(3_600_000_000)
DAY, NIGHT = Rate(1), Rate(2)
TABLE = SwitchingTable(
    seasons=(Season(b"all", Beginning(on=DatePattern()), b"\x01"),),
    weeks=(WeekProfile(b"\x01", (1,) * 7),),
    days=(DayProfile(1, (Switch(time(0), NIGHT), Switch(time(7), DAY))),),
)
PRICES = PriceMatrix(scale=-5, times_of_use=(20_000, 7_000))


def operation(sizes: TariffSizes = ELECTRICITY) -> TariffOperation:
    return TariffOperation(sizes, priced_unit=1000 * WATT_HOUR, threshold_unit=WATT_HOUR)


def running() -> TariffOperation:
    running = operation()
    running.prepare(Tariff(table=TABLE, prices=PRICES))
    running.activate(NOON, *Part)
    return running


def test_what_is_next_waits_for_its_activation() -> None:
    waiting = operation()
    waiting.prepare(Tariff(prices=PRICES, currency=Currency.EURO))
    assert waiting.active == Tariff()
    waiting.activate(NOON, Part.PRICES)
    assert waiting.active == Tariff(prices=PRICES)


def test_a_calendar_comes_whole() -> None:
    whole, special = operation(), (SpecialDay(1, DatePattern(month=12, day=25), 1),)
    whole.prepare(Tariff(table=TABLE, special_days=special))
    whole.activate(NOON, *CALENDAR)
    assert (whole.active.table, whole.active.special_days) == (TABLE, special)
    assert whole.calendar.special_day(NOON.replace(month=12, day=25).date()) == 1


def test_a_new_calendar_is_in_force_at_once() -> None:
    running = operation()
    rates: list[Rate] = []
    running.on_rate.append(rates.append)
    running.prepare(Tariff(table=TABLE))
    running.activate(NOON.replace(hour=3), Part.SWITCHING_TABLE)
    assert running.rate == NIGHT
    assert rates == [NIGHT]
    assert running.next_switch(NOON.replace(hour=3)) == NOON.replace(hour=7)


def test_whoever_waits_for_switches_hears_of_a_new_calendar_but_not_of_new_prices() -> None:
    heard: list[str] = []
    running = operation()
    running.on_calendar.append(lambda: heard.append("calendar"))
    running.activate(NOON, Part.PRICES)
    assert heard == []
    running.activate(NOON, Part.SPECIAL_DAYS)
    assert heard == ["calendar"]


def test_a_calendar_with_nothing_for_now_leaves_the_rate() -> None:
    running = running_at_night = operation()
    running_at_night.attribution.rate = NIGHT
    running.prepare(Tariff(table=replace(TABLE, seasons=())))
    running.activate(NOON, Part.SWITCHING_TABLE)
    assert running.rate == NIGHT


def test_the_snapshot_of_a_change_is_taken_once_and_before_it() -> None:
    changing = operation()
    seen: list[tuple[datetime, Tariff]] = []
    changing.on_tariff_change.append(lambda at: seen.append((at, changing.active)))
    changing.prepare(Tariff(table=TABLE, prices=PRICES))
    for part in Part:
        changing.activate(NOON, part)
    assert seen == [(NOON, Tariff())]
    changing.activate(NOON + timedelta(seconds=1), Part.PRICES)
    assert len(seen) == 2


def test_consumption_is_charged_at_the_rate_in_force() -> None:
    charging = running()
    costs: list[Decimal] = []
    charging.on_cost.append(costs.append)
    charging.take(500 * WATT_HOUR)
    charging.switch(NOON.replace(hour=3))
    charging.take(1000 * WATT_HOUR)
    assert costs == [Decimal("0.1"), Decimal("0.07")]
    assert charging.attribution.times_of_use[1] == 500 * WATT_HOUR
    assert charging.attribution.times_of_use[2] == 1000 * WATT_HOUR


def test_gas_is_weighed_by_its_calorific_value() -> None:
    gas = TariffOperation(GAS, priced_unit=Decimal("3.6"), threshold_unit=Decimal("0.001"))
    gas.weight = Decimal("39.5") * Decimal("1.02264")
    costs: list[Decimal] = []
    gas.on_cost.append(costs.append)
    gas.prepare(Tariff(prices=PriceMatrix(scale=-5, times_of_use=(9_600,))))
    gas.activate(NOON, *Part)
    for _ in range(1000):
        gas.take(Decimal("0.001"))
    exact = Fraction("39.5") * Fraction("1.02264") * Fraction("0.096") / Fraction("3.6")
    assert 0 <= exact - Fraction(sum(costs)) < Fraction(GRAIN)


def test_what_costs_nothing_is_not_charged() -> None:
    free = operation()
    free.on_cost.append(lambda _: pytest.fail("charged"))
    free.take(500 * WATT_HOUR)


@pytest.mark.parametrize(
    ("sizes", "tariff"),
    [
        (ELECTRICITY, Tariff(prices=PriceMatrix(times_of_use=(1,) * 49))),
        (ELECTRICITY, Tariff(prices=PriceMatrix(blocks=((1,),) * 5))),
        (ELECTRICITY, Tariff(prices=PriceMatrix(blocks=((1,) * 9,)))),
        (ELECTRICITY, Tariff(thresholds=ThresholdMatrix(of=((1,),) * 9))),
        (ELECTRICITY, Tariff(thresholds=ThresholdMatrix(of=((1, 2, 3, 4),)))),
        (ELECTRICITY, Tariff(table=SwitchingTable(seasons=TABLE.seasons * 5))),
        (GAS, Tariff(table=SwitchingTable(seasons=TABLE.seasons * 4))),
        (GAS, Tariff(table=TABLE)),
        (GAS, Tariff(special_days=(SpecialDay(1, DatePattern(), 1),) * 21)),
        (GAS, Tariff(thresholds=ThresholdMatrix(of=((1,),) * 2))),
        (ELECTRICITY, Tariff(special_days=(SpecialDay(1, DatePattern(), 1),) * 51)),
        (ELECTRICITY, Tariff(table=SwitchingTable(weeks=TABLE.weeks * 2))),
        (ELECTRICITY, Tariff(table=SwitchingTable(days=TABLE.days * 2))),
        (ELECTRICITY, Tariff(table=SwitchingTable(weeks=(WeekProfile(b"\x01", (1,) * 6),)))),
        *(
            (
                ELECTRICITY,
                Tariff(table=SwitchingTable(days=(DayProfile(1, (Switch(time(0), rate),)),))),
            )
            for rate in (Rate(0), Rate(49), Rate(9, is_block=True))
        ),
        (
            ELECTRICITY,
            Tariff(
                table=SwitchingTable(
                    days=(DayProfile(1, (Switch(time(0), DAY), Switch(time(0), NIGHT))),)
                )
            ),
        ),
    ],
)
def test_what_does_not_fit_is_refused_and_the_next_tariff_stays(
    sizes: TariffSizes, tariff: Tariff
) -> None:
    refusing, before = operation(sizes), Tariff(standing_charge=Amount(value=1))
    refusing.prepare(before)
    with pytest.raises(ValueError, match="expected"):
        refusing.prepare(tariff)
    assert refusing.next == before


def test_the_largest_electricity_tariff_fits() -> None:
    half_hours = [Switch(time(n // 2, n % 2 * 30), Rate(n + 1)) for n in range(48)]
    largest = Tariff(
        table=SwitchingTable(
            seasons=TABLE.seasons * 4,
            weeks=tuple(WeekProfile(bytes([n]), (1,) * 7) for n in range(4)),
            days=tuple(DayProfile(n, tuple(half_hours)) for n in range(1, 17)),
        ),
        special_days=tuple(SpecialDay(n, DatePattern(), 1) for n in range(50)),
        prices=PriceMatrix(times_of_use=(1,) * 48, blocks=((1,) * 8,) * 4),
        thresholds=ThresholdMatrix(of=((1, 2, 3),) * 8),
    )
    holding = operation()
    holding.prepare(largest)
    assert holding.next == largest


@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**15, places=3), max_size=50))
def test_amounts_add_up_to_the_exact_cost_down_to_the_grain(values: list[Decimal]) -> None:
    accrual, charged, exact = CostAccrual(1000 * WATT_HOUR), Decimal(0), Fraction(0)
    for value in values:
        amount = accrual.add(value)
        charged, exact = charged + amount, exact + Fraction(value) / (1000 * 3_600_000_000)
        assert amount % GRAIN == 0
        assert 0 <= exact - Fraction(charged) < Fraction(GRAIN)


@pytest.mark.parametrize("scale", [-128, 127])
def test_the_cost_is_exact_at_the_ends_of_the_price_scale(scale: int) -> None:
    charging, costs = running(), list[Decimal]()
    charging.on_cost.append(costs.append)
    charging.take(WATT_HOUR)
    charging.prepare(Tariff(prices=PriceMatrix(scale=scale, times_of_use=(-32_768,))))
    charging.activate(NOON, Part.PRICES)
    charging.take(Decimal("0.001") * WATT_HOUR)
    exact = Fraction(2, 10_000) + Fraction(-32_768) * Fraction(10) ** scale / 1_000_000
    assert 0 <= exact - sum(map(Fraction, costs)) < Fraction(GRAIN)


def test_a_kilowatt_hour_in_ten_thousand_pieces_costs_its_price() -> None:
    costs: list[Decimal] = []
    charging = running()
    charging.on_cost.append(costs.append)
    for _ in range(10_000):
        charging.take(WATT_HOUR / 10)
    assert sum(costs) == Decimal("0.2")
