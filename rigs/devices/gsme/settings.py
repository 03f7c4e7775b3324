"""What the supplier configures on a gas meter, apart from tariff and prepayment."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

LOCKED, UNCHANGED = 0, 3
"""Supply tamper and depletion states, as ZigBee numbers them."""
CIN_DIGITS = 4
SUPPLIER_NAME_SIZE, TELEPHONE_SIZE, MESSAGE_SIZE = 15, 18, 116
"""E-163."""


@dataclass(frozen=True, slots=True)
class Scaled:
    """A number with a trailing digit octet, whose upper half counts the decimals."""

    raw: int
    trailing_digit: int

    @property
    def value(self) -> Decimal:
        return Decimal(self.raw).scaleb(-(self.trailing_digit >> 4))


@dataclass(slots=True, kw_only=True)
class GasSettings:
    """Factory values are this bench's choice: a mean British calorific value, no identity."""

    calorific_value: Scaled = Scaled(393, 0x10)
    calorific_value_unit: int = 1
    conversion_factor: Scaled = Scaled(102264, 0x50)
    tamper_state: int = UNCHANGED
    depletion_state: int = UNCHANGED
    mprn: str = ""
    supplier_name: str = ""
    supplier_telephone: str = ""
    message: str = ""
    customer_identification_number: str = ""
    privacy_pin: str = ""
    is_privacy_pin_enabled: bool = False

    def kilowatt_hours(self, cubic_metres: Decimal) -> Decimal:
        """Volume times correction times calorific value (MJ/m3), over 3.6 (G-003)."""
        megajoules = cubic_metres * self.conversion_factor.value * self.calorific_value.value
        return megajoules / Decimal("3.6")
