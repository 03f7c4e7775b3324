"""Gas meters that credit, disconnect or recover debts otherwise than they were told."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from rigs.devices.gsme import GasMeter as Meter
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.GAS_METER)
_CRITICAL, _MAJOR = Severity.CRITICAL, Severity.MAJOR


@rogue(
    "gas-meter-top-up-in-pence",
    "Credits a hundredth of a code",
    requirement="SMETS-G-015",
    severity=_CRITICAL,
    deviation="The pounds of a code are taken for pence.",
)
def top_up_in_pence(meter: Meter) -> None:
    account = meter.payment.account
    sound = account.pay
    account.pay = lambda amount, at, **how: sound(amount / 100, at, **how)  # type: ignore[method-assign]


@rogue(
    "gas-meter-code-taken-twice",
    "Takes a code twice",
    requirement="SMETS-G-015",
    severity=_CRITICAL,
    deviation="The counters of spent codes are forgotten after each.",
)
def code_taken_twice(meter: Meter) -> None:
    top_ups = meter.payment.top_ups
    unspent = top_ups.counters
    sound = top_ups.spend

    def spend(*arguments: Any, **named: Any) -> Any:
        return sound(*arguments, **(named | {"counters": unspent}))

    top_ups.spend = spend


@rogue(
    "gas-meter-no-credit-limit",
    "Takes a code of any amount",
    requirement="SMETS-G-015",
    severity=_MAJOR,
    deviation="The largest credit of a code is not looked at.",
)
def no_credit_limit(meter: Meter) -> None:
    def refusal_of(amount: Decimal, at: datetime) -> None:
        del amount, at

    meter.payment.top_ups.refusal_of = refusal_of


@rogue(
    "gas-meter-gas-without-credit",
    "Gives gas without credit",
    requirement="SMETS-G-015",
    severity=_CRITICAL,
    deviation="The valve is not shut when the credit is used up.",
)
def gas_without_credit(meter: Meter) -> None:
    meter.payment.account.is_barred = lambda _at: True


@rogue(
    "gas-meter-stays-off-after-top-up",
    "Stays shut after a top-up",
    requirement="SMETS-G-015",
    severity=_CRITICAL,
    deviation="Credit does not arm a supply that was shut for lack of it.",
)
def stays_off_after_top_up(meter: Meter) -> None:
    meter.valve.arm_if_disabled = lambda: False  # type: ignore[method-assign]


@rogue(
    "gas-meter-low-credit-untold",
    "Says nothing of a low credit",
    requirement="SMETS-G-015",
    severity=_MAJOR,
    deviation="No alert 810D.",
)
def low_credit_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x810D)


@rogue(
    "gas-meter-no-emergency-credit",
    "Has no emergency credit",
    requirement="SMETS-G-015",
    severity=_CRITICAL,
    deviation="A request to activate emergency credit is refused.",
)
def no_emergency_credit(meter: Meter) -> None:
    def activate(at: datetime) -> bool:
        del at
        return False

    meter.payment.account.activate_emergency_credit = activate  # type: ignore[method-assign]


@rogue(
    "gas-meter-debt-not-collected",
    "Collects no debt by the hour",
    requirement="SMETS-G-015",
    severity=_CRITICAL,
    deviation="An hour's debt is never taken.",
)
def debt_not_collected(meter: Meter) -> None:
    meter.payment.account.time_debts[0].due = lambda: Decimal(0)


@rogue(
    "gas-meter-payment-not-shared",
    "Takes nothing of a payment for debt",
    requirement="SMETS-G-015",
    severity=_CRITICAL,
    deviation="The share of payment-based debt goes to the balance.",
)
def payment_not_shared(meter: Meter) -> None:
    meter.payment.account.payment_debt.share = lambda _amount, _at, _settings: Decimal(0)


@rogue(
    "gas-meter-adjustment-added",
    "Adds an adjustment to what is owed",
    requirement="SMETS-G-016",
    severity=_CRITICAL,
    deviation="The sign of an adjustment in credit mode is the wrong one.",
)
def adjustment_added(meter: Meter) -> None:
    account = meter.payment.account
    sound = account.adjust_balance
    account.adjust_balance = (  # type: ignore[method-assign]
        lambda amount, at: sound(amount.copy_negate(), at)
    )


@rogue(
    "gas-meter-owed-not-counted",
    "Owes nothing in credit mode",
    requirement="SMETS-G-016",
    severity=_CRITICAL,
    deviation="The bill to date stays at zero.",
)
def owed_not_counted(meter: Meter) -> None:
    meter.gbz.put_attribute(0x0702, 0x0A00, "uint32", lambda: 0)
