"""Standing charge and time debts: when they are taken and where from (E-139 to E-141)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rigs.devices.payment import Mode, TimeDebtRate, codes
from rigs.devices.payment.settings import DAY, HOUR
from tests.rigs.payment.kit import T0, Told, prepaid, worth

MIDNIGHT = datetime(2026, 3, 3, tzinfo=UTC)


def charged(**settings: object) -> Told:
    """A day costs 30; the first debt of 100 gives 7 an hour, the second of 50 gives 20 a day."""
    told = prepaid(1000, **settings)
    account = told.account
    account.standing_charge = lambda: Decimal(30)
    for place, (owed, rate) in enumerate(
        (
            (100, TimeDebtRate(amount=Decimal(7), period=HOUR)),
            (50, TimeDebtRate(amount=Decimal(20))),
        )
    ):
        account.adjust_debt(account.time_debts[place], Decimal(owed), T0)
        account.set_rate(place, rate, T0)
    told.forget()
    return told


def collect_until(told: Told, end: datetime, start: datetime = T0) -> None:
    at = told.account.next_collection(start)
    while at is not None and at <= end:
        told.account.collect(at)
        at = told.account.next_collection(at)


def owed(told: Told) -> list[Decimal]:
    return [debt.owed for debt in told.account.time_debts]


def test_an_hour_takes_the_hourly_debt_and_midnight_the_rest_too() -> None:
    told = charged()
    collect_until(told, T0 + 11 * HOUR)
    assert (told.account.meter_balance, owed(told)) == (1000 - 77, [23, 50])
    collect_until(told, MIDNIGHT, T0 + 11 * HOUR)
    assert (told.account.meter_balance, owed(told)) == (1000 - 84 - 30 - 20, [16, 30])


def test_a_debt_stops_at_zero_and_its_end_is_told_once() -> None:
    told = charged()
    collect_until(told, T0 + 4 * DAY)
    assert owed(told) == [0, 0]
    assert told.account.meter_balance == 1000 - 150 - 4 * 30
    assert told.events == list(codes.TIME_DEBT_COLLECTED)


def test_without_an_hourly_debt_only_days_end() -> None:
    told = prepaid()
    assert told.account.next_collection(T0) == MIDNIGHT
    assert told.account.next_collection(MIDNIGHT) == MIDNIGHT + DAY


def test_credit_mode_takes_the_standing_charge_alone() -> None:
    told = charged()
    told.account.set_mode(Mode.CREDIT, T0)
    collect_until(told, MIDNIGHT)
    assert (told.account.meter_balance, owed(told)) == (970, [100, 50])


@pytest.mark.parametrize(("suspends", "balance"), [(True, 1000), (False, 1000 - 84 - 50)])
def test_suspend_debt_disabled_stops_both_while_the_supply_is_off(
    suspends: bool, balance: int
) -> None:
    told = charged(suspend_debt_disabled=suspends)
    told.is_on = False
    collect_until(told, MIDNIGHT)
    assert told.account.meter_balance == balance


@pytest.mark.parametrize("suspends", [True, False])
def test_suspend_debt_emergency_accumulates_while_emergency_credit_is_in_use(
    suspends: bool,
) -> None:
    told = charged(
        suspend_debt_emergency=suspends,
        emergency_credit_limit=5000,
        emergency_credit_threshold=1000,
    )
    account = told.account
    account.activate_emergency_credit(T0)
    collect_until(told, T0 + HOUR)
    assert account.accumulated_debt == 0
    account.charge(account.meter_balance, T0 + HOUR)
    collect_until(told, MIDNIGHT, T0 + HOUR)
    taken = 11 * 7 + 30 + 20
    assert account.accumulated_debt == (taken if suspends else 0)
    assert account.emergency.used == (0 if suspends else taken)


@settings(deadline=None)
@given(
    days=st.integers(1, 5),
    accumulates=st.booleans(),
    spent=st.integers(0, 1500).map(Decimal),
)
def test_collection_takes_from_the_household_the_standing_charge_alone(
    days: int, accumulates: bool, spent: Decimal
) -> None:
    """A time debt only turns into less credit: what is had less what is owed stays."""
    told = charged(
        suspend_debt_emergency=accumulates,
        emergency_credit_limit=5000,
        emergency_credit_threshold=1000,
    )
    told.account.activate_emergency_credit(T0)
    told.account.charge(spent, T0)
    before = worth(told.account)
    collect_until(told, T0 + days * timedelta(days=1))
    assert worth(told.account) == before - 30 * days
