"""A message that is longer than a tunnel's transfer goes in segments, and comes out whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assay.gbcs import envelope
from rigs.tunnel_segments import Joining, transfers_of
from rigs.zigbee import gbcs_tunnel
from rigs.zigbee.gbcs_tunnel import Put
from rigs.zigbee.smart_energy.tunneling import MAX_TRANSFER_SIZE
from tests.gbcs.vectors import FIRMWARE_RESPONSE

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def grown(size: int) -> bytes:
    """A message with a payload that is so many octets longer."""
    message = envelope.parse(FIRMWARE_RESPONSE)
    return replace(message, payload=message.payload + bytes(size)).to_octets()


@pytest.mark.parametrize("size", [1500, 3000, 6000])
def test_it_is_split_and_joined(size: int) -> None:
    message = grown(size)
    transfers = transfers_of(message)
    assert len(transfers) > 1
    assert all(len(each) <= MAX_TRANSFER_SIZE for each in transfers)
    joining = Joining()
    taken = []
    for each in transfers:
        tunnelled = gbcs_tunnel.parse(each)
        assert isinstance(tunnelled, Put)
        taken.append(joining.take(tunnelled.message, NOW))
    assert taken == [*[None] * (len(transfers) - 1), message]


def test_a_shorter_one_goes_as_it_is() -> None:
    assert transfers_of(FIRMWARE_RESPONSE) == (Put(message=FIRMWARE_RESPONSE).to_octets(),)


def test_octets_that_are_no_message_are_left_whole() -> None:
    assert len(transfers_of(bytes(2000))) == 1


def test_a_damaged_segment_is_dropped() -> None:
    assert Joining().take(b"\xdd\x09" + bytes(8), NOW) is None
