"""The delivery curve of a link: its most likely shape, and where it crosses a proportion.

The chance of delivery falls with the attenuation a as a logistic curve,
1 / (1 + exp(-(steepness (m - a) + logit(target)))), so that m is the level at which the target is
met. It is fitted by maximum likelihood to what was delivered at each level. The interval of m
holds all values that the likelihood ratio does not reject with the steepness free to follow
(profile likelihood): unlike a standard error it stays right where a curve is so steep that one
level delivers everything and the next nothing, as the interval is then the gap between the two.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

STEEPEST, FLATTEST = 20.0, 0.1
"""Per decibel: within these any radio lies, from a cliff to a slope over tens of decibels."""
_FAR_DB = 30.0
"""How far beyond the levels that were tried the curve is followed."""
_CLOSE_DB = 1e-4


@dataclass(frozen=True, slots=True)
class Count:
    """Of `attempted` exchanges at a level (dB), so many were delivered."""

    level: float
    delivered: int
    attempted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Where the curve crosses a proportion, in decibels.

    An end of the interval that no level confines is as far away as the search looked.
    """

    level: float
    low: float
    high: float
    steepness: float


class Curve:
    """The fit to some counts, of which there must be one at least."""

    def __init__(self, counts: Sequence[Count]) -> None:
        if not counts:
            raise ValueError("a curve needs one level at least")
        self._counts = tuple(counts)
        self._floor = min(each.level for each in counts) - _FAR_DB
        self._ceiling = max(each.level for each in counts) + _FAR_DB

    def crossing(self, target: float, confidence: float) -> Crossing:
        """The level at which the target is met, with its interval."""
        offset = math.log(target / (1 - target))
        best = self._best(offset)
        steepness, top = self._profile(best, offset)
        # Half of the chi-square quantile with one degree of freedom.
        drop = NormalDist().inv_cdf((1 + confidence) / 2) ** 2 / 2

        def is_likely(level: float) -> bool:
            return self._profile(level, offset)[1] >= top - drop

        return Crossing(
            level=best,
            low=_edge(is_likely, best, self._floor),
            high=_edge(is_likely, best, self._ceiling),
            steepness=steepness,
        )

    def _best(self, offset: float) -> float:
        """The profile has one hump, with a flat top where the levels do not confine it."""
        low, high = self._floor, self._ceiling
        while high - low > _CLOSE_DB:
            third = (high - low) / 3
            left, right = low + third, high - third
            at_left, at_right = (self._profile(x, offset)[1] for x in (left, right))
            # On the flat top both sides move, so the middle of it is found.
            low, high = (
                left if at_left <= at_right else low,
                right if at_right <= at_left else high,
            )
        return (low + high) / 2

    def _profile(self, level: float, offset: float) -> tuple[float, float]:
        """The likeliest steepness with the crossing at this level, and the log-likelihood."""
        low, high = FLATTEST, STEEPEST
        steepness = 1.0
        for _ in range(40):
            slope, bend = self._derivatives(level, offset, steepness)
            if slope > 0:
                low = steepness
            else:
                high = steepness
            step = steepness - slope / bend if bend < 0 else low
            following = step if low < step < high else (low + high) / 2
            if abs(following - steepness) < 1e-6 * steepness:
                break
            steepness = following
        return steepness, self._likelihood(level, offset, steepness)

    def _derivatives(self, level: float, offset: float, steepness: float) -> tuple[float, float]:
        """Of the log-likelihood by the steepness: it is concave in it."""
        slope = bend = 0.0
        for each in self._counts:
            distance = level - each.level
            chance = _logistic(steepness * distance + offset)
            slope += distance * (each.delivered - each.attempted * chance)
            bend -= distance * distance * each.attempted * chance * (1 - chance)
        return slope, bend

    def _likelihood(self, level: float, offset: float, steepness: float) -> float:
        total = 0.0
        for each in self._counts:
            logit = steepness * (level - each.level) + offset
            total -= each.delivered * _softplus(-logit)
            total -= (each.attempted - each.delivered) * _softplus(logit)
        return total


def chance_at(level: float, crossing: Crossing, target: float) -> float:
    """Of a delivery at this level, by the fitted curve."""
    offset = math.log(target / (1 - target))
    return _logistic(crossing.steepness * (crossing.level - level) + offset)


def _edge(is_likely: Callable[[float], bool], inside: float, outside: float) -> float:
    """Between a level that is likely and one that may not be: where it stops."""
    if is_likely(outside):
        return outside
    while abs(outside - inside) > _CLOSE_DB:
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if is_likely(middle) else (inside, middle)
    return (inside + outside) / 2


def _logistic(logit: float) -> float:
    if logit >= 0:
        return 1 / (1 + math.exp(-logit))
    growth = math.exp(logit)
    return growth / (1 + growth)


def _softplus(value: float) -> float:
    """ln(1 + exp(value)) without overflow."""
    return max(value, 0.0) + math.log1p(math.exp(-abs(value)))
