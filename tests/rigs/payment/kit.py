"""A prepayment account that remembers what it said, in pence for short."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from rigs.devices.payment import DEFAULTS, Account, Mode, OpenQuestions, Wish

T0 = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass
class Told:
    """An account, the events and wishes that came out of it, and a supply that follows."""

    account: Account
    events: list[int] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    is_on: bool = True
    is_disabled: bool = False

    def __post_init__(self) -> None:
        self.account.on_event.append(self.events.append)
        self.account.on_wish.append(self._wish)
        self.account.supply_is_on = lambda: self.is_on
        self.account.supply_is_disabled = lambda: self.is_disabled

    def _wish(self, wish: Wish) -> None:
        self.wishes.append(wish)
        self.is_on = False
        self.is_disabled = wish is Wish.DISABLE

    def forget(self) -> None:
        self.events.clear()
        self.wishes.clear()


def prepaid(
    balance: int | str = 1000, questions: OpenQuestions = DEFAULTS, **settings: Any
) -> Told:
    """In prepayment mode with this balance; amounts given as numbers become decimals."""
    told = Told(Account(questions))
    account = told.account
    account.adjust_balance(Decimal(balance), T0)
    exact = {name: Decimal(v) if type(v) is int else v for name, v in settings.items()}
    account.set_mode(Mode.PREPAYMENT, T0, **exact)
    told.forget()
    return told


def worth(account: Account) -> Decimal:
    """All that the household has less all that it owes."""
    debts = (account.payment_debt, *account.time_debts)
    owed = sum((debt.owed for debt in debts), account.accumulated_debt)
    return account.meter_balance - account.emergency.used - owed
