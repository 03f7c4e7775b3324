"""ASN.1 payloads of messages as typed values: octets in, octets out, JSON beside.

A value is made of plain dicts, lists, names, ints and texts, exactly as its JSON form (the
field and value names are those of `types`); `credentials` has frozen values for the
messages that devices and the broker build most.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from assay.gbcs.asn1 import lengths
from assay.gbcs.asn1.compiled import Compiled, compile_type
from assay.gbcs.asn1.messages import TYPE_NAMES
from assay.gbcs.asn1.types import TYPES
from assay.gbcs.envelope import Cra, Message
from assay.gbcs.errors import EncodeError, RemoteGbcsError

Json = Any


class Asn1Payload(NamedTuple):
    """`length_widths` names the lengths that are not in shortest form; see `lengths`."""

    type_name: str
    value: Json
    length_widths: Mapping[str, int] | None = None


@cache
def _compiled(type_name: str) -> Compiled:
    return compile_type(TYPES[type_name], type_name)


def type_name_of(message_code: int, cra: Cra) -> str:
    """Raises RemoteGbcsError for a message code without ASN.1 payload in that direction."""
    name = TYPE_NAMES.get((message_code, cra))
    if name is None:
        raise RemoteGbcsError(
            0, "payload", "a message code with an ASN.1 payload", f"{message_code:04X} {cra.name}"
        )
    return name


def decode(type_name: str, octets: bytes) -> Asn1Payload:
    """A whole payload of a named type.

    Raises:
        RemoteGbcsError: wrong tags, lengths or contents, trailing octets; with the offset.
    """
    value, notes = _compiled(type_name).read(octets)
    if notes:
        return Asn1Payload(type_name, value, lengths.widths(octets, notes))
    return Asn1Payload(type_name, value)


def decode_message(message: Message) -> Asn1Payload:
    return decode(type_name_of(message.message_code, message.cra), message.payload)


def encode(payload: Asn1Payload) -> bytes:
    """Raises EncodeError for an unknown type, a missing or unknown field, a bad value."""
    if payload.type_name not in TYPES:
        raise EncodeError("type", f"one of {', '.join(TYPES)}", payload.type_name)
    octets = _compiled(payload.type_name).write(payload.value)
    if payload.length_widths:
        return lengths.widen(octets, payload.length_widths)
    return octets


def build(message_code: int, cra: Cra, value: Json) -> bytes:
    """The payload octets of a message from its value, lengths in shortest form.

    Raises:
        EncodeError: a message code without ASN.1 payload in that direction, or a bad value.
    """
    name = TYPE_NAMES.get((message_code, cra))
    if name is None:
        raise EncodeError("message code", f"one with an ASN.1 {cra.name}", f"{message_code:04X}")
    return encode(Asn1Payload(name, value))


def to_json(payload: Asn1Payload) -> Json:
    form = {"type": payload.type_name, "value": payload.value}
    if payload.length_widths:
        form["length_widths"] = dict(payload.length_widths)
    return form


def from_json(form: Json) -> Asn1Payload:
    if not isinstance(form, dict) or not {"type", "value"} <= form.keys():
        raise EncodeError("ASN.1 payload", "an object with type and value", repr(form))
    if not isinstance(form["type"], str):
        raise EncodeError("type", "the name of a type", repr(form["type"]))
    widths = form.get("length_widths")
    if widths is not None and not isinstance(widths, dict):
        raise EncodeError("length_widths", "an object of paths and widths", repr(widths))
    return Asn1Payload(form["type"], form["value"], widths)
