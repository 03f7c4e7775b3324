"""Meters that take codes that they must refuse, refuse good ones, or are silent about either."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from assay.gbcs import top_up
from assay.gbcs.top_up import Unit, check_digit
from assay.gbcs.top_up_spending import Outcome, Parties, Spending, SpentCounters
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.user_interface import UserCommand
from rigs.devices.payment import AmountLog, codes
from rigs.devices.payment.codes import Refusal
from rigs.devices.payment.keypad import KeypadEntry
from rigs.rogues.meter_payment import silence
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


# Limits.


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


# Once.


@rogue(
    "meter-double-spending",
    "Takes a code as often as it is entered",
    requirement="SMETS-E-146",
    severity=CRITICAL,
    deviation="No counter of a code is remembered.",
)
def double_spending(meter: Meter) -> None:
    sound = meter.payment.top_ups.spend
    meter.payment.top_ups.spend = lambda code, **rest: sound(
        code, **rest | {"counters": SpentCounters()}
    )


@rogue(
    "meter-two-tables",
    "Takes a code once by command and once by hand",
    requirement="SMETS-E-146",
    severity=CRITICAL,
    deviation="Codes that commands brought are not remembered for entry by hand.",
)
def two_tables(meter: Meter) -> None:
    sound, tables = meter.payment.top_ups.spend, {False: SpentCounters(), True: SpentCounters()}

    def spend(code: str, **rest: Any) -> Spending:
        is_remote = rest["counter"] is not None
        spending = sound(code, **rest | {"counters": tables[is_remote]})
        tables[is_remote] = spending.counters
        return spending

    meter.payment.top_ups.spend = spend


@rogue(
    "meter-outage-forgets-codes",
    "Forgets spent codes in an outage",
    requirement="SMETS-E-146",
    severity=CRITICAL,
    deviation="After a loss of supply every code is new.",
)
def outage_forgets_codes(meter: Meter) -> None:
    meter.on_power_up.append(lambda: meter.payment.top_ups.start_from(0))


@rogue(
    "meter-duplicate-silent",
    "Keeps a code that was entered twice to itself",
    requirement="SMETS-E-146",
    severity=MINOR,
    deviation="No entry 8F51 in the security log.",
)
def duplicate_silent(meter: Meter) -> None:
    silence(meter, codes.DUPLICATE_CODE)


@rogue(
    "meter-codes-in-order-only",
    "Takes codes in the order of their sale only",
    requirement="SMETS-E-151",
    severity=MAJOR,
    deviation="A code older than the last one that was taken is refused.",
)
def codes_in_order_only(meter: Meter) -> None:
    sound = meter.payment.top_ups.spend

    def spend(code: str, **rest: Any) -> Spending:
        spending = sound(code, **rest)
        return replace(spending, counters=SpentCounters(floor=spending.counters.highest))

    meter.payment.top_ups.spend = spend


@rogue(
    "meter-remembers-one-code",
    "Remembers the last code alone",
    requirement="SMETS-E-151",
    severity=CRITICAL,
    deviation="A code older than the last one is taken again and again.",
)
def remembers_one_code(meter: Meter) -> None:
    sound = meter.payment.top_ups.spend

    def spend(code: str, **rest: Any) -> Spending:
        known: SpentCounters = rest["counters"]
        newest = SpentCounters(spent=known.spent[-1:])
        return sound(code, **rest | {"counters": newest})

    meter.payment.top_ups.spend = spend


# Whose codes.


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


# By hand.


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
