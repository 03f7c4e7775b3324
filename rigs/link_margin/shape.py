"""One family of delivery curves, with a given loss at the top: likelihood and its maximum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

STEEPEST, FLATTEST = 20.0, 0.1
"""Per decibel: within these any radio lies, from a cliff to a slope over tens of decibels."""
CLOSE_DB = 2e-3
_STEPS = 40
_REGULAR = 1e-9


@dataclass(frozen=True, slots=True)
class Count:
    """Of `attempted` exchanges at a level (dB), so many were delivered."""

    level: float
    delivered: int
    attempted: int


class Shape:
    """(1 - loss) / (1 + exp(-(steepness (m - a) + offset))); m and steepness are free."""

    def __init__(self, counts: Sequence[Count], middle: float, loss: float, offset: float) -> None:
        """`middle` is a level near the fall, where Newton's steps begin."""
        self._counts = counts
        self._middle = middle
        self._offset = offset
        self._steepness = 1.0  # where the next search for it begins: neighbours are alike
        self.loss = loss

    def best(self, floor: float, ceiling: float) -> float:
        """The likeliest m between these."""
        found = self._newton()
        if found is None or not floor < found < ceiling:
            return self._search(floor, ceiling)
        return found

    def profile(self, level: float) -> tuple[float, float]:
        """The likeliest steepness with the crossing at this level, and the log-likelihood."""
        low, high = FLATTEST, STEEPEST
        steepness = self._steepness
        for _ in range(_STEPS):
            slope, bend = self._by_steepness(level, steepness)
            if slope > 0:
                low = steepness
            else:
                high = steepness
            step = steepness + slope / bend if bend > 0 else low
            following = step if low < step < high else (low + high) / 2
            if abs(following - steepness) < 1e-5 * steepness:
                break
            steepness = following
        self._steepness = steepness
        return steepness, self._likelihood(level, steepness)

    def _newton(self) -> float | None:
        """Fisher's scoring on intercept and steepness of the logit, in which the likelihood has
        one top; None where the steps lead out of the bounds of the steepness."""
        intercept, steepness = 0.0, 1.0
        for _ in range(_STEPS):
            by_intercept = by_steepness = 0.0
            aa = ab = bb = _REGULAR
            for each in self._counts:
                x = each.level - self._middle
                slope, weight = self._by_logit(each, intercept - steepness * x)
                by_intercept += slope
                by_steepness -= slope * x
                aa += weight
                ab -= weight * x
                bb += weight * x * x
            determinant = aa * bb - ab * ab
            if determinant <= 0:
                return None
            up = (bb * by_intercept - ab * by_steepness) / determinant
            steeper = (aa * by_steepness - ab * by_intercept) / determinant
            intercept, steepness = intercept + up, steepness + steeper
            if not FLATTEST < steepness < STEEPEST:
                return None
            if abs(up) < CLOSE_DB and abs(steeper) < CLOSE_DB:
                return self._middle + (intercept - self._offset) / steepness
        return None

    def _search(self, low: float, high: float) -> float:
        """The profile has one hump, with a flat top where the levels do not confine it."""
        while high - low > CLOSE_DB:
            third = (high - low) / 3
            left, right = low + third, high - third
            at_left, at_right = (self.profile(x)[1] for x in (left, right))
            # On the flat top both sides move, so the middle of it is found.
            low, high = (
                left if at_left <= at_right else low,
                right if at_right <= at_left else high,
            )
        return (low + high) / 2

    def _by_steepness(self, level: float, steepness: float) -> tuple[float, float]:
        """Slope of the log-likelihood, and what is expected of its bend (positive)."""
        slope = bend = 0.0
        for each in self._counts:
            distance = level - each.level
            one, weight = self._by_logit(each, steepness * distance + self._offset)
            slope += distance * one
            bend += distance * distance * weight
        return slope, bend

    def _by_logit(self, count: Count, logit: float) -> tuple[float, float]:
        """Slope of the log-likelihood of one level, and Fisher's information of it."""
        rises, falls = logistic(logit), logistic(-logit)
        share = 1 - self.loss
        # What part of the failures is the curve's own; all of them where nothing else is lost.
        own = falls / (self.loss + share * falls) if self.loss else 1.0
        failed = count.attempted - count.delivered
        return (
            count.delivered * falls - failed * share * rises * own,
            count.attempted * share * rises * falls * own,
        )

    def _likelihood(self, level: float, steepness: float) -> float:
        total, share = 0.0, 1 - self.loss
        for each in self._counts:
            logit = steepness * (level - each.level) + self._offset
            failed = each.attempted - each.delivered
            total += each.delivered * (math.log(share) - softplus(-logit))
            if not self.loss:
                total -= failed * softplus(logit)
            elif failed:
                total += failed * math.log(self.loss + share * logistic(-logit))
        return total


def logistic(logit: float) -> float:
    if logit >= 0:
        return 1 / (1 + math.exp(-logit))
    growth = math.exp(logit)
    return growth / (1 + growth)


def logit_of(proportion: float) -> float:
    return math.log(proportion / (1 - proportion))


def softplus(value: float) -> float:
    """ln(1 + exp(value)) without overflow."""
    return max(value, 0.0) + math.log1p(math.exp(-abs(value)))
