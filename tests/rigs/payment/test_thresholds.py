"""What a prepayment account says and wants as its credit falls and rises (E-130 to E-135)."""

from __future__ import annotations

import operator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from rigs.devices.payment import Mode, OpenQuestions, Wish, codes
from tests.rigs.payment.kit import T0, prepaid

ONE = Decimal(1)


@pytest.mark.parametrize(("left", "is_told"), [(101, False), (100, False), (99, True)])
def test_credit_below_the_low_credit_threshold_is_told_once(left: int, is_told: bool) -> None:
    told = prepaid(150, low_credit_threshold=100)
    told.account.charge(Decimal(150 - left), T0)
    assert (codes.LOW_CREDIT in told.events) is is_told
    told.forget()
    told.account.charge(ONE, T0)
    told.account.charge(ONE, T0)
    assert told.events.count(codes.LOW_CREDIT) == (left in (100, 101))


@pytest.mark.parametrize(("left", "is_available"), [(101, False), (100, True), (99, True)])
def test_emergency_credit_is_available_from_its_threshold_on(left: int, is_available: bool) -> None:
    told = prepaid(150, emergency_credit_threshold=100, emergency_credit_limit=500)
    told.account.charge(Decimal(150 - left), T0)
    assert told.account.emergency.is_available is is_available
    assert (codes.EMERGENCY_CREDIT_AVAILABLE in told.events) is is_available


@pytest.mark.parametrize(("left", "wishes"), [(1, []), (0, []), (-1, [Wish.DISABLE])])
def test_credit_below_the_disablement_threshold_disables(left: int, wishes: list[Wish]) -> None:
    told = prepaid(100)
    told.account.charge(Decimal(100 - left), T0)
    assert told.wishes == wishes
    assert (codes.INSUFFICIENT_CREDIT in told.events) is bool(wishes)


def test_whether_a_threshold_itself_is_below_is_a_setting() -> None:
    told = prepaid(100, OpenQuestions(is_insufficient=operator.le))
    told.account.charge(Decimal(100), T0)
    assert told.wishes == [Wish.DISABLE]


def test_restored_credit_arms_what_its_lack_disabled() -> None:
    told = prepaid(10)
    told.account.charge(Decimal(11), T0)
    told.account.pay(Decimal(1), T0)
    assert told.wishes == [Wish.DISABLE, Wish.ARM]


def test_restored_credit_leaves_alone_what_another_has_disabled() -> None:
    told = prepaid(10)
    told.account.charge(Decimal(11), T0)
    told.account.supply_taken_over()
    told.account.pay(Decimal(100), T0)
    assert told.wishes == [Wish.DISABLE]


def test_a_supply_that_another_has_disabled_is_not_disabled_again() -> None:
    told = prepaid(10, low_credit_threshold=-1000)
    told.is_disabled = True
    told.account.charge(Decimal(11), T0)
    assert told.wishes == []
    assert told.events == [codes.INSUFFICIENT_CREDIT]


def test_activated_emergency_credit_counts_towards_what_disables() -> None:
    told = prepaid(10, emergency_credit_limit=50, emergency_credit_threshold=20)
    assert told.account.activate_emergency_credit(T0)
    told.account.charge(Decimal(60), T0)
    assert told.wishes == []
    told.account.charge(ONE, T0)
    assert told.wishes == [Wish.DISABLE]


def test_credit_mode_has_no_thresholds() -> None:
    told = prepaid(10, low_credit_threshold=100)
    told.account.set_mode(Mode.CREDIT, T0)
    told.forget()
    told.account.charge(Decimal(1000), T0)
    assert (told.events, told.wishes) == ([], [])
    assert told.account.next_crossing(ONE, T0) is None


def test_a_change_to_credit_mode_arms_what_lack_of_credit_disabled() -> None:
    told = prepaid(10)
    told.account.charge(Decimal(11), T0)
    told.account.set_mode(Mode.CREDIT, T0)
    assert told.wishes == [Wish.DISABLE, Wish.ARM]


class BarredUntil:
    def __init__(self, end: datetime) -> None:
        self._end = end

    def is_barred(self, at: datetime) -> bool:
        return at < self._end

    def next_change(self, after: datetime) -> datetime | None:
        return self._end if after < self._end else None


def test_in_non_disablement_the_supply_stays_and_the_suspension_is_told() -> None:
    told = prepaid(10, low_credit_threshold=-1000)
    told.account.set_calendar(BarredUntil(T0 + timedelta(hours=1)), T0)
    told.account.charge(Decimal(11), T0)
    assert told.wishes == []
    assert told.events == [codes.INSUFFICIENT_CREDIT, codes.DISABLEMENT_SUSPENDED]


def test_at_the_end_of_non_disablement_what_is_still_below_is_disabled() -> None:
    told = prepaid(10)
    end = T0 + timedelta(hours=1)
    told.account.set_calendar(BarredUntil(end), T0)
    told.account.charge(Decimal(11), T0)
    told.forget()
    told.account.review(end)
    assert (told.events, told.wishes) == ([], [Wish.DISABLE])


def test_the_supply_may_not_be_enabled_without_credit_but_in_non_disablement() -> None:
    told = prepaid(10)
    told.account.charge(Decimal(11), T0)
    assert not told.account.may_be_enabled(T0)
    told.account.set_calendar(BarredUntil(T0 + timedelta(hours=1)), T0)
    assert told.account.may_be_enabled(T0)


def test_a_supply_that_is_disabled_may_account_for_its_load_at_once() -> None:
    told = prepaid(10)
    told.account.on_wish.append(lambda _wish: told.account.charge(ONE, T0))
    told.account.charge(Decimal(11), T0)
    assert told.account.meter_balance == -2
    assert told.wishes == [Wish.DISABLE]
