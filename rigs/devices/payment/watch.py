"""The thresholds of a prepayment account: what begins to hold is told, once.

Low credit, credit below the disablement threshold, emergency credit on offer, emergency credit
exhausted; and what follows from them for the supply.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from rigs.devices.payment import codes
from rigs.devices.payment.codes import Wish
from rigs.devices.payment.money import EXACT, ZERO
from rigs.devices.payment.open_questions import Compare
from rigs.devices.payment.settings import Mode

if TYPE_CHECKING:
    from rigs.devices.payment.account import Account


@dataclass(frozen=True, slots=True)
class Condition:
    """A credit that falls towards a limit; `holds` already, or not yet."""

    holds: bool
    credit: Decimal
    limit: Decimal
    is_met: Compare


class CreditWatch:
    """Remembers what held at the last look, so that only beginnings are told."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._is_low = False
        self._is_exhausted = False
        self._is_insufficient = False
        self._is_suspended = False

    def look(self, at: datetime) -> None:
        self._look_at_emergency_credit()
        self._look_at_thresholds()
        self._look_at_supply(at)

    def conditions(self) -> tuple[Condition, ...]:
        """What may begin to hold as credit is spent."""
        account = self._account
        settings, questions, emergency = account.settings, account.questions, account.emergency
        combined, balance = account.combined_credit, account.meter_balance
        left = account.emergency_credit_balance
        spendable = EXACT.add(max(balance, ZERO), left)
        is_not_to_come = emergency.is_active or emergency.is_available or not left
        return (
            Condition(self._is_low, combined, settings.low_credit_threshold, questions.is_low),
            Condition(
                self._is_insufficient,
                combined,
                settings.disablement_threshold,
                questions.is_insufficient,
            ),
            Condition(
                is_not_to_come,
                balance,
                settings.emergency_credit_threshold,
                questions.is_emergency_available,
            ),
            Condition(not emergency.is_active or self._is_exhausted, spendable, ZERO, operator.le),
        )

    def _look_at_emergency_credit(self) -> None:
        account, emergency = self._account, self._account.emergency
        is_prepaid, left = account.mode is Mode.PREPAYMENT, account.emergency_credit_balance
        is_exhausted = emergency.is_active and not left
        if is_exhausted and not self._is_exhausted and is_prepaid:
            account.tell(codes.EMERGENCY_CREDIT_EXHAUSTED)
        self._is_exhausted = is_exhausted
        was_available = emergency.is_available
        emergency.is_available = (
            is_prepaid
            and not emergency.is_active
            and left > 0
            and account.questions.is_emergency_available(
                account.meter_balance, account.settings.emergency_credit_threshold
            )
        )
        if emergency.is_available and not was_available:
            account.tell(codes.EMERGENCY_CREDIT_AVAILABLE)

    def _look_at_thresholds(self) -> None:
        account = self._account
        is_low, is_insufficient = account.is_low, account.is_insufficient
        if is_low and not self._is_low:
            account.tell(codes.LOW_CREDIT)
        if is_insufficient and not self._is_insufficient:
            account.tell(codes.INSUFFICIENT_CREDIT)
        self._is_low, self._is_insufficient = is_low, is_insufficient

    def _look_at_supply(self, at: datetime) -> None:
        account = self._account
        if not self._is_insufficient:
            self._is_suspended = False
            if account.has_disabled:
                account.has_disabled = False
                account.want(Wish.ARM)
            return
        if account.has_disabled or account.supply_is_disabled():
            self._is_suspended = False
            return
        is_suspended = account.is_barred(at)
        if is_suspended and not self._is_suspended:
            account.tell(codes.DISABLEMENT_SUSPENDED)
        self._is_suspended = is_suspended
        if not is_suspended:
            account.has_disabled = True
            account.want(Wish.DISABLE)
