"""Payloads of any kind: which codec a message's payload needs, and its JSON form.

DLMS is told by its first octet, GBZ by the profile id; what the message code's row says
decides for ASN.1. A codec is four functions, so a new kind is a row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assay.gbcs import catalogue
from assay.gbcs.asn1.messages import MESSAGE_CODES as ASN1_MESSAGE_CODES
from assay.gbcs.envelope import Message
from assay.gbcs.errors import EncodeError, RemoteGbcsError

Json = Any


@dataclass(frozen=True, slots=True)
class Codec:
    """Octets to a typed value and back, typed value to JSON and back; the message gives context."""

    decode: Callable[[Message], Any]
    encode: Callable[[Any], bytes]
    to_json: Callable[[Any, Message], Json]
    from_json: Callable[[Json], Any]


def _dlms() -> Codec:
    from assay.gbcs.dlms import access, json_form

    def to_json(payload: access.Payload, message: Message) -> Json:
        code = message.message_code
        return json_form.payload_to_json(
            payload, lambda class_id, obis, id_: catalogue.item_name(code, class_id, obis, id_)
        )

    return Codec(
        lambda message: access.decode_payload(message.payload),
        access.encode_payload,
        to_json,
        json_form.payload_from_json,
    )


def _asn1() -> Codec:
    from assay.gbcs.asn1 import codec

    return Codec(
        codec.decode_message,
        codec.encode,
        lambda typed, _: codec.to_json(typed),
        codec.from_json,
    )


def _gbz() -> Codec:
    from assay.gbcs.gbz import components, json_form

    return Codec(
        components.decode_message,
        components.encode,
        lambda typed, _: json_form.to_json(typed),
        json_form.from_json,
    )


_BUILDERS: dict[str, Callable[[], Codec]] = {"dlms": _dlms, "asn1": _asn1, "gbz": _gbz}
_built: dict[str, Codec] = {}


def kind_of(message: Message) -> str:
    """dlms, gbz or asn1."""
    row = catalogue.use_case(message.message_code)
    first = message.payload[:1]
    if row is not None and isinstance(row.payload, str):
        return row.payload
    if message.payload[:2] == b"\x01\x09":
        return "gbz"
    if first in (b"\xd9", b"\xda", b"\x0f"):
        return "dlms"
    if message.message_code in ASN1_MESSAGE_CODES:
        return "asn1"
    raise RemoteGbcsError(0, "payload", "a payload of a known kind", first.hex() or "nothing")


def codec(kind: str) -> Codec:
    if kind not in _built:
        builder = _BUILDERS.get(kind)
        if builder is None:
            raise EncodeError("payload", f"one of {', '.join(_BUILDERS)}", kind)
        _built[kind] = builder()
    return _built[kind]


def decode(message: Message) -> tuple[str, Any]:
    """(kind, typed payload)."""
    kind = kind_of(message)
    return kind, codec(kind).decode(message)
