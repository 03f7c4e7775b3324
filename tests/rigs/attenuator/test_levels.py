"""Which levels an attenuator can take: pure arithmetic."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.verdicts import LimitExceeded
from rigs.capabilities import AttenuatorRange
from rigs.drivers.attenuator.levels import quantised, ramp_levels

STEPS = st.sampled_from([Decimal("0.05"), Decimal("0.25"), Decimal("0.5"), Decimal(1)])


def limits(step: Decimal, minimum: Decimal = Decimal(0)) -> AttenuatorRange:
    return AttenuatorRange(minimum=minimum, maximum=Decimal(90), step=step, channels=1)


@given(st.decimals(0, 90, places=3), STEPS)
def test_a_level_is_rounded_down_by_less_than_a_step(decibels: Decimal, step: Decimal) -> None:
    level = quantised(decibels, limits(step), "it")
    assert 0 <= decibels - level < step
    assert level % step == 0


@given(st.decimals(-5, -2, places=2), STEPS)
def test_steps_count_from_the_minimum(decibels: Decimal, step: Decimal) -> None:
    level = quantised(decibels, limits(step, Decimal("-5.03")), "it")
    assert (level - Decimal("-5.03")) % step == 0


@pytest.mark.parametrize("decibels", ["-0.01", "90.01", "1E9"])
def test_outside_of_the_range_is_a_limit_exceeded(decibels: str) -> None:
    with pytest.raises(LimitExceeded, match="0 to 90 dB"):
        quantised(Decimal(decibels), limits(Decimal(1)), "it")


@pytest.mark.parametrize("decibels", ["NaN", "Infinity"])
def test_what_is_no_number_is_our_fault(decibels: str) -> None:
    with pytest.raises(ValueError, match="number of decibels"):
        quantised(Decimal(decibels), limits(Decimal(1)), "it")


@given(st.decimals(0, 90, places=2), st.decimals(0, 90, places=2), st.decimals(1, 7, places=2))
def test_a_ramp_begins_at_its_start_and_stays_between_its_ends(
    start: Decimal, stop: Decimal, step: Decimal
) -> None:
    span = limits(Decimal("0.25"))
    levels = ramp_levels(start, stop, step, span, "it")
    first, last = (quantised(each, span, "it") for each in (start, stop))
    assert levels[0] == first
    assert all(min(first, last) <= level <= max(first, last) for level in levels)
    assert abs(last - levels[-1]) < step


def test_a_step_below_that_of_the_instrument_is_refused() -> None:
    with pytest.raises(ValueError, match="the smallest is"):
        ramp_levels(Decimal(0), Decimal(9), Decimal("0.1"), limits(Decimal("0.25")), "it")
