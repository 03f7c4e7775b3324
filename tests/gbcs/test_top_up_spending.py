"""Spending top-up codes: authenticity, the replay table, whole counters from tails, limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.gbcs import top_up
from assay.gbcs.errors import EncodeError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.top_up import Flaw, Unit
from assay.gbcs.top_up_spending import Limits, Outcome, Parties, Spending, SpentCounters, spend

SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
PARTIES = Parties(supplier=SUPPLIER, meter=METER, secret=bytes(range(32)))
EMPTY = SpentCounters()
SMALL = SpentCounters(capacity=3)


def code_of(half: int, *, value: int = 10, unit: Unit = Unit.POUNDS, parties: Parties) -> str:
    return top_up.create(
        secret=parties.secret,
        supplier=parties.supplier,
        meter=parties.meter,
        counter=half << 32,
        value=value,
        unit=unit,
    )


def keyed(
    half: int,
    counters: SpentCounters,
    *,
    value: int = 10,
    unit: Unit = Unit.POUNDS,
    limits: Limits | None = None,
    balance_pence: int = 0,
) -> Spending:
    """The code with this high half of the counter, entered at the keypad."""
    code = code_of(half, value=value, unit=unit, parties=PARTIES)
    return spend(
        code, parties=PARTIES, counters=counters, limits=limits, balance_pence=balance_pence
    )


def after(*halves: int, start: SpentCounters) -> SpentCounters:
    counters = start
    for half in halves:
        counters = keyed(half, counters).counters
    return counters


def test_a_fresh_code_is_accepted_and_its_counter_remembered() -> None:
    spending = keyed(3, EMPTY)
    assert (spending.outcome, spending.credit_pence) == (Outcome.ACCEPTED, 1000)
    assert spending.counters.spent == (3 << 32,)


@pytest.mark.parametrize(("unit", "pence"), [(Unit.PENCE, 10), (Unit.POUNDS, 1000)])
def test_credit_is_the_value_in_its_unit(unit: Unit, pence: int) -> None:
    assert keyed(3, EMPTY, unit=unit).credit_pence == pence


def test_a_code_is_accepted_once() -> None:
    spending = keyed(3, after(3, start=EMPTY))
    assert (spending.outcome, spending.credit_pence) == (Outcome.DUPLICATE, 0)
    assert (spending.outcome.result, spending.outcome.log_code) == (0x02, 0x8F51)


def test_codes_out_of_order_are_each_accepted_once_within_the_table() -> None:
    counters = after(9, start=EMPTY)
    late = keyed(7, counters)
    assert late.outcome is Outcome.ACCEPTED
    assert keyed(7, late.counters).outcome is Outcome.DUPLICATE


def test_a_code_older_than_the_lowest_remembered_is_refused_once_the_table_is_full() -> None:
    assert keyed(4, after(5, 7, start=SMALL)).outcome is Outcome.ACCEPTED
    full = after(5, 7, 9, start=SMALL)
    assert keyed(4, full).outcome is Outcome.TOO_OLD
    assert keyed(6, full).outcome is Outcome.ACCEPTED


def test_a_full_table_forgets_its_lowest_counter_and_still_refuses_it() -> None:
    counters = after(5, 7, 9, 11, start=SMALL)
    assert counters.spent == (7 << 32, 9 << 32, 11 << 32)
    assert keyed(5, counters).outcome is Outcome.TOO_OLD


def test_nothing_at_or_below_the_floor_of_the_credentials_is_accepted() -> None:
    floor = SpentCounters(floor=20 << 32)
    assert keyed(20, floor).outcome is Outcome.TOO_OLD
    assert keyed(21, floor).outcome is Outcome.ACCEPTED


def test_the_tail_of_ten_bits_wraps_and_the_next_code_is_still_read() -> None:
    spending = keyed(1024, after(1023, start=EMPTY))
    assert (spending.outcome, spending.counter) == (Outcome.ACCEPTED, 1024 << 32)


def test_a_gap_of_1024_top_ups_is_bridged_from_the_keypad_and_a_larger_one_is_not() -> None:
    counters = after(5, start=EMPTY)
    assert keyed(5 + 1024, counters).outcome is Outcome.ACCEPTED
    assert keyed(5 + 1025, counters).outcome is Outcome.NOT_AUTHENTIC


def test_a_command_brings_the_whole_counter_across_any_gap() -> None:
    half = 5 + 70_000
    spending = spend(
        code_of(half, parties=PARTIES),
        parties=PARTIES,
        counters=after(5, start=EMPTY),
        counter=half << 32,
    )
    assert spending.outcome is Outcome.ACCEPTED


def test_a_code_under_another_counter_than_its_command_is_not_authentic() -> None:
    spending = spend(code_of(6, parties=PARTIES), parties=PARTIES, counters=EMPTY, counter=7 << 32)
    assert spending.outcome is Outcome.NOT_AUTHENTIC


@pytest.mark.parametrize(
    "parties",
    [
        Parties(supplier=SUPPLIER, meter=Eui64(bytes(8)), secret=PARTIES.secret),
        Parties(supplier=Eui64(bytes(8)), meter=METER, secret=PARTIES.secret),
        Parties(supplier=SUPPLIER, meter=METER, secret=bytes(32)),
    ],
)
def test_a_code_of_other_parties_or_keys_is_not_authentic(parties: Parties) -> None:
    spending = spend(code_of(3, parties=parties), parties=PARTIES, counters=EMPTY)
    assert spending.outcome is Outcome.NOT_AUTHENTIC
    assert (spending.outcome.result, spending.outcome.log_code) == (0x01, 0x8F63)
    assert spending.counters == EMPTY


def test_a_wrong_check_digit_is_found_before_anything_else() -> None:
    code = code_of(3, parties=PARTIES)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    spending = spend(wrong, parties=PARTIES, counters=EMPTY)
    assert (spending.outcome, spending.flaw) == (Outcome.NOT_A_CODE, Flaw.CHECK_DIGIT)
    assert (spending.outcome.result, spending.outcome.log_code) == (0x01, None)


@pytest.mark.parametrize(
    ("limits", "balance", "outcome"),
    [
        (Limits(credit_per_top_up=1000), 0, Outcome.ACCEPTED),
        (Limits(credit_per_top_up=999), 0, Outcome.VALUE_TOO_LARGE),
        (Limits(balance=1500), 500, Outcome.ACCEPTED),
        (Limits(balance=1500), 501, Outcome.BALANCE_TOO_HIGH),
        (Limits(balance=0), -1000, Outcome.ACCEPTED),
    ],
)
def test_the_limits_hold_to_the_penny(limits: Limits, balance: int, outcome: Outcome) -> None:
    assert keyed(3, EMPTY, limits=limits, balance_pence=balance).outcome is outcome


def test_a_code_refused_for_a_limit_is_not_spent() -> None:
    refused = keyed(3, EMPTY, limits=Limits(credit_per_top_up=1))
    assert keyed(3, refused.counters).outcome is Outcome.ACCEPTED


def test_a_table_without_room_is_our_fault() -> None:
    with pytest.raises(EncodeError, match="remembered counters"):
        SpentCounters(capacity=0)


@given(st.lists(st.integers(1, 60), max_size=40), st.integers(1, 8))
def test_no_counter_is_ever_accepted_twice(halves: list[int], capacity: int) -> None:
    counters = SpentCounters(capacity=capacity)
    accepted = []
    for half in halves:
        outcome = counters.verdict(half << 32)
        if outcome is Outcome.ACCEPTED:
            accepted.append(half)
            counters = counters.with_spent(half << 32)
    assert len(accepted) == len(set(accepted))
    assert list(counters.spent) == sorted(counters.spent)
    assert len(counters.spent) <= capacity


@given(st.integers(0, 2**32 - 1), st.integers(-1023, 1024))
def test_the_whole_counter_of_a_near_code_is_among_the_candidates(base: int, gap: int) -> None:
    half = base + gap
    if 0 <= half < 2**32:
        counters = SpentCounters(floor=base << 32)
        assert half << 32 in counters.candidates(half % 1024)
