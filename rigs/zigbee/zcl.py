"""The ZigBee Cluster Library: the header of every application frame, and its general commands.

What a cluster's own commands carry is in `smart_energy`; for those that GBCS messages use as
well, `assay.gbcs.gbz` has the layouts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rigs.zigbee import zcl_types
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.octets import Octets, little
from rigs.zigbee.zcl_types import Value

READ_ATTRIBUTES = 0x00
READ_ATTRIBUTES_RESPONSE = 0x01
WRITE_ATTRIBUTES = 0x02
WRITE_ATTRIBUTES_RESPONSE = 0x04
REPORT_ATTRIBUTES = 0x0A
DEFAULT_RESPONSE = 0x0B

SUCCESS = 0x00
FAILURE = 0x01
NOT_AUTHORISED = 0x7E
MALFORMED_COMMAND = 0x80
UNSUPPORTED_CLUSTER_COMMAND = 0x81
UNSUPPORTED_GENERAL_COMMAND = 0x82
INVALID_FIELD = 0x85
UNSUPPORTED_ATTRIBUTE = 0x86
INVALID_VALUE = 0x87
READ_ONLY = 0x88
NOT_FOUND = 0x8B
INVALID_DATA_TYPE = 0x8D

_MANUFACTURER, _TO_CLIENT, _NO_DEFAULT_RESPONSE = 0x04, 0x08, 0x10


@dataclass(frozen=True, slots=True, kw_only=True)
class ZclFrame:
    """One ZCL frame. General commands are those of every cluster, not of one."""

    command: int
    sequence: int
    payload: bytes = b""
    is_general: bool = False
    is_to_client: bool = False
    manufacturer: int | None = None
    wants_default_response: bool = False


def build(frame: ZclFrame) -> bytes:
    """Its octets; ValueError for numbers that have no room."""
    control = (
        (0 if frame.is_general else 1)
        | _MANUFACTURER * (frame.manufacturer is not None)
        | _TO_CLIENT * frame.is_to_client
        | _NO_DEFAULT_RESPONSE * (not frame.wants_default_response)
    )
    head = bytes((control,))
    if frame.manufacturer is not None:
        head += little(frame.manufacturer, 2, "manufacturer")
    head += little(frame.sequence, 1, "ZCL sequence") + little(frame.command, 1, "ZCL command")
    return head + frame.payload


def parse(octets: bytes) -> ZclFrame:
    """One frame, or RemoteRadioError."""
    reader = Octets(octets)
    control = reader.u8("ZCL frame control")
    if control & 3 > 1 or control & 0xE0:
        raise RemoteRadioError("ZCL frame control", "a general or cluster frame", f"{control:02X}")
    manufacturer = reader.u16("manufacturer") if control & _MANUFACTURER else None
    sequence = reader.u8("ZCL sequence")
    return ZclFrame(
        command=reader.u8("ZCL command"),
        sequence=sequence,
        payload=reader.rest(),
        is_general=not control & 1,
        is_to_client=bool(control & _TO_CLIENT),
        manufacturer=manufacturer,
        wants_default_response=not control & _NO_DEFAULT_RESPONSE,
    )


class Attribute(NamedTuple):
    """An attribute with its type and value, as a report or a write carries it."""

    identifier: int
    kind: int
    value: Value


class AttributeStatus(NamedTuple):
    """Why an attribute was not read or written."""

    identifier: int
    status: int


def read_attributes(identifiers: Sequence[int]) -> bytes:
    return b"".join(little(identifier, 2, "attribute") for identifier in identifiers)


def parse_read_attributes(payload: bytes) -> tuple[int, ...]:
    reader = Octets(payload)
    found = []
    while reader.left:
        found.append(reader.u16("attribute"))
    return tuple(found)


def read_response(results: Sequence[Attribute | AttributeStatus]) -> bytes:
    """The payload of a read attributes response: values, and reasons for those without."""
    parts = []
    for result in results:
        identifier = little(result.identifier, 2, "attribute")
        if isinstance(result, AttributeStatus):
            if result.status == SUCCESS:
                raise ValueError(f"attribute {result.identifier:04X}: success has a value")
            parts.append(identifier + little(result.status, 1, "status"))
        else:
            parts.append(identifier + bytes((SUCCESS,)) + _typed(result))
    return b"".join(parts)


def parse_read_response(payload: bytes) -> tuple[Attribute | AttributeStatus, ...]:
    reader = Octets(payload)
    found: list[Attribute | AttributeStatus] = []
    while reader.left:
        identifier = reader.u16("attribute")
        status = reader.u8("status")
        if status:
            found.append(AttributeStatus(identifier, status))
        else:
            found.append(_read_typed(reader, identifier))
    return tuple(found)


def attributes(values: Sequence[Attribute]) -> bytes:
    """The payload of a write attributes and of a report attributes command."""
    return b"".join(little(one.identifier, 2, "attribute") + _typed(one) for one in values)


def parse_attributes(payload: bytes) -> tuple[Attribute, ...]:
    reader = Octets(payload)
    found = []
    while reader.left:
        found.append(_read_typed(reader, reader.u16("attribute")))
    return tuple(found)


def write_response(failures: Sequence[AttributeStatus]) -> bytes:
    """One octet of success, or the attributes that were not written."""
    if not failures:
        return bytes((SUCCESS,))
    return b"".join(
        little(one.status, 1, "status") + little(one.identifier, 2, "attribute") for one in failures
    )


def parse_write_response(payload: bytes) -> tuple[AttributeStatus, ...]:
    reader = Octets(payload)
    failures = []
    if payload == bytes((SUCCESS,)):
        return ()
    while reader.left:
        status = reader.u8("status")
        failures.append(AttributeStatus(reader.u16("attribute"), status))
    return tuple(failures)


@dataclass(frozen=True, slots=True)
class DefaultResponse:
    """What became of a command that has no response of its own."""

    command: int
    status: int

    def to_octets(self) -> bytes:
        return little(self.command, 1, "ZCL command") + little(self.status, 1, "status")

    @classmethod
    def from_octets(cls, payload: bytes) -> DefaultResponse:
        reader = Octets(payload)
        response = cls(reader.u8("ZCL command"), reader.u8("status"))
        reader.finish("default response")
        return response


def default_response(request: ZclFrame, status: int) -> ZclFrame:
    """The default response to a received frame, in the other direction."""
    return ZclFrame(
        command=DEFAULT_RESPONSE,
        sequence=request.sequence,
        payload=DefaultResponse(request.command, status).to_octets(),
        is_general=True,
        is_to_client=not request.is_to_client,
        manufacturer=request.manufacturer,
    )


def _typed(attribute: Attribute) -> bytes:
    field = f"attribute {attribute.identifier:04X}"
    return little(attribute.kind, 1, "type") + zcl_types.write(
        attribute.kind, attribute.value, field
    )


def _read_typed(reader: Octets, identifier: int) -> Attribute:
    kind = reader.u8("type")
    return Attribute(identifier, kind, zcl_types.read(reader, kind, f"attribute {identifier:04X}"))
