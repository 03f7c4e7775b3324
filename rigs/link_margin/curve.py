"""The delivery curve of a link: its most likely shape, and where it crosses a proportion.

The chance of delivery falls with the attenuation a as a logistic curve from a top that may lie
below one, as something else on the air takes its share: (1 - loss) / (1 + exp(-z)), with
z = steepness (m - a) + offset and the offset chosen so that m is the level at which the target is
met. It is fitted by maximum likelihood to what was delivered at each level. The interval of m
holds all values that the likelihood ratio does not reject with the shape free to follow
(profile likelihood): unlike a standard error it stays right where a curve is so steep that one
level delivers everything and the next nothing, as the interval is then the gap between the two.

With few levels in the fall, and a search that stops when its interval is narrow, such intervals
hold the truth less often than they say: 90 to 97 in 100 at 95 on simulated links. They are drawn
for a confidence that leaves over two fifths as much (`GUARD`); a test holds the outcome against
what is claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import NormalDist

from rigs.link_margin.binomial import upper_bound
from rigs.link_margin.shape import CLOSE_DB, Count, Shape, logit_of

GUARD = 0.4
TOP_DB = 8
"""A level with so much less attenuation than the first that has fallen by half is of the top."""
_LOSSES = 4
"""How many values of the loss at the top are tried, beside none."""
_NEARLY = 0.98
"""A top must lie above the target by something, or the two never cross."""
_FAR_DB = 30.0
"""How far beyond the levels that were tried the curve is followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Where the curve crosses a proportion, in decibels.

    An end of the interval that no level confines is as far away as the search looked. `loss` is
    that at the top of the curve.
    """

    level: float
    low: float
    high: float
    steepness: float
    loss: float
    standard_uncertainty: float


class Curve:
    """The fit to some counts, of which there must be one at least."""

    def __init__(self, counts: Sequence[Count]) -> None:
        if not counts:
            raise ValueError("a curve needs one level at least")
        self._counts = tuple(counts)
        self._floor = min(each.level for each in counts) - _FAR_DB
        self._ceiling = max(each.level for each in counts) + _FAR_DB
        fallen = [each.level for each in counts if 2 * each.delivered <= each.attempted]
        self._middle = min(fallen, default=max(each.level for each in counts))

    def crossing(self, target: float, confidence: float) -> Crossing:
        """The level at which the target is met, with its interval."""
        shapes = [
            Shape(self._counts, self._middle, loss, logit_of(target / (1 - loss)))
            for loss in self._losses(target)
        ]

        def likelihood(level: float) -> float:
            return max(shape.profile(level)[1] for shape in shapes)

        tops = [shape.best(self._floor, self._ceiling) for shape in shapes]
        fits = [shape.profile(top) for shape, top in zip(shapes, tops, strict=True)]
        best = max(range(len(shapes)), key=lambda index: fits[index][1])
        level, (steepness, most) = tops[best], fits[best]
        quantile = NormalDist().inv_cdf(1 - GUARD * (1 - confidence) / 2)
        least = most - quantile**2 / 2  # half of a chi-square quantile, one degree of freedom
        low = _edge(lambda x: likelihood(x) >= least, level, self._floor)
        high = _edge(lambda x: likelihood(x) >= least, level, self._ceiling)
        return Crossing(
            level=level,
            low=low,
            high=high,
            steepness=steepness,
            loss=shapes[best].loss,
            standard_uncertainty=(high - low) / 2 / quantile,
        )

    def _losses(self, target: float) -> list[float]:
        """What may be lost at the top: nothing, and where something was, up to a bound."""
        top = [each for each in self._counts if each.level <= self._middle - TOP_DB]
        attempted = sum(each.attempted for each in top)
        lost = attempted - sum(each.delivered for each in top)
        if not lost:
            return [0.0]
        bound = float(upper_bound(lost, attempted, Decimal("0.99")))
        most = min(bound, _NEARLY * (1 - target))
        return [most * index / _LOSSES for index in range(_LOSSES + 1)]


def _edge(is_likely: Callable[[float], bool], inside: float, outermost: float) -> float:
    """Where likely levels stop on the way from one that is likely; outermost if they do not."""
    direction = 1 if outermost > inside else -1
    reach = 0.5
    outside = inside + direction * reach
    while is_likely(outside):
        inside, reach = outside, 2 * reach
        if abs(outermost - inside) <= reach:
            outside = outermost
            if is_likely(outside):
                return outermost
            break
        outside = inside + direction * reach
    while abs(outside - inside) > CLOSE_DB:
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if is_likely(middle) else (inside, middle)
    return (inside + outside) / 2
