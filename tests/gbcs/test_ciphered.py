"""Encrypted parts are found where they are, and their plain octets are told in words."""

from __future__ import annotations

import pytest

from assay.gbcs import ciphered, messages, payload
from assay.gbcs.ciphered import Blob
from assay.gbcs.dlms.access import ItemResult, Notification, Op, Response
from assay.gbcs.dlms.data import NULL, Data, array, long_unsigned, octet_string, structure
from assay.gbcs.envelope import Cra, Message, OtherInformation
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.gbz import components
from assay.gbcs.gbz.components import Component, GbzAlert, GbzPayload
from assay.gbcs.identifiers import Eui64
from tests.gbcs.test_gbz import CONSUMPTION
from tests.gbcs.vectors import REGISTERS_BLOB, REGISTERS_PLAIN

PROTECTED = structure(array(), octet_string(REGISTERS_BLOB))
PLAIN_COMPONENT = Component(0x0705, 0x08, 0, 0x0B, {"command": "0x07", "status": "notFound"})
CIPHERED_COMPONENT = Component(0x0702, 0x18, 1, 0x01, None, REGISTERS_BLOB)


def message(code: int, cra: Cra, octets: bytes) -> Message:
    return Message(
        cra=cra,
        counter=1,
        originator=Eui64(bytes(8)),
        recipient=Eui64(bytes(8)),
        other=OtherInformation(message_code=code),
        payload=octets,
    )


def dlms_response(*data: Data) -> Response:
    return Response(0x20000001, tuple(ItemResult(Op.ACTION, 0, item) for item in data))


def test_dlms_blobs_are_named_by_their_item() -> None:
    typed = dlms_response(NULL, PROTECTED, NULL, PROTECTED)
    assert ciphered.find_blobs("dlms", typed) == [
        Blob(1, REGISTERS_BLOB),
        Blob(3, REGISTERS_BLOB),
    ]


@pytest.mark.parametrize(
    "data",
    [
        octet_string(REGISTERS_BLOB),
        structure(octet_string(REGISTERS_BLOB), array()),
        structure(array(), octet_string(b"\x30" + REGISTERS_BLOB[1:])),
        structure(array(), octet_string(REGISTERS_BLOB), NULL),
    ],
)
def test_octets_that_only_look_encrypted_are_not(data: Data) -> None:
    assert ciphered.find_blobs("dlms", dlms_response(data)) == []


def test_the_billing_alert_holds_its_blob_as_last_member() -> None:
    body = structure(
        long_unsigned(0x8F0A), octet_string(bytes(12)), array(), octet_string(REGISTERS_BLOB)
    )
    typed = Notification(0x20000001, body)
    assert ciphered.find_blobs("dlms", typed) == [Blob(3, REGISTERS_BLOB)]


def test_gbz_blobs_are_named_by_their_component() -> None:
    typed = GbzPayload((PLAIN_COMPONENT, CIPHERED_COMPONENT))
    assert ciphered.find_blobs("gbz", typed) == [Blob(1, REGISTERS_BLOB)]


def test_the_gas_billing_alert_holds_one_component() -> None:
    typed = GbzAlert(0x8F0A, 0, component=CIPHERED_COMPONENT)
    assert ciphered.find_blobs("gbz", typed) == [Blob(0, REGISTERS_BLOB)]


def test_plain_dlms_data_are_typed() -> None:
    octets = messages.dlms_response_payload(1, dlms_response(PROTECTED).items)
    seen = message(0x0027, Cra.RESPONSE, octets)
    view = ciphered.describe_plain("dlms", seen, 0, REGISTERS_PLAIN)
    assert view["structure"][0]["structure"][0] == {"double-long-unsigned": 10}


def test_plain_gbz_data_are_typed_by_their_component() -> None:
    octets = components.encode(GbzPayload((PLAIN_COMPONENT, CIPHERED_COMPONENT)))
    seen = message(0x0074, Cra.RESPONSE, octets)
    view = ciphered.describe_plain("gbz", seen, 1, CONSUMPTION)
    assert [form["value"] for form in view["attributes"]] == [1000, 1, 1, 12345]


@pytest.mark.parametrize(("kind", "code"), [("dlms", 0x0027), ("gbz", 0x0074)])
def test_plain_octets_of_another_kind_are_the_peers_fault(kind: str, code: int) -> None:
    octets = components.encode(GbzPayload((CIPHERED_COMPONENT,)))
    with pytest.raises(RemoteGbcsError):
        ciphered.describe_plain(kind, message(code, Cra.RESPONSE, octets), 0, b"\x02\x03\x00")


def test_asn1_payloads_hold_nothing_encrypted() -> None:
    seen = message(0x0013, Cra.COMMAND, bytes.fromhex("0500"))
    kind, typed = payload.decode(seen)
    assert ciphered.find_blobs(kind, typed) == []
