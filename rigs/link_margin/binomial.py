"""Clopper-Pearson bounds of a proportion: exact, whatever the number of trials.

The bound is the probability at which the tail of the binomial distribution that was seen has
the chance that the confidence leaves over. That tail is the regularised incomplete beta
function; it is summed term by term in decimal arithmetic and inverted by bisection, so it needs
no library and cannot underflow.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from functools import lru_cache
from math import comb

_DIGITS = 50
_HALVINGS = 30
_PLACES = Decimal("0.0000001")
ONE = Decimal(1)


def tail(successes: int, trials: int, probability: Decimal) -> Decimal:
    """The chance of so many successes or more: I_p(k, n - k + 1)."""
    if successes <= 0:
        return ONE
    if probability in (0, 1):
        return probability
    with localcontext() as context:
        context.prec = _DIGITS
        odds = probability / (1 - probability)
        term = (
            comb(trials, successes)
            * probability**successes
            * (1 - probability) ** (trials - successes)
        )
        total = term
        for count in range(successes, trials):
            term = term * (trials - count) / (count + 1) * odds
            total += term
        return total


@lru_cache(maxsize=4096)
def lower_bound(successes: int, trials: int, confidence: Decimal) -> Decimal:
    """One-sided: with this confidence the proportion is no less. Rounded down."""
    _check(successes, trials, confidence)
    if successes == 0:
        return Decimal(0)
    low, high = Decimal(0), ONE
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if tail(successes, trials, middle) <= 1 - confidence:
            low = middle
        else:
            high = middle
    return low.quantize(_PLACES, ROUND_FLOOR)


def upper_bound(successes: int, trials: int, confidence: Decimal) -> Decimal:
    """One-sided: with this confidence the proportion is no more. Rounded up."""
    mirrored = 1 - lower_bound(trials - successes, trials, confidence)
    return mirrored.quantize(_PLACES, ROUND_CEILING)


def bounds(successes: int, trials: int, confidence: Decimal) -> tuple[Decimal, Decimal]:
    """Two-sided: what the confidence leaves over is shared between the two ends."""
    each = (1 + confidence) / 2
    return lower_bound(successes, trials, each), upper_bound(successes, trials, each)


def _check(successes: int, trials: int, confidence: Decimal) -> None:
    if not 0 <= successes <= trials or trials < 1:
        raise ValueError(f"expected successes among one or more trials, got {successes}/{trials}")
    if not 0 < confidence < 1:
        raise ValueError(f"expected a confidence between 0 and 1, got {confidence}")
