"""How a payment is shared out: debts first, in an order, the remainder to the meter balance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rigs.devices.payment.money import EXACT, ZERO
from rigs.devices.payment.open_questions import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """`to_balance` is what the meter balance gets in all, so with its shortfall."""

    amount: Decimal
    shares: Mapping[Step, Decimal]
    to_balance: Decimal

    def share(self, step: Step) -> Decimal:
        return self.shares.get(step, ZERO)


def share_out(
    amount: Decimal, order: Iterable[Step], wanted: Mapping[Step, Callable[[], Decimal]]
) -> Payment:
    """`wanted` says what each step would take of a payment that is large enough."""
    left = amount
    shares: dict[Step, Decimal] = {}
    for step in order:
        shares[step] = max(min(wanted[step](), left), ZERO)
        left = EXACT.subtract(left, shares[step])
    to_balance = EXACT.add(left, shares.get(Step.SHORTFALL, ZERO))
    return Payment(amount=amount, shares=shares, to_balance=to_balance)
