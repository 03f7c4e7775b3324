"""Responses and alerts made from typed values, unprotected, for use cases without a sample."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from assay.gbcs.asn1 import codec as asn1
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import ItemResult, Notification, Op, encode_payload, invoke_id
from assay.gbcs.dlms.data import (
    CompactArray,
    Data,
    Tag,
    TypeDescription,
    double_long_unsigned,
    enum,
    integer,
    long_unsigned,
    octet_string,
    structure,
    unsigned,
)
from assay.gbcs.envelope import Cra, Message, OtherInformation
from assay.gbcs.gbz import json_form
from assay.gbcs.gbz.components import encode as encode_gbz
from assay.gbcs.identifiers import Eui64
from assay.gbcs.messages import dlms_response_payload

METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
COUNTER = 7
NEW_YEAR = datetime(2015, 1, 1, tzinfo=UTC)
SECONDS_OF_NEW_YEAR = 473385600
__all__ = [
    "Data",
    "ItemResult",
    "Op",
    "Tag",
    "enum",
    "long_unsigned",
    "octet_string",
    "structure",
    "unsigned",
]


def message(code: int, payload: bytes, *, cra: Cra = Cra.RESPONSE) -> bytes:
    return Message(
        cra=cra,
        counter=COUNTER,
        originator=METER,
        recipient=SUPPLIER,
        other=OtherInformation(message_code=code),
        payload=payload,
    ).to_octets()


def got(*values: Data) -> list[ItemResult]:
    return [ItemResult(Op.GET, 0, value) for value in values]


def dlms(code: int, items: Iterable[ItemResult]) -> bytes:
    return message(code, dlms_response_payload(COUNTER, tuple(items)))


def dlms_alert(code: int, alert_code: int, *extras: Data) -> bytes:
    stamp = octet_string(DateTime.at(NEW_YEAR).octets)
    body = structure(long_unsigned(alert_code), stamp, *extras)
    payload = encode_payload(Notification(invoke_id(COUNTER), body))
    return message(code, payload, cra=Cra.ALERT)


def gbz(code: int, *components: dict[str, Any]) -> bytes:
    form = {"components": [{"sequence": 0, **component} for component in components]}
    return message(code, encode_gbz(json_form.from_json(form)))


def gbz_alert(code: int, alert: dict[str, Any]) -> bytes:
    form = {"alert": {"time": "2015-01-01T00:00:00Z", **alert}}
    return message(code, encode_gbz(json_form.from_json(form)), cra=Cra.ALERT)


def attributes(cluster: int, **values: tuple[str, Any]) -> dict[str, Any]:
    """A Read Attributes Response: attribute ids in hex (`x0100`) to type and value."""
    return {
        "cluster": f"0x{cluster:04X}",
        "name": "ReadAttributesResponse",
        "direction": "server-to-client",
        "payload": {
            "attributes": [
                {
                    "attribute": f"0x{name[1:].upper()}",
                    "status": "success",
                    "type": kind,
                    "value": value,
                }
                for name, (kind, value) in values.items()
            ]
        },
    }


def asn1_response(code: int, type_name: str, value: Any) -> bytes:
    return message(code, asn1.encode(asn1.Asn1Payload(type_name, value)))


def asn1_alert(code: int, type_name: str, value: Any) -> bytes:
    payload = asn1.encode(asn1.Asn1Payload(type_name, value))
    return message(code, payload, cra=Cra.ALERT)


def log(tags: tuple[int, ...], *entries: tuple[Any, ...]) -> Data:
    """A profile buffer of simple values."""
    kind = TypeDescription(Tag.STRUCTURE, tuple(TypeDescription(tag) for tag in tags))
    rows = [
        structure(*(Data(tag, value) for tag, value in zip(tags, entry, strict=True)))
        for entry in entries
    ]
    return Data(Tag.COMPACT_ARRAY, CompactArray(kind, tuple(rows)))


def number(value: int) -> Data:
    return double_long_unsigned(value)


def scaler_unit(unit: int) -> Data:
    return structure(integer(0), enum(unit))


def date_time(when: datetime = NEW_YEAR) -> Data:
    return octet_string(DateTime.at(when).octets)
