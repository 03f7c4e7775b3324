"""Meters that warn of low credit, disconnect or arm otherwise than the supplier told them."""

from __future__ import annotations

from dataclasses import replace

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.display import Indicator
from rigs.devices.payment import Mode, Wish, codes
from rigs.devices.payment.money import EXACT
from rigs.rogues.account_access import A_POUND, account_of, silence
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
CRITICAL, MAJOR, MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


@rogue(
    "meter-low-credit-silent",
    "Keeps low credit to itself",
    requirement="SMETS-E-130",
    severity=MAJOR,
    deviation="No alert 810D.",
)
def low_credit_silent(meter: Meter) -> None:
    silence(meter, codes.LOW_CREDIT)


@rogue(
    "meter-low-credit-early",
    "Warns of low credit a pound too early",
    requirement="SMETS-E-130",
    severity=MAJOR,
    deviation="Credit is held against the low credit threshold and a pound more.",
)
def low_credit_early(meter: Meter) -> None:
    account = account_of(meter)
    account.questions = replace(
        account.questions, is_low=lambda credit, limit: credit < EXACT.add(limit, A_POUND)
    )


@rogue(
    "meter-low-credit-at-threshold",
    "Takes the threshold itself for low",
    requirement="SMETS-E-130",
    severity=MINOR,
    deviation="Credit equal to the low credit threshold is reported as low.",
)
def low_credit_at_threshold(meter: Meter) -> None:
    account = account_of(meter)
    account.questions = replace(account.questions, is_low=lambda credit, limit: credit <= limit)


@rogue(
    "meter-low-credit-again-and-again",
    "Warns of low credit at every change",
    requirement="SMETS-E-130",
    severity=MINOR,
    deviation="810D is sent again whenever the account changes while credit is low.",
)
def low_credit_again(meter: Meter) -> None:
    account = account_of(meter)

    def repeat() -> None:
        if account.is_low:
            account.report(codes.LOW_CREDIT)

    account.on_change.append(repeat)


@rogue(
    "meter-low-credit-once-in-its-life",
    "Warns of low credit once and never again",
    requirement="SMETS-E-130",
    severity=MAJOR,
    deviation="After the first 810D none follows, though the credit had recovered.",
)
def low_credit_once(meter: Meter) -> None:
    account = account_of(meter)
    account.on_event.append(lambda code: silence(meter, code) if code == codes.LOW_CREDIT else None)


@rogue(
    "meter-low-credit-in-credit-mode",
    "Warns of low credit in credit mode",
    requirement="SMETS-E-130",
    severity=MINOR,
    deviation="810D is sent below the threshold whatever the payment mode is.",
)
def low_credit_in_credit_mode(meter: Meter) -> None:
    account = account_of(meter)

    def warn() -> None:
        is_low = account.combined_credit < account.settings.low_credit_threshold
        if account.mode is Mode.CREDIT and is_low:
            account.report(codes.LOW_CREDIT)

    account.on_change.append(warn)


@rogue(
    "meter-low-credit-not-shown",
    "Shows no low credit",
    requirement="SMETS-E-130",
    severity=MINOR,
    deviation="The display has no sign of low credit.",
)
def low_credit_not_shown(meter: Meter) -> None:
    meter.display.indicators[Indicator.LOW_CREDIT] = lambda: False


@rogue(
    "meter-never-disables",
    "Gives energy without credit",
    requirement="SMETS-E-134",
    severity=CRITICAL,
    deviation="Below the disablement threshold the switch stays closed.",
)
def never_disables(meter: Meter) -> None:
    sound = meter.payment.act
    meter.payment.act = lambda wish: None if wish is Wish.DISABLE else sound(wish)


@rogue(
    "meter-disables-at-zero",
    "Knows no disablement threshold but zero",
    requirement="SMETS-E-134",
    severity=CRITICAL,
    deviation="The supply is disabled below zero, whatever the threshold is.",
)
def disables_at_zero(meter: Meter) -> None:
    account = account_of(meter)
    account.questions = replace(account.questions, is_insufficient=lambda credit, _: credit < 0)


@rogue(
    "meter-disables-at-threshold",
    "Disables at the threshold itself",
    requirement="SMETS-E-134",
    severity=MAJOR,
    deviation="Credit equal to the disablement threshold disables the supply.",
)
def disables_at_threshold(meter: Meter) -> None:
    account = account_of(meter)
    account.questions = replace(
        account.questions, is_insufficient=lambda credit, limit: credit <= limit
    )


@rogue(
    "meter-disables-early",
    "Disables a pound too early",
    requirement="SMETS-E-134",
    severity=CRITICAL,
    deviation="Credit is held against the disablement threshold and a pound more.",
)
def disables_early(meter: Meter) -> None:
    account = account_of(meter)
    account.questions = replace(
        account.questions, is_insufficient=lambda credit, limit: credit < EXACT.add(limit, A_POUND)
    )


@rogue(
    "meter-insufficient-silent",
    "Disconnects without a word",
    requirement="SMETS-E-134",
    severity=MAJOR,
    deviation="No alert 8F0F.",
)
def insufficient_silent(meter: Meter) -> None:
    silence(meter, codes.INSUFFICIENT_CREDIT)


@rogue(
    "meter-never-arms",
    "Leaves who has paid without supply",
    requirement="SMETS-E-134",
    severity=CRITICAL,
    deviation="Restored credit does not arm the supply that lack of credit disabled.",
)
def never_arms(meter: Meter) -> None:
    sound = meter.payment.act
    meter.payment.act = lambda wish: None if wish is Wish.ARM else sound(wish)


@rogue(
    "meter-closes-instead-of-arming",
    "Closes the switch by itself once credit is back",
    requirement="SMETS-E-134",
    severity=CRITICAL,
    deviation="Restored credit enables the supply at once, with nobody there to see it.",
)
def closes_by_itself(meter: Meter) -> None:
    sound = meter.payment.act
    meter.payment.act = lambda wish: meter.supply.enable() if wish is Wish.ARM else sound(wish)


@rogue(
    "meter-arms-for-any-payment",
    "Arms the supply for any payment",
    requirement="SMETS-E-134",
    severity=MAJOR,
    deviation="A top-up arms the supply although the balance is still below the threshold.",
)
def arms_for_any_payment(meter: Meter) -> None:
    account, paid = account_of(meter), list[bool]()
    account.on_payment.append(lambda _payment, _at: paid.append(True))
    account.questions = replace(
        account.questions, is_insufficient=lambda credit, limit: credit < limit and not paid
    )
