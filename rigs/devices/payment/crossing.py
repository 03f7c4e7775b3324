"""When a credit that falls at a constant rate first meets a condition: computed, not ticked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from rigs.devices.payment.money import EXACT
from rigs.devices.payment.open_questions import Compare

_MICROSECOND = timedelta(microseconds=1)
_FARTHEST = 400 * 365 * 86_400_000_000
"""Four centuries: later than that is never."""


def microseconds_until(
    credit: Decimal, threshold: Decimal, rate: Decimal, is_met: Compare
) -> int | None:
    """The first whole microsecond from now, one at least, at which it is met.

    Args:
        rate: what is charged in a microsecond; at zero or below nothing is ever met.
        is_met: less than, or less than or equal.
    """
    if rate <= 0:
        return None
    margin = EXACT.subtract(credit, threshold)
    if margin > EXACT.multiply(rate, Decimal(_FARTHEST)):
        return None
    # The quotient is truncated: the equality rule decides between it and the next one.
    last_before = max(0, int(EXACT.divide_int(max(margin, Decimal(0)), rate)))
    at_it = EXACT.subtract(credit, EXACT.multiply(rate, Decimal(last_before)))
    met = last_before if is_met(at_it, threshold) else last_before + 1
    return max(1, met)


def moment(after: datetime, microseconds: int) -> datetime:
    return after + microseconds * _MICROSECOND
