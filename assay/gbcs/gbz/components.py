"""GBZ payloads: components of commands and responses, alerts, encrypted parts.

Headers are big endian, ZCL payloads little endian. What a header must repeat (the number
of components, which is the last, lengths, the number of an encrypted one) is checked on the
way in and worked out on the way out, so a typed value cannot contradict itself.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import Any, NamedTuple

from assay.gbcs.envelope import Cra, Message
from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.gbz.tables import Direction
from assay.gbcs.gbz.zcl import Command, command_of, decode_zcl_payload, unknown_command
from assay.gbcs.octets import take

Json = Any
PROFILE = b"\x01\x09"
LAST = 0x01
ENCRYPTED = 0x02
FROM_DATE_TIME = 0x10
_CONTROL_BITS = LAST | ENCRYPTED | FROM_DATE_TIME
MAX_COMPONENTS = 0xFF
_HEADER = struct.Struct(">BHH")
"""Control, cluster, length of what follows."""
BLOB_HEAD = bytes.fromhex("3100000000")
_SMALLEST_BLOB = len(BLOB_HEAD) + 12

CLUSTER_COMMAND = 0x01
FROM_SERVER = 0x08
DISABLE_DEFAULT_RESPONSE = 0x10
_FRAME_BITS = CLUSTER_COMMAND | FROM_SERVER | DISABLE_DEFAULT_RESPONSE


class Component(NamedTuple):
    """One ZCL command. `payload` are its typed fields, or None where `blob` holds them
    encrypted; `from_date_time` is seconds since 2000 (range start, or activation time)."""

    cluster: int
    frame_control: int
    sequence: int
    command: int
    payload: Json = None
    blob: bytes | None = None
    from_date_time: int | None = None

    @property
    def direction(self) -> Direction:
        return direction_of(self.frame_control)

    @property
    def is_profile_wide(self) -> bool:
        return not self.frame_control & CLUSTER_COMMAND


class GbzPayload(NamedTuple):
    """Of a command or response."""

    components: tuple[Component, ...]


class Executed(NamedTuple):
    """What a future-dated alert (0x00CD) says was executed, or failed to be."""

    message_code: int
    counter: int
    cluster: int
    frame_control: int
    command: int


class GbzAlert(NamedTuple):
    """`time` is seconds since 2000. At most one extra, which the message code decides."""

    code: int
    time: int
    executed: Executed | None = None
    image_hash: bytes | None = None
    issue_code: int | None = None
    component: Component | None = None


Payload = GbzPayload | GbzAlert


def direction_of(frame_control: int) -> Direction:
    return Direction.SERVER_TO_CLIENT if frame_control & FROM_SERVER else Direction.CLIENT_TO_SERVER


@lru_cache(maxsize=1024)
def frame_command(cluster: int, frame_control: int, command: int) -> Command | None:
    """The command that a ZCL header names; None where GBCS does not use it."""
    return command_of(
        cluster,
        direction_of(frame_control),
        command,
        is_profile_wide=not frame_control & CLUSTER_COMMAND,
    )


def _expected_command(cluster: int, frame_control: int) -> str:
    return unknown_command(
        cluster,
        direction_of(frame_control),
        is_profile_wide=not frame_control & CLUSTER_COMMAND,
    )


def decode_message(message: Message) -> Payload:
    """The typed payload of a GBZ message.

    Raises:
        RemoteGbcsError: wrong fixed octets, lengths or counts, commands that GBCS does not
            use, fields that do not fit, trailing octets; the offset is that in the payload.
    """
    octets = message.payload
    head = take(octets, 0, 3, "GBZ head")
    if head[:2] != PROFILE:
        raise RemoteGbcsError(0, "profile", "0109", head[:2].hex())
    if message.cra is Cra.ALERT:
        return _decode_alert(octets, message.message_code)
    components, offset = _decode_components(octets, 3, head[2])
    _expect_end(octets, offset)
    return GbzPayload(components)


def _expect_end(octets: bytes, offset: int) -> None:
    if offset != len(octets):
        raise RemoteLengthError(offset, "GBZ payload", "the end", f"{len(octets) - offset} more")


def _decode_components(octets: bytes, offset: int, count: int) -> tuple[tuple[Component, ...], int]:
    if not count:
        raise RemoteGbcsError(2, "number of components", "1 or more", 0)
    components: list[Component] = []
    encrypted = 0
    for left in range(count, 0, -1):
        if offset + 5 > len(octets):
            raise RemoteLengthError(
                offset, "component header", "5 octets", f"{len(octets) - offset} left"
            )
        control, cluster, size = _HEADER.unpack_from(octets, offset)
        if control & ~_CONTROL_BITS or bool(control & LAST) is not (left == 1):
            expected = "00, 02, 10 or 12" if left > 1 else "01, 03, 11 or 13 (the last)"
            raise RemoteGbcsError(offset, "component control", expected, f"{control:02X}")
        offset += 5
        end = offset + size
        if end > len(octets):
            left_over = f"{len(octets) - offset} left"
            raise RemoteLengthError(offset, "component", f"{size} octet(s)", left_over)
        components.append(_decode_component(octets, offset, end, cluster, control, encrypted))
        encrypted += bool(control & ENCRYPTED)
        offset = end
    return tuple(components), offset


def _decode_component(
    octets: bytes, offset: int, end: int, cluster: int, control: int, encrypted: int
) -> Component:
    if control & ENCRYPTED:
        header = _part(octets, offset, end, 2, "additional header")
        if header != bytes((0, encrypted)):
            expected = f"00 and frame counter {encrypted:02X}"
            raise RemoteGbcsError(offset, "additional header", expected, header.hex())
        offset += 2
    from_date_time = None
    if control & FROM_DATE_TIME:
        from_date_time = int.from_bytes(_part(octets, offset, end, 4, "From Date Time"), "big")
        offset += 4
    frame_control, sequence, command = _part(octets, offset, end, 3, "ZCL header")
    if frame_control & ~_FRAME_BITS:
        expected = "cluster or profile-wide, no manufacturer, bits 5 to 7 zero"
        raise RemoteGbcsError(offset, "ZCL frame control", expected, f"{frame_control:02X}")
    offset += 3
    found = frame_command(cluster, frame_control, command)
    if found is None:
        expected = _expected_command(cluster, frame_control)
        raise RemoteGbcsError(offset - 1, "ZCL command", expected, f"{command:02X}")
    if control & ENCRYPTED:
        blob = _decode_blob(octets, offset, end)
        return Component(cluster, frame_control, sequence, command, None, blob, from_date_time)
    payload = found.read(octets, offset, end)
    return Component(cluster, frame_control, sequence, command, payload, None, from_date_time)


def _part(octets: bytes, offset: int, end: int, size: int, field: str) -> bytes:
    if offset + size > end:
        raise RemoteLengthError(offset, field, f"{size} octet(s)", f"{end - offset} left")
    return octets[offset : offset + size]


def _decode_blob(octets: bytes, offset: int, end: int) -> bytes:
    size = int.from_bytes(_part(octets, offset, end, 2, "length of encrypted data"), "big")
    offset += 2
    if offset + size != end or size < _SMALLEST_BLOB:
        expected = f"{size} octet(s), {_SMALLEST_BLOB} or more, then the end"
        raise RemoteLengthError(offset, "encrypted data", expected, f"{end - offset} left")
    blob = octets[offset:end]
    if not blob.startswith(BLOB_HEAD):
        raise RemoteGbcsError(offset, "encrypted data", BLOB_HEAD.hex(), blob[:5].hex())
    return blob


def encode(payload: Payload) -> bytes:
    """Raises EncodeError for values that do not fit."""
    if isinstance(payload, GbzAlert):
        return _encode_alert(payload)
    count = len(payload.components)
    if not 1 <= count <= MAX_COMPONENTS:
        raise EncodeError("components", f"1 to {MAX_COMPONENTS}", count)
    return PROFILE + bytes((count,)) + _encode_components(payload.components)


def _encode_components(components: tuple[Component, ...]) -> bytes:
    parts = []
    encrypted = 0
    for left, component in zip(range(len(components), 0, -1), components, strict=True):
        control = LAST if left == 1 else 0
        body = b""
        if component.blob is not None:
            control |= ENCRYPTED
            body = bytes((0, encrypted))
            encrypted += 1
        if component.from_date_time is not None:
            control |= FROM_DATE_TIME
            body += _unsigned(component.from_date_time, 4, "From Date Time")
        body += _encode_frame(component)
        try:
            parts.append(_HEADER.pack(control, component.cluster, len(body)) + body)
        except struct.error:
            expected = "a cluster of 2 octets and at most 65535 octets"
            seen = f"{component.cluster!r} and {len(body)}"
            raise EncodeError("component", expected, seen) from None
    return b"".join(parts)


def _encode_frame(component: Component) -> bytes:
    cluster, frame_control, sequence, command, payload, blob, _ = component
    found = frame_command(cluster, frame_control, command)
    if found is None or frame_control & ~_FRAME_BITS:
        expected = _expected_command(cluster, frame_control)
        raise EncodeError("component", expected, f"{command} with frame control {frame_control}")
    try:
        head = bytes((frame_control, sequence, command))
    except (TypeError, ValueError):
        raise EncodeError("sequence", "0 to 255", repr(sequence)) from None
    if blob is None:
        return head + found.write(payload)
    if not blob.startswith(BLOB_HEAD) or len(blob) < _SMALLEST_BLOB:
        raise EncodeError("encrypted data", f"{BLOB_HEAD.hex()} and more", blob[:5].hex())
    return head + _unsigned(len(blob), 2, "length of encrypted data") + blob


def _unsigned(value: int, size: int, label: str) -> bytes:
    try:
        return value.to_bytes(size, "big")
    except (OverflowError, AttributeError):
        raise EncodeError(label, f"a number of {size} octet(s)", repr(value)) from None


def _decode_alert(octets: bytes, message_code: int) -> GbzAlert:
    count = octets[2]
    head = take(octets, 3, 6, "alert head")
    alert = GbzAlert(head[0] << 8 | head[1], int.from_bytes(head[2:], "big"))
    if count == 0:
        _expect_end(octets, 9)
        return alert
    read = _EXTRAS.get(message_code)
    if count != 1 or read is None:
        expected = "00" if read is None else "00 or 01"
        raise RemoteGbcsError(2, f"extras of alert {message_code:04X}", expected, f"{count:02X}")
    return read(alert, octets, 9)


def _read_executed(alert: GbzAlert, octets: bytes, offset: int) -> GbzAlert:
    extra = take(octets, offset, 15, "executed component")
    if extra[0] != 14:
        raise RemoteGbcsError(offset, "length of executed component", "0E", f"{extra[0]:02X}")
    _expect_end(octets, offset + 15)
    return alert._replace(
        executed=Executed(
            extra[1] << 8 | extra[2],
            int.from_bytes(extra[3:11], "big"),
            extra[11] << 8 | extra[12],
            extra[13],
            extra[14],
        )
    )


def _read_image_hash(alert: GbzAlert, octets: bytes, offset: int) -> GbzAlert:
    extra = take(octets, offset, 34, "image hash")
    if extra[:2] != b"\x09\x20":
        raise RemoteGbcsError(offset, "image hash", "0920", extra[:2].hex())
    _expect_end(octets, offset + 34)
    return alert._replace(image_hash=extra[2:])


def _read_issue_code(alert: GbzAlert, octets: bytes, offset: int) -> GbzAlert:
    extra = take(octets, offset, 2, "issue code")
    _expect_end(octets, offset + 2)
    return alert._replace(issue_code=int.from_bytes(extra, "big"))


def _read_component(alert: GbzAlert, octets: bytes, offset: int) -> GbzAlert:
    components, end = _decode_components(octets, offset, 1)
    _expect_end(octets, end)
    return alert._replace(component=components[0])


_EXTRAS = {
    0x00CD: _read_executed,
    0x00CF: _read_image_hash,
    0x00F2: _read_issue_code,
    0x008B: _read_component,
}
"""Message code of an alert -> what follows its time (digest 5.4)."""


def _encode_alert(alert: GbzAlert) -> bytes:
    extras = []
    if alert.executed is not None:
        extras.append(_executed_octets(alert.executed))
    if alert.image_hash is not None:
        extras.append(_image_hash_octets(alert.image_hash))
    if alert.issue_code is not None:
        extras.append(_unsigned(alert.issue_code, 2, "issue code"))
    if alert.component is not None:
        extras.append(_encode_components((alert.component,)))
    if len(extras) > 1:
        raise EncodeError("alert", "at most one extra", len(extras))
    head = _unsigned(alert.code, 2, "alert code") + _unsigned(alert.time, 4, "alert time")
    return PROFILE + bytes((len(extras),)) + head + b"".join(extras)


def _executed_octets(executed: Executed) -> bytes:
    sizes = (2, 8, 2, 1, 1)
    fields = zip(executed, sizes, Executed._fields, strict=True)
    return b"\x0e" + b"".join([_unsigned(value, size, name) for value, size, name in fields])


def _image_hash_octets(digest: bytes) -> bytes:
    if len(digest) != 32:
        raise EncodeError("image hash", "32 octets", len(digest))
    return b"\x09\x20" + digest


def components_of(payload: Payload) -> tuple[Component, ...]:
    """Also the one of an alert that carries one."""
    if isinstance(payload, GbzPayload):
        return payload.components
    return () if payload.component is None else (payload.component,)


def encrypted_blobs(payload: Payload) -> list[tuple[int, bytes]]:
    """(index of the component, blob) of each encrypted component."""
    return [
        (index, component.blob)
        for index, component in enumerate(components_of(payload))
        if component.blob is not None
    ]


def describe_component(message: Message, index: int, plain: bytes) -> Json:
    """The typed fields of a component's decrypted ZCL payload."""
    components = components_of(decode_message(message))
    if not 0 <= index < len(components):
        raise EncodeError("component", f"0 to {len(components) - 1}", index)
    component = components[index]
    return decode_zcl_payload(
        component.cluster,
        component.direction,
        component.command,
        plain,
        is_profile_wide=component.is_profile_wide,
    )


def with_component_blob(payload: Payload, index: int, blob: bytes) -> Payload:
    """The payload with other encrypted octets in one component."""
    component = components_of(payload)[index]._replace(blob=blob)
    if isinstance(payload, GbzAlert):
        return payload._replace(component=component)
    before, after = payload.components[:index], payload.components[index + 1 :]
    return payload._replace(components=(*before, component, *after))
