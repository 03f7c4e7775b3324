"""Emergency credit: available, activated, used, repaid (E-131 to E-133, E-154).

What is kept is how much of it is used: the balance is the rest of the limit, so that a new limit
changes the balance and not what is owed.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from rigs.devices.payment.money import EXACT, ZERO


class EmergencyState(StrEnum):
    UNAVAILABLE = "unavailable"
    AVAILABLE = "available"
    ACTIVE = "active"
    EXHAUSTED = "exhausted"


class EmergencyCredit:
    """`is_available` is what the account last found; it counts only before activation."""

    def __init__(self) -> None:
        self.used = ZERO
        self.is_active = False
        self.is_available = False

    def balance(self, limit: Decimal) -> Decimal:
        """What is left of the limit; the limit itself when nothing is owed."""
        return max(EXACT.subtract(limit, self.used), ZERO)

    def state(self, limit: Decimal) -> EmergencyState:
        if self.is_active:
            left = self.balance(limit)
            return EmergencyState.ACTIVE if left > 0 else EmergencyState.EXHAUSTED
        return EmergencyState.AVAILABLE if self.is_available else EmergencyState.UNAVAILABLE

    def use(self, amount: Decimal) -> None:
        self.used = EXACT.add(self.used, amount)

    def repay(self, amount: Decimal) -> None:
        self.used = EXACT.subtract(self.used, amount)

    def reset(self) -> None:
        self.used, self.is_active, self.is_available = ZERO, False, False
