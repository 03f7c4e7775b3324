"""The newest few amounts with their times: credits of top-ups, payments towards debt."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

CREDITS = 5
"""Entries of the log of prepayment credits (ECS20d)."""
DEBT_PAYMENTS = 10
"""Entries of the log of payment-based debt payments (ECS20a)."""


@dataclass(frozen=True, slots=True)
class AmountEntry:
    at: datetime
    amount: Decimal


class AmountLog:
    """The oldest entry gives way."""

    def __init__(self, size: int) -> None:
        self._entries: deque[AmountEntry] = deque(maxlen=size)

    @property
    def entries(self) -> tuple[AmountEntry, ...]:
        """Oldest first."""
        return tuple(self._entries)

    def write(self, at: datetime, amount: Decimal) -> None:
        self._entries.append(AmountEntry(at, amount))

    def clear(self) -> None:
        self._entries.clear()
