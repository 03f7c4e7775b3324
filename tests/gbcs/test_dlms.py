"""DLMS values and payloads: octets, typed values and JSON are three forms of one thing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.gbcs.dlms import json_form
from assay.gbcs.dlms.access import (
    Item,
    ItemResult,
    Notification,
    Obis,
    Op,
    Payload,
    Request,
    Response,
    decode_payload,
    encode_payload,
    invoke_id,
)
from assay.gbcs.dlms.data import (
    FIXED_SIZES,
    INTEGER_FORMATS,
    CompactArray,
    Data,
    Tag,
    TypeDescription,
)
from assay.gbcs.dlms.decoding import decode_whole
from assay.gbcs.dlms.encoding import encode
from assay.gbcs.errors import EncodeError, RemoteGbcsError
from tests.stopwatch import least_seconds


def whole_numbers() -> st.SearchStrategy[Data]:
    kinds = []
    for tag, (form, size) in INTEGER_FORMATS.items():
        signed = form[1].islower()
        low = -(1 << (8 * size - 1)) if signed else 0
        high = (1 << (8 * size - (1 if signed else 0))) - 1
        kinds.append(st.builds(Data, st.just(int(tag)), st.integers(low, high)))
    return st.one_of(kinds)


strings = st.builds(
    Data,
    st.sampled_from([int(Tag.OCTET_STRING), int(Tag.VISIBLE_STRING), int(Tag.UTF8_STRING)]),
    st.binary(max_size=40),
)
fixed = st.sampled_from(list(FIXED_SIZES.items())).flatmap(
    lambda row: st.builds(Data, st.just(int(row[0])), st.binary(min_size=row[1], max_size=row[1]))
)
bits = st.builds(Data, st.just(int(Tag.BIT_STRING)), st.text("01", max_size=40))
simple = st.one_of(whole_numbers(), strings, fixed, bits, st.just(Data(0)))


def compact(draw_elements: list[int]) -> Data:
    kind = TypeDescription(Tag.STRUCTURE, (TypeDescription(Tag.DOUBLE_LONG_UNSIGNED),))
    elements = tuple(
        Data(Tag.STRUCTURE, (Data(Tag.DOUBLE_LONG_UNSIGNED, value),)) for value in draw_elements
    )
    return Data(Tag.COMPACT_ARRAY, CompactArray(kind, elements))


compacts = st.lists(st.integers(0, 2**32 - 1), max_size=8).map(compact)
values = st.recursive(
    simple | compacts,
    lambda inner: st.builds(
        Data,
        st.sampled_from([int(Tag.STRUCTURE), int(Tag.ARRAY)]),
        st.lists(inner, max_size=4).map(tuple),
    ),
    max_leaves=12,
)
obis = st.binary(min_size=6, max_size=6).map(Obis)
items = st.one_of(
    st.builds(
        Item,
        st.sampled_from([Op.GET, Op.SET, Op.ACTION]),
        st.integers(0, 0xFFFF),
        obis,
        st.integers(0, 255),
        values,
        st.just(0),
        st.just(Data(0)),
    ),
    st.builds(
        Item,
        st.just(Op.GET_WITH_SELECTION),
        st.integers(0, 0xFFFF),
        obis,
        st.integers(0, 255),
        values,
        st.integers(0, 255),
        values,
    ),
)
results = st.builds(
    ItemResult, st.sampled_from([Op.GET, Op.SET, Op.ACTION]), st.integers(0, 255), values
)
ids = st.integers(0, 2**32 - 1)
payloads = st.one_of(
    st.builds(Request, ids, st.lists(items, max_size=4).map(tuple)),
    st.builds(Response, ids, st.lists(results, max_size=4).map(tuple)),
    st.builds(Notification, ids, values),
)


@given(values)
def test_every_value_survives_octets_and_json(value: Data) -> None:
    assert decode_whole(encode(value)) == value
    text = json.dumps(json_form.data_to_json(value))
    assert encode(json_form.data_from_json(json.loads(text))) == encode(value)


@given(payloads)
def test_every_payload_survives_octets_and_json(payload: Payload) -> None:
    octets = encode_payload(payload)
    assert decode_payload(octets) == payload
    text = json.dumps(json_form.payload_to_json(payload))
    assert encode_payload(json_form.payload_from_json(json.loads(text))) == octets


@given(st.binary(max_size=120))
def test_arbitrary_octets_are_a_payload_or_the_peers_fault(octets: bytes) -> None:
    try:
        payload = decode_payload(octets)
    except RemoteGbcsError:
        return
    assert encode_payload(payload) == octets


@pytest.mark.parametrize(
    "bomb",
    [
        b"\x02\x01" * 4000,
        b"\x01\x83\xff\xff\xff",
        b"\x13" + b"\x02\x01" * 4000,
        b"\x13\x01\xff\xff\x01\xff\xff\x01\xff\xff\x00\x04\x00\x00\x00\x00",
        b"\x13\x00\x04\x00\x00\x00\x00",
        b"\x09\x83\xff\xff\xff",
    ],
    ids=["depth", "count", "type depth", "type product", "empty elements", "length"],
)
def test_a_bomb_is_refused_at_once(bomb: bytes) -> None:
    def refuse() -> None:
        with pytest.raises(RemoteGbcsError):
            decode_whole(bomb)

    assert least_seconds(refuse, limit=0.1) < 0.1


def test_the_invoke_id_is_the_low_24_bits_of_the_counter() -> None:
    assert invoke_id(0x0123456789ABCDEF) == 0x20ABCDEF


@pytest.mark.parametrize(
    ("tag", "value"), [(Tag.UNSIGNED, 256), (Tag.INTEGER, 128), (Tag.ENUM, -1), (99, 0)]
)
def test_a_value_that_its_type_cannot_hold_is_our_fault(tag: int, value: int) -> None:
    with pytest.raises(EncodeError):
        encode(Data(tag, value))


def test_a_date_time_reads_as_iso_text() -> None:
    stamp = Data(Tag.OCTET_STRING, bytes.fromhex("07DF0101FF000000008000FF"))
    assert json_form.data_to_json(stamp) == {"date-time-string": "2015-01-01T00:00:00Z"}


@pytest.mark.parametrize("text", ["1-0:32.32.0", "1:0", "", "1-0:32.32.0.256", "a-b:c.d.e.f"])
def test_an_obis_code_has_six_groups(text: str) -> None:
    with pytest.raises(EncodeError, match="OBIS"):
        Obis.from_text(text)


@pytest.mark.parametrize("description", ["0202 11 01000011", "01FFFF 01FFFF 00", "0203 11 00 00"])
def test_a_compact_array_of_many_values_in_few_octets_is_refused(description: str) -> None:
    """Arrays of nothing and null-data cost memory, and no octet."""
    octets = bytes.fromhex("13" + description) + b"\x04" + bytes(4)
    with pytest.raises(RemoteGbcsError, match="at most 2 values per octet"):
        decode_whole(octets)
