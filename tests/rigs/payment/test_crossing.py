"""The computed moment of a crossing is the one that a model with fine steps finds."""

from __future__ import annotations

import operator
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rigs.devices.payment import OpenQuestions
from rigs.devices.payment.crossing import microseconds_until
from tests.rigs.payment.kit import T0, Told, prepaid

MICROSECOND = timedelta(microseconds=1)
AMOUNT = st.integers(-60, 60)
STEPS = 200


@pytest.mark.parametrize(
    ("credit", "rate", "is_met", "expected"),
    [
        (10, 1, operator.lt, 11),
        (10, 1, operator.le, 10),
        (10, 3, operator.lt, 4),
        (10, 3, operator.le, 4),
        (9, 3, operator.lt, 4),
        (9, 3, operator.le, 3),
        (0, 1, operator.lt, 1),
        (0, 1, operator.le, 1),
        (10, 0, operator.lt, None),
        (10, -1, operator.lt, None),
    ],
)
def test_the_equality_rule_decides_the_microsecond(
    credit: int, rate: int, is_met: operator.lt, expected: int | None
) -> None:
    found = microseconds_until(Decimal(credit), Decimal(0), Decimal(rate), is_met)
    assert found == expected


def test_a_load_that_is_next_to_nothing_never_crosses() -> None:
    assert microseconds_until(Decimal(10), Decimal(0), Decimal("1E-40"), operator.lt) is None


def flags(told: Told) -> tuple[bool, ...]:
    """The four conditions, worked out anew from the balances and settings alone."""
    account, limits = told.account, told.account.settings
    emergency, balance = account.emergency, account.meter_balance
    left = limits.emergency_credit_limit - emergency.used
    combined = balance + (max(left, Decimal(0)) if emergency.is_active else 0)
    rules = account.questions
    return (
        rules.is_low(combined, limits.low_credit_threshold),
        rules.is_insufficient(combined, limits.disablement_threshold),
        not emergency.is_active
        and left > 0
        and rules.is_emergency_available(balance, limits.emergency_credit_threshold),
        emergency.is_active and left <= 0,
    )


@settings(max_examples=200, deadline=None)
@given(
    balance=st.integers(-20, 120),
    rate=st.integers(1, 9).map(lambda tenth: Decimal(tenth) / 4),
    low=AMOUNT,
    disable=AMOUNT,
    threshold=AMOUNT,
    limit=st.integers(0, 40),
    activates=st.booleans(),
    compare=st.sampled_from([operator.lt, operator.le]),
)
def test_the_next_crossing_is_the_first_microsecond_at_which_anything_begins(
    balance: int,
    rate: Decimal,
    low: int,
    disable: int,
    threshold: int,
    limit: int,
    activates: bool,
    compare: operator.lt,
) -> None:
    questions = OpenQuestions(
        is_low=compare, is_insufficient=compare, is_emergency_available=compare
    )
    told = prepaid(
        balance,
        questions,
        low_credit_threshold=low,
        disablement_threshold=disable,
        emergency_credit_threshold=threshold,
        emergency_credit_limit=limit,
    )
    if activates:
        told.account.activate_emergency_credit(T0)
    computed = told.account.next_crossing(rate, T0)
    before, stepped = flags(told), None
    for step in range(1, STEPS):
        told.account.charge(rate, T0 + step * MICROSECOND)
        now = flags(told)
        if any(new and not old for old, new in zip(before, now, strict=True)):
            stepped = T0 + step * MICROSECOND
            break
    if computed is not None and computed - T0 >= STEPS * MICROSECOND:
        computed = None
    assert computed == stepped


def test_a_charge_in_one_piece_and_in_many_comes_to_the_same() -> None:
    whole, pieces = (
        prepaid(100, emergency_credit_limit=50, emergency_credit_threshold=100) for _ in range(2)
    )
    for told in (whole, pieces):
        told.account.activate_emergency_credit(T0)
    whole.account.charge(Decimal(175), T0)
    for _ in range(175):
        pieces.account.charge(Decimal(1), T0)
    assert whole.account.meter_balance == pieces.account.meter_balance == -25
    assert whole.account.emergency.used == pieces.account.emergency.used == 50
    assert whole.events == pieces.events
