"""Emergency credit: activation, use, repayment, reset (E-131 to E-133, E-154)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rigs.devices.payment import EmergencyState, Mode, Wish, codes
from tests.rigs.payment.kit import T0, Told, prepaid


def in_need(balance: int = 50) -> Told:
    return prepaid(balance, emergency_credit_limit=500, emergency_credit_threshold=100)


def test_it_cannot_be_activated_before_it_is_available() -> None:
    told = in_need(101)
    assert not told.account.activate_emergency_credit(T0)
    assert told.events == []


def test_activation_succeeds_where_it_is_active_already_and_says_nothing() -> None:
    told = in_need()
    assert told.account.activate_emergency_credit(T0)
    assert told.events == [codes.EMERGENCY_CREDIT_ACTIVATED]
    told.forget()
    assert told.account.activate_emergency_credit(T0)
    assert told.events == []


def test_it_cannot_be_activated_in_credit_mode() -> None:
    told = in_need()
    told.account.set_mode(Mode.CREDIT, T0)
    assert not told.account.activate_emergency_credit(T0)


@pytest.mark.parametrize(
    ("spent", "balance", "emergency"),
    [(20, 30, 500), (50, 0, 500), (51, 0, 499), (550, 0, 0), (551, -1, 0)],
    ids=["balance", "end of balance", "emergency credit", "end of it", "balance again"],
)
def test_the_balance_is_spent_first_then_the_emergency_credit(
    spent: int, balance: int, emergency: int
) -> None:
    account = in_need().account
    account.activate_emergency_credit(T0)
    account.charge(Decimal(spent), T0)
    assert (account.meter_balance, account.emergency_credit_balance) == (balance, emergency)


def test_it_is_not_touched_without_activation() -> None:
    account = in_need().account
    account.charge(Decimal(60), T0)
    assert (account.meter_balance, account.emergency_credit_balance) == (-10, 500)


def test_its_end_is_told_once() -> None:
    told = in_need()
    told.account.activate_emergency_credit(T0)
    told.account.charge(Decimal(550), T0)
    told.account.charge(Decimal(1), T0)
    assert told.events.count(codes.EMERGENCY_CREDIT_EXHAUSTED) == 1
    assert told.account.emergency_state is EmergencyState.EXHAUSTED


def test_activation_arms_a_supply_that_lack_of_credit_disabled_and_says_so() -> None:
    told = in_need()
    told.account.charge(Decimal(51), T0)
    told.forget()
    told.account.activate_emergency_credit(T0)
    assert told.wishes == [Wish.ARM]
    assert told.events == [codes.EMERGENCY_CREDIT_ACTIVATED, codes.ARMED_BY_EMERGENCY_CREDIT]


def test_a_payment_repays_it_and_ends_it_above_its_threshold() -> None:
    account = in_need().account
    account.activate_emergency_credit(T0)
    account.charge(Decimal(150), T0)
    account.pay(Decimal(201), T0)
    assert (account.meter_balance, account.emergency_credit_balance) == (101, 500)
    assert account.emergency_state is EmergencyState.UNAVAILABLE


def test_a_payment_that_leaves_the_need_leaves_it_active() -> None:
    account = in_need().account
    account.activate_emergency_credit(T0)
    account.charge(Decimal(150), T0)
    account.pay(Decimal(200), T0)
    assert (account.meter_balance, account.emergency.used) == (100, 0)
    assert account.emergency_state is EmergencyState.ACTIVE


def test_a_reset_makes_its_balance_the_limit_and_what_is_needed_available_again() -> None:
    told = in_need()
    told.account.activate_emergency_credit(T0)
    told.account.charge(Decimal(150), T0)
    told.forget()
    told.account.reset_emergency_credit(T0)
    assert told.account.emergency_credit_balance == 500
    assert told.events == [codes.EMERGENCY_CREDIT_AVAILABLE]


def test_a_lower_limit_changes_what_is_left_and_not_what_is_owed() -> None:
    account = in_need().account
    account.activate_emergency_credit(T0)
    account.charge(Decimal(250), T0)
    account.configure(T0, emergency_credit_limit=Decimal(100))
    assert (account.emergency.used, account.emergency_credit_balance) == (200, 0)
