"""Random lives of a prepayment meter, held against a small independent model.

The model knows balance, emergency credit, one hourly debt and the state of the supply, in whole
numbers, and finds the moment of a disablement by halving, never by the meter's own formula. A
disagreement is shrunk to the shortest script that shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from rigs.devices.esme.supply_control import SupplyState
from rigs.devices.payment import ELECTRICITY, Mode, TimeDebtRate
from rigs.devices.payment.settings import HOUR
from tests.rigs.devices.premises_kit import Premises
from tests.rigs.esme.payment.payment_kit import millipence, price, utrn

PENNY = 1000 * int(ELECTRICITY.per_millipence)
MICROSECONDS = 3_600_000_000
LIMIT, THRESHOLD, DISABLEMENT = 100 * PENNY, 50 * PENNY, -20 * PENNY
RATE = 3 * PENNY
PENCE_PER_KWH = 20
ATTEMPTS = 5
OFF, ON, ARMED = SupplyState.DISABLED, SupplyState.ENABLED, SupplyState.ARMED


@dataclass
class Model:
    """What SMETS says of a prepayment meter, for one load, one price and one debt."""

    is_prepaid: bool = True
    accumulates: bool = False
    suspends: bool = False
    balance: int = 0
    used: int = 0
    is_activated: bool = False
    debt: int = 0
    accumulated: int = 0
    watts: int = 0
    supply: SupplyState = ON
    is_ours_to_arm: bool = False
    time: int = 0
    refused_in_a_row: int = 0
    locked_until: int = 0

    @property
    def credit(self) -> int:
        return self.balance + (LIMIT - self.used if self.is_activated else 0)

    @property
    def is_lacking(self) -> bool:
        return self.is_prepaid and self.credit < DISABLEMENT

    @property
    def has_emergency_credit_to_offer(self) -> bool:
        left = LIMIT - self.used
        return self.is_prepaid and not self.is_activated and left > 0 and self.balance <= THRESHOLD

    def after(self, amount: int) -> tuple[int, int]:
        """Balance and emergency credit used, once this much more was spent."""
        if not (self.is_prepaid and self.is_activated):
            return self.balance - amount, self.used
        from_balance = min(amount, max(self.balance, 0))
        from_emergency = min(amount - from_balance, LIMIT - self.used)
        return self.balance - (amount - from_emergency), self.used + from_emergency

    def spend(self, amount: int) -> None:
        self.balance, self.used = self.after(amount)

    def settle(self) -> None:
        if self.is_lacking:
            if self.supply is not OFF:
                self.supply, self.is_ours_to_arm = OFF, True
        elif self.is_ours_to_arm:
            self.supply, self.is_ours_to_arm = ARMED, False

    def pass_time(self, microseconds: int) -> None:
        end = self.time + microseconds
        while self.time < end:
            hour = (self.time // MICROSECONDS + 1) * MICROSECONDS
            self.draw(min(end, hour) - self.time)
            if self.time == hour:
                self.end_hour()

    def draw(self, span: int) -> None:
        self.time += span
        rate = self.watts * PENCE_PER_KWH // 100 if self.supply is ON else 0
        if not rate:
            return
        if self.is_prepaid and self.lacks_after(span * rate):
            low, high = 0, span
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if self.lacks_after(middle * rate) else (middle, high)
            span = high
        self.spend(span * rate)
        self.settle()

    def lacks_after(self, amount: int) -> bool:
        balance, used = self.after(amount)
        return balance + (LIMIT - used if self.is_activated else 0) < DISABLEMENT

    def end_hour(self) -> None:
        if not self.is_prepaid or (self.suspends and self.supply is not ON):
            return
        amount = min(RATE, self.debt)
        self.debt -= amount
        if self.accumulates and self.is_activated and self.balance <= 0:
            self.accumulated += amount
        else:
            self.spend(amount)
        self.settle()

    def enter(self, *, is_good: bool) -> bool:
        """Whether a code by hand is taken: five refusals in a row lock entry for an hour."""
        if self.time < self.locked_until:
            return False
        self.refused_in_a_row = 0 if is_good else self.refused_in_a_row + 1
        if self.refused_in_a_row == ATTEMPTS:
            self.refused_in_a_row, self.locked_until = 0, self.time + MICROSECONDS
        return is_good

    def pay(self, amount: int) -> None:
        if self.is_prepaid:
            to_accumulated = min(amount, self.accumulated)
            to_emergency = min(amount - to_accumulated, self.used)
            self.accumulated -= to_accumulated
            self.used -= to_emergency
            amount -= to_accumulated + to_emergency
        self.balance += amount
        if not self.used and self.balance > THRESHOLD:
            self.is_activated = False
        self.settle()


class Life(RuleBasedStateMachine):
    """One meter and its model."""

    @initialize(
        balance=st.integers(-30, 100),
        activates=st.booleans(),
        debt=st.integers(0, 20),
        accumulates=st.booleans(),
        suspends=st.booleans(),
    )
    def begin(
        self, balance: int, activates: bool, debt: int, accumulates: bool, suspends: bool
    ) -> None:
        self.premises = Premises.joined()
        self.next_code = 1
        self.meter = self.premises.meter
        now = self.meter.now()
        self.payment, account = self.meter.payment, self.meter.payment.account
        price(self.premises, PENCE_PER_KWH)
        account.adjust_debt(account.time_debts[0], millipence(debt * 1000), now)
        account.set_rate(0, TimeDebtRate(amount=millipence(RATE // PENNY * 1000), period=HOUR), now)
        account.adjust_balance(millipence(balance * 1000), now)
        account.set_mode(
            Mode.PREPAYMENT,
            now,
            emergency_credit_limit=millipence(LIMIT // PENNY * 1000),
            emergency_credit_threshold=millipence(THRESHOLD // PENNY * 1000),
            disablement_threshold=millipence(DISABLEMENT // PENNY * 1000),
            suspend_debt_emergency=accumulates,
            suspend_debt_disabled=suspends,
        )
        since_hour = now - now.replace(minute=0, second=0, microsecond=0)
        self.model = Model(
            balance=balance * PENNY,
            debt=debt * PENNY,
            accumulates=accumulates,
            suspends=suspends,
            time=since_hour // timedelta(microseconds=1),
        )
        self.model.settle()
        if activates:
            self.activate_emergency_credit()
        self.premises.load.request(Decimal(1000))
        self.model.watts = 1000

    @rule(watts=st.sampled_from((0, 500, 1000, 3000)), minutes=st.integers(1, 240))
    def draw(self, watts: int, minutes: int) -> None:
        self.premises.load.request(Decimal(watts))
        self.model.watts = watts
        self.pass_seconds(60 * minutes)

    @rule(seconds=st.one_of(st.integers(1, 90), st.integers(1, 20_000)))
    def go_on(self, seconds: int) -> None:
        self.pass_seconds(seconds)

    def pass_seconds(self, seconds: int) -> None:
        self.premises.pass_time(seconds)
        self.model.pass_time(seconds * 1_000_000)

    @rule(pounds=st.integers(1, 2))
    def top_up(self, pounds: int) -> None:
        digits = utrn(self.premises, self.next_code, pounds)
        is_taken = self.model.enter(is_good=True)
        assert self.payment.enter_top_up(digits).is_accepted is is_taken
        if is_taken:
            self.next_code += 1
            self.model.pay(pounds * 100 * PENNY)

    @precondition(lambda self: self.next_code > 1)
    @rule(back=st.integers(1, 3))
    def spend_a_code_twice(self, back: int) -> None:
        old = max(1, self.next_code - back)
        self.model.enter(is_good=False)
        assert not self.payment.enter_top_up(utrn(self.premises, old, 3)).is_accepted

    @precondition(lambda self: self.model.balance < 2 * THRESHOLD)
    @rule()
    def activate_emergency_credit(self) -> None:
        offered = self.model.is_activated or self.model.has_emergency_credit_to_offer
        assert self.payment.activate_emergency_credit() is offered
        self.model.is_activated = offered
        self.model.settle()

    @rule()
    def ask_the_meter_to_connect(self) -> None:
        if self.model.supply is ARMED and not self.model.is_lacking:
            self.model.supply = ON
        assert self.payment.enable_supply() is (self.model.supply is ON)

    @rule(command=st.sampled_from(("disable", "arm", "enable")))
    def command_the_supply(self, command: str) -> None:
        self.payment.settle()
        done = getattr(self.meter.supply, command)()
        assert done is (command == "disable" or not self.model.is_lacking)
        if done:
            self.payment.account.supply_taken_over()
            self.model.is_ours_to_arm = False
            self.model.supply = {"disable": OFF, "arm": ARMED, "enable": ON}[command]

    @rule(pence=st.integers(-100, 40))
    def adjust(self, pence: int) -> None:
        self.payment.settle()
        self.payment.account.adjust_balance(millipence(pence * 1000), self.meter.now())
        self.model.balance += pence * PENNY
        self.model.settle()

    @precondition(lambda self: self.model.balance < THRESHOLD)
    @rule()
    def change_mode(self) -> None:
        self.payment.settle()
        self.model.is_prepaid = not self.model.is_prepaid
        mode = Mode.PREPAYMENT if self.model.is_prepaid else Mode.CREDIT
        self.payment.account.set_mode(mode, self.meter.now())
        self.model.settle()

    @rule(seconds=st.integers(1, 8_000))
    def lose_power(self, seconds: int) -> None:
        self.premises.interrupt(seconds)
        watts, self.model.watts = self.model.watts, 0
        self.model.pass_time(seconds * 1_000_000)
        self.model.watts = watts

    @invariant()
    def meter_and_model_agree(self) -> None:
        if not hasattr(self, "model"):
            return
        self.payment.settle()
        account, model = self.payment.account, self.model
        assert account.meter_balance == model.balance
        assert account.emergency.used == model.used
        assert account.emergency.is_active == model.is_activated
        assert account.time_debts[0].owed == model.debt
        assert account.accumulated_debt == model.accumulated
        assert self.meter.supply.state is model.supply
        assert self.premises.contactor.closed is (model.supply is ON)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
