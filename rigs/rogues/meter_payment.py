"""Meters that spend, warn, disconnect or recover debts otherwise than the supplier told them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from assay.gbcs.date_time import NEVER
from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import Data, Tag
from rigs.devices.dlms_objects import FAILED, Access, Call, ItemError
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.charge_configuration import CREDIT_MODE, suspensions
from rigs.devices.esme.display import DisplayItem, Indicator
from rigs.devices.payment import ELECTRICITY, Account, AmountLog, Mode, Schedule, Wish, codes
from rigs.devices.payment.debts import TimeDebt
from rigs.devices.payment.money import EXACT, ZERO
from rigs.devices.payment.open_questions import Step
from rigs.devices.payment.payment_order import share_out
from rigs.devices.payment.settings import DAY, HOUR, WHOLE
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)

CRITICAL, MAJOR, MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR
BALANCE, EMERGENCY, ACCUMULATED = (f"0-0:19.10.{place}.255" for place in range(3))
PAYMENT_DEBT = "0-0:19.20.3.255"
NEXT_ACCOUNT = "0-1:19.0.0.255"
A_POUND = ELECTRICITY.of_pence(100)
EVERY_DAY = frozenset(range(1, 8))


def _account(meter: Meter) -> Account:
    return meter.payment.account


def silence(meter: Meter, code: int) -> None:
    account = _account(meter)
    sound = tuple(account.on_event)

    def tell(seen: int) -> None:
        for callback in sound if seen != code else ():
            callback(seen)

    account.on_event[:] = [tell]


def _answer(meter: Meter, op: Op, class_id: int, obis: str, index: int, access: Access) -> None:
    meter.objects.put(op, class_id, obis, index, access)


# Thresholds and supply.


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
    account = _account(meter)
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
    account = _account(meter)
    account.questions = replace(account.questions, is_low=lambda credit, limit: credit <= limit)


@rogue(
    "meter-low-credit-again-and-again",
    "Warns of low credit at every change",
    requirement="SMETS-E-130",
    severity=MINOR,
    deviation="810D is sent again whenever the account changes while credit is low.",
)
def low_credit_again(meter: Meter) -> None:
    account = _account(meter)

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
    account = _account(meter)
    account.on_event.append(lambda code: silence(meter, code) if code == codes.LOW_CREDIT else None)


@rogue(
    "meter-low-credit-in-credit-mode",
    "Warns of low credit in credit mode",
    requirement="SMETS-E-130",
    severity=MINOR,
    deviation="810D is sent below the threshold whatever the payment mode is.",
)
def low_credit_in_credit_mode(meter: Meter) -> None:
    account = _account(meter)

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
    account = _account(meter)
    account.questions = replace(account.questions, is_insufficient=lambda credit, _: credit < 0)


@rogue(
    "meter-disables-at-threshold",
    "Disables at the threshold itself",
    requirement="SMETS-E-134",
    severity=MAJOR,
    deviation="Credit equal to the disablement threshold disables the supply.",
)
def disables_at_threshold(meter: Meter) -> None:
    account = _account(meter)
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
    account = _account(meter)
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
    account, paid = _account(meter), list[bool]()
    account.on_payment.append(lambda _payment, _at: paid.append(True))
    account.questions = replace(
        account.questions, is_insufficient=lambda credit, limit: credit < limit and not paid
    )


# Taking.


@rogue(
    "meter-balance-charged-twice",
    "Charges each day twice",
    requirement="SMETS-E-063",
    severity=CRITICAL,
    deviation="The standing charge is taken from the balance twice a day.",
)
def standing_charge_twice(meter: Meter) -> None:
    account = _account(meter)
    sound = account.standing_charge
    account.standing_charge = lambda: 2 * sound()


@rogue(
    "meter-standing-charge-forgotten",
    "Forgets the standing charge",
    requirement="SMETS-E-063",
    severity=MAJOR,
    deviation="No standing charge is ever taken from the balance.",
)
def standing_charge_forgotten(meter: Meter) -> None:
    _account(meter).standing_charge = lambda: ZERO


@rogue(
    "meter-standing-charge-in-summer-time",
    "Ends the day at another hour",
    requirement="SMETS-E-063",
    severity=MINOR,
    deviation="A day's charge is taken at 23:00 UTC, as if by summer time.",
)
def standing_charge_early(meter: Meter) -> None:
    _account(meter).collection.day_begins = -HOUR


@rogue(
    "meter-consumption-free",
    "Charges nothing for what is consumed",
    requirement="SMETS-E-143",
    severity=CRITICAL,
    deviation="The cost of consumption is not taken from the balance.",
)
def consumption_free(meter: Meter) -> None:
    account = _account(meter)
    sound = account.spend
    account.spend = lambda amount: sound(amount) if amount == account.standing_charge() else None


@rogue(
    "meter-charges-a-minimum",
    "Charges where the price is zero",
    requirement="SMETS-E-143",
    severity=CRITICAL,
    deviation="Each day a thousandth of a penny is taken at least.",
)
def charges_a_minimum(meter: Meter) -> None:
    account = _account(meter)
    sound = account.standing_charge
    account.standing_charge = lambda: sound() or ELECTRICITY.of(1)


@rogue(
    "meter-adjusts-in-pence",
    "Takes an adjustment in whole pence",
    requirement="SMETS-E-143",
    severity=CRITICAL,
    deviation="Adjustments of the balance lose their thousandths of a penny.",
)
def adjusts_in_pence(meter: Meter) -> None:
    penny = ELECTRICITY.of_pence(1)
    _account(meter).adjusted_by = lambda amount: amount // penny * penny


@rogue(
    "meter-rounds-debt-to-zero",
    "Rounds what is owed in the customer's favour",
    requirement="SMETS-E-143",
    severity=MINOR,
    deviation="A balance below zero is shown rounded up.",
)
def rounds_up(meter: Meter) -> None:
    account = _account(meter)

    def read(_call: Call) -> Data:
        meter.payment.settle()
        shown = ELECTRICITY.millipence(abs(account.meter_balance))
        number = shown if account.meter_balance >= 0 else -shown
        return Data(Tag.DOUBLE_LONG, number)

    _answer(meter, Op.GET, 112, BALANCE, 2, read)


@rogue(
    "meter-balance-sign",
    "States what is owed as credit",
    requirement="SMETS-E-155",
    severity=CRITICAL,
    deviation="4.18 gives a balance without its sign.",
)
def balance_sign(meter: Meter) -> None:
    sound = meter.objects.access(Op.GET, 112, BALANCE, 2)

    def read(call: Call) -> Data | None:
        data = sound(call)
        return data if data is None else Data(data.tag, abs(data.value))

    _answer(meter, Op.GET, 112, BALANCE, 2, read)


@rogue(
    "meter-adjustment-replaces",
    "Takes an adjustment for the new balance",
    requirement="SMETS-E-153",
    severity=CRITICAL,
    deviation="1.5 sets the balance to the amount that it should be changed by.",
)
def adjustment_replaces(meter: Meter) -> None:
    account = _account(meter)
    account.adjusted_by = lambda amount: EXACT.subtract(amount, account.meter_balance)


@rogue(
    "meter-reset-keeps-balance",
    "Acknowledges a reset of the balance and keeps it",
    requirement="SMETS-E-153",
    severity=CRITICAL,
    deviation="A reset by 1.5 leaves the meter balance as it was.",
)
def reset_keeps_balance(meter: Meter) -> None:
    _answer(meter, Op.ACTION, 112, BALANCE, 2, lambda _: None)


@rogue(
    "meter-reset-keeps-debt",
    "Forgets accumulated debt in a reset",
    requirement="SMETS-E-153",
    severity=MAJOR,
    deviation="A reset by 1.5 leaves accumulated debt as it was.",
)
def reset_keeps_debt(meter: Meter) -> None:
    _answer(meter, Op.ACTION, 112, ACCUMULATED, 2, lambda _: None)


# Emergency credit.


@rogue(
    "meter-emergency-credit-early",
    "Offers emergency credit too early",
    requirement="SMETS-E-131",
    severity=MAJOR,
    deviation="Emergency credit is offered a pound above its threshold.",
)
def emergency_early(meter: Meter) -> None:
    account = _account(meter)
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
    account = _account(meter)
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
    account = _account(meter)
    account.may_activate = lambda: account.mode is Mode.PREPAYMENT


@rogue(
    "meter-emergency-credit-in-credit-mode",
    "Gives emergency credit in credit mode",
    requirement="SMETS-E-132",
    severity=MAJOR,
    deviation="2.5 succeeds in credit mode where emergency credit was on offer before.",
)
def emergency_in_credit_mode(meter: Meter) -> None:
    account = _account(meter)
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
    _account(meter).may_activate = lambda: False


@rogue(
    "meter-emergency-credit-refused-when-active",
    "Refuses to activate what is active",
    requirement="SMETS-E-132",
    severity=MINOR,
    deviation="2.5 fails where emergency credit is active already.",
)
def refused_when_active(meter: Meter) -> None:
    account, sound = _account(meter), meter.objects.access(Op.ACTION, 112, EMERGENCY, 3)

    def activate(call: Call) -> Data | None:
        if account.emergency.is_active:
            raise ItemError(FAILED)
        return sound(call)

    _answer(meter, Op.ACTION, 112, EMERGENCY, 3, activate)


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
    account = _account(meter)
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
    account = _account(meter)

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
    account = _account(meter)
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
    _answer(meter, Op.ACTION, 112, EMERGENCY, 2, lambda _: None)


@rogue(
    "meter-emergency-credit-not-repaid",
    "Never takes emergency credit back",
    requirement="SMETS-E-154",
    severity=MAJOR,
    deviation="Payments do not repay what was used of emergency credit.",
)
def emergency_not_repaid(meter: Meter) -> None:
    account = _account(meter)
    account.questions = replace(account.questions, order=(Step.PAYMENT_DEBT, Step.ACCUMULATED_DEBT))


@rogue(
    "meter-emergency-credit-limit-kept",
    "Keeps the old emergency credit limit",
    requirement="SMETS-E-154",
    severity=MAJOR,
    deviation="A second 2.1 does not change the limit of emergency credit.",
)
def emergency_limit_kept(meter: Meter) -> None:
    account, following = _account(meter), meter.payment.next
    obis = "0-0:94.44.128.2"
    sound = meter.objects.access(Op.SET, 9000, obis, 4)

    def prepare(call: Call) -> Data | None:
        result = sound(call)
        kept = account.settings.emergency_credit_limit
        following.settings["emergency_credit_limit"] = (
            kept or following.settings["emergency_credit_limit"]
        )
        return result

    _answer(meter, Op.SET, 9000, obis, 4, prepare)


# Debts.


@rogue(
    "meter-cap-by-calendar-week",
    "Counts the debt cap by calendar weeks",
    requirement="SMETS-E-137",
    severity=MAJOR,
    deviation="Payments towards debt count since Monday, and not over 604,800 seconds.",
)
def cap_by_calendar_week(meter: Meter) -> None:
    def is_in_week(when: datetime, at: datetime, _period: timedelta) -> bool:
        return when.isocalendar()[:2] == at.isocalendar()[:2]

    _account(meter).payment_debt.is_in_window = is_in_week


@rogue(
    "meter-cap-for-ever",
    "Never forgets a payment towards debt",
    requirement="SMETS-E-137",
    severity=MAJOR,
    deviation="Payments older than 604,800 seconds still count against the cap.",
)
def cap_for_ever(meter: Meter) -> None:
    _account(meter).payment_debt.is_in_window = lambda _when, _at, _period: True


@rogue(
    "meter-cap-ignored",
    "Ignores the debt cap",
    requirement="SMETS-E-137",
    severity=CRITICAL,
    deviation="A payment gives its percentage to debt beyond the cap.",
)
def cap_ignored(meter: Meter) -> None:
    debt = _account(meter).payment_debt
    sound = debt.share
    debt.share = lambda payment, at, settings: sound(payment, at, replace(settings, debt_cap=None))


@rogue(
    "meter-debt-in-whole-percent",
    "Knows whole percents only",
    requirement="SMETS-E-137",
    severity=MAJOR,
    deviation="The percentage of a payment that goes to debt loses its hundredths.",
)
def whole_percent(meter: Meter) -> None:
    debt = _account(meter).payment_debt
    debt.share = lambda payment, _at, _settings: min(
        EXACT.multiply(
            payment, EXACT.divide(Decimal(debt.per_payment // 100 * 100), Decimal(WHOLE))
        ),
        debt.owed,
    )


@rogue(
    "meter-debt-overpaid",
    "Takes more towards debt than is owed",
    requirement="SMETS-E-137",
    severity=CRITICAL,
    deviation="The last payment takes its whole percentage, and the debt becomes negative.",
)
def debt_overpaid(meter: Meter) -> None:
    debt = _account(meter).payment_debt
    debt.share = lambda payment, _at, _settings: EXACT.multiply(
        payment, EXACT.divide(Decimal(debt.per_payment), Decimal(WHOLE))
    )


@rogue(
    "meter-payment-debt-end-silent",
    "Does not report that a debt is paid",
    requirement="SMETS-E-137",
    severity=MINOR,
    deviation="No alert 81A9.",
)
def payment_debt_end_silent(meter: Meter) -> None:
    silence(meter, codes.PAYMENT_DEBT_COLLECTED)


@rogue(
    "meter-debt-payments-not-logged",
    "Keeps no log of payments towards debt",
    requirement="SMETS-E-137",
    severity=MAJOR,
    deviation="4.4.4 finds nothing.",
)
def debt_payments_not_logged(meter: Meter) -> None:
    _account(meter).debt_payments = AmountLog(0)


@rogue(
    "meter-payment-order-reversed",
    "Repays emergency credit before any debt",
    requirement="SMETS-E-138",
    severity=MAJOR,
    deviation="A payment goes to emergency credit, then accumulated debt, then payment-based debt.",
)
def payment_order_reversed(meter: Meter) -> None:
    account = _account(meter)
    account.questions = replace(account.questions, order=tuple(reversed(account.questions.order)))


@rogue(
    "meter-payment-all-to-balance",
    "Gives a payment to the balance alone",
    requirement="SMETS-E-138",
    severity=CRITICAL,
    deviation="No payment is shared out.",
)
def payment_all_to_balance(meter: Meter) -> None:
    _account(meter).share_out = lambda amount, _at: share_out(amount, (), {})


@rogue(
    "meter-accumulated-debt-last",
    "Pays accumulated debt after emergency credit",
    requirement="SMETS-E-138",
    severity=MAJOR,
    deviation="Emergency credit is repaid before accumulated debt.",
)
def accumulated_debt_last(meter: Meter) -> None:
    account = _account(meter)
    account.questions = replace(
        account.questions,
        order=(Step.PAYMENT_DEBT, Step.EMERGENCY_CREDIT, Step.ACCUMULATED_DEBT),
    )


@rogue(
    "meter-hourly-debt-by-the-day",
    "Takes an hourly debt once a day",
    requirement="SMETS-E-139",
    severity=MAJOR,
    deviation="What is due by the hour is taken at midnight only.",
)
def hourly_debt_by_the_day(meter: Meter) -> None:
    collection = _account(meter).collection
    sound = collection.is_due
    collection.is_due = lambda at, _period: sound(at, DAY)


@rogue(
    "meter-time-debt-below-zero",
    "Goes on taking a debt that is paid",
    requirement="SMETS-E-139",
    severity=CRITICAL,
    deviation="The last instalment is taken whole, and the debt becomes negative.",
)
def time_debt_below_zero(meter: Meter) -> None:
    def instalment_of(debt: TimeDebt) -> Callable[[], Decimal]:
        return lambda: debt.rate.amount

    for debt in _account(meter).time_debts:
        debt.due = instalment_of(debt)


@rogue(
    "meter-time-debt-1-end-silent",
    "Does not report that the first time debt is paid",
    requirement="SMETS-E-139",
    severity=MINOR,
    deviation="No alert 81A7.",
)
def time_debt_end_silent(meter: Meter) -> None:
    silence(meter, codes.TIME_DEBT_COLLECTED[0])


@rogue(
    "meter-time-debts-exchanged",
    "Reports the wrong debt as paid",
    requirement="SMETS-E-139",
    severity=MAJOR,
    deviation="81A7 is sent for the second time debt and none for the first.",
)
def time_debts_exchanged(meter: Meter) -> None:
    first, second = codes.TIME_DEBT_COLLECTED
    account = _account(meter)
    sound = tuple(account.on_event)

    def tell(code: int) -> None:
        for callback in sound:
            callback(first if code == second else code)

    account.on_event[:] = [tell]


@rogue(
    "meter-recovers-in-credit-mode",
    "Recovers time debts in credit mode",
    requirement="SMETS-E-139",
    severity=MAJOR,
    deviation="At midnight a debt is taken whatever the payment mode is.",
)
def recovers_in_credit_mode(meter: Meter) -> None:
    account = _account(meter)
    sound = account.standing_charge

    def charge() -> Decimal:
        if account.mode is Mode.CREDIT:
            for debt in account.time_debts:
                debt.pay(debt.due())
        return sound()

    account.standing_charge = charge


@rogue(
    "meter-suspends-nothing",
    "Takes debts while the supply is off",
    requirement="SMETS-E-140",
    severity=MAJOR,
    deviation="Suspend Debt Disabled is stored and has no effect.",
)
def suspends_nothing(meter: Meter) -> None:
    _account(meter).collection.is_suspended = lambda _charge: False


@rogue(
    "meter-suspends-always",
    "Takes no debts while the supply is off, whatever was set",
    requirement="SMETS-E-140",
    severity=MAJOR,
    deviation="Debts and standing charge are suspended although Suspend Debt Disabled is off.",
)
def suspends_always(meter: Meter) -> None:
    account = _account(meter)
    account.collection.is_suspended = lambda _charge: not account.supply_is_on()


@rogue(
    "meter-suspended-for-good",
    "Never takes up a suspended debt again",
    requirement="SMETS-E-140",
    severity=MAJOR,
    deviation="Once the supply was disabled no debt is taken any more.",
)
def suspended_for_good(meter: Meter) -> None:
    account, was_off = _account(meter), list[bool]()

    def is_suspended(_charge: object) -> bool:
        if not account.supply_is_on():
            was_off.append(True)
        return bool(was_off)

    account.collection.is_suspended = is_suspended


@rogue(
    "meter-accumulates-nothing",
    "Takes debts from emergency credit",
    requirement="SMETS-E-141",
    severity=MAJOR,
    deviation="Suspend Debt Emergency is stored and has no effect.",
)
def accumulates_nothing(meter: Meter) -> None:
    account = _account(meter)
    account.collection.take = lambda amount: account.spend(amount)


@rogue(
    "meter-accumulates-always",
    "Sets debts aside out of emergency credit, too",
    requirement="SMETS-E-141",
    severity=MAJOR,
    deviation="Standing charge and debts always go to accumulated debt.",
)
def accumulates_always(meter: Meter) -> None:
    account = _account(meter)

    def take(amount: Decimal) -> None:
        account.accumulated_debt = EXACT.add(account.accumulated_debt, amount)

    account.collection.take = take


@rogue(
    "meter-debt-replaced",
    "Takes a change of a debt for the debt",
    requirement="SMETS-E-157",
    severity=CRITICAL,
    deviation="2.3 sets payment-based debt to the amount that it should be changed by.",
)
def debt_replaced(meter: Meter) -> None:
    debt, sound = (
        _account(meter).payment_debt,
        meter.objects.access(Op.ACTION, 113, PAYMENT_DEBT, 4),
    )

    def adjust(call: Call) -> Data | None:
        debt.owed = ZERO
        return sound(call)

    _answer(meter, Op.ACTION, 113, PAYMENT_DEBT, 4, adjust)


@rogue(
    "meter-debts-crossed",
    "Changes the other time debt",
    requirement="SMETS-E-157",
    severity=CRITICAL,
    deviation="2.3 adds the change of each time debt to the other one.",
)
def debts_crossed(meter: Meter) -> None:
    first, second = "0-0:19.20.1.255", "0-0:19.20.2.255"
    sound = {obis: meter.objects.access(Op.ACTION, 113, obis, 4) for obis in (first, second)}
    _answer(meter, Op.ACTION, 113, first, 4, sound[second])
    _answer(meter, Op.ACTION, 113, second, 4, sound[first])


@rogue(
    "meter-debt-negative",
    "Owes its customer a debt",
    requirement="SMETS-E-157",
    severity=MAJOR,
    deviation="An adjustment makes a debt negative.",
)
def debt_negative(meter: Meter) -> None:
    _account(meter).payment_debt.floor = lambda owed: owed


# Non-disablement.


@rogue(
    "meter-ignores-non-disablement",
    "Disconnects at night",
    requirement="SMETS-E-135",
    severity=CRITICAL,
    deviation="The non-disablement calendar is stored and has no effect.",
)
def ignores_non_disablement(meter: Meter) -> None:
    _account(meter).is_barred = lambda _at: False


@rogue(
    "meter-non-disablement-for-good",
    "Never disconnects once it was night",
    requirement="SMETS-E-135",
    severity=CRITICAL,
    deviation="What was suspended in the hours is not made up for at their end.",
)
def non_disablement_for_good(meter: Meter) -> None:
    account = _account(meter)
    sound = account.is_barred
    account.is_barred = lambda at: sound(at) or sound(at - timedelta(hours=6))


@rogue(
    "meter-non-disablement-in-summer-time",
    "Keeps the hours by summer time",
    requirement="SMETS-E-135",
    severity=CRITICAL,
    deviation="The hours of non-disablement begin and end an hour early.",
)
def non_disablement_early(meter: Meter) -> None:
    account = _account(meter)
    sound = account.is_barred
    account.is_barred = lambda at: sound(at + HOUR)


@rogue(
    "meter-non-disablement-every-day",
    "Knows no days of the week in the calendar",
    requirement="SMETS-E-135",
    severity=MAJOR,
    deviation="Every entry of the non-disablement calendar runs every day.",
)
def non_disablement_every_day(meter: Meter) -> None:
    account = _account(meter)

    def is_barred(at: datetime) -> bool:
        calendar = account.calendar
        if not isinstance(calendar, Schedule):
            return calendar.is_barred(at)
        entries = (
            replace(one, weekdays=EVERY_DAY if one.weekdays else one.weekdays)
            for one in calendar.entries
        )
        return Schedule(entries, calendar.special_days).is_barred(at)

    account.is_barred = is_barred


@rogue(
    "meter-non-disablement-no-special-days",
    "Knows no special days in the calendar",
    requirement="SMETS-E-135",
    severity=MAJOR,
    deviation="Entries of special days of the non-disablement calendar never run.",
)
def non_disablement_no_special_days(meter: Meter) -> None:
    account = _account(meter)

    def is_barred(at: datetime) -> bool:
        calendar = account.calendar
        return Schedule(getattr(calendar, "entries", ()), ()).is_barred(at)

    account.is_barred = is_barred


@rogue(
    "meter-suspension-silent",
    "Does not report a suspended disablement",
    requirement="SMETS-E-135",
    severity=MINOR,
    deviation="No alert 8F83.",
)
def suspension_silent(meter: Meter) -> None:
    silence(meter, codes.DISABLEMENT_SUSPENDED)


@rogue(
    "meter-suspension-always-reported",
    "Reports every lack of credit as suspended",
    requirement="SMETS-E-135",
    severity=MAJOR,
    deviation="8F83 is sent outside the hours, too, though the supply is disabled.",
)
def suspension_always_reported(meter: Meter) -> None:
    account = _account(meter)
    account.on_wish.append(
        lambda wish: account.report(codes.DISABLEMENT_SUSPENDED) if wish is Wish.DISABLE else None
    )


@rogue(
    "meter-non-disablement-not-shown",
    "Does not show the hours of non-disablement",
    requirement="SMETS-E-135",
    severity=MINOR,
    deviation="The display never has the sign F.",
)
def non_disablement_not_shown(meter: Meter) -> None:
    meter.display.indicators[Indicator.NON_DISABLEMENT] = lambda: False


@rogue(
    "meter-non-disablement-always-shown",
    "Shows the hours of non-disablement all day",
    requirement="SMETS-E-135",
    severity=MINOR,
    deviation="The display has the sign F at all times.",
)
def non_disablement_always_shown(meter: Meter) -> None:
    meter.display.indicators[Indicator.NON_DISABLEMENT] = lambda: True


@rogue(
    "meter-calendar-of-20",
    "Has no room for 22 entries",
    requirement="SMETS-E-135",
    severity=MAJOR,
    deviation="A non-disablement calendar of more than 20 entries is refused.",
)
def calendar_of_20(meter: Meter) -> None:
    sound = meter.objects.access(Op.SET, 10, "0-1:12.0.1.255", 2)

    def set_entries(call: Call) -> Data | None:
        if len(call.data.value) > 20:
            raise ItemError(FAILED)
        return sound(call)

    _answer(meter, Op.SET, 10, "0-1:12.0.1.255", 2, set_entries)


# Payment mode.


@rogue(
    "meter-mode-drops-balance",
    "Begins a payment mode with nothing",
    requirement="SMETS-E-152",
    severity=CRITICAL,
    deviation="A change of payment mode makes the meter balance zero.",
)
def mode_drops_balance(meter: Meter) -> None:
    account = _account(meter)
    account.on_mode.append(lambda at: account.reset_balance(at))


@rogue(
    "meter-mode-drops-debts",
    "Forgives debts with a change of mode",
    requirement="SMETS-E-152",
    severity=CRITICAL,
    deviation="A change of payment mode makes payment-based debt zero.",
)
def mode_drops_debts(meter: Meter) -> None:
    account = _account(meter)
    account.on_mode.append(
        lambda at: account.adjust_debt(account.payment_debt, -account.payment_debt.owed, at)
    )


@rogue(
    "meter-mode-without-snapshot",
    "Takes no snapshot of a change of mode",
    requirement="SMETS-E-152",
    severity=MAJOR,
    deviation="4.4.2 finds nothing after a change of payment mode.",
)
def mode_without_snapshot(meter: Meter) -> None:
    _account(meter).on_mode.clear()


@rogue(
    "meter-mode-at-once",
    "Changes its mode before the date",
    requirement="SMETS-E-152",
    severity=CRITICAL,
    deviation="A dated change of payment mode is made an hour early.",
)
def mode_at_once(meter: Meter) -> None:
    meter.dated.is_due_at = lambda at: at - HOUR


@rogue(
    "meter-mode-late",
    "Changes its mode after the date",
    requirement="SMETS-E-152",
    severity=MAJOR,
    deviation="A dated change of payment mode is made an hour late.",
)
def mode_late(meter: Meter) -> None:
    meter.dated.is_due_at = lambda at: at + HOUR


@rogue(
    "meter-mode-not-cancelled",
    "Makes a change of mode that was cancelled",
    requirement="SMETS-E-152",
    severity=CRITICAL,
    deviation="A cancellation of a dated change of payment mode is acknowledged and forgotten.",
)
def mode_not_cancelled(meter: Meter) -> None:
    sound = meter.objects.access(Op.SET, 111, NEXT_ACCOUNT, 13)

    def date(call: Call) -> Data | None:
        return None if call.data.value == NEVER else sound(call)

    _answer(meter, Op.SET, 111, NEXT_ACCOUNT, 13, date)


@rogue(
    "meter-suspend-flags-ignored",
    "Sets both Suspend Debt flags",
    requirement="SMETS-E-152",
    severity=MAJOR,
    deviation="Debts are suspended in both cases, whatever was set.",
)
def suspend_flags_ignored(meter: Meter) -> None:
    meter.payment.next.suspensions = lambda _configuration: (True, True)


@rogue(
    "meter-suspend-flags-exchanged",
    "Exchanges the Suspend Debt flags",
    requirement="SMETS-E-152",
    severity=MAJOR,
    deviation="Suspend Debt Disabled is taken for Suspend Debt Emergency, and the reverse.",
)
def suspend_flags_exchanged(meter: Meter) -> None:
    meter.payment.next.suspensions = lambda configuration: suspensions(configuration)[::-1]


@rogue(
    "meter-mode-not-shown",
    "Shows credit mode in prepayment",
    requirement="SMETS-E-152",
    severity=MINOR,
    deviation="The display names credit mode whatever the mode is.",
)
def mode_not_shown(meter: Meter) -> None:
    meter.display.sources[DisplayItem.PAYMENT_MODE] = lambda: Mode.CREDIT.name


@rogue(
    "meter-mode-not-read-back",
    "States prepayment for ever",
    requirement="SMETS-E-152",
    severity=MAJOR,
    deviation="Once set, prepayment stays what 6.2.9 and 4.13 say.",
)
def mode_not_read_back(meter: Meter) -> None:
    account = _account(meter)
    sound = meter.payment.next.activate_mode

    def activate() -> None:
        if account.mode is Mode.CREDIT:
            sound()

    meter.objects.put(*meter.dated.row(111, NEXT_ACCOUNT, 13, activate))


@rogue(
    "meter-payment-mode-as-delivered",
    "States the payment mode that it was delivered with",
    requirement="SMETS-E-152",
    severity=MAJOR,
    deviation="4.13 gives credits and charges of credit mode, whatever was set.",
)
def payment_mode_as_delivered(meter: Meter) -> None:
    _answer(meter, Op.GET, 111, "0-0:19.0.0.255", 11, lambda _: CREDIT_MODE)
