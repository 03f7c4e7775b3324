"""Meters that offer, activate, count or end emergency credit wrongly."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import Data
from rigs.devices.dlms_objects import FAILED, Call, ItemError
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.display import DisplayItem, Indicator
from rigs.devices.payment import Mode, codes
from rigs.devices.payment.money import EXACT, ZERO
from rigs.devices.payment.open_questions import Step
from rigs.rogues.account_access import A_POUND, EMERGENCY, account_of, answer, silence
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
CRITICAL, MAJOR, MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


@rogue(
    "meter-emergency-credit-early",
    "Offers emergency credit too early",
    requirement="SMETS-E-131",
    severity=MAJOR,
    deviation="Emergency credit is offered a pound above its threshold.",
)
def emergency_early(meter: Meter) -> None:
    account = account_of(meter)
    account.questions = replace(
        account.questions,
        is_emergency_available=lambda balance, limit: balance <= EXACT.add(limit, A_POUND),
    )


@rogue(
    "meter-emergency-credit-late",
    "Offers emergency credit below its threshold only",
    requirement="SMETS-E-131",
    severity=MAJOR,
    deviation="At the threshold itself emergency credit is not offered.",
)
def emergency_late(meter: Meter) -> None:
    account = account_of(meter)
    account.questions = replace(
        account.questions, is_emergency_available=lambda balance, limit: balance < limit
    )


@rogue(
    "meter-emergency-credit-offer-silent",
    "Does not report that emergency credit is there",
    requirement="SMETS-E-131",
    severity=MINOR,
    deviation="No alert 8119.",
)
def emergency_offer_silent(meter: Meter) -> None:
    silence(meter, codes.EMERGENCY_CREDIT_AVAILABLE)


@rogue(
    "meter-emergency-credit-offer-not-shown",
    "Shows no offer of emergency credit",
    requirement="SMETS-E-131",
    severity=MAJOR,
    deviation="The display has no sign that emergency credit is available.",
)
def emergency_offer_not_shown(meter: Meter) -> None:
    meter.display.indicators[Indicator.EMERGENCY_CREDIT_OFFERED] = lambda: False


@rogue(
    "meter-emergency-credit-always",
    "Gives emergency credit to whoever asks",
    requirement="SMETS-E-131",
    severity=CRITICAL,
    deviation="Emergency credit is activated though it is not available.",
)
def emergency_always(meter: Meter) -> None:
    account = account_of(meter)
    account.may_activate = lambda: account.mode is Mode.PREPAYMENT


@rogue(
    "meter-emergency-credit-in-credit-mode",
    "Gives emergency credit in credit mode",
    requirement="SMETS-E-132",
    severity=MAJOR,
    deviation="2.5 succeeds in credit mode where emergency credit was on offer before.",
)
def emergency_in_credit_mode(meter: Meter) -> None:
    account = account_of(meter)
    sound = account.may_activate
    account.may_activate = lambda: account.mode is Mode.CREDIT or sound()


@rogue(
    "meter-emergency-credit-never",
    "Never gives emergency credit",
    requirement="SMETS-E-132",
    severity=CRITICAL,
    deviation="No activation succeeds.",
)
def emergency_never(meter: Meter) -> None:
    account_of(meter).may_activate = lambda: False


@rogue(
    "meter-emergency-credit-refused-when-active",
    "Refuses to activate what is active",
    requirement="SMETS-E-132",
    severity=MINOR,
    deviation="2.5 fails where emergency credit is active already.",
)
def refused_when_active(meter: Meter) -> None:
    account, sound = account_of(meter), meter.objects.access(Op.ACTION, 112, EMERGENCY, 3)

    def activate(call: Call) -> Data | None:
        if account.emergency.is_active:
            raise ItemError(FAILED)
        return sound(call)

    answer(meter, Op.ACTION, 112, EMERGENCY, 3, activate)


@rogue(
    "meter-emergency-credit-activation-silent",
    "Does not report that emergency credit was activated",
    requirement="SMETS-E-132",
    severity=MINOR,
    deviation="No alert 81AB.",
)
def activation_silent(meter: Meter) -> None:
    silence(meter, codes.EMERGENCY_CREDIT_ACTIVATED)


@rogue(
    "meter-emergency-credit-not-counted",
    "Disconnects in spite of emergency credit",
    requirement="SMETS-E-132",
    severity=CRITICAL,
    deviation="Below the threshold the supply is off though emergency credit is active.",
)
def emergency_not_counted(meter: Meter) -> None:
    account = account_of(meter)
    account.questions = replace(
        account.questions,
        is_insufficient=lambda _, limit: account.meter_balance <= limit,
    )


@rogue(
    "meter-emergency-credit-first",
    "Spends emergency credit before the balance",
    requirement="SMETS-E-133",
    severity=MAJOR,
    deviation="While emergency credit is active it is used up first.",
)
def emergency_first(meter: Meter) -> None:
    account = account_of(meter)

    def spend(amount: Decimal) -> None:
        lent = ZERO
        if account.emergency.is_active:
            lent = min(max(amount, ZERO), account.emergency_credit_balance)
        account.emergency.use(lent)
        account.meter_balance = EXACT.subtract(account.meter_balance, EXACT.subtract(amount, lent))

    account.spend = spend


@rogue(
    "meter-emergency-credit-endless",
    "Lends more emergency credit than its limit",
    requirement="SMETS-E-133",
    severity=CRITICAL,
    deviation="Emergency credit that is used up is not noticed: the supply stays on.",
)
def emergency_endless(meter: Meter) -> None:
    account = account_of(meter)
    sound = account.spend
    account.spend = lambda amount: None if account.is_emergency_in_use() else sound(amount)


@rogue(
    "meter-emergency-credit-end-silent",
    "Does not report that emergency credit is used up",
    requirement="SMETS-E-133",
    severity=MINOR,
    deviation="No alert 81AA.",
)
def emergency_end_silent(meter: Meter) -> None:
    silence(meter, codes.EMERGENCY_CREDIT_EXHAUSTED)


@rogue(
    "meter-debt-to-clear-hidden",
    "Shows nothing to clear",
    requirement="SMETS-E-142",
    severity=MINOR,
    deviation="Debt to clear is shown without what was used of emergency credit.",
)
def debt_to_clear_hidden(meter: Meter) -> None:
    meter.display.sources[DisplayItem.DEBT_TO_CLEAR] = lambda: "GBP 0.00"


@rogue(
    "meter-reset-keeps-emergency-credit",
    "Keeps emergency credit used in a reset",
    requirement="SMETS-E-154",
    severity=MAJOR,
    deviation="After a reset by 1.5 emergency credit is less than its limit.",
)
def reset_keeps_emergency(meter: Meter) -> None:
    answer(meter, Op.ACTION, 112, EMERGENCY, 2, lambda _: None)


@rogue(
    "meter-emergency-credit-not-repaid",
    "Never takes emergency credit back",
    requirement="SMETS-E-154",
    severity=MAJOR,
    deviation="Payments do not repay what was used of emergency credit.",
)
def emergency_not_repaid(meter: Meter) -> None:
    account = account_of(meter)
    account.questions = replace(account.questions, order=(Step.PAYMENT_DEBT, Step.ACCUMULATED_DEBT))


@rogue(
    "meter-emergency-credit-limit-kept",
    "Keeps the old emergency credit limit",
    requirement="SMETS-E-154",
    severity=MAJOR,
    deviation="A second 2.1 does not change the limit of emergency credit.",
)
def emergency_limit_kept(meter: Meter) -> None:
    account, following = account_of(meter), meter.payment.next
    obis = "0-0:94.44.128.2"
    sound = meter.objects.access(Op.SET, 9000, obis, 4)

    def prepare(call: Call) -> Data | None:
        result = sound(call)
        kept = account.settings.emergency_credit_limit
        following.settings["emergency_credit_limit"] = (
            kept or following.settings["emergency_credit_limit"]
        )
        return result

    answer(meter, Op.SET, 9000, obis, 4, prepare)
