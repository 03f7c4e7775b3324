"""Meters that keep the limits of a top-up or of the balance wrongly."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from assay.gbcs.top_up_spending import Spending
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.payment import codes
from rigs.devices.payment.codes import Refusal
from rigs.rogues.account_access import silence
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
CRITICAL, MAJOR, MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


def _never(meter: Meter, *refusals: Refusal) -> None:
    sound = meter.payment.top_ups.refusal_of

    def refusal_of(amount: Decimal, at: datetime) -> Refusal | None:
        found = sound(amount, at)
        return None if found in refusals else found

    meter.payment.top_ups.refusal_of = refusal_of


@rogue(
    "meter-maximum-credit-ignored",
    "Takes a credit of any size",
    requirement="SMETS-E-144",
    severity=CRITICAL,
    deviation="The maximum credit of one top-up is stored and has no effect.",
)
def maximum_credit_ignored(meter: Meter) -> None:
    _never(meter, Refusal.CREDIT_TOO_LARGE)


@rogue(
    "meter-maximum-credit-refused",
    "Refuses a credit of the maximum itself",
    requirement="SMETS-E-144",
    severity=MAJOR,
    deviation="A credit equal to the maximum is refused.",
)
def maximum_credit_refused(meter: Meter) -> None:
    account, sound = meter.payment.account, meter.payment.top_ups.refusal_of

    def refusal_of(amount: Decimal, at: datetime) -> Refusal | None:
        is_maximum = amount == account.settings.maximum_credit
        return Refusal.CREDIT_TOO_LARGE if is_maximum else sound(amount, at)

    meter.payment.top_ups.refusal_of = refusal_of


@rogue(
    "meter-maximum-credit-silent",
    "Keeps a credit that is too large to itself",
    requirement="SMETS-E-144",
    severity=MINOR,
    deviation="No entry 8F5B in the security log.",
)
def maximum_credit_silent(meter: Meter) -> None:
    silence(meter, codes.CREDIT_TOO_LARGE)


@rogue(
    "meter-maximum-balance-ignored",
    "Takes credit beyond the maximum balance",
    requirement="SMETS-E-145",
    severity=CRITICAL,
    deviation="The maximum meter balance is stored and has no effect.",
)
def maximum_balance_ignored(meter: Meter) -> None:
    _never(meter, Refusal.BALANCE_TOO_HIGH)


@rogue(
    "meter-maximum-balance-refused",
    "Refuses credit up to the maximum balance itself",
    requirement="SMETS-E-145",
    severity=MAJOR,
    deviation="A credit that just reaches the maximum meter balance is refused.",
)
def maximum_balance_refused(meter: Meter) -> None:
    account, sound = meter.payment.account, meter.payment.top_ups.refusal_of

    def refusal_of(amount: Decimal, at: datetime) -> Refusal | None:
        is_reached = account.meter_balance + amount == account.settings.maximum_balance
        return Refusal.BALANCE_TOO_HIGH if is_reached else sound(amount, at)

    meter.payment.top_ups.refusal_of = refusal_of


@rogue(
    "meter-refused-code-is-spent",
    "Spends a code that it refuses",
    requirement="SMETS-E-145",
    severity=CRITICAL,
    deviation="The counter of a code that is refused for its amount is remembered as spent.",
)
def refused_code_is_spent(meter: Meter) -> None:
    top_ups, sound = meter.payment.top_ups, meter.payment.top_ups.spend

    def spend(code: str, **rest: Any) -> Spending:
        spending = sound(code, **rest)
        top_ups.counters = spending.counters
        return spending

    top_ups.spend = spend
