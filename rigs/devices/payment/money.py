"""Amounts: exact decimals in the unit that the fuel fixes, and what travels of them.

Money travels in thousandths of a penny for both fuels (E-143). A cost is a price times a quantity,
and a kilowatt-hour is no finite decimal of a pound's price per watt-microsecond, so an account
counts in such products and nothing is ever divided. The account itself knows no unit: all its
amounts have the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, Inexact

EXACT = Context(prec=400, traps=[Inexact])
"""Nothing is ever rounded: what does not fit is an error of ours. Price scales reach from -128
to 127, and sums of such prices are exact too."""
ZERO = Decimal(0)
_MILLIPENCE_OF_PENNY = 1000
_SCALE_OF_MILLIPENCE = 5
"""A price scale of -5 counts in millipence, since the currency unit is the pound."""


@dataclass(frozen=True, slots=True)
class Unit:
    """How many of the account's units are a millipence."""

    per_millipence: Decimal

    def of(self, millipence: Decimal | int) -> Decimal:
        return EXACT.multiply(Decimal(millipence), self.per_millipence)

    def of_pence(self, pence: int) -> Decimal:
        return self.of(pence * _MILLIPENCE_OF_PENNY)

    def of_currency(self, amount: Decimal) -> Decimal:
        """From pounds."""
        return self.of(EXACT.scaleb(amount, _SCALE_OF_MILLIPENCE))

    def scaled(self, number: int, scale: int) -> Decimal:
        """`number` times ten to the `scale`, of the currency unit (pounds)."""
        return self.of_currency(EXACT.scaleb(Decimal(number), scale))

    def millipence(self, amount: Decimal) -> int:
        """Whole millipence, rounded down: nobody is shown credit that is not there."""
        whole, rest = EXACT.divmod(amount, self.per_millipence)
        return int(whole) - (1 if rest < 0 else 0)


ELECTRICITY = Unit(Decimal(36_000_000))
"""One is a pound per kilowatt-hour times a watt-microsecond."""
