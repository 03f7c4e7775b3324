"""The payment account of a meter: balances, charges, payments, thresholds; credit or prepayment.

Pure: it knows no message format, no device and no clock. Amounts are exact decimals in one unit
that the caller chooses, times are the meter's own, UTC. What it finds goes out as event codes
and wishes towards the supply, once its own state is consistent again, so that a supply that is
disabled may at once account for the load that it lost.

Prepayment spends the meter balance; with emergency credit activated that goes down to zero, then
the emergency credit, then the balance again (which of them goes first is inferred).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from rigs.devices.payment import codes
from rigs.devices.payment.amount_log import CREDITS, DEBT_PAYMENTS, AmountLog
from rigs.devices.payment.codes import Refusal, Wish
from rigs.devices.payment.collection import Collection
from rigs.devices.payment.crossing import microseconds_until, moment
from rigs.devices.payment.debts import DebtRegister, PaymentDebt, TimeDebt
from rigs.devices.payment.emergency_credit import EmergencyCredit, EmergencyState
from rigs.devices.payment.money import EXACT, ZERO
from rigs.devices.payment.non_disablement import NonDisablement, Schedule
from rigs.devices.payment.open_questions import DEFAULTS, OpenQuestions, Step
from rigs.devices.payment.outgoing import Outgoing
from rigs.devices.payment.payment_order import Payment, share_out
from rigs.devices.payment.settings import Mode, PaymentSettings, TimeDebtRate
from rigs.devices.payment.watch import CreditWatch


class Account:
    """Hooks: every public attribute that is a callable.

    `supply_is_on`: the switch is closed; `supply_is_disabled`: somebody has disabled it.
    `standing_charge`: what a day costs. `on_event` gets event codes, `on_wish` what is wanted of
    the supply, `on_mode` the time of a change of mode, before it is made (billing snapshot),
    `on_payment` each payment that was taken; `on_change` is called when `next_crossing`,
    `next_collection` or the calendar may now answer otherwise. `adjusted_by` is what an
    adjustment comes to, `may_activate` whether emergency credit is there to be activated.
    `has_disabled`: the supply is off for lack of credit and is to be armed once there is enough.
    """

    def __init__(self, questions: OpenQuestions = DEFAULTS) -> None:
        self.questions = questions
        self.mode = Mode.CREDIT
        self.settings = PaymentSettings()
        self.meter_balance = ZERO
        self.accumulated_debt = ZERO
        self.emergency = EmergencyCredit()
        self.time_debts = (TimeDebt(), TimeDebt())
        self.payment_debt = PaymentDebt(window_holds_its_start=questions.window_holds_its_start)
        self.credits = AmountLog(CREDITS)
        self.debt_payments = AmountLog(DEBT_PAYMENTS)
        self.calendar: NonDisablement = Schedule()
        self.has_disabled = False

        self.supply_is_on: Callable[[], bool] = lambda: True
        self.supply_is_disabled: Callable[[], bool] = lambda: False
        self.standing_charge: Callable[[], Decimal] = lambda: ZERO
        self.spend: Callable[[Decimal], None] = self._spend
        self.is_emergency_in_use: Callable[[], bool] = self._is_emergency_in_use
        self.adjusted_by: Callable[[Decimal], Decimal] = lambda amount: amount
        self.may_activate: Callable[[], bool] = self._may_activate
        self.share_out: Callable[[Decimal, datetime], Payment] = self._share_out
        self.is_barred: Callable[[datetime], bool] = lambda at: self.calendar.is_barred(at)
        self.on_event: list[Callable[[int], object]] = []
        self.on_wish: list[Callable[[Wish], object]] = []
        self.on_mode: list[Callable[[datetime], object]] = []
        self.on_payment: list[Callable[[Payment, datetime], object]] = []
        self.on_change: list[Callable[[], object]] = []
        self.collection = Collection(self)
        self.watch = CreditWatch(self)
        self._outgoing = Outgoing()

    # What it shows.

    @property
    def emergency_credit_balance(self) -> Decimal:
        return self.emergency.balance(self.settings.emergency_credit_limit)

    @property
    def emergency_state(self) -> EmergencyState:
        return self.emergency.state(self.settings.emergency_credit_limit)

    @property
    def combined_credit(self) -> Decimal:
        """Meter balance, and emergency credit that was activated."""
        if not self.emergency.is_active:
            return self.meter_balance
        return EXACT.add(self.meter_balance, self.emergency_credit_balance)

    @property
    def owed_in_credit_mode(self) -> Decimal:
        """As a gas meter has it: positive is owed, and never negative (E-155)."""
        return max(self.meter_balance.copy_negate(), ZERO)

    @property
    def is_low(self) -> bool:
        """Prepayment, and the credit is below the low credit threshold (E-130)."""
        return self.mode is Mode.PREPAYMENT and self.questions.is_low(
            self.combined_credit, self.settings.low_credit_threshold
        )

    @property
    def is_insufficient(self) -> bool:
        """Prepayment, and the credit is below the disablement threshold (E-134)."""
        return self.mode is Mode.PREPAYMENT and self.questions.is_insufficient(
            self.combined_credit, self.settings.disablement_threshold
        )

    def may_be_enabled(self, at: datetime) -> bool:
        """Whether payment stands in the way of closing or arming the supply (E-120, inferred)."""
        return not self.is_insufficient or self.is_barred(at)

    # What is taken from it.

    def charge(self, amount: Decimal, at: datetime) -> None:
        """The cost of what was consumed up to this time; negative prices give credit."""
        if amount:
            self.spend(amount)
            self.review(at)

    def next_collection(self, after: datetime) -> datetime | None:
        """When standing charge or time debts are next due."""
        return self.collection.next_due(after)

    def collect(self, at: datetime) -> None:
        """Take what is due at this very time."""
        self.collection.collect(at)
        self.review(at)
        self._changed()

    def next_crossing(self, rate: Decimal, after: datetime) -> datetime | None:
        """When, at this rate per microsecond from now on, the next condition begins to hold."""
        if self.mode is not Mode.PREPAYMENT:
            return None
        found = [
            microseconds_until(one.credit, one.limit, rate, one.is_met)
            for one in self.watch.conditions()
            if not one.holds
        ]
        soonest = min((one for one in found if one is not None), default=None)
        return None if soonest is None else moment(after, soonest)

    # What is given to it.

    def refusal_of(self, amount: Decimal, at: datetime) -> Refusal | None:
        """Why a credit would not be taken (E-144, E-145)."""
        settings, questions = self.settings, self.questions
        if self.mode is Mode.CREDIT and not questions.takes_top_ups_in_credit_mode:
            return Refusal.WRONG_MODE
        if settings.maximum_credit is not None and amount > settings.maximum_credit:
            return Refusal.CREDIT_TOO_LARGE
        gain = amount
        if not questions.balance_limit_before_shares:
            gain = self.share_out(amount, at).to_balance
        balance = EXACT.add(self.meter_balance, gain)
        if settings.maximum_balance is not None and balance > settings.maximum_balance:
            return Refusal.BALANCE_TOO_HIGH
        return None

    def pay(self, amount: Decimal, at: datetime, *, is_local: bool = False) -> Payment:
        """Take a payment that was found good, in the order of E-138."""
        payment = self.share_out(amount, at)
        debt = payment.share(Step.PAYMENT_DEBT)
        self.meter_balance = EXACT.add(self.meter_balance, payment.to_balance)
        self.accumulated_debt = EXACT.subtract(
            self.accumulated_debt, payment.share(Step.ACCUMULATED_DEBT)
        )
        self.emergency.repay(payment.share(Step.EMERGENCY_CREDIT))
        self.credits.write(at, amount)
        if is_local:
            self.tell(codes.CREDIT_ADDED_LOCALLY)
        if debt:
            self.payment_debt.pay_at(debt, at)
            self.debt_payments.write(at, debt)
            if not self.payment_debt.owed:
                self.tell(codes.PAYMENT_DEBT_COLLECTED)
        for callback in self.on_payment:
            callback(payment, at)
        self._end_repaid_emergency()
        self.review(at)
        self._changed()
        return payment

    def activate_emergency_credit(self, at: datetime) -> bool:
        """Whether it is active afterwards, even if it was before (E-132)."""
        if self.emergency.is_active:
            return True
        if not self.may_activate():
            return False
        was_off = self.has_disabled
        self.emergency.is_active, self.emergency.is_available = True, False
        self.tell(codes.EMERGENCY_CREDIT_ACTIVATED)
        self.review(at)
        if was_off and not self.has_disabled:
            self.report(codes.ARMED_BY_EMERGENCY_CREDIT)
        self._changed()
        return True

    # What the supplier does to it.

    def configure(self, at: datetime, **changes: Any) -> None:
        """Change settings by name; they hold from now on."""
        self.settings = replace(self.settings, **changes)
        self.review(at)
        self._changed()

    def set_calendar(self, calendar: NonDisablement, at: datetime) -> None:
        """Another non-disablement calendar from now on."""
        self.calendar = calendar
        self.review(at)
        self._changed()

    def set_mode(self, mode: Mode, at: datetime, **changes: Any) -> None:
        """Change payment mode and, with it, settings; balances carry over (E-152)."""
        if mode is not self.mode:
            for callback in self.on_mode:
                callback(at)
        self.mode = mode
        self.configure(at, **changes)

    def adjust_balance(self, amount: Decimal, at: datetime) -> None:
        """By a signed amount, past the order of payments (E-153)."""
        self.meter_balance = EXACT.add(self.meter_balance, self.adjusted_by(amount))
        self.review(at)
        self._changed()

    def reset_balance(self, at: datetime) -> None:
        """To zero (E-153)."""
        self.meter_balance = ZERO
        self.review(at)
        self._changed()

    def reset_emergency_credit(self, at: datetime) -> None:
        """Nothing of it used, none activated: its balance is the limit (E-154)."""
        self.emergency.reset()
        self.review(at)
        self._changed()

    def reset_accumulated_debt(self, at: datetime) -> None:
        """To zero (E-153)."""
        self.accumulated_debt = ZERO
        self.review(at)

    def adjust_debt(self, debt: DebtRegister, amount: Decimal, at: datetime) -> None:
        """By a signed amount (E-157)."""
        debt.adjust(amount)
        self.review(at)
        self._changed()

    def set_rate(self, place: int, rate: TimeDebtRate, at: datetime) -> None:
        """What the first or second time debt takes from now on."""
        self.time_debts[place].rate = rate
        self.review(at)
        self._changed()

    def supply_taken_over(self) -> None:
        """Somebody else has decided on the supply: it is no longer payment's to arm."""
        self.has_disabled = False

    # What it finds.

    def review(self, at: datetime) -> None:
        """Hold the credit against every threshold; tell what begins."""
        self.watch.look(at)
        self._outgoing.flush()

    # How it reckons.

    def _spend(self, amount: Decimal) -> None:
        if self.emergency.is_active and self.mode is Mode.PREPAYMENT and amount > 0:
            from_balance = min(amount, max(self.meter_balance, ZERO))
            rest = EXACT.subtract(amount, from_balance)
            from_emergency = min(rest, self.emergency_credit_balance)
            self.emergency.use(from_emergency)
            amount = EXACT.subtract(amount, from_emergency)
        self.meter_balance = EXACT.subtract(self.meter_balance, amount)

    def _is_emergency_in_use(self) -> bool:
        """Activated, and nothing of the meter balance left (inferred)."""
        return self.emergency.is_active and self.meter_balance <= 0

    def _may_activate(self) -> bool:
        return self.mode is Mode.PREPAYMENT and self.emergency.is_available

    def _share_out(self, amount: Decimal, at: datetime) -> Payment:
        if self.mode is Mode.CREDIT:
            return share_out(amount, (), {})
        lacking = EXACT.subtract(self.settings.disablement_threshold, self.meter_balance)
        wanted: Mapping[Step, Callable[[], Decimal]] = {
            Step.PAYMENT_DEBT: lambda: self.payment_debt.share(amount, at, self.settings),
            Step.ACCUMULATED_DEBT: lambda: self.accumulated_debt,
            Step.SHORTFALL: lambda: lacking,
            Step.EMERGENCY_CREDIT: lambda: self.emergency.used,
        }
        return share_out(amount, self.questions.order, wanted)

    def _end_repaid_emergency(self) -> None:
        if (
            self.questions.ends_when_repaid
            and not self.emergency.used
            and self.meter_balance > self.settings.emergency_credit_threshold
        ):
            self.emergency.reset()

    # What it says.

    def report(self, code: int) -> None:
        """An event that is none of the account's own: a code that was refused."""
        self.tell(code)
        self._outgoing.flush()

    def tell(self, code: int) -> None:
        """Say so once the account is consistent again."""
        self._outgoing.put(lambda: _call(self.on_event, code))

    def want(self, wish: Wish) -> None:
        """The same, towards the supply."""
        self._outgoing.put(lambda: _call(self.on_wish, wish))

    def _changed(self) -> None:
        for callback in self.on_change:
            callback()


def _call(callbacks: list[Callable[[Any], object]], value: object) -> None:
    for callback in callbacks:
        callback(value)
