"""What a link-margin measurement found, with everything that a report draws and states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rigs.capabilities.radio import Band
from rigs.link_margin.binomial import bounds, lower_bound
from rigs.link_margin.budget import FixedLosses
from rigs.link_margin.curve import Crossing
from rigs.link_margin.shape import logistic, logit_of
from rigs.metrology.uncertainty import Budget

_PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryStep:
    """All exchanges at one level of the attenuator."""

    decibels: Decimal
    delivered: int
    attempted: int

    @property
    def proportion(self) -> Decimal:
        return Decimal(self.delivered) / self.attempted

    def bounds(self, confidence: Decimal) -> tuple[Decimal, Decimal]:
        """Clopper-Pearson, two-sided."""
        return bounds(self.delivered, self.attempted, confidence)

    def is_assured(self, target: Decimal, confidence: Decimal) -> bool:
        """Whether the one-sided lower bound reaches the target."""
        return lower_bound(self.delivered, self.attempted, confidence) >= target


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Decibels of attenuation, with the interval of the confidence.

    `steepness` (per dB) and `loss` (at the top) are those of the curve that was fitted.
    """

    decibels: Decimal
    low: Decimal
    high: Decimal
    standard_uncertainty: Decimal
    steepness: float
    loss: float

    @property
    def half_width(self) -> Decimal:
        return (self.high - self.low) / 2

    @classmethod
    def of(cls, crossing: Crossing) -> Estimate:
        return cls(
            decibels=_rounded(crossing.level),
            low=_rounded(crossing.low),
            high=_rounded(crossing.high),
            standard_uncertainty=_rounded(crossing.standard_uncertainty),
            steepness=crossing.steepness,
            loss=crossing.loss,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginResult:
    """Levels are decibels of the attenuator; path losses have the fixed losses added.

    `margin` is where the delivery curve crosses the target; None where no level that the
    attenuator has brings it below (`is_beyond_range`), or where too much is lost at its top.
    `others` are further crossings by their proportion. `lost` is the level at which the link was
    gone, `rejoined` the level, on the way back, at which it was there again; None where that was
    not looked for, or not found.
    """

    band: Band
    target: Decimal
    confidence: Decimal
    steps: tuple[DeliveryStep, ...]
    margin: Estimate | None
    others: tuple[tuple[Decimal, Estimate], ...]
    is_beyond_range: bool
    lost: Decimal | None
    rejoined: Decimal | None
    losses: FixedLosses

    @property
    def exchanges(self) -> int:
        return sum(step.attempted for step in self.steps)

    @property
    def assured(self) -> Decimal | None:
        """The greatest level up to which every step's one-sided bound reaches the target.

        None where the first step does not. A step with too few exchanges to reach it even if
        all are delivered says nothing, and is passed over.
        """
        found: Decimal | None = None
        for step in self.steps:
            if step.is_assured(self.target, self.confidence):
                found = step.decibels
            elif lower_bound(step.attempted, step.attempted, self.confidence) >= self.target:
                break
        return found

    @property
    def hysteresis(self) -> Decimal | None:
        if self.lost is None or self.rejoined is None:
            return None
        return self.lost - self.rejoined

    @property
    def path_loss(self) -> Decimal | None:
        """In decibels, at the target; see `expanded_uncertainty`."""
        return None if self.margin is None else self.margin.decibels + self.losses.decibels

    @property
    def budget(self) -> Budget | None:
        """Of the path loss: counting, fixed losses and attenuator together."""
        if self.margin is None:
            return None
        return self.losses.budget(self.margin.standard_uncertainty)

    @property
    def expanded_uncertainty(self) -> Decimal | None:
        """Of the path loss, in decibels, for k = 2."""
        budget = self.budget
        return None if budget is None else budget.expanded.quantize(_PLACES)

    def curve(self, levels: Sequence[Decimal]) -> list[tuple[Decimal, float]]:
        """Of the fit, for a plot; empty where there is none."""
        margin = self.margin
        if margin is None:
            return []
        share = 1 - margin.loss
        offset = logit_of(float(self.target) / share)
        return [
            (x, share * logistic(margin.steepness * float(margin.decibels - x) + offset))
            for x in levels
        ]


def _rounded(level: float) -> Decimal:
    return Decimal(level).quantize(_PLACES)
