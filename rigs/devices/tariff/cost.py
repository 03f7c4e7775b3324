"""From quantity times price to pounds or euros, without ever drifting.

A price is for one kilowatt-hour, and most quantities that a meter measures are no finite
decimal of it. So what an amount cannot say is kept for the next one: at any time the sum
of all amounts is the exact cost, rounded down to the grain.
"""

from __future__ import annotations

from decimal import Decimal

from rigs.devices.tariff.attribution import EXACT

GRAIN = Decimal("1E-12")
"""Of a pound or euro: what the smallest amount that is passed on is a multiple of."""


class CostAccrual:
    """`per` is one priced unit in the units that quantities are given in."""

    def __init__(self, per: Decimal) -> None:
        if per <= 0:
            raise ValueError(f"a priced unit has a size, got {per}")
        self._grain = EXACT.multiply(per, GRAIN)
        self._kept = Decimal(0)

    def add(self, value: Decimal) -> Decimal:
        """The amount in pounds or euros, whole grains, for a value: quantity times price."""
        total = EXACT.add(self._kept, value)
        grains, rest = EXACT.divmod(total, self._grain)
        if rest < 0:
            grains, rest = EXACT.subtract(grains, 1), EXACT.add(rest, self._grain)
        self._kept = rest
        return EXACT.multiply(grains, GRAIN)
