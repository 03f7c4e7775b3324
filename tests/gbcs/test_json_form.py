"""The JSON form of a message: what it refuses, and the corners that octets can reach."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs import inspection, json_form
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import ItemResult, Op, Response, encode_payload, invoke_id
from assay.gbcs.dlms.data import array, octet_string, structure
from assay.gbcs.envelope import Message, parse
from assay.gbcs.errors import EncodeError
from assay.gbcs.inspection import Decryption
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage
from tests.gbcs import vectors
from tests.gbcs.test_protection import CURVE, METER, SUPPLIER, agreement

COMMAND = json_form.to_json(parse(vectors.ARM_COMMAND))


def with_envelope(**fields: Any) -> dict[str, Any]:
    return {**COMMAND, "envelope": {**COMMAND["envelope"], **fields}}


def round_trip(message: Message) -> bytes:
    form = json.loads(json.dumps(json_form.to_json(message)))
    return json_form.from_json(form).to_octets()


@pytest.mark.parametrize("counter", [1000.0, True, "1000", -1, 1 << 64, None])
def test_a_counter_is_a_whole_number_of_64_bits(counter: object) -> None:
    with pytest.raises(EncodeError, match="counter: expected 0 to 2"):
        json_form.from_json(with_envelope(counter=counter))


@pytest.mark.parametrize("code", ["0x10000", "-0x1"])
def test_a_message_code_has_two_octets(code: str) -> None:
    with pytest.raises(EncodeError, match="message code: expected 0 to FFFF"):
        json_form.from_json(with_envelope(message_code=code)).to_octets()


@pytest.mark.parametrize(
    "fields",
    [
        {"originator": "nobody"},
        {"originator": 7},
        {"cra": "order"},
        {"date_time": "yesterday"},
        {"message_code": "zz"},
        {"supplementary_party": ["a"]},
        {"certificate": "zz"},
    ],
)
def test_a_field_that_names_nothing_is_our_fault(fields: dict[str, object]) -> None:
    with pytest.raises(EncodeError):
        json_form.from_json(with_envelope(**fields))


@pytest.mark.parametrize("form", [{}, [], None, 3, "command", {"envelope": {}}])
def test_a_form_that_names_no_message_is_our_fault(form: Any) -> None:
    with pytest.raises(EncodeError):
        json_form.from_json(form)


@pytest.mark.parametrize("year", [1, 479, 1000, 9999])
def test_dates_of_any_year_come_back(year: int) -> None:
    response = parse(vectors.FIRMWARE_RESPONSE)
    stamp = DateTime(year.to_bytes(2, "big") + bytes.fromhex("0701FF000000008000FF"))
    dated = replace(response, date_time=stamp)
    inside = Response(0x20000001, (ItemResult(Op.GET, 0, octet_string(stamp.octets)),))
    for message in (dated, replace(response, payload=encode_payload(inside))):
        assert round_trip(message) == message.to_octets()


def test_encrypted_data_too_short_for_a_tag_do_not_open_and_raise_nothing() -> None:
    data = structure(array(), octet_string(bytes.fromhex("3100000000AABB")))
    payload = encode_payload(Response(invoke_id(1000), (ItemResult(Op.ACTION, 0, data),)))
    message = replace(parse(vectors.FIRMWARE_RESPONSE), payload=payload)
    keys = KeyStore()
    keys.add_private(agreement(SUPPLIER), ec.derive_private_key(vectors.SUPPLIER_KA, CURVE))
    meter = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, vectors.METER_KA_PUBLIC)
    keys.add_public(KeyName(METER, KeyUsage.KEY_AGREEMENT), meter)
    assert inspection.inspect(message.to_octets(), keys).decrypted is Decryption.NO
