"""What tests of block transfer send: messages, their segments, and the answers to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from assay.gbcs.block_transfer import Pace
from assay.gbcs.envelope import Cra, Message, OtherInformation
from assay.gbcs.identifiers import Eui64
from assay.gbcs.segments import Segment, parse_segment, split

SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
START = datetime(2026, 3, 1, tzinfo=UTC)
PACE = Pace(ask_again_after=timedelta(seconds=30), attempts=10)


def message_of(size: int, *, counter: int = 1000) -> bytes:
    """A MACed response of `size` octets, or one less where a length grows by an octet just there.

    (The longest of the national set has 3,986.)
    """
    message = Message(
        cra=Cra.RESPONSE,
        counter=counter,
        originator=METER,
        recipient=SUPPLIER,
        other=OtherInformation(message_code=0x0033),
        payload=b"",
        mac=bytes(12),
    )
    for payload in range(size - len(message.to_octets()), 0, -1):
        octets = replace(message, payload=bytes(i % 251 for i in range(payload))).to_octets()
        if len(octets) <= size:
            return octets
    raise ValueError(f"no message of {size} octets")


def segments_of(octets: bytes, data_size: int = 10) -> list[Segment]:
    return list(split(octets, data_size=data_size))


def answers_in(octets: tuple[bytes, ...]) -> list[tuple[int, int]]:
    """(acknowledged, window) of each answer."""
    return [(s.acknowledged, s.window) for s in map(parse_segment, octets)]
