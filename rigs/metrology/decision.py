"""A measured value with its uncertainty held against a limit (JCGM 106, ILAC-G8:09/2019).

The verdict is about what the bench can vouch for: a value that the rule does not accept is a FAIL
only where it lies outside the limit by the same guard band; what lies between is INCONCLUSIVE.
Simple acceptance has no such zone, so it may be used only with a small uncertainty.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from statistics import NormalDist

from assay.declarations.plan import DecisionRule
from assay.verdicts import Verdict

SIMPLE_RATIO = Decimal(4)
"""Simple acceptance wants an uncertainty of at most a quarter of the tolerance (reporting 3)."""

GUARD: dict[DecisionRule, Decimal] = {
    DecisionRule.SIMPLE_ACCEPTANCE: Decimal(0),
    DecisionRule.GUARD_BAND: Decimal(1),
    DecisionRule.GUARD_BAND_5_PERCENT: Decimal("0.83"),
    DecisionRule.FOUR_STATE: Decimal(1),
    DecisionRule.RELAXED: Decimal(-1),
}
"""Rule -> width of its guard band as a part of the expanded uncertainty; negative lies outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """Where a value has to lie; one of the two may be missing."""

    lower: Decimal | None = None
    upper: Decimal | None = None

    def __post_init__(self) -> None:
        if self.lower is None and self.upper is None:
            raise ValueError("a tolerance has a limit on one side at least")
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(f"expected a lower limit below {self.upper}, got {self.lower}")

    def __str__(self) -> str:
        if self.lower is None:
            return f"at most {self.upper}"
        if self.upper is None:
            return f"at least {self.lower}"
        return f"from {self.lower} to {self.upper}"

    def margin(self, value: Decimal) -> Decimal:
        """How far inside the nearest limit; negative outside."""
        margins = []
        if self.upper is not None:
            margins.append(self.upper - value)
        if self.lower is not None:
            margins.append(value - self.lower)
        return min(margins)

    @property
    def half_width(self) -> Decimal | None:
        if self.lower is None or self.upper is None:
            return None
        return (self.upper - self.lower) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`state` says more than the verdict where a rule has more than two of them."""

    verdict: Verdict
    state: str
    margin: Decimal
    guard: Decimal
    risk: Decimal
    """Probability that a value is on the other side of the limit than `margin` says."""


def within(limit: Decimal) -> Tolerance:
    """No further from zero than this."""
    return Tolerance(lower=-limit, upper=limit)


def decide(value: Decimal, expanded: Decimal, tolerance: Tolerance, rule: DecisionRule) -> Decision:
    """`expanded` is the uncertainty with k = 2, in the unit of the value."""
    if expanded < 0:
        raise ValueError(f"expected no negative uncertainty, got {expanded}")
    margin = tolerance.margin(value)
    guard = GUARD[rule] * expanded
    verdict, state = _judge(margin, guard, expanded, tolerance, rule)
    return Decision(
        verdict=verdict,
        state=state,
        margin=margin,
        guard=guard,
        risk=_risk(margin, expanded),
    )


def _judge(
    margin: Decimal, guard: Decimal, expanded: Decimal, tolerance: Tolerance, rule: DecisionRule
) -> tuple[Verdict, str]:
    if rule is DecisionRule.SIMPLE_ACCEPTANCE:
        width = tolerance.half_width
        if width is not None and expanded * SIMPLE_RATIO > width:
            return Verdict.INCONCLUSIVE, f"uncertainty {expanded:f} above a quarter of {width:f}"
        return (Verdict.PASS, "accept") if margin >= 0 else (Verdict.FAIL, "reject")
    if rule is DecisionRule.RELAXED:
        return (Verdict.PASS, "accept") if margin >= guard else (Verdict.FAIL, "reject")
    if margin >= guard:
        return Verdict.PASS, "accept"
    if margin <= -guard:
        return Verdict.FAIL, "reject"
    return Verdict.INCONCLUSIVE, "conditional accept" if margin >= 0 else "conditional reject"


def _risk(margin: Decimal, expanded: Decimal) -> Decimal:
    if not expanded:
        return Decimal(0)
    return Decimal(NormalDist().cdf(-abs(float(margin)) / (float(expanded) / 2))).quantize(
        Decimal("0.0001")
    )
