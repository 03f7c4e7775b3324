"""Debt registers: two that are paid off by time, one by a share of each payment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from rigs.devices.payment.money import EXACT, ZERO
from rigs.devices.payment.settings import WHOLE, PaymentSettings, TimeDebtRate


class DebtRegister:
    """What is owed; never below zero. An adjustment that would lead there ends at zero, which
    is inferred from the register's stopping at zero (E-139)."""

    def __init__(self) -> None:
        self.owed = ZERO
        self.floor: Callable[[Decimal], Decimal] = lambda owed: max(owed, ZERO)

    def adjust(self, amount: Decimal) -> None:
        self.owed = self.floor(EXACT.add(self.owed, amount))

    def pay(self, amount: Decimal) -> None:
        self.owed = EXACT.subtract(self.owed, amount)


class TimeDebt(DebtRegister):
    """`due` says how much of it is taken when its hour or day ends."""

    def __init__(self) -> None:
        super().__init__()
        self.rate = TimeDebtRate()
        self.due: Callable[[], Decimal] = lambda: min(self.rate.amount, self.owed)

    @property
    def is_running(self) -> bool:
        return self.rate.amount > 0 and self.owed > 0


class PaymentDebt(DebtRegister):
    """`per_payment` is in hundredths of a percent of a payment, `share` what a payment gives."""

    def __init__(self, *, window_holds_its_start: bool) -> None:
        super().__init__()
        self.per_payment = 0
        self._holds_start = window_holds_its_start
        self._paid: list[tuple[datetime, Decimal]] = []
        self.share: Callable[[Decimal, datetime, PaymentSettings], Decimal] = self._share
        self.is_in_window: Callable[[datetime, datetime, timedelta], bool] = self._is_in_window

    def paid_within(self, at: datetime, period: timedelta) -> Decimal:
        """What payments gave in the rolling window before this time (E-137)."""
        self._paid = [(when, paid) for when, paid in self._paid if at - when <= 2 * period]
        total = ZERO
        for when, paid in self._paid:
            if self.is_in_window(when, at, period):
                total = EXACT.add(total, paid)
        return total

    def pay_at(self, amount: Decimal, at: datetime) -> None:
        self.pay(amount)
        self._paid.append((at, amount))

    def _share(self, payment: Decimal, at: datetime, settings: PaymentSettings) -> Decimal:
        part = EXACT.multiply(payment, EXACT.divide(Decimal(self.per_payment), Decimal(WHOLE)))
        if settings.debt_cap is not None:
            paid = self.paid_within(at, settings.cap_period)
            part = min(part, max(EXACT.subtract(settings.debt_cap, paid), ZERO))
        return min(part, self.owed)

    def _is_in_window(self, when: datetime, at: datetime, period: timedelta) -> bool:
        age = at - when
        return age <= period if self._holds_start else age < period
