"""What the sources leave open about payment, each with a default that a profile can change.

Nothing here is published. The names in brackets are those of the functional checklist, whose
lines say "record which".
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

Compare = Callable[[Decimal, Decimal], bool]
"""Of a credit with its threshold; must stay true once true as the credit falls."""


class Step(StrEnum):
    """Where a payment goes before its remainder reaches the meter balance."""

    PAYMENT_DEBT = "payment-based debt, subject to its cap"
    ACCUMULATED_DEBT = "accumulated debt"
    SHORTFALL = "what the meter balance lacks to the disablement threshold"
    EMERGENCY_CREDIT = "emergency credit used"


class Charge(StrEnum):
    """What is taken without anything being consumed."""

    STANDING_CHARGE = "standing charge"
    TIME_DEBT = "time-based debt"


ORDER = (Step.PAYMENT_DEBT, Step.ACCUMULATED_DEBT, Step.EMERGENCY_CREDIT)
ORDER_WITH_SHORTFALL = (
    Step.PAYMENT_DEBT,
    Step.ACCUMULATED_DEBT,
    Step.SHORTFALL,
    Step.EMERGENCY_CREDIT,
)
"""One maker's (E-138)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestions:
    """The equality rules (E-130, E-131, E-134), then one question each.

    `collect_while_disabled`: what Suspend Debt Disabled leaves running (E-140 names both as
    stopped; the national payment mode commands would let the standing charge run).
    `window_holds_its_start`: whether a payment exactly one cap period ago still counts (E-137).
    `balance_limit_before_shares`: the whole credit is held against the maximum meter balance, or
    what reaches the balance after debts were paid (E-145).
    `takes_top_ups_in_credit_mode`, `ends_when_repaid`: emergency credit ends once nothing of it
    is owed and the balance is above its threshold. `entry_attempts`, `entry_lock`: entry of codes
    by hand is locked for that long after that many refusals in a row (E-150; five is of a meter
    before SMETS2). `foreign_codes_are_told`: digits that are a token of another kind count as
    "not for this device" (E-148). `electricity_cap_millipence`: what one step of an electricity
    meter's debt recovery rate cap is worth, which no source used here tells; a penny makes the 16
    bits that it has last for 655.35 pounds.
    """

    is_low: Compare = operator.lt
    is_emergency_available: Compare = operator.le
    is_insufficient: Compare = operator.lt
    order: tuple[Step, ...] = ORDER
    collect_while_disabled: frozenset[Charge] = frozenset()
    window_holds_its_start: bool = False
    balance_limit_before_shares: bool = False
    takes_top_ups_in_credit_mode: bool = True
    ends_when_repaid: bool = True
    entry_attempts: int = 5
    entry_lock: timedelta = timedelta(hours=1)
    foreign_codes_are_told: bool = True
    electricity_cap_millipence: int = 1000


DEFAULTS = OpenQuestions()
