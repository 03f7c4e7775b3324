"""Splitting and joining at the host: sizes, numbers, windows, copies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("bellows")
from rigs.drivers.coordinator.blocks import (
    FRAGMENT,
    Joiner,
    blocks_of,
    windows,
)
from tests.rigs.coordinator.conftest import Network, message, octets

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LARGEST = 82


def test_a_message_that_fits_is_no_block() -> None:
    (whole,) = blocks_of(message(octets(73)), LARGEST)
    assert not whole.options & FRAGMENT and whole.group == 0


def test_the_first_block_says_how_many_there_are() -> None:
    blocks = blocks_of(message(octets(180)), LARGEST)
    assert [block.group for block in blocks] == [0x0300, 1, 2]
    assert [len(block.payload) for block in blocks] == [71, 71, 38]


@given(st.binary(min_size=74, max_size=2000), st.randoms(use_true_random=False))
def test_blocks_join_to_the_message_in_any_order_and_with_copies(
    payload: bytes, order: object
) -> None:
    blocks = list(blocks_of(message(payload), LARGEST)) * 2
    order.shuffle(blocks)  # type: ignore[attr-defined]
    joiner = Joiner()
    wholes = [joiner.join(message(one.payload), one.group, 7, NOW) for one in blocks]
    assert [one.payload for one in wholes if one is not None] == [payload]


def test_blocks_of_two_messages_are_not_mixed() -> None:
    joiner = Joiner()
    one, other = (blocks_of(message(octets(size)), LARGEST) for size in (140, 142))
    for index in range(2):
        joined = [
            joiner.join(message(blocks[index].payload), blocks[index].group, number, NOW)
            for number, blocks in enumerate((one, other))
        ]
    assert [whole and len(whole.payload) for whole in joined] == [140, 142]


def test_a_message_whose_rest_never_comes_is_forgotten() -> None:
    joiner = Joiner()
    first, rest = blocks_of(message(octets(140)), LARGEST)
    assert joiner.join(message(first.payload), first.group, 1, NOW) is None
    later = NOW + timedelta(minutes=5)
    assert joiner.join(message(rest.payload), rest.group, 1, later) is None


def test_windows_hold_as_many_blocks_as_they_are_wide() -> None:
    blocks = blocks_of(message(octets(71 * 5)), LARGEST)
    assert [len(window) for window in windows(blocks, 2)] == [2, 2, 1]


def test_a_window_of_three_is_acknowledged_at_once(network: Network) -> None:
    meter = network.join(window=3)
    network.coordinator.stick._outgoing._window = 3
    assert network.coordinator.send(message(octets(500))).value == "delivered"
    assert [one.frame.payload for one in meter.messages] == [octets(500)]
