"""Meters that judge or lock the entry of codes by hand wrongly."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from assay.gbcs import top_up
from assay.gbcs.top_up import check_digit
from assay.gbcs.top_up_spending import Outcome, Spending
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.payment import codes
from rigs.devices.payment.codes import Refusal
from rigs.devices.payment.keypad import KeypadEntry
from rigs.rogues.account_access import silence
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
CRITICAL, MAJOR, MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


@rogue(
    "meter-check-digit-ignored",
    "Ignores the check digit",
    requirement="SMETS-E-149",
    severity=MAJOR,
    deviation="A code whose last digit is wrong is taken.",
)
def check_digit_ignored(meter: Meter) -> None:
    sound = meter.payment.top_ups.spend
    meter.payment.top_ups.spend = lambda code, **rest: sound(
        code[:-1] + check_digit(code[:-1]), **rest
    )


@rogue(
    "meter-typing-error-reported",
    "Reports a slip of the finger as a false code",
    requirement="SMETS-E-149",
    severity=MINOR,
    deviation="A wrong check digit leaves 8F63 in the security log.",
)
def typing_error_reported(meter: Meter) -> None:
    sound = meter.payment.top_ups.spend

    def spend(code: str, **rest: Any) -> Spending:
        spending = sound(code, **rest)
        if spending.flaw is top_up.Flaw.CHECK_DIGIT:
            return replace(spending, outcome=Outcome.NOT_AUTHENTIC)
        return spending

    meter.payment.top_ups.spend = spend


@rogue(
    "meter-never-locks-entry",
    "Lets anybody guess codes",
    requirement="SMETS-E-150",
    severity=MAJOR,
    deviation="Entry by hand is never locked.",
)
def never_locks_entry(meter: Meter) -> None:
    meter.payment.top_ups.keypad.is_too_many = lambda _failures: False


@rogue(
    "meter-locks-entry-early",
    "Locks entry after three refusals",
    requirement="SMETS-E-150",
    severity=MINOR,
    deviation="Entry by hand is locked after three refusals in a row.",
)
def locks_entry_early(meter: Meter) -> None:
    meter.payment.top_ups.keypad.is_too_many = lambda failures: failures >= 3


@rogue(
    "meter-locks-entry-for-good",
    "Locks entry for good",
    requirement="SMETS-E-150",
    severity=MAJOR,
    deviation="The lock of entry by hand does not end by itself.",
)
def locks_entry_for_good(meter: Meter) -> None:
    questions = replace(meter.payment.account.questions, entry_lock=timedelta(days=10_000))
    meter.payment.top_ups.keypad = KeypadEntry(questions)


@rogue(
    "meter-lock-stops-commands",
    "Refuses the supplier's top-up while entry is locked",
    requirement="SMETS-E-150",
    severity=CRITICAL,
    deviation="Locked entry by hand stops top-ups by 2.2, too.",
)
def lock_stops_commands(meter: Meter) -> None:
    top_ups, sound = meter.payment.top_ups, meter.payment.top_ups.refusal_of

    def refusal_of(amount: Decimal, at: datetime) -> Refusal | None:
        return Refusal.LOCKED if top_ups.keypad.is_locked(at) else sound(amount, at)

    top_ups.refusal_of = refusal_of


@rogue(
    "meter-lock-silent",
    "Does not report that entry is locked",
    requirement="SMETS-E-150",
    severity=MINOR,
    deviation="No alert 81C4.",
)
def lock_silent(meter: Meter) -> None:
    silence(meter, codes.ENTRY_SUSPENDED)


@rogue(
    "meter-impatient",
    "Gives up an entry after ten seconds",
    requirement="SMETS-E-156",
    severity=MINOR,
    deviation="Ten seconds without a press end the entry of digits.",
)
def impatient(meter: Meter) -> None:
    meter.user_interface.timeout = timedelta(seconds=10)


@rogue(
    "meter-too-patient",
    "Keeps half a code for ever",
    requirement="SMETS-E-156",
    severity=MINOR,
    deviation="The entry of digits ends only with the last of them.",
)
def too_patient(meter: Meter) -> None:
    meter.user_interface.timeout = timedelta(days=1)
