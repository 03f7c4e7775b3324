"""Clopper-Pearson bounds against published figures and against their definition."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rigs.link_margin import bounds, lower_bound, upper_bound
from rigs.link_margin.binomial import tail

SURE = Decimal("0.95")


@pytest.mark.parametrize(
    ("delivered", "per_cent"), [(100, Decimal("97.0")), (300, Decimal("99.0"))]
)
def test_nothing_lost_gives_the_published_lower_bounds(delivered: int, per_cent: Decimal) -> None:
    assert round(100 * lower_bound(delivered, delivered, SURE), 1) == per_cent


@pytest.mark.parametrize(
    ("delivered", "attempted", "low", "high"),
    [(8, 10, "0.4439", "0.9748"), (81, 263, "0.2527", "0.3676"), (15, 148, "0.0578", "0.1617")],
    ids=["8 of 10", "81 of 263", "15 of 148"],
)
def test_two_sided_bounds_are_those_of_textbooks(
    delivered: int, attempted: int, low: str, high: str
) -> None:
    found = bounds(delivered, attempted, SURE)
    assert [round(each, 4) for each in found] == [Decimal(low), Decimal(high)]


@settings(max_examples=40)
@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_bound_is_where_the_tail_has_the_chance_that_is_left(counts: tuple[int, int]) -> None:
    delivered, attempted = counts
    bound = lower_bound(delivered, attempted, SURE)
    if delivered == 0:
        assert bound == 0
        return
    just_above = bound + Decimal("0.000001")
    assert tail(delivered, attempted, bound) <= 1 - SURE
    assert just_above >= 1 or tail(delivered, attempted, just_above) > 1 - SURE


@given(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(1, 99),
)
def test_the_tail_is_the_exact_sum(counts: tuple[int, int], per_cent: int) -> None:
    k, n = counts
    p = Fraction(per_cent, 100)
    exact = sum((comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1)), Fraction(0))
    assert abs(Fraction(tail(k, n, Decimal(per_cent) / 100)) - exact) < Fraction(1, 10**30)


@settings(max_examples=40)
@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_upper_and_lower_mirror_each_other_and_hold_the_proportion(
    counts: tuple[int, int],
) -> None:
    delivered, attempted = counts
    low, high = bounds(delivered, attempted, SURE)
    assert low <= Decimal(delivered) / attempted <= high
    assert upper_bound(delivered, attempted, SURE) == 1 - lower_bound(
        attempted - delivered, attempted, SURE
    )


@pytest.mark.parametrize("counts", [(-1, 3), (4, 3), (0, 0)])
def test_counts_that_make_no_sense_are_refused(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="trials"):
        lower_bound(*counts, SURE)
