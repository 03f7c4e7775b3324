"""Which verdict a rule gives on each side of its guard band."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.declarations.plan import DecisionRule
from assay.verdicts import Verdict
from rigs.metrology.decision import Tolerance, decide, within

LIMIT, DOUBT = within(Decimal("0.7")), Decimal("0.08")
PASS, FAIL, INCONCLUSIVE = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE


@pytest.mark.parametrize(
    ("value", "rule", "verdict", "state"),
    [
        ("0.61", DecisionRule.GUARD_BAND, PASS, "accept"),
        ("-0.61", DecisionRule.GUARD_BAND, PASS, "accept"),
        ("0.63", DecisionRule.GUARD_BAND, INCONCLUSIVE, "conditional accept"),
        ("0.71", DecisionRule.GUARD_BAND, INCONCLUSIVE, "conditional reject"),
        ("0.79", DecisionRule.GUARD_BAND, FAIL, "reject"),
        ("-0.79", DecisionRule.GUARD_BAND, FAIL, "reject"),
        ("0.63", DecisionRule.GUARD_BAND_5_PERCENT, PASS, "accept"),
        ("0.64", DecisionRule.GUARD_BAND_5_PERCENT, INCONCLUSIVE, "conditional accept"),
        ("0.70", DecisionRule.SIMPLE_ACCEPTANCE, PASS, "accept"),
        ("0.71", DecisionRule.SIMPLE_ACCEPTANCE, FAIL, "reject"),
        ("0.77", DecisionRule.RELAXED, PASS, "accept"),
        ("0.79", DecisionRule.RELAXED, FAIL, "reject"),
        ("0.63", DecisionRule.FOUR_STATE, INCONCLUSIVE, "conditional accept"),
    ],
)
def test_a_value_on_its_side(value: str, rule: DecisionRule, verdict: Verdict, state: str) -> None:
    decision = decide(Decimal(value), DOUBT, LIMIT, rule)
    assert (decision.verdict, decision.state) == (verdict, state)


def test_simple_acceptance_wants_a_small_uncertainty() -> None:
    decision = decide(Decimal(0), Decimal("0.2"), LIMIT, DecisionRule.SIMPLE_ACCEPTANCE)
    assert decision.verdict is INCONCLUSIVE
    assert "quarter" in decision.state


def test_the_risk_at_the_guard_band_is_the_rules() -> None:
    at_guard = decide(Decimal("0.62"), DOUBT, LIMIT, DecisionRule.GUARD_BAND)
    assert at_guard.risk <= Decimal("0.025")
    narrower = Decimal("0.7") - Decimal("0.83") * DOUBT
    at_five = decide(narrower, DOUBT, LIMIT, DecisionRule.GUARD_BAND_5_PERCENT)
    assert at_five.risk <= Decimal("0.05")


@given(
    value=st.decimals("-2", "2", places=3),
    doubt=st.decimals("0", "1", places=3),
    rule=st.sampled_from([DecisionRule.GUARD_BAND, DecisionRule.GUARD_BAND_5_PERCENT]),
)
def test_a_guard_band_never_accepts_outside_nor_rejects_inside(
    value: Decimal, doubt: Decimal, rule: DecisionRule
) -> None:
    verdict = decide(value, doubt, LIMIT, rule).verdict
    if verdict is PASS:
        assert abs(value) <= Decimal("0.7")
    if verdict is FAIL:
        assert abs(value) >= Decimal("0.7")


def test_a_tolerance_with_one_side() -> None:
    upper = Tolerance(upper=Decimal(10))
    assert upper.margin(Decimal(-1000)) == 1010
    assert str(upper) == "at most 10"
    with pytest.raises(ValueError, match="one side"):
        Tolerance()
