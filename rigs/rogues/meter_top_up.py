"""Meters that read or record codes wrongly, take those of strangers, or are silent about either."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from assay.gbcs.top_up import Unit, check_digit
from assay.gbcs.top_up_spending import Outcome, Parties, Spending, SpentCounters
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.user_interface import UserCommand
from rigs.devices.payment import AmountLog, codes
from rigs.devices.payment.keypad import KeypadEntry
from rigs.rogues.account_access import silence
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
CRITICAL, MAJOR, MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


@rogue(
    "meter-pounds-for-pence",
    "Takes pounds for pence",
    requirement="SMETS-E-136",
    severity=CRITICAL,
    deviation="A code in pounds is credited as so many pence.",
)
def pounds_for_pence(meter: Meter) -> None:
    sound = meter.payment.top_ups.spend

    def spend(code: str, **rest: Any) -> Spending:
        spending = sound(code, **rest)
        bought = spending.top_up
        return replace(spending, top_up=bought and replace(bought, unit=Unit.PENCE))

    meter.payment.top_ups.spend = spend


@rogue(
    "meter-pence-for-pounds",
    "Takes pence for whole pounds",
    requirement="SMETS-E-136",
    severity=CRITICAL,
    deviation="A code in pence is credited in pounds, rounded down.",
)
def pence_for_pounds(meter: Meter) -> None:
    sound = meter.payment.top_ups.spend

    def spend(code: str, **rest: Any) -> Spending:
        spending = sound(code, **rest)
        bought = spending.top_up
        if bought is None or bought.unit is Unit.POUNDS:
            return spending
        return replace(spending, top_up=replace(bought, value=bought.value // 100 * 100))

    meter.payment.top_ups.spend = spend


@rogue(
    "meter-entry-silent",
    "Does not report credit that was added locally",
    requirement="SMETS-E-136",
    severity=MINOR,
    deviation="No alert 810E.",
)
def entry_silent(meter: Meter) -> None:
    silence(meter, codes.CREDIT_ADDED_LOCALLY)


@rogue(
    "meter-entry-always-local",
    "Reports every credit as added locally",
    requirement="SMETS-E-136",
    severity=MINOR,
    deviation="810E is sent for a top-up by 2.2, too.",
)
def entry_always_local(meter: Meter) -> None:
    account = meter.payment.account
    account.on_payment.append(lambda _payment, _at: account.tell(codes.CREDIT_ADDED_LOCALLY))


@rogue(
    "meter-no-codes-by-hand",
    "Takes no code at its buttons or from a display",
    requirement="SMETS-E-136",
    severity=CRITICAL,
    deviation="Entry by hand always says that it is locked.",
)
def no_codes_by_hand(meter: Meter) -> None:
    questions = replace(meter.payment.account.questions, entry_lock=timedelta(days=10_000))
    keypad = KeypadEntry(questions)
    keypad.is_too_many = lambda _failures: True
    keypad.failed(meter.now())
    meter.payment.top_ups.keypad = keypad


@rogue(
    "meter-code-of-nineteen-digits",
    "Completes a code that is too short",
    requirement="SMETS-E-136",
    severity=MAJOR,
    deviation="After nineteen digits the meter works the last one out by itself.",
)
def nineteen_digits(meter: Meter) -> None:
    meter.user_interface.dialogues[UserCommand.ADD_CREDIT] = (
        19,
        lambda digits: meter.payment.enter_top_up(digits + check_digit(digits)).is_accepted,
    )


@rogue(
    "meter-log-of-four-credits",
    "Remembers four credits",
    requirement="SMETS-E-136",
    severity=MINOR,
    deviation="The log of prepayment credits has room for four.",
)
def four_credits(meter: Meter) -> None:
    meter.payment.account.credits = AmountLog(4)


def _trusting(meter: Meter, *, is_remote: bool) -> None:
    """Codes that come this way are taken whatever their MAC is."""
    sound = meter.payment.top_ups.spend

    def spend(code: str, *, parties: Parties, counters: SpentCounters, counter: int | None) -> Any:
        spending = sound(code, parties=parties, counters=counters, counter=counter)
        seen, is_false = spending.top_up, spending.outcome is Outcome.NOT_AUTHENTIC
        if seen is None or not is_false or (counter is not None) is not is_remote:
            return spending
        spent = counter or counters.candidates(seen.counter_tail)[0]
        return replace(
            spending, outcome=Outcome.ACCEPTED, counter=spent, counters=counters.with_spent(spent)
        )

    meter.payment.top_ups.spend = spend


@rogue(
    "meter-trusts-codes-by-hand",
    "Takes any code with a right check digit at its buttons",
    requirement="SMETS-E-147",
    severity=CRITICAL,
    deviation="The MAC of a code that is entered by hand is not verified.",
)
def trusts_codes_by_hand(meter: Meter) -> None:
    _trusting(meter, is_remote=False)


@rogue(
    "meter-trusts-codes-by-command",
    "Takes any code that a command brings",
    requirement="SMETS-E-147",
    severity=CRITICAL,
    deviation="The MAC of a code is not verified where the command's MAC was.",
)
def trusts_codes_by_command(meter: Meter) -> None:
    _trusting(meter, is_remote=True)


@rogue(
    "meter-false-code-silent",
    "Keeps a false code to itself",
    requirement="SMETS-E-147",
    severity=MAJOR,
    deviation="No entry 8F63 in the security log.",
)
def false_code_silent(meter: Meter) -> None:
    silence(meter, codes.NOT_AUTHENTIC)


@rogue(
    "meter-takes-codes-for-gas",
    "Takes the codes of the gas meter of the same home",
    requirement="SMETS-E-148",
    severity=CRITICAL,
    deviation="A code in whole pounds is taken though its MAC is for another meter.",
)
def takes_codes_for_gas(meter: Meter) -> None:
    sound = meter.payment.top_ups.spend

    def spend(code: str, **rest: Any) -> Spending:
        spending = sound(code, **rest)
        seen, counters = spending.top_up, rest["counters"]
        is_other = spending.outcome is Outcome.NOT_AUTHENTIC
        if seen is None or not is_other or seen.unit is Unit.PENCE:
            return spending
        spent = counters.candidates(seen.counter_tail)[0]
        return replace(spending, outcome=Outcome.ACCEPTED, counters=counters.with_spent(spent))

    meter.payment.top_ups.spend = spend


@rogue(
    "meter-foreign-token-silent",
    "Keeps another kind of token to itself",
    requirement="SMETS-E-148",
    severity=MINOR,
    deviation="No entry 8F64 in the security log.",
)
def foreign_token_silent(meter: Meter) -> None:
    silence(meter, codes.NOT_FOR_THIS_DEVICE)
