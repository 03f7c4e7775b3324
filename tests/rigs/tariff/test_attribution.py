"""Consumption is conserved: it goes to one register or counter at a time, split at thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigs.devices.tariff import (
    ELECTRICITY,
    GAS,
    Attribution,
    PriceMatrix,
    Rate,
    Share,
    ThresholdMatrix,
)

TIME_OF_USE, BLOCK = Rate(5), Rate(2, is_block=True)
RESET = "reset"

quantities = st.decimals(min_value=0, max_value=1000, places=6)
rates = st.builds(Rate, st.integers(1, 8), st.booleans())
steps = st.lists(st.tuples(rates, quantities) | st.just(RESET), max_size=30)
thresholds = st.lists(st.integers(1, 900), min_size=3, max_size=3, unique=True).map(sorted)


def electricity(*limits: int | None) -> Attribution:
    """With these thresholds for every time of use, and prices that tell them all apart."""
    attribution = Attribution(ELECTRICITY)
    attribution.thresholds = ThresholdMatrix(of=(limits,) * 8)
    attribution.prices = PriceMatrix(
        scale=-3,
        times_of_use=tuple(range(1, 49)),
        blocks=tuple(tuple(range(100 * block, 100 * block + 8)) for block in range(1, 5)),
    )
    return attribution


def play(attribution: Attribution, schedule: Sequence[tuple[Rate, Decimal] | str]) -> list[Share]:
    shares: list[Share] = []
    for step in schedule:
        if isinstance(step, str):
            attribution.reset_block_counters()
        else:
            attribution.rate, quantity = step
            shares += attribution.take(quantity)
    return shares


def total(values: object) -> Decimal:
    assert isinstance(values, dict)
    return sum(values.values(), Decimal(0))


@given(steps, thresholds)
def test_all_that_is_taken_is_in_the_registers(
    schedule: list[tuple[Rate, Decimal] | str], limits: list[int]
) -> None:
    attribution = electricity(*limits)
    shares = play(attribution, schedule)
    taken = sum((step[1] for step in schedule if not isinstance(step, str)), Decimal(0))
    registers = total(attribution.times_of_use) + total(attribution.block_registers)
    assert registers == taken == sum((share.quantity for share in shares), Decimal(0))


@given(steps, thresholds)
def test_the_counters_are_what_has_passed_since_the_last_reset_cut_at_the_thresholds(
    schedule: list[tuple[Rate, Decimal] | str], limits: list[int]
) -> None:
    attribution = electricity(*limits)
    play(attribution, schedule)
    since = len(schedule) - next(
        (back for back, step in enumerate(reversed(schedule)) if step == RESET), len(schedule)
    )
    bounds = [0, *limits, 10**9]
    for number in range(1, 9):
        passed = sum(
            step[1]
            for step in schedule[since:]
            if not isinstance(step, str) and step[0] == Rate(number, is_block=True)
        )
        for block in range(1, 5):
            low, high = bounds[block - 1], bounds[block]
            expected = min(max(passed - low, 0), high - low)
            assert attribution.block_counters[block, number] == expected


@given(steps, thresholds)
def test_it_does_not_matter_in_how_many_pieces_consumption_is_taken(
    schedule: list[tuple[Rate, Decimal] | str], limits: list[int]
) -> None:
    whole, pieced = electricity(*limits), electricity(*limits)
    cut = [
        part
        for step in schedule
        for part in ([step] if isinstance(step, str) else [(step[0], step[1] / 8)] * 8)
    ]
    cost = sum((share.value for share in play(whole, schedule)), Decimal(0))
    assert sum((share.value for share in play(pieced, cut)), Decimal(0)) == cost
    assert whole.block_registers == pieced.block_registers
    assert whole.block_counters == pieced.block_counters
    assert whole.times_of_use == pieced.times_of_use


def test_a_rate_without_blocks_has_one_register() -> None:
    attribution = electricity(10, 20, 30)
    attribution.rate = TIME_OF_USE
    (share,) = attribution.take(Decimal("12.5"))
    assert share == Share(
        rate=TIME_OF_USE, block=None, quantity=Decimal("12.5"), price=Decimal("0.005")
    )
    assert attribution.times_of_use[5] == Decimal("12.5")
    assert total(attribution.block_registers) == 0


def test_a_piece_that_passes_thresholds_is_cut_exactly_there() -> None:
    attribution = electricity(10, 20, 30)
    attribution.rate = BLOCK
    attribution.take(Decimal("9.999999"))
    shares = attribution.take(Decimal("25"))
    assert [(share.block, share.quantity) for share in shares] == [
        (1, Decimal("0.000001")),
        (2, Decimal(10)),
        (3, Decimal(10)),
        (4, Decimal("4.999999")),
    ]
    assert [share.price for share in shares] == [
        Decimal(n).scaleb(-3) for n in (101, 201, 301, 401)
    ]


def test_at_its_threshold_a_block_is_full() -> None:
    attribution = electricity(10, None, None)
    attribution.rate = BLOCK
    attribution.take(Decimal(10))
    assert attribution.active_block == 2
    assert attribution.active_price == Decimal("0.201")


@pytest.mark.parametrize(
    ("limits", "blocks"),
    [((), [1]), ((None, None, None), [1]), ((10,), [1, 2]), ((10, 20, None), [1, 2, 3])],
)
def test_a_block_without_a_threshold_in_use_has_no_end(
    limits: tuple[int | None, ...], blocks: list[int]
) -> None:
    attribution = electricity(*limits)
    attribution.rate = BLOCK
    shares = attribution.take(Decimal(50))
    assert [share.block for share in shares] == blocks
    assert attribution.to_threshold() is None


def test_a_reset_starts_the_blocks_again_and_leaves_the_registers() -> None:
    attribution = electricity(10, 20, 30)
    attribution.rate = BLOCK
    attribution.take(Decimal(15))
    attribution.reset_block_counters()
    assert attribution.active_block == 1
    assert total(attribution.block_counters) == 0
    assert total(attribution.block_registers) == 15


def test_each_time_of_use_has_its_own_count() -> None:
    attribution = electricity(10, 20, 30)
    attribution.rate = BLOCK
    attribution.take(Decimal(15))
    attribution.rate = Rate(3, is_block=True)
    assert attribution.active_block == 1


@given(quantities, st.decimals(min_value="0.001", max_value=10, places=3))
def test_the_time_to_a_threshold_is_the_first_at_which_it_is_reached(
    passed: Decimal, per_microsecond: Decimal
) -> None:
    attribution = electricity(1001, None, None)
    attribution.rate = BLOCK
    attribution.take(passed)
    span = attribution.time_to_threshold(per_microsecond)
    assert span is not None
    microseconds = span // timedelta(microseconds=1)
    attribution.take(per_microsecond * (microseconds - 1))
    assert attribution.active_block == 1
    attribution.take(per_microsecond)
    assert attribution.active_block == 2


def test_no_threshold_is_ever_reached_with_next_to_no_consumption_or_without_blocks() -> None:
    attribution = electricity(10, 20, 30)
    attribution.rate = BLOCK
    assert attribution.time_to_threshold(Decimal(0)) is None
    assert attribution.time_to_threshold(Decimal("1E-20")) is None
    attribution.rate = TIME_OF_USE
    assert attribution.time_to_threshold(Decimal(1)) is None


def test_thresholds_are_in_units_of_their_own() -> None:
    attribution = Attribution(GAS, threshold_unit=Decimal("0.001"))
    attribution.thresholds = ThresholdMatrix(of=((1500,),))
    attribution.rate = Rate(1, is_block=True)
    assert attribution.to_threshold() == Decimal("1.5")
    assert attribution.time_to_threshold(Decimal("0.5"), timedelta(hours=1)) == timedelta(hours=3)


def test_a_fault_that_chooses_a_full_block_does_not_keep_the_meter_busy() -> None:
    attribution = electricity(10, 20, 30)
    attribution.rate = BLOCK
    attribution.block_at = lambda _rate, _consumed: 1
    attribution.take(Decimal(50))
    assert attribution.block_registers[1, 2] == 50


def test_a_fault_can_credit_another_register_and_leave_the_price() -> None:
    attribution = electricity(10, 20, 30)
    attribution.rate = TIME_OF_USE
    attribution.register_of = lambda rate: Rate(rate.time_of_use + 1)
    (share,) = attribution.take(Decimal(1))
    assert attribution.times_of_use[6] == 1
    assert share.price == Decimal("0.005")


@pytest.mark.parametrize(
    ("rate", "block", "expected"),
    [
        (Rate(1), None, "0.02121"),
        (Rate(3), None, "0"),
        (Rate(1, is_block=True), 2, "-0.00005"),
        (Rate(2, is_block=True), 1, "0"),
    ],
)
def test_prices_are_scaled_and_may_be_negative(
    rate: Rate, block: int | None, expected: str
) -> None:
    prices = PriceMatrix(scale=-5, times_of_use=(2121, 4), blocks=((7,), (-5,)))
    assert Fraction(prices.price(rate, block)) == Fraction(expected)
