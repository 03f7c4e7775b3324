"""One meter and its model, and the requests and events that may befall them in any order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from assay.duis.catalogue import CATALOGUE
from rigs.devices import ElectricityMeter
from tests.rigs.stateful.model import HOUR, PENNY, SECOND, THRESHOLD, Model, Supply
from tests.rigs.stateful.requests import ANSWER_S, ATTACKS, Meter, Results
from tests.rigs.stateful.script import Disagreement, kilowatts, pounds, with_table

_SUPPLY_REQUESTS = {Supply.ON: "7.1", Supply.OFF: "7.2", Supply.ARMED: "7.3"}
_CODES = {
    "adjust": 0x001C,
    "reset": 0x00B3,
    "activate": 0x0020,
    "prepayment": 0x001B,
    "credit": 0x001A,
    "price": 0x00A2,
    "top-up": 0x0007,
    "configuration": 0x001F,
    "debt": 0x001E,
    "balance": 0x0069,
    "state": 0x0052,
    "log": 0x0048,
    "clock": 0x0062,
    Supply.ON: 0x004F,
    Supply.OFF: 0x0050,
    Supply.ARMED: 0x0051,
}
_WATTS = (0, 500, 1000, 3000)
_PENCE = (10, 20, 30)


def request(srv: str, verb: str = "When the import supplier sets") -> str:
    return f"{verb} {srv} {CATALOGUE[srv].name}"


class Life(RuleBasedStateMachine):
    """`plant` puts a fault into the meter before its life begins."""

    plant: Callable[[ElectricityMeter], None] = staticmethod(lambda _: None)

    @initialize(
        pence=st.integers(-30, 100),
        debt=st.integers(0, 20),
        accumulates=st.booleans(),
        suspends=st.booleans(),
    )
    def begin(self, pence: int, debt: int, accumulates: bool, suspends: bool) -> None:
        self.meter, self.script = Meter(), list[str]()
        self.plant(self.meter.premises.meter)
        self.next_code, self.last_sent = 1, 0
        self.accumulates, self.suspends = accumulates, suspends
        self.hour = self.meter.now.replace(minute=0, second=0, microsecond=0)
        self.model = Model(
            time=(self.meter.now - self.hour) // timedelta(microseconds=1),
            accumulates=accumulates,
            suspends=suspends,
        )
        self.model.record(_CODES["clock"], is_done=True)
        self.say("Given a commissioned single-phase electricity meter")
        self.say("And the import supplier has set 6.11 Synchronise Clock")
        self.set_up(debt)
        self.adjust(pence)
        self.prepay()
        self.draw(1000, 1)

    def set_up(self, debt: int) -> None:
        verb = "And the import supplier has set"
        self.say(
            with_table(
                request("1.2.1", verb),
                ("PriceElements.ElectricityPriceElements.StandingCharge", 0),
                (_PRICE, 20_000),
            )
        )
        self.model.pence_per_kwh = 20
        self.obeys("price", self.meter.set_price(20))
        self.say(
            with_table(
                request("2.1", verb),
                ("UpdatePrepayConfigElectricity.EmergencyCreditLimit", 100_000),
                ("UpdatePrepayConfigElectricity.EmergencyCreditThreshold", 50_000),
            )
        )
        self.obeys("configuration", self.meter.set_emergency_credit())
        self.say(with_table(request("2.3", verb), ("TimeDebtRegister1", debt * 1000)))
        self.model.debt = debt * PENNY
        self.obeys("debt", self.meter.set_debt(debt))

    # Events.

    @rule(watts=st.sampled_from(_WATTS), minutes=st.integers(1, 240))
    def draw(self, watts: int, minutes: int) -> None:
        self.say(f"When the load becomes {kilowatts(watts)} kW")
        self.meter.premises.load.request(Decimal(watts))
        self.model.watts = watts
        self.wait(60 * minutes)

    @rule(seconds=st.one_of(st.integers(1, 90), st.integers(1, 20_000)))
    def go_on(self, seconds: int) -> None:
        self.wait(seconds)

    @rule(seconds=st.integers(1, 8_000))
    def lose_power(self, seconds: int) -> None:
        self.say(f"When the supply is interrupted for {seconds} seconds")
        self.meter.premises.interrupt(seconds)
        watts, self.model.watts = self.model.watts, 0
        self.model.pass_time(seconds * SECOND)
        self.model.watts = watts
        self.wait(60)

    @rule()
    def press_the_button(self) -> None:
        self.say("When the button of the meter is pressed")
        self.meter.premises.meter.press_button()
        self.model.connect()
        self.check()

    # Requests about money.

    @rule(pence=st.integers(-100, 60))
    def adjust(self, pence: int) -> None:
        amount = pence * 1000
        self.say(f"When the import supplier adjusts the meter balance by {pounds(amount)} pounds")
        self.model.adjust(pence * PENNY)
        self.obeys("adjust", self.meter.adjust(amount))
        self.check()

    @rule(amount=st.integers(1, 2))
    def top_up(self, amount: int) -> None:
        self.say(f"When a top-up of {amount} pounds is sold and sent by 2.2")
        half = self.last_sent = self.next_code
        self.next_code += 1
        digits = self.meter.code(half, amount)
        self.model.pay(amount * 100 * PENNY)
        self.obeys("top-up", self.meter.top_up(half, digits))
        self.check()

    @rule(amount=st.integers(1, 2))
    def enter_a_code(self, amount: int) -> None:
        self.say(f"When the import supplier sells a top-up of {amount} pounds")
        self.say("And the code is entered at the meter")
        is_taken = self.model.enter(is_good=True)
        seen = self.meter.enter(self.meter.code(self.next_code, amount))
        if is_taken:
            self.next_code += 1
            self.model.pay(amount * 100 * PENNY)
        self.expect("code by hand accepted", is_taken, seen)
        self.check()

    @precondition(lambda self: self.next_code > 1)
    @rule(times=st.integers(1, 5))
    def enter_a_spent_code(self, times: int) -> None:
        """Five refusals in a row lock the keypad for an hour."""
        self.say(f"When the code is entered at the meter {times} times")
        spent = self.meter.code(self.next_code - 1, 3)
        for _ in range(times):
            self.model.enter(is_good=False)
            self.expect("spent code accepted", False, self.meter.enter(spent))
        self.check()

    @precondition(lambda self: self.next_code > 1)
    @rule(back=st.integers(1, 3))
    def spend_a_code_twice(self, back: int) -> None:
        """A counter that came before is refused in silence; a code that was entered by hand alone
        comes with a counter that is new, and fails."""
        self.say("When the captured command of 2.2 is sent to the meter again")
        half = max(1, self.next_code - back)
        seen = self.meter.top_up(half, self.meter.code(half, 3))
        if half > self.last_sent:
            self.last_sent = half
            self.obeys("top-up", seen, is_done=False)
        else:
            self.expect("answer to a counter that came before", None, seen)
            self.answered()
        self.check()

    @precondition(lambda self: self.model.balance < 2 * THRESHOLD)
    @rule()
    def activate_emergency_credit(self) -> None:
        self.say(request("2.5"))
        self.obeys("activate", self.meter.activate(), self.model.activate_emergency_credit())
        self.check()

    @rule()
    def reset(self) -> None:
        self.say(with_table(request("1.5"), ("CreditMode", "-"), ("PrepaymentMode.Reset", "")))
        self.model.reset()
        self.obeys("reset", self.meter.reset())
        self.check()

    # Requests about mode and price, now and at a date.

    @precondition(lambda self: self.model.credit_mode_at is None)
    @rule()
    def prepay(self) -> None:
        flags = ("SuspendDebtDisabled", self.suspends), ("SuspendDebtEmergency", self.accumulates)
        rows = [(f"Prepayment.{name}", str(flag).lower()) for name, flag in flags]
        self.say(with_table(request("1.6"), *rows, ("Prepayment.DisablementThreshold", -20_000)))
        self.model.set_mode(is_prepaid=True)
        answer = self.meter.set_prepayment(accumulates=self.accumulates, suspends=self.suspends)
        self.obeys("prepayment", answer)
        self.check()

    @precondition(lambda self: self.model.credit_mode_at is None)
    @rule()
    def use_credit_mode(self) -> None:
        self.say(with_table(request("1.6"), ("Prepayment", "-"), ("Credit", "")))
        self.model.set_mode(is_prepaid=False)
        self.obeys("credit", self.meter.set_credit())
        self.check()

    @precondition(lambda self: self.model.credit_mode_at is None)
    @rule(minutes=st.integers(2, 300))
    def plan_credit_mode(self, minutes: int) -> None:
        at, moment = self.date(minutes)
        rows = ("ExecutionDateTime", f"in {minutes} minutes"), ("Prepayment", "-"), ("Credit", "")
        self.say(with_table(request("1.6"), *rows))
        self.model.credit_mode_at = moment
        self.answers_all_zero("dated mode", self.meter.set_credit(at))
        self.check()

    @precondition(lambda self: self.model.credit_mode_at is not None)
    @rule()
    def cancel_credit_mode(self) -> None:
        rows = ("ExecutionDateTime", "3000-12-31T00:00:00Z"), ("Prepayment", "-"), ("Credit", "")
        self.say(with_table(request("1.6"), *rows))
        self.model.credit_mode_at = None
        self.obeys("credit", self.meter.cancel_credit())
        self.check()

    @rule(minutes=st.integers(2, 300), pence=st.sampled_from(_PENCE))
    def plan_a_price(self, minutes: int, pence: int) -> None:
        at, moment = self.date(minutes)
        when = ("ExecutionDateTime", f"in {minutes} minutes")
        self.say(with_table(request("1.2.1"), when, (_PRICE, pence * 1000)))
        self.model.next_price = (moment, pence)
        self.answers_all_zero("dated price", self.meter.set_price(pence, at))
        self.check()

    # Requests about the supply, right and wrong.

    @rule(wanted=st.sampled_from(Supply))
    def command_the_supply(self, wanted: Supply) -> None:
        self.say(request(_SUPPLY_REQUESTS[wanted], "When the import supplier sends"))
        is_done = self.model.command_supply(wanted)
        self.obeys(wanted, self.meter.command_supply(wanted), is_done)
        self.check()

    @rule(kind=st.sampled_from(sorted(ATTACKS)))
    def attack(self, kind: str) -> None:
        """What nobody may obey is met with silence, and changes nothing."""
        self.say(_ATTACK_STEPS[kind])
        self.expect(f"answer to a command {kind}", None, self.meter.attack(kind))
        self.answered()
        self.check()

    # Reads.

    @rule()
    def read_the_supply(self) -> None:
        expected = self.model.supply
        self.say(f"Then the supply state read back is {_STATES[expected]}")
        seen = self.meter.supply()
        self.read("state")
        self.expect("state of the supply", expected, seen)

    @rule()
    def read_the_log(self) -> None:
        """The log is circular: the entries that are left are the last of them."""
        self.say(request("6.13", "When the import supplier reads"))
        expected = list(self.model.log)
        seen = self.meter.log()
        self.read("log")
        self.expect("log", expected[-len(seen) :] if seen else [], seen)
        self.expect("entries", bool(expected), bool(seen))

    # What all of them need.

    def say(self, step: str) -> None:
        self.script.append(step)

    def wait(self, seconds: int) -> None:
        self.say(f"And {seconds} seconds pass")
        self.meter.premises.pass_time(seconds)
        self.model.pass_time(seconds * SECOND)
        self.check()

    def date(self, minutes: int) -> tuple[datetime, int]:
        """In so many minutes, on a whole second that begins no hour."""
        moment = (self.model.time // SECOND + 60 * minutes) * SECOND
        moment += SECOND if moment % HOUR == 0 else 0
        return self.hour + timedelta(microseconds=moment), moment

    def answered(self) -> None:
        self.model.pass_time(ANSWER_S * SECOND)

    def obeys(self, what: str | Supply, results: Results, is_done: bool = True) -> None:
        """The command was carried out, or was not, at once; so says the log."""
        self.model.record(_CODES[what], is_done=is_done)
        self.expect(f"{what} carried out", is_done, _is_success(results))
        self.answered()

    def answers_all_zero(self, what: str, results: Results) -> None:
        """A command that waits for its date is in no log yet."""
        self.expect(f"{what} accepted", True, _is_success(results))
        self.answered()

    def read(self, what: str) -> None:
        self.model.record(_CODES[what], is_done=True)
        self.answered()

    def check(self) -> None:
        closed = self.model.supply is Supply.ON
        self.expect("load switch closed", closed, self.meter.premises.contactor.closed)
        expected = self.model.shown_balance
        seen = self.meter.balance()
        self.read("balance")
        self.expect("meter balance in millipence", expected, seen)

    def expect(self, what: str, expected: object, seen: object) -> None:
        if expected != seen:
            raise Disagreement(self.script, what, expected, seen)


def _is_success(results: Results) -> bool:
    return results is not None and not any(results)


_PRICE = "PriceElements.ElectricityPriceElements.TOUTariff.TOUPrice[0]"
_STATES = {Supply.ON: "enabled", Supply.OFF: "disabled", Supply.ARMED: "armed"}
_ATTACK_STEPS = {
    "with a wrong MAC": (
        "When a command to disable the supply with a wrong MAC is sent to the meter"
    ),
    "of the network operator": "When the electricity distributor sends 7.2 Disable Supply",
    "sent before": "When the captured command of 7.2 is sent to the meter again",
}
