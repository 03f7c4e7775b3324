"""What lies in the path beside the attenuator, and how well the path loss is known.

Expanded uncertainty is stated with k = 2, as everywhere on the bench (metrology.md 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

COVERAGE_FACTOR = Decimal(2)


class Distribution(Enum):
    """By what a stated half width is divided to give a standard uncertainty."""

    NORMAL = "normal, k = 2"
    RECTANGULAR = "rectangular"


_DIVISORS: Mapping[Distribution, Decimal] = {
    Distribution.NORMAL: Decimal(2),
    Distribution.RECTANGULAR: Decimal(3).sqrt(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """`decibels` is what it adds to the path loss, `half_width` how well that is known."""

    name: str
    decibels: Decimal = Decimal(0)
    half_width: Decimal
    distribution: Distribution = Distribution.NORMAL

    @property
    def standard_uncertainty(self) -> Decimal:
        return self.half_width / _DIVISORS[self.distribution]


def cables(decibels: Decimal) -> Contribution:
    """Cables and pads together, measured once; U = 0.5 dB (metrology.md 5)."""
    return Contribution(name="cables and pads", decibels=decibels, half_width=Decimal("0.5"))


@dataclass(frozen=True, slots=True)
class LossBudget:
    """The fixed part of a path: its loss, and the uncertainty of all but the counting."""

    contributions: tuple[Contribution, ...] = ()

    @classmethod
    def of(cls, contributions: Iterable[Contribution]) -> LossBudget:
        return cls(tuple(contributions))

    @property
    def decibels(self) -> Decimal:
        return sum((each.decibels for each in self.contributions), Decimal(0))

    def expanded_uncertainty(self, statistical: Decimal = Decimal(0)) -> Decimal:
        """With the standard uncertainty (dB) of what was counted; for k = 2."""
        squares = sum((each.standard_uncertainty**2 for each in self.contributions), Decimal(0))
        return COVERAGE_FACTOR * (squares + statistical**2).sqrt()
