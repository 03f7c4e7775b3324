"""Where a payment goes: the order of E-138, the share and its rolling cap (E-137), the logs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rigs.devices.payment import Mode, OpenQuestions, Step, codes
from rigs.devices.payment.open_questions import ORDER_WITH_SHORTFALL
from rigs.devices.payment.settings import CAP_PERIOD
from tests.rigs.payment.kit import T0, Told, prepaid, worth

SECOND = timedelta(seconds=1)


def indebted(questions: OpenQuestions | None = None, **settings: object) -> Told:
    """Owes 1000 by payments (20 %), 60 accumulated, 100 of emergency credit; balance -40."""
    told = prepaid(
        0,
        questions or OpenQuestions(),
        emergency_credit_limit=100,
        emergency_credit_threshold=10,
        **settings,
    )
    account = told.account
    account.activate_emergency_credit(T0)
    account.charge(Decimal(140), T0)
    account.accumulated_debt = Decimal(60)
    account.adjust_debt(account.payment_debt, Decimal(1000), T0)
    account.payment_debt.per_payment = 2000
    told.forget()
    return told


@pytest.mark.parametrize(
    ("paid", "to_payment_debt", "to_accumulated", "to_emergency", "balance"),
    [
        (50, 10, 40, 0, -40),
        (100, 20, 60, 20, -40),
        (300, 60, 60, 100, 40),
        (10_000, 1000, 60, 100, 8800),
    ],
)
def test_a_payment_pays_debts_in_order_and_the_rest_is_credit(
    paid: int, to_payment_debt: int, to_accumulated: int, to_emergency: int, balance: int
) -> None:
    account = indebted().account
    payment = account.pay(Decimal(paid), T0)
    shares = [payment.share(step) for step in Step if step is not Step.SHORTFALL]
    assert shares == [to_payment_debt, to_accumulated, to_emergency]
    assert account.meter_balance == balance


def test_one_maker_fills_the_balance_up_to_the_threshold_first() -> None:
    account = indebted(OpenQuestions(order=ORDER_WITH_SHORTFALL)).account
    payment = account.pay(Decimal(150), T0)
    assert [payment.share(step) for step in ORDER_WITH_SHORTFALL] == [30, 60, 40, 20]
    assert account.meter_balance == 0


def test_in_credit_mode_the_whole_payment_is_credit() -> None:
    account = indebted().account
    account.set_mode(Mode.CREDIT, T0)
    account.pay(Decimal(100), T0)
    assert account.meter_balance == 60
    assert account.payment_debt.owed == 1000


def test_the_end_of_the_payment_debt_is_told() -> None:
    told = indebted()
    told.account.pay(Decimal(10_000), T0)
    assert codes.PAYMENT_DEBT_COLLECTED in told.events


@pytest.mark.parametrize(
    ("age", "share"),
    [(CAP_PERIOD - SECOND, 20), (CAP_PERIOD, 60), (CAP_PERIOD + SECOND, 60)],
    ids=["a second inside", "exactly a period ago", "a second outside"],
)
def test_the_cap_looks_back_over_a_rolling_period(age: timedelta, share: int) -> None:
    account = indebted(debt_cap=60).account
    account.pay(Decimal(200), T0)
    payment = account.pay(Decimal(500), T0 + age)
    assert payment.share(Step.PAYMENT_DEBT) == share


def test_whether_the_window_holds_its_start_is_a_setting() -> None:
    account = indebted(OpenQuestions(window_holds_its_start=True), debt_cap=60).account
    account.pay(Decimal(200), T0)
    assert account.pay(Decimal(500), T0 + CAP_PERIOD).share(Step.PAYMENT_DEBT) == 20


def test_a_local_payment_is_told_and_a_remote_one_is_not() -> None:
    told = prepaid()
    told.account.pay(Decimal(1), T0)
    assert told.events == []
    told.account.pay(Decimal(1), T0, is_local=True)
    assert told.events == [codes.CREDIT_ADDED_LOCALLY]


def test_the_logs_keep_the_newest_five_credits_and_ten_payments_towards_debt() -> None:
    account = indebted().account
    for number in range(1, 13):
        account.pay(Decimal(10 * number), T0 + SECOND * number)
    assert [entry.amount for entry in account.credits.entries] == [80, 90, 100, 110, 120]
    assert [entry.amount for entry in account.debt_payments.entries] == [
        2 * number for number in range(3, 13)
    ]


def test_a_payment_without_a_share_for_debt_is_in_no_debt_log() -> None:
    account = prepaid().account
    account.pay(Decimal(10), T0)
    assert account.debt_payments.entries == ()


AMOUNTS = st.integers(1, 5_000).map(Decimal)


@settings(deadline=None)
@given(amounts=st.lists(AMOUNTS, max_size=12), cap=st.integers(0, 2_000))
def test_a_payment_only_moves_what_is_owed_and_had(amounts: list[Decimal], cap: int) -> None:
    account = indebted(debt_cap=cap).account
    for place, amount in enumerate(amounts):
        before = worth(account)
        account.pay(amount, T0 + timedelta(days=place))
        assert worth(account) == before + amount
        assert min(account.payment_debt.owed, account.accumulated_debt) >= 0
        assert account.emergency.used >= 0


@settings(deadline=None)
@given(
    payments=st.lists(st.tuples(AMOUNTS, st.integers(0, 400_000)), max_size=15),
    cap=st.integers(0, 900),
)
def test_no_window_of_a_period_ever_holds_more_than_the_cap(
    payments: list[tuple[Decimal, int]], cap: int
) -> None:
    account = indebted(debt_cap=cap).account
    at, taken = T0, []
    for amount, gap in payments:
        at += gap * SECOND
        taken.append((at, account.pay(amount, at).share(Step.PAYMENT_DEBT)))
    assert all(first <= second for (first, _), (second, _) in pairwise(taken))
    for end, _ in taken:
        within = [paid for when, paid in taken if end - CAP_PERIOD < when <= end]
        assert sum(within) <= cap
