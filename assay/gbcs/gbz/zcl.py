"""ZCL payloads, what follows the command octet: typed fields to octets and back.

Cluster commands follow the command table; the profile-wide ones that GBCS uses (read
attributes, its response, default response) are here. Values are dicts that are their own
JSON form.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.gbz import tables
from assay.gbcs.gbz.fields import KINDS, Fixed, Variable
from assay.gbcs.gbz.tables import Direction

Json = Any
READ_ATTRIBUTES = 0x00
READ_ATTRIBUTES_RESPONSE = 0x01
DEFAULT_RESPONSE = 0x0B
SUCCESS = 0x00


class _ProfileWide(NamedTuple):
    """`read` takes (cluster, octets, start, end), `write` (cluster, value)."""

    name: str
    read: Callable[[int, bytes, int, int], Json]
    write: Callable[[int, Json], bytes]


class Command(NamedTuple):
    """How one command's payload is read (octets, start, end) and written."""

    name: str
    read: Callable[[bytes, int, int], Json]
    write: Callable[[Json], bytes]


@lru_cache(maxsize=1024)
def command_of(
    cluster: int, direction: Direction, command: int, *, is_profile_wide: bool
) -> Command | None:
    """None for a command that GBCS does not use."""
    if is_profile_wide:
        wide = _PROFILE_WIDE.get(command)
        if wide is None:
            return None
        return Command(wide.name, partial(wide.read, cluster), partial(wide.write, cluster))
    layout = tables.command_layout(cluster, direction, command)
    return None if layout is None else Command(layout.label, layout.read, layout.write)


def decode_zcl_payload(
    cluster: int,
    direction: Direction,
    command: int,
    octets: bytes,
    *,
    is_profile_wide: bool = False,
) -> Json:
    """The typed fields of one command's payload, all of `octets`.

    Raises:
        RemoteGbcsError: a command that GBCS does not use, missing or trailing octets.
    """
    found = command_of(cluster, direction, command, is_profile_wide=is_profile_wide)
    if found is None:
        expected = unknown_command(cluster, direction, is_profile_wide=is_profile_wide)
        raise RemoteGbcsError(0, "ZCL command", expected, f"{command:02X}")
    return found.read(octets, 0, len(octets))


def encode_zcl_payload(
    cluster: int,
    direction: Direction,
    command: int,
    value: Json,
    *,
    is_profile_wide: bool = False,
) -> bytes:
    """Raises EncodeError for a command that GBCS does not use, or a value that does not fit."""
    found = command_of(cluster, direction, command, is_profile_wide=is_profile_wide)
    if found is None:
        expected = unknown_command(cluster, direction, is_profile_wide=is_profile_wide)
        raise EncodeError("ZCL command", expected, f"{command:02X}")
    return found.write(value)


def unknown_command(cluster: int, direction: Direction, *, is_profile_wide: bool) -> str:
    """What an error expects where a command is not known."""
    if is_profile_wide:
        return "a profile-wide command of GBCS (00, 01, 0B)"
    return f"a {direction} command of cluster {cluster:04X} that GBCS uses"


def attribute_id(cluster: int, form: Json) -> int:
    """From "0x0302", a number, or a name of the attribute table."""
    if isinstance(form, int) and 0 <= form <= 0xFFFF:
        return form
    if isinstance(form, str):
        named = _attributes_by_name().get((cluster, form))
        if named is not None:
            return named
        return hex_number(form, 4, "attribute")
    raise EncodeError("attribute", "an attribute such as 0x0302, or its name", repr(form))


@cache
def _attributes_by_name() -> dict[tuple[int, str], int]:
    return {(key[0], name): key[1] for key, name in tables.attribute_names().items()}


def hex_number(form: Json, digits: int, label: str) -> int:
    """From text such as 0x0302 of at most so many digits."""
    try:
        number = int(form, 16)
    except (TypeError, ValueError):
        number = -1
    if not 0 <= number < 16**digits:
        raise EncodeError(label, f"0x and {digits} hex digits", repr(form))
    return number


def _attribute_form(cluster: int, attribute: int) -> dict[str, Json]:
    form: dict[str, Json] = {"attribute": f"0x{attribute:04X}"}
    name = tables.attribute_names().get((cluster, attribute))
    if name is not None:
        form["name"] = name
    return form


def _read_attributes(cluster: int, octets: bytes, start: int, end: int) -> Json:
    count, odd = divmod(end - start, 2)
    if odd:
        raise RemoteLengthError(end - 1, "attribute", "2 octets", "1 left")
    ids = struct.unpack_from(f"<{count}H", octets, start)
    return {"attributes": [_attribute_form(cluster, attribute) for attribute in ids]}


def _write_read_attributes(cluster: int, value: Json) -> bytes:
    forms = _attribute_list(value)
    ids = [attribute_id(cluster, form["attribute"]) for form in forms]
    return struct.pack(f"<{len(ids)}H", *ids)


def _attribute_list(value: Json) -> list[Json]:
    forms = value.get("attributes") if isinstance(value, dict) else None
    if not isinstance(forms, list | tuple) or len(value) != 1:
        raise EncodeError("payload", "an object with a list of attributes", repr(value))
    for form in forms:
        if not isinstance(form, dict) or "attribute" not in form:
            raise EncodeError("attributes", "objects with an attribute", repr(form))
    return list(forms)


def _read_attributes_response(cluster: int, octets: bytes, start: int, end: int) -> Json:
    forms = []
    offset = start
    while offset < end:
        if offset + 3 > end:
            raise RemoteLengthError(
                offset, "attribute", "an id and a status", f"{end - offset} octet(s) left"
            )
        form = _attribute_form(cluster, octets[offset] | octets[offset + 1] << 8)
        status = octets[offset + 2]
        form["status"] = tables.status_names().get(status, status)
        offset += 3
        if status == SUCCESS:
            offset = _read_value(octets, offset, end, form)
        forms.append(form)
    return {"attributes": forms}


def _read_value(octets: bytes, offset: int, end: int, form: dict[str, Json]) -> int:
    if offset >= end:
        raise RemoteLengthError(offset, "attribute type", "a type", "the end")
    kind = tables.attribute_types().get(octets[offset])
    if kind is None:
        seen = f"{octets[offset]:02X}"
        raise RemoteGbcsError(offset, "attribute type", "a ZCL type of fixed kind", seen)
    form["type"] = kind.name
    encoding = KINDS[kind.encoding]
    label = f"value of {form['attribute']}"
    if isinstance(encoding, Variable):
        form["value"], offset = encoding.read(octets, offset + 1, end, label)
        return offset
    stop = offset + 1 + encoding.size
    if stop > end:
        raise RemoteLengthError(
            offset + 1, label, f"{encoding.size} octet(s)", f"{end - offset - 1} left"
        )
    (seen,) = struct.unpack_from("<" + encoding.code, octets, offset + 1)
    form["value"] = seen if encoding.to_json is None else encoding.to_json(seen)
    return stop


def _write_attributes_response(cluster: int, value: Json) -> bytes:
    return b"".join([_attribute_response(cluster, form) for form in _attribute_list(value)])


def _attribute_response(cluster: int, form: Json) -> bytes:
    status = status_code(form.get("status"))
    head = struct.pack("<HB", attribute_id(cluster, form["attribute"]), status)
    if status != SUCCESS:
        return head
    kind = tables.attribute_types_by_name().get(str(form.get("type")))
    if kind is None or "value" not in form:
        known = ", ".join(tables.attribute_types_by_name())
        raise EncodeError(f"attribute {form['attribute']}", f"a value and a type of {known}", form)
    label = f"value of {form['attribute']}"
    return head + bytes((kind.code,)) + _write_value(KINDS[kind.encoding], form["value"], label)


def _write_value(encoding: Fixed | Variable, value: Json, label: str) -> bytes:
    if isinstance(encoding, Variable):
        return encoding.write(value, label)
    try:
        seen = value if encoding.from_json is None else encoding.from_json(value)
        return struct.pack("<" + encoding.code, seen)
    except (struct.error, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        raise EncodeError(label, f"a value for {encoding.size} octet(s)", repr(value)) from None


def status_code(form: Json) -> int:
    """From a name of the status table or a number."""
    number = tables.statuses().get(form, form) if isinstance(form, str) else form
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= 0xFF:
        raise EncodeError(
            "status", f"0 to 255 or one of {', '.join(tables.statuses())}", repr(form)
        )
    return number


def _read_default_response(_: int, octets: bytes, start: int, end: int) -> Json:
    if end - start != 2:
        raise RemoteLengthError(start, "default response", "command and status", end - start)
    status = octets[start + 1]
    return {
        "command": f"0x{octets[start]:02X}",
        "status": tables.status_names().get(status, status),
    }


def _write_default_response(_: int, value: Json) -> bytes:
    if not isinstance(value, dict) or value.keys() != {"command", "status"}:
        raise EncodeError("default response", "an object with command and status", repr(value))
    return bytes((hex_number(value["command"], 2, "command"), status_code(value["status"])))


_PROFILE_WIDE: dict[int, _ProfileWide] = {
    READ_ATTRIBUTES: _ProfileWide("ReadAttributes", _read_attributes, _write_read_attributes),
    READ_ATTRIBUTES_RESPONSE: _ProfileWide(
        "ReadAttributesResponse", _read_attributes_response, _write_attributes_response
    ),
    DEFAULT_RESPONSE: _ProfileWide(
        "DefaultResponse", _read_default_response, _write_default_response
    ),
}
PROFILE_WIDE_BY_NAME: dict[str, int] = {row.name: code for code, row in _PROFILE_WIDE.items()}
