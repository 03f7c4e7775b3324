"""What is taken by the day and the hour: standing charge and time-based debts.

A day's or an hour's amount is taken in one piece when the day or hour ends, by UTC (inferred).
Under Suspend Debt Disabled nothing is taken while the supply is off in prepayment mode (E-140);
under Suspend Debt Emergency, while emergency credit is in use, it goes to the accumulated debt
register (E-141).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from rigs.devices.payment import codes
from rigs.devices.payment.debts import TimeDebt
from rigs.devices.payment.money import EXACT
from rigs.devices.payment.open_questions import Charge
from rigs.devices.payment.settings import DAY, HOUR, Mode

if TYPE_CHECKING:
    from rigs.devices.payment.account import Account

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Collection:
    """Hooks: `is_due` for each period, `take` for where an amount goes, and when the day begins,
    after midnight UTC."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self.day_begins = timedelta(0)
        self.is_due: Callable[[datetime, timedelta], bool] = self._is_end_of
        self.is_suspended: Callable[[Charge], bool] = self._is_suspended
        self.take: Callable[[Decimal], None] = self._take

    def next_due(self, after: datetime) -> datetime:
        """The next end of a day, or of an hour while a debt is collected by the hour."""
        hourly = self._account.mode is Mode.PREPAYMENT and any(
            debt.is_running and debt.rate.period == HOUR for debt in self._account.time_debts
        )
        period = HOUR if hourly else DAY
        begin = _EPOCH + self.day_begins
        return begin + ((after - begin) // period + 1) * period

    def collect(self, at: datetime) -> None:
        account = self._account
        if self.is_due(at, DAY) and not self.is_suspended(Charge.STANDING_CHARGE):
            self.take(account.standing_charge())
        if account.mode is not Mode.PREPAYMENT or self.is_suspended(Charge.TIME_DEBT):
            return
        for debt, code in zip(account.time_debts, codes.TIME_DEBT_COLLECTED, strict=True):
            if debt.is_running and self.is_due(at, debt.rate.period):
                self._collect_debt(debt, code)

    def _collect_debt(self, debt: TimeDebt, code: int) -> None:
        amount = debt.due()
        debt.pay(amount)
        self.take(amount)
        if not debt.owed:
            self._account.tell(code)

    def _is_suspended(self, charge: Charge) -> bool:
        account = self._account
        return (
            account.mode is Mode.PREPAYMENT
            and account.settings.suspend_debt_disabled
            and charge not in account.questions.collect_while_disabled
            and not account.supply_is_on()
        )

    def _is_end_of(self, at: datetime, period: timedelta) -> bool:
        return not (at - _EPOCH - self.day_begins) % period

    def _take(self, amount: Decimal) -> None:
        account = self._account
        if (
            account.mode is Mode.PREPAYMENT
            and account.settings.suspend_debt_emergency
            and account.is_emergency_in_use()
        ):
            account.accumulated_debt = EXACT.add(account.accumulated_debt, amount)
            return
        account.spend(amount)
