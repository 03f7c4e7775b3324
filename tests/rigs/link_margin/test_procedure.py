"""The procedure finds a planted margin, and says how well; what it cannot find it does not say."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from rigs.capabilities import Band
from rigs.link_margin import (
    FixedLosses,
    LinkStaysLostError,
    MarginPlan,
    MarginProcedure,
    MarginResult,
    cables,
    plain_sweep,
)
from rigs.metrology.uncertainty import Component, Distribution
from tests.rigs.link_margin.links import (
    BenchAttenuator,
    Delivery,
    SeededLink,
    level_of,
    logistic,
    of_repeated_frames,
)

QUICK = MarginPlan(measures_rejoin=False)


def measured(
    delivery: Delivery,
    seed: int = 1,
    plan: MarginPlan = QUICK,
    losses: FixedLosses | None = None,
    rejoins_below: Decimal | None = None,
) -> MarginResult:
    attenuator = BenchAttenuator()
    link = SeededLink(attenuator, delivery, seed, rejoins_below=rejoins_below)
    procedure = MarginProcedure(
        attenuator=attenuator,
        exchange=link.exchange,
        settle=link.settle,
        band=Band.GHZ_2_4,
        plan=plan,
        losses=losses or FixedLosses(),
    )
    result = procedure.measure()
    assert attenuator.level == plan.start, "the link is left as it was found"
    return result


SHAPES = {
    "frames that are repeated": of_repeated_frames,
    "a fall over a few decibels": lambda middle: logistic(middle, 1.0),
    "a cliff": lambda middle: logistic(middle, 0.3),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_the_interval_holds_the_truth_as_often_as_it_says(shape: object) -> None:
    """200 links with margins anywhere: the interval at 95 % holds at least 190 of them."""
    assert callable(shape)
    held = close = 0
    for seed in range(200):
        delivery = shape(random.Random(seed).uniform(20, 75))
        truth = level_of(delivery, 0.95)
        margin = measured(delivery, seed).margin
        assert margin is not None
        held += float(margin.low) <= truth <= float(margin.high)
        close += abs(float(margin.decibels) - truth) <= 1
        assert margin.half_width <= Decimal("0.6")
    assert held >= 190
    assert close >= 198


def test_interference_that_takes_its_share_is_not_taken_for_a_fall() -> None:
    """Two in a hundred are lost at any level: the crossing of 95 % is where it is."""
    delivery = logistic(50.0, 1.0, top=0.98)
    truth = level_of(delivery, 0.95)
    for seed in range(5):
        margin = measured(delivery, seed).margin
        assert margin is not None
        assert abs(float(margin.decibels) - truth) <= 1


def test_a_link_that_loses_too_much_at_its_best_has_no_margin() -> None:
    result = measured(logistic(50.0, 1.0, top=0.85))
    assert result.margin is None
    assert result.assured is None
    assert not result.is_beyond_range


def test_a_dead_link_has_no_margin_and_is_not_exchanged_with_for_long() -> None:
    result = measured(lambda _level: 0.0)
    assert result.margin is None
    assert result.exchanges <= 2 * QUICK.narrow_exchanges


def test_a_link_that_outlasts_the_attenuator_is_beyond_range() -> None:
    result = measured(lambda _level: 1.0)
    assert result.margin is None
    assert result.is_beyond_range
    assert result.steps[-1].decibels == 90


def test_the_plain_sweep_has_a_step_for_each_decibel_and_an_assured_level() -> None:
    """The figure of the clause: the greatest level whose bound reaches the target."""
    delivery = logistic(30.0, 1.0)
    plan = plain_sweep()
    result = measured(delivery, plan=plan)
    assert [step.decibels for step in result.steps if step.decibels < 30] == list(range(30))
    assert all(step.attempted >= 100 for step in result.steps)
    assert result.assured is not None
    assert 25 <= result.assured <= level_of(delivery, 0.95)


def test_error_rates_of_one_and_ten_per_cent_lie_around_the_target() -> None:
    delivery = logistic(40.0, 1.0)
    result = measured(delivery)
    found = dict(result.others)
    assert result.margin is not None
    assert (
        found[Decimal("0.99")].decibels < result.margin.decibels < found[Decimal("0.90")].decibels
    )
    for proportion, estimate in found.items():
        assert float(estimate.low) <= level_of(delivery, float(proportion)) <= float(estimate.high)


def test_loss_of_link_and_rejoin_are_found_with_their_hysteresis() -> None:
    """Lost where nothing comes through, back 8 dB below the fall: it rejoins at 32 dB only."""
    result = measured(logistic(40.0, 0.5), plan=MarginPlan(), rejoins_below=Decimal("32.5"))
    assert result.lost is not None and 40 < result.lost < 45
    assert result.rejoined is not None and 31 <= result.rejoined < Decimal("32.5")
    assert result.hysteresis == result.lost - result.rejoined


def test_a_device_that_does_not_come_back_ends_the_measurement() -> None:
    with pytest.raises(LinkStaysLostError, match="after the link had been lost"):
        measured(logistic(40.0, 0.5), plan=MarginPlan(), rejoins_below=Decimal(0))


def test_path_loss_has_the_fixed_losses_and_their_uncertainty() -> None:
    """0.5 dB of cables (k = 2), 0.3 dB of the attenuator (rectangular), and the counting."""
    accuracy = Component(
        source="attenuator", value=Decimal("0.3"), distribution=Distribution.RECTANGULAR
    )
    losses = cables(Decimal("12.4")).with_component(accuracy)
    result = measured(logistic(40.0, 1.0), losses=losses)
    assert result.margin is not None and result.path_loss is not None
    assert result.path_loss == result.margin.decibels + Decimal("12.4")
    counted = float(result.margin.standard_uncertainty)
    expected = 2 * (0.25**2 + 0.3**2 / 3 + 0.125**2 / 3 + counted**2) ** 0.5
    assert result.expanded_uncertainty == pytest.approx(Decimal(expected), abs=Decimal("0.01"))


def test_the_fitted_curve_meets_the_target_at_the_margin() -> None:
    result = measured(logistic(40.0, 1.0))
    assert result.margin is not None
    ((_, at_margin),) = result.curve([result.margin.decibels])
    assert at_margin == pytest.approx(0.95, abs=1e-3)


def test_the_same_seed_gives_the_same_result() -> None:
    assert measured(logistic(40.0, 1.0), 7) == measured(logistic(40.0, 1.0), 7)
