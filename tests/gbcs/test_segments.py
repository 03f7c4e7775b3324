"""Segments of block transfer: one octet for octet, and how messages are split."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.gbcs.envelope import Cra, parse
from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.segments import (
    MAX_DATA_SIZE,
    MAX_SEGMENTS,
    MAX_TRANSFER_SIZE,
    Routing,
    Segment,
    is_segment,
    parse_segment,
    split,
)
from tests.gbcs.transfers import METER, SUPPLIER, message_of, segments_of

# One segment


def test_a_segment_is_laid_out_as_published() -> None:
    segment = Segment(
        routing=Routing(
            cra=Cra.RESPONSE,
            counter=1000,
            originator=METER,
            recipient=SUPPLIER,
            message_code=0x0033,
        ),
        number=2,
        acknowledged=1,
        is_last=True,
        is_streaming=True,
        window=5,
        data=b"\xaa\xbb",
    )
    assert segment.to_octets().hex() == (
        "dd09"
        "02"
        "00000000000003e8"
        "08"
        "00db1234567890a0"
        "08"
        "90b3d51f30010000"
        "00"
        "02"
        "0033"
        "00"
        "0e"
        "0000000000"
        "e0"
        "c5"
        "0002"
        "0001"
        "02aabb"
    )


@given(
    st.integers(0, 0xFFFF),
    st.integers(0, 0xFFFF),
    st.booleans(),
    st.booleans(),
    st.integers(0, 63),
    st.binary(max_size=MAX_DATA_SIZE),
    st.integers(0, 255),
)
def test_every_segment_reads_back(
    number: int,
    acknowledged: int,
    is_last: bool,
    is_streaming: bool,
    window: int,
    data: bytes,
    security: int,
) -> None:
    routing = Routing.of(parse(message_of(200)))
    segment = Segment(
        routing=routing,
        number=number,
        acknowledged=acknowledged,
        is_last=is_last,
        is_streaming=is_streaming,
        window=window,
        data=data,
        security=security,
    )
    octets = segment.to_octets()
    assert is_segment(octets)
    assert parse_segment(octets) == segment
    assert parse_segment(octets).is_acknowledgement is (data == b"")


@pytest.mark.parametrize(
    ("offset", "field"),
    [
        (0, "tag"),
        (2, "CRA"),
        (11, "length of originator"),
        (20, "length of recipient"),
        (29, "date-time and length of other-information"),
        (33, "key-info"),
        (36, "invocation counter"),
        (40, "block tag"),
    ],
)
def test_each_fixed_octet_is_checked_by_name(offset: int, field: str) -> None:
    octets = bytearray(segments_of(message_of(200))[0].to_octets())
    octets[offset] ^= 0x70
    with pytest.raises(RemoteGbcsError) as refused:
        parse_segment(bytes(octets))
    assert refused.value.field == field


def test_cut_and_longer_segments_are_refused() -> None:
    octets = segments_of(message_of(200))[0].to_octets()
    for wrong in (*(octets[:size] for size in range(len(octets))), octets + b"\x00"):
        with pytest.raises(RemoteGbcsError):
            parse_segment(wrong)


def test_more_than_1149_octets_of_data_are_refused_both_ways() -> None:
    segment = segments_of(message_of(MAX_DATA_SIZE), MAX_DATA_SIZE)[0]
    with pytest.raises(EncodeError, match="1149"):
        replace(segment, data=bytes(MAX_DATA_SIZE + 1)).to_octets()
    octets = segment.to_octets()
    size = int.from_bytes(octets[35:37], "big")
    longer = octets[:35] + (size + 1).to_bytes(2, "big") + octets[37:48]
    with pytest.raises(RemoteLengthError):
        parse_segment(longer + (MAX_DATA_SIZE + 1).to_bytes(2, "big") + octets[50:] + b"\x00")


# Splitting


@pytest.mark.parametrize(
    ("size", "count"),
    [(MAX_DATA_SIZE, 1), (MAX_DATA_SIZE + 1, 2), (3986, 4), (MAX_TRANSFER_SIZE, MAX_SEGMENTS)],
)
def test_a_message_is_cut_into_the_fewest_segments(size: int, count: int) -> None:
    octets = message_of(size)
    segments = split(octets)
    assert len(octets) == size
    assert [s.number for s in segments] == list(range(1, count + 1))
    assert [s.is_last for s in segments] == [False] * (count - 1) + [True]
    assert all(len(s.data) == MAX_DATA_SIZE for s in segments[:-1])


def test_a_message_beyond_63_segments_is_our_fault() -> None:
    with pytest.raises(EncodeError, match="63 segments"):
        split(message_of(MAX_TRANSFER_SIZE + 1))


def test_octets_that_are_no_message_are_not_split() -> None:
    with pytest.raises(RemoteGbcsError):
        split(bytes(3000))
