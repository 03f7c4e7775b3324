"""Money is neither made nor lost: credits less charges are balances, whatever happens."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from rigs.devices.payment import Account, Mode, TimeDebtRate
from rigs.devices.payment.settings import HOUR
from tests.rigs.payment.kit import T0, prepaid, worth

AMOUNTS = st.integers(0, 3_000).map(lambda tenths: Decimal(tenths) / 8)
ACTIONS = st.one_of(
    st.tuples(st.just("charge"), AMOUNTS),
    st.tuples(st.just("pay"), AMOUNTS),
    st.tuples(st.just("adjust"), AMOUNTS),
    st.tuples(st.just("collect"), AMOUNTS),
    st.tuples(st.just("activate"), AMOUNTS),
    st.tuples(st.just("mode"), AMOUNTS),
)


def act(account: Account, action: str, amount: Decimal, hour: int) -> Decimal:
    """What the household is worth more afterwards."""
    at = T0 + timedelta(hours=hour)
    if action == "charge":
        account.charge(amount, at)
        return -amount
    if action == "pay":
        account.pay(amount, at)
        return amount
    if action == "adjust":
        account.adjust_balance(-amount, at)
        return -amount
    if action == "collect":
        account.collect(at)
        return -account.standing_charge() if at.hour == 0 else Decimal(0)
    if action == "activate":
        account.activate_emergency_credit(at)
    if action == "mode":
        account.set_mode(Mode.CREDIT if account.mode is Mode.PREPAYMENT else Mode.PREPAYMENT, at)
    return Decimal(0)


@settings(max_examples=150, deadline=None)
@given(actions=st.lists(ACTIONS, max_size=30), accumulates=st.booleans())
def test_what_was_given_less_what_was_taken_is_what_is_there(
    actions: list[tuple[str, Decimal]], accumulates: bool
) -> None:
    account = prepaid(
        100,
        emergency_credit_limit=200,
        emergency_credit_threshold=50,
        debt_cap=100,
        suspend_debt_emergency=accumulates,
    ).account
    account.standing_charge = lambda: Decimal(11)
    account.adjust_debt(account.time_debts[0], Decimal(90), T0)
    account.set_rate(0, TimeDebtRate(amount=Decimal(4), period=HOUR), T0)
    account.adjust_debt(account.payment_debt, Decimal(500), T0)
    account.payment_debt.per_payment = 3_333
    expected = worth(account)
    for hour, (action, amount) in enumerate(actions):
        expected += act(account, action, amount, hour)
        assert worth(account) == expected
        assert 0 <= account.emergency.used <= account.settings.emergency_credit_limit
        debts = (account.payment_debt, *account.time_debts)
        assert all(debt.owed >= 0 for debt in debts)
        assert account.accumulated_debt >= 0
