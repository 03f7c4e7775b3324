"""Counters: an organisation's only rises, a device accepts only what is greater."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.gbcs import catalogue
from assay.gbcs.counters import (
    MAX_COUNTER,
    TOP_UP_CODES,
    Floors,
    Guard,
    OriginatorCounter,
    ReplayCounters,
    guard_of,
    is_fresh,
    remember,
    set_floors,
)
from assay.gbcs.envelope import parse
from assay.gbcs.errors import EncodeError
from assay.gbcs.trust_anchors import Role

CREATE = 0x001B  # ECS03: replay protected
READ = 0x0033  # ECS17b: a read
TOP_UP = 0x0007  # CS01a
UPDATE = 0x0102  # CS02b, supplier by supplier
SUPPLIER, OPERATOR = Role.SUPPLIER, Role.NETWORK_OPERATOR


def test_a_message_takes_the_next_counter() -> None:
    assert OriginatorCounter(1000).next() == OriginatorCounter(1001)


def test_a_top_up_raises_the_high_half_and_resets_the_low_half() -> None:
    assert OriginatorCounter(0x2_0000_1234).next_top_up() == OriginatorCounter(0x3_0000_0000)


def test_two_top_ups_in_a_row_take_two_high_halves() -> None:
    assert OriginatorCounter().next_top_up().next_top_up() == OriginatorCounter(2 << 32)


def test_an_exhausted_low_half_carries_on_into_the_high_one() -> None:
    carried = OriginatorCounter(0x2_FFFF_FFFF).next()
    assert carried == OriginatorCounter(0x3_0000_0000)
    assert carried.next_top_up() == OriginatorCounter(0x4_0000_0000)


def test_an_exhausted_counter_is_our_fault() -> None:
    with pytest.raises(EncodeError, match="room below"):
        OriginatorCounter(MAX_COUNTER).next()


def test_no_top_up_is_left_when_the_high_half_is_exhausted() -> None:
    last = OriginatorCounter(0xFFFFFFFF_00000000)
    assert last.next().last == 0xFFFFFFFF_00000001
    with pytest.raises(EncodeError, match="room below"):
        last.next_top_up()


@pytest.mark.parametrize("value", [-1, 1 << 64])
def test_a_counter_has_64_bits(value: int) -> None:
    with pytest.raises(EncodeError, match="originator counter"):
        OriginatorCounter(value)


@given(st.integers(0, MAX_COUNTER - (1 << 40)), st.lists(st.booleans(), max_size=30))
def test_whatever_is_sent_the_counter_rises(start: int, are_top_ups: list[bool]) -> None:
    counter = OriginatorCounter(start)
    for is_top_up in are_top_ups:
        risen = counter.next_top_up() if is_top_up else counter.next()
        assert risen.last > counter.last
        assert not is_top_up or risen.last & 0xFFFFFFFF == 0
        counter = risen


def fresh(state: ReplayCounters, code: int, counter: int, role: Role = SUPPLIER) -> bool:
    return is_fresh(state, message_code=code, role=role, counter=counter)


def after(state: ReplayCounters, code: int, counter: int, role: Role = SUPPLIER) -> ReplayCounters:
    return remember(state, message_code=code, role=role, counter=counter)


@pytest.mark.parametrize(("counter", "expected"), [(999, False), (1000, False), (1001, True)])
def test_a_guarded_command_must_count_higher_than_the_last(counter: int, expected: bool) -> None:
    state = after(ReplayCounters(), CREATE, 1000)
    assert fresh(state, CREATE, counter) is expected


def test_gaps_are_normal() -> None:
    assert fresh(after(ReplayCounters(), CREATE, 1000), CREATE, 5_000_000)


def test_a_read_is_neither_checked_nor_remembered() -> None:
    state = after(ReplayCounters(), CREATE, 1000)
    assert fresh(state, READ, 1)
    assert after(state, READ, 2000) == state


def test_each_role_has_a_counter_of_its_own() -> None:
    state = after(ReplayCounters(), CREATE, 1000)
    assert fresh(state, CREATE, 1, role=OPERATOR)


def test_top_ups_have_a_counter_of_their_own() -> None:
    state = after(ReplayCounters(), TOP_UP, 9 << 32)
    assert fresh(state, CREATE, 1000)
    assert not fresh(state, TOP_UP, 9 << 32)
    assert fresh(state, TOP_UP, 10 << 32)


def test_a_top_up_is_not_held_against_the_counter_of_its_role() -> None:
    state = after(ReplayCounters(), CREATE, 9 << 32)
    assert fresh(state, TOP_UP, 1 << 32)


def test_replaced_credentials_start_from_their_floor_even_a_lower_one() -> None:
    state = set_floors(after(ReplayCounters(), CREATE, 1000), role=SUPPLIER, floors=Floors(role=10))
    assert not fresh(state, CREATE, 10)
    assert fresh(state, CREATE, 11)


def test_an_update_without_floors_leaves_the_counters_where_they_are() -> None:
    state = after(after(ReplayCounters(), CREATE, 1000), TOP_UP, 1 << 32)
    assert set_floors(state, role=SUPPLIER, floors=Floors()) == state


def test_the_prepayment_floor_is_set_apart_from_that_of_the_role() -> None:
    state = set_floors(
        after(ReplayCounters(), TOP_UP, 9 << 32),
        role=SUPPLIER,
        floors=Floors(role=5, prepayment=2 << 32),
    )
    assert not fresh(state, TOP_UP, 2 << 32)
    assert fresh(state, TOP_UP, 3 << 32)


def test_one_role_may_set_the_floor_of_another() -> None:
    state = set_floors(
        after(ReplayCounters(), CREATE, 1000, OPERATOR),
        role=SUPPLIER,
        floors=Floors(others={OPERATOR: 7}),
    )
    assert fresh(state, CREATE, 8, role=OPERATOR)
    assert not fresh(state, CREATE, 7, role=OPERATOR)


def test_a_late_remember_never_lowers_a_counter() -> None:
    state = after(after(ReplayCounters(), CREATE, 1000), CREATE, 900)
    assert state.roles[SUPPLIER] == 1000


@pytest.mark.parametrize("code", [0x0100, 0x0109, 0x0125, 0x0126, 0x0012])
def test_credential_updates_and_activations_are_guarded_by_their_role(code: int) -> None:
    assert guard_of(code) is Guard.ROLE


def test_the_guard_follows_the_published_column_of_the_use_case_table() -> None:
    stated = {
        code: row.replay_protected
        for code, row in catalogue.use_cases().items()
        if row.replay_protected is not None and code not in TOP_UP_CODES
    }
    guarded = {code: guard_of(code) is Guard.ROLE for code in stated}
    assert guarded == stated


def test_a_code_outside_the_table_has_no_guard() -> None:
    assert guard_of(0xFFFF) is Guard.NONE


@given(st.lists(st.integers(0, 50), max_size=30))
def test_no_counter_is_accepted_twice(counters: list[int]) -> None:
    state, accepted = ReplayCounters(), []
    for counter in counters:
        if fresh(state, UPDATE, counter):
            accepted.append(counter)
            state = after(state, UPDATE, counter)
    assert accepted == sorted(set(accepted))


def test_the_national_top_up_commands_have_counters_that_are_top_ups(shared: Path) -> None:
    for path in (shared / "rtds" / "messages").glob("2.2_*/*_COMMAND_GBCS.HEX"):
        counter = parse(bytes.fromhex(path.read_text())).counter
        assert OriginatorCounter(counter - 1).next_top_up().last == counter
