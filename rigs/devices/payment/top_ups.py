"""Top-up codes: from twenty digits to credit on the account, or a refusal (E-136, E-144 to E-151).

Authenticity and replay are decided by `assay.gbcs.top_up_spending`; the limits by the account, in
its exact amounts. A code that is refused is not spent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assay.gbcs.top_up import Flaw
from assay.gbcs.top_up_spending import Outcome, Parties, Spending, SpentCounters, spend
from rigs.devices.payment import codes
from rigs.devices.payment.account import Account
from rigs.devices.payment.codes import REFUSALS, Refusal
from rigs.devices.payment.keypad import KeypadEntry
from rigs.devices.payment.money import Unit
from rigs.devices.payment.payment_order import Payment

_REFUSALS: Mapping[Outcome, Refusal] = {
    Outcome.NOT_A_CODE: Refusal.NOT_A_CODE,
    Outcome.NOT_AUTHENTIC: Refusal.NOT_AUTHENTIC,
    Outcome.DUPLICATE: Refusal.DUPLICATE,
    Outcome.TOO_OLD: Refusal.TOO_OLD,
}
_FOREIGN = frozenset((Flaw.NOT_A_TOP_UP, Flaw.UNKNOWN_UNIT))


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUpAnswer:
    """What became of a code: a payment, or why there was none."""

    refusal: Refusal | None = None
    payment: Payment | None = None

    @property
    def is_accepted(self) -> bool:
        return self.refusal is None

    @property
    def result(self) -> int:
        """Result octet of a ConsumerTopUpResponse; the state of the supply is not in it."""
        return 0x00 if self.refusal is None else REFUSALS[self.refusal].result


class TopUps:
    """`parties`: whose code it must be, and for which meter; None while no such key is held.

    Hooks: `spend` decides on a code, `refusal_of` on its amount.
    """

    def __init__(self, account: Account, unit: Unit, parties: Callable[[], Parties | None]) -> None:
        self._account = account
        self._unit = unit
        self.parties = parties
        self.counters = SpentCounters()
        self.keypad = KeypadEntry(account.questions)
        self.spend: Callable[..., Spending] = spend
        self.refusal_of = account.refusal_of

    def start_from(self, floor: int) -> None:
        """Another supplier's codes count from here (the prepayment floor of its credentials)."""
        self.counters = SpentCounters(floor=floor)

    def remote(self, digits: str, counter: int, at: datetime) -> TopUpAnswer:
        """A code that a command brought; `counter` is that of the command."""
        return self._enter(digits, at, counter)

    def local(self, digits: str, at: datetime) -> TopUpAnswer:
        """A code entered by hand, at the meter or at a display in the home."""
        account, keypad = self._account, self.keypad
        if keypad.is_locked(at):
            account.report(codes.ENTRY_WHILE_LOCKED)
            return TopUpAnswer(refusal=Refusal.LOCKED)
        answer = self._enter(digits, at, None)
        if answer.is_accepted:
            keypad.succeeded()
        elif keypad.failed(at):
            account.report(codes.ENTRY_SUSPENDED)
        return answer

    def _enter(self, digits: str, at: datetime, counter: int | None) -> TopUpAnswer:
        parties = self.parties()
        if parties is None:
            return self._refuse(Refusal.NOT_AUTHENTIC)
        spending = self.spend(digits, parties=parties, counters=self.counters, counter=counter)
        if spending.outcome is not Outcome.ACCEPTED:
            return self._refuse(self._reason(spending))
        amount = self._unit.of_pence(spending.credit_pence)
        refusal = self.refusal_of(amount, at)
        if refusal is not None:
            return self._refuse(refusal)
        self.counters = spending.counters
        return TopUpAnswer(payment=self._account.pay(amount, at, is_local=counter is None))

    def _reason(self, spending: Spending) -> Refusal:
        if spending.flaw in _FOREIGN and self._account.questions.foreign_codes_are_told:
            return Refusal.NOT_FOR_THIS_DEVICE
        return _REFUSALS[spending.outcome]

    def _refuse(self, refusal: Refusal) -> TopUpAnswer:
        event = REFUSALS[refusal].event
        if event is not None:
            self._account.report(event)
        return TopUpAnswer(refusal=refusal)
