"""What the supplier configures of payment. All amounts in the unit of the account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import IntEnum

from rigs.devices.payment.money import ZERO

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
CAP_PERIOD = timedelta(seconds=604_800)
"""The window of the debt cap, fixed for both fuels (E-137)."""
WHOLE = 10_000
"""Debt recovery per payment is in hundredths of a percent."""


class Mode(IntEnum):
    """The payment mode of DLMS class 111 that stands for it."""

    CREDIT = 1
    PREPAYMENT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSettings:
    """`debt_cap`: most that payment-based debt recovery takes in `cap_period`; None = no cap.
    `maximum_credit` (of one top-up) and `maximum_balance`: None = no limit.
    """

    emergency_credit_limit: Decimal = ZERO
    emergency_credit_threshold: Decimal = ZERO
    low_credit_threshold: Decimal = ZERO
    disablement_threshold: Decimal = ZERO
    maximum_credit: Decimal | None = None
    maximum_balance: Decimal | None = None
    debt_cap: Decimal | None = None
    cap_period: timedelta = CAP_PERIOD
    suspend_debt_disabled: bool = False
    suspend_debt_emergency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeDebtRate:
    """How much of a time-based debt is due at the end of each hour or day (UTC; inferred)."""

    amount: Decimal = ZERO
    period: timedelta = DAY

    def __post_init__(self) -> None:
        if self.amount < 0 or self.period not in (HOUR, DAY):
            raise ValueError(f"expected an amount per hour or day, got {self}")
