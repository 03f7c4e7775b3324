"""The budget: what a component adds, how many degrees of freedom count, which factor covers."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigs.metrology.uncertainty import (
    T_FACTORS,
    Budget,
    Component,
    Distribution,
    repeatability,
)

COVERED = 0.9545


def component(value: str, distribution: Distribution, sensitivity: str = "1") -> Component:
    return Component(
        source="one",
        value=Decimal(value),
        distribution=distribution,
        sensitivity=Decimal(sensitivity),
    )


@pytest.mark.parametrize(
    ("value", "distribution", "standard"),
    [
        ("0.020", Distribution.EXPANDED, "0.010"),
        ("0.010", Distribution.RECTANGULAR, "0.0058"),
        ("0.030", Distribution.RECTANGULAR, "0.0173"),
        ("0.0346", Distribution.RESOLUTION, "0.010"),
    ],
)
def test_the_template_of_the_digest(value: str, distribution: Distribution, standard: str) -> None:
    seen = component(value, distribution).standard
    assert abs(seen - Decimal(standard)) < Decimal("0.0001")


def test_components_add_in_squares() -> None:
    budget = Budget(
        components=(component("3", Distribution.NORMAL), component("2", Distribution.NORMAL, "2"))
    )
    assert budget.combined == 5
    assert budget.coverage == 2
    assert budget.expanded == 10


def _covered_by(factor: float, degrees: int) -> float:
    """Probability of Student's distribution within the factor, by Simpson's rule."""
    scale = math.gamma((degrees + 1) / 2) / math.gamma(degrees / 2) / math.sqrt(degrees * math.pi)

    def density(at: float) -> float:
        return scale * (1 + at * at / degrees) ** (-(degrees + 1) / 2)

    pieces = 4000
    width = factor / pieces
    inner = sum(density(n * width) * (4 if n % 2 else 2) for n in range(1, pieces))
    return 2 * (density(0) + inner + density(factor)) * width / 3


@pytest.mark.parametrize("degrees", range(1, len(T_FACTORS) + 1))
def test_the_t_factors_cover_what_they_say(degrees: int) -> None:
    factor = float(T_FACTORS[degrees - 1])
    assert _covered_by(factor - 0.006, degrees) < COVERED < _covered_by(factor + 0.006, degrees)


def test_three_repeats_that_dominate_are_covered_by_the_t_factor() -> None:
    budget = Budget(components=(repeatability([Decimal(1), Decimal(2), Decimal(3)]),))
    assert budget.degrees is not None
    assert round(budget.degrees) == 2
    assert budget.coverage == Decimal("4.53")


def test_three_repeats_that_are_small_do_not_count() -> None:
    repeats = repeatability([Decimal("0.001"), Decimal("0.002"), Decimal("0.003")])
    budget = Budget(components=(component("1", Distribution.EXPANDED), repeats))
    assert budget.coverage == 2


@given(st.lists(st.decimals("0", "10", places=4), min_size=1, max_size=8))
def test_no_component_makes_a_result_more_certain(values: list[Decimal]) -> None:
    components = tuple(component(str(value), Distribution.RECTANGULAR) for value in values)
    whole = Budget(components=components)
    assert all(whole.combined >= each.standard - Decimal("1e-20") for each in components)


def test_one_measurement_has_no_repeatability() -> None:
    with pytest.raises(ValueError, match="two measurements"):
        repeatability([Decimal(1)])
