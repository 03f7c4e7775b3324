"""The envelope: every variant round-trips, every wrong octet is refused in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.gbcs import json_form
from assay.gbcs.date_time import DateTime
from assay.gbcs.envelope import Cra, Message, OtherInformation, parse
from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.identifiers import Eui64
from tests.gbcs.vectors import ARM_COMMAND, FIRMWARE_RESPONSE

counters = st.integers(min_value=0, max_value=2**64 - 1)
identifiers = st.binary(min_size=8, max_size=8).map(Eui64)
plain_other = st.one_of(
    st.builds(OtherInformation, message_code=st.integers(0, 0xFFFF)),
    st.builds(
        OtherInformation,
        message_code=st.integers(0, 0xFFFF),
        supplementary_party=identifiers,
    ),
    st.builds(
        OtherInformation,
        message_code=st.integers(0, 0xFFFF),
        supplementary_party=identifiers,
        supplementary_counter=counters,
    ),
    st.builds(
        OtherInformation,
        message_code=st.integers(0, 0xFFFF),
        supplementary_party=identifiers,
        supplementary_counter=counters,
        supplementary_originator_counter=counters,
    ),
    st.builds(
        OtherInformation,
        message_code=st.integers(0, 0xFFFF),
        supplementary_party=identifiers,
        supplementary_counter=counters,
        certificate=st.binary(min_size=20, max_size=500).map(lambda rest: b"\x30\x82" + rest),
    ),
)
protection = st.sampled_from(
    [(None, None), (b"", None), (bytes(64), None), (b"", bytes(12)), (bytes(64), bytes(12))]
)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    signature, mac = draw(protection)
    return Message(
        cra=draw(st.sampled_from(Cra)),
        counter=draw(counters),
        originator=draw(identifiers),
        recipient=draw(identifiers),
        date_time=draw(st.none() | st.binary(min_size=12, max_size=12).map(DateTime)),
        other=draw(plain_other),
        payload=draw(st.binary(max_size=400)),
        signature=signature,
        mac=mac,
    )


@given(messages())
def test_every_message_survives_the_wire(message: Message) -> None:
    assert parse(message.to_octets()) == message


@given(st.binary(max_size=200))
def test_arbitrary_octets_are_a_message_or_the_peers_fault(octets: bytes) -> None:
    try:
        message = parse(octets)
    except RemoteGbcsError:
        return
    assert message.to_octets() == octets


@pytest.mark.parametrize("octets", [ARM_COMMAND, FIRMWARE_RESPONSE])
def test_no_message_ends_early_or_goes_on(octets: bytes) -> None:
    for cut in range(len(octets)):
        with pytest.raises(RemoteGbcsError):
            parse(octets[:cut])
    with pytest.raises(RemoteLengthError):
        parse(octets + b"\x00")


@pytest.mark.parametrize(
    ("offset", "octet", "field"),
    [
        (0, 0xD0, "tag"),
        (1, 0x01, "MAC header"),
        (6, 0x01, "MAC header"),
        (9, 0x31, "security header"),
        (13, 0x01, "security header"),
        (14, 0xDE, "signing block"),
        (15, 0x08, "signing block"),
        (16, 0x04, "CRA"),
        (25, 0x07, "length of identifiers"),
        (43, 0x0B, "length of date-time"),
    ],
)
def test_a_wrong_fixed_octet_is_named(offset: int, octet: int, field: str) -> None:
    wrong = bytearray(ARM_COMMAND)
    wrong[offset] = octet
    with pytest.raises(RemoteGbcsError) as caught:
        parse(bytes(wrong))
    assert caught.value.field == field


def test_a_length_in_longer_form_than_needed_is_refused() -> None:
    block = bytearray(ARM_COMMAND[14:-12])
    position = block.index(0x15, 30)
    assert block[position + 1] == 0xD9
    longer = bytes(block[:position]) + b"\x81" + bytes(block[position:])
    with pytest.raises(RemoteGbcsError, match="shortest form"):
        parse(longer)


def test_a_signature_of_another_size_is_our_fault_before_anything_is_sent() -> None:
    message = parse(ARM_COMMAND)
    with pytest.raises(EncodeError, match="signature"):
        message.with_signature(bytes(63)).to_octets()


def test_a_counter_beyond_64_bits_is_our_fault() -> None:
    message = Message(
        cra=Cra.COMMAND,
        counter=2**64,
        originator=Eui64(bytes(8)),
        recipient=Eui64(bytes(8)),
        other=OtherInformation(message_code=1),
        payload=b"",
    )
    with pytest.raises(EncodeError, match="counter"):
        message.to_octets()


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"envelope": None, "payload": {}, "signature": None, "mac": None},
        {"envelope": {}, "payload": {"dlms": 1}, "signature": "zz", "mac": 5},
        {"envelope": {"cra": "shout"}, "payload": {"none": {}}, "signature": "", "mac": None},
    ],
)
def test_json_that_names_no_message_is_our_fault(form: dict[str, object]) -> None:
    with pytest.raises(EncodeError):
        json_form.from_json(form)
