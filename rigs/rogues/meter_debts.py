"""Meters that recover, share out, suspend or accumulate debts wrongly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import Data
from rigs.devices.dlms_objects import Call
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.payment import AmountLog, Mode, codes
from rigs.devices.payment.debts import TimeDebt
from rigs.devices.payment.money import EXACT, ZERO
from rigs.devices.payment.open_questions import Step
from rigs.devices.payment.payment_order import share_out
from rigs.devices.payment.settings import DAY, WHOLE
from rigs.rogues.account_access import PAYMENT_DEBT, account_of, answer, silence
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
CRITICAL, MAJOR, MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


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

    account_of(meter).payment_debt.is_in_window = is_in_week


@rogue(
    "meter-cap-for-ever",
    "Never forgets a payment towards debt",
    requirement="SMETS-E-137",
    severity=MAJOR,
    deviation="Payments older than 604,800 seconds still count against the cap.",
)
def cap_for_ever(meter: Meter) -> None:
    account_of(meter).payment_debt.is_in_window = lambda _when, _at, _period: True


@rogue(
    "meter-cap-ignored",
    "Ignores the debt cap",
    requirement="SMETS-E-137",
    severity=CRITICAL,
    deviation="A payment gives its percentage to debt beyond the cap.",
)
def cap_ignored(meter: Meter) -> None:
    debt = account_of(meter).payment_debt
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
    debt = account_of(meter).payment_debt
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
    debt = account_of(meter).payment_debt
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
    account_of(meter).debt_payments = AmountLog(0)


@rogue(
    "meter-payment-order-reversed",
    "Repays emergency credit before any debt",
    requirement="SMETS-E-138",
    severity=MAJOR,
    deviation="A payment goes to emergency credit, then accumulated debt, then payment-based debt.",
)
def payment_order_reversed(meter: Meter) -> None:
    account = account_of(meter)
    account.questions = replace(account.questions, order=tuple(reversed(account.questions.order)))


@rogue(
    "meter-payment-all-to-balance",
    "Gives a payment to the balance alone",
    requirement="SMETS-E-138",
    severity=CRITICAL,
    deviation="No payment is shared out.",
)
def payment_all_to_balance(meter: Meter) -> None:
    account_of(meter).share_out = lambda amount, _at: share_out(amount, (), {})


@rogue(
    "meter-accumulated-debt-last",
    "Pays accumulated debt after emergency credit",
    requirement="SMETS-E-138",
    severity=MAJOR,
    deviation="Emergency credit is repaid before accumulated debt.",
)
def accumulated_debt_last(meter: Meter) -> None:
    account = account_of(meter)
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
    collection = account_of(meter).collection
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

    for debt in account_of(meter).time_debts:
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
    account = account_of(meter)
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
    account = account_of(meter)
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
    account_of(meter).collection.is_suspended = lambda _charge: False


@rogue(
    "meter-suspends-always",
    "Takes no debts while the supply is off, whatever was set",
    requirement="SMETS-E-140",
    severity=MAJOR,
    deviation="Debts and standing charge are suspended although Suspend Debt Disabled is off.",
)
def suspends_always(meter: Meter) -> None:
    account = account_of(meter)
    account.collection.is_suspended = lambda _charge: not account.supply_is_on()


@rogue(
    "meter-suspended-for-good",
    "Never takes up a suspended debt again",
    requirement="SMETS-E-140",
    severity=MAJOR,
    deviation="Once the supply was disabled no debt is taken any more.",
)
def suspended_for_good(meter: Meter) -> None:
    account, was_off = account_of(meter), list[bool]()

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
    account = account_of(meter)
    account.collection.take = lambda amount: account.spend(amount)


@rogue(
    "meter-accumulates-always",
    "Sets debts aside out of emergency credit, too",
    requirement="SMETS-E-141",
    severity=MAJOR,
    deviation="Standing charge and debts always go to accumulated debt.",
)
def accumulates_always(meter: Meter) -> None:
    account = account_of(meter)

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
        account_of(meter).payment_debt,
        meter.objects.access(Op.ACTION, 113, PAYMENT_DEBT, 4),
    )

    def adjust(call: Call) -> Data | None:
        debt.owed = ZERO
        return sound(call)

    answer(meter, Op.ACTION, 113, PAYMENT_DEBT, 4, adjust)


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
    answer(meter, Op.ACTION, 113, first, 4, sound[second])
    answer(meter, Op.ACTION, 113, second, 4, sound[first])


@rogue(
    "meter-debt-negative",
    "Owes its customer a debt",
    requirement="SMETS-E-157",
    severity=MAJOR,
    deviation="An adjustment makes a debt negative.",
)
def debt_negative(meter: Meter) -> None:
    account_of(meter).payment_debt.floor = lambda owed: owed
