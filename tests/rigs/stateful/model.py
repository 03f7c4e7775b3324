"""What SMETS says of a prepayment meter, in whole numbers and apart from the virtual one.

The model knows balance, emergency credit, one hourly debt, prices that change at a date, the mode,
the state of the supply and the log of commands, for one load. It finds the moment of a disablement
by halving, never by the meter's own formula.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

PENNY = 36_000_000_000
"""One is a pound per kilowatt-hour times a watt-microsecond."""
MILLIPENCE = PENNY // 1000
SECOND = 1_000_000
HOUR = 3600 * SECOND
LIMIT, THRESHOLD, DISABLEMENT = 100 * PENNY, 50 * PENNY, -20 * PENNY
DEBT_RATE = 3 * PENNY
ATTEMPTS = 5
"""Refused codes in a row that lock the keypad for an hour."""
CARRIED_OUT, NOT_CARRIED_OUT = 0x8154, 0x8155


class Supply(Enum):
    OFF = 0
    ON = 1
    ARMED = 2


@dataclass
class Model:
    """Amounts in 36,000,000ths of a millipence, times in microseconds since a full hour."""

    is_prepaid: bool = False
    accumulates: bool = False
    suspends: bool = False
    balance: int = 0
    used: int = 0
    is_activated: bool = False
    debt: int = 0
    accumulated: int = 0
    pence_per_kwh: int = 0
    watts: int = 0
    supply: Supply = Supply.ON
    is_ours_to_arm: bool = False
    time: int = 0
    refused_in_a_row: int = 0
    locked_until: int = 0
    next_price: tuple[int, int] | None = None
    """When, and how many pence."""
    credit_mode_at: int | None = None
    log: list[tuple[int, int]] = field(default_factory=list)

    @property
    def shown_balance(self) -> int:
        """In millipence, rounded down."""
        return self.balance // MILLIPENCE

    @property
    def credit(self) -> int:
        return self.balance + (LIMIT - self.used if self.is_activated else 0)

    @property
    def is_lacking(self) -> bool:
        return self.is_prepaid and self.credit < DISABLEMENT

    @property
    def offers_emergency_credit(self) -> bool:
        left = LIMIT - self.used
        return self.is_prepaid and not self.is_activated and left > 0 and self.balance <= THRESHOLD

    # Spending.

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
            if self.supply is not Supply.OFF:
                self.supply, self.is_ours_to_arm = Supply.OFF, True
        elif self.is_ours_to_arm:
            self.supply, self.is_ours_to_arm = Supply.ARMED, False

    # Time.

    def pass_time(self, microseconds: int) -> None:
        end = self.time + microseconds
        while self.time < end:
            self.draw(min(end, self._next_event()) - self.time)
            if self.next_price is not None and self.next_price[0] == self.time:
                self.pence_per_kwh, self.next_price = self.next_price[1], None
            if self.time % HOUR == 0:
                self.end_hour()
            if self.credit_mode_at == self.time:
                self.credit_mode_at, self.is_prepaid = None, False
                self.settle()

    def _next_event(self) -> int:
        dates = [(self.time // HOUR + 1) * HOUR]
        dates += [self.next_price[0]] if self.next_price is not None else []
        dates += [self.credit_mode_at] if self.credit_mode_at is not None else []
        return min(dates)

    def draw(self, span: int) -> None:
        self.time += span
        rate = self.watts * self.pence_per_kwh // 100 if self.supply is Supply.ON else 0
        if not rate:
            return
        if self.is_prepaid and self._lacks_after(span * rate):
            low, high = 0, span
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if self._lacks_after(middle * rate) else (middle, high)
            span = high
        self.spend(span * rate)
        self.settle()

    def _lacks_after(self, amount: int) -> bool:
        balance, used = self.after(amount)
        return balance + (LIMIT - used if self.is_activated else 0) < DISABLEMENT

    def end_hour(self) -> None:
        if not self.is_prepaid or (self.suspends and self.supply is not Supply.ON):
            return
        amount = min(DEBT_RATE, self.debt)
        self.debt -= amount
        if self.accumulates and self.is_activated and self.balance <= 0:
            self.accumulated += amount
        else:
            self.spend(amount)
        self.settle()

    # Requests; each says whether it is carried out.

    def enter(self, *, is_good: bool) -> bool:
        """A code by hand: five refusals in a row lock the keypad for an hour."""
        if self.time < self.locked_until:
            return False
        self.refused_in_a_row = 0 if is_good else self.refused_in_a_row + 1
        if self.refused_in_a_row == ATTEMPTS:
            self.refused_in_a_row, self.locked_until = 0, self.time + HOUR
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

    def adjust(self, amount: int) -> None:
        self.balance += amount
        self.settle()

    def reset(self) -> None:
        self.balance = self.used = self.accumulated = 0
        self.is_activated = False
        self.settle()

    def set_mode(self, *, is_prepaid: bool) -> None:
        self.is_prepaid = is_prepaid
        self.settle()

    def activate_emergency_credit(self) -> bool:
        is_active = self.is_activated or self.offers_emergency_credit
        self.is_activated = is_active
        self.settle()
        return is_active

    def command_supply(self, wanted: Supply) -> bool:
        """Disabling always works; the rest wants credit, and takes over from prepayment."""
        if wanted is not Supply.OFF and self.is_lacking:
            return False
        self.is_ours_to_arm = False
        self.supply = wanted
        return True

    def connect(self) -> bool:
        """By the consumer."""
        if self.supply is Supply.ARMED and not self.is_lacking:
            self.supply = Supply.ON
        return self.supply is Supply.ON

    def record(self, message_code: int, *, is_done: bool) -> None:
        self.log.append((CARRIED_OUT if is_done else NOT_CARRIED_OUT, message_code))
