"""Where a threshold may be tested: never closer to it than twice the bench's uncertainty.

Between the two levels nobody could tell whether the meter or the bench was out (metrology digest 5:
source 0.1 % of 230 V, time stamps 0.1 s; both inferred until a certificate says otherwise).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

KEEP_AWAY = 2
"""Times the expanded uncertainty."""

VOLTAGE_PART = Decimal("0.001")
TIME_SECONDS = Decimal("0.1")


class Side(IntEnum):
    """Of a threshold."""

    BELOW = -1
    ABOVE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """A threshold and the expanded uncertainty (k = 2) of what is set or timed, in its unit."""

    threshold: Decimal
    expanded: Decimal

    def level(self, side: Side) -> Decimal:
        """The level nearest to the threshold that proves something."""
        return self.threshold + side * KEEP_AWAY * self.expanded


def voltage(threshold: Decimal, certified: Decimal | None = None) -> Guarded:
    """`certified`: the uncertainty of the source's certificate in volts."""
    expanded = certified if certified is not None else threshold * VOLTAGE_PART
    return Guarded(threshold=threshold, expanded=expanded)


def span(seconds: Decimal) -> Guarded:
    """A length of time, such as that of an outage."""
    return Guarded(threshold=seconds, expanded=TIME_SECONDS)
