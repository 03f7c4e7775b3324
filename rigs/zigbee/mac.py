"""802.15.4 frames without their check sequence, as ZigBee uses them: no MAC security.

Frame versions 0 and 1. Of the later version (information elements, suppressed sequence numbers)
nothing is read: such frames are refused by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from assay.gbcs.identifiers import Eui64
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.octets import Octets, eui_octets, little

Address = int | Eui64
"""16 bits, or an EUI-64."""

BROADCAST = 0xFFFF
BROADCAST_PAN = 0xFFFF
MAX_FRAME_SIZE = 127
"""aMaxPhyPacketSize at 2.4 GHz, with the check sequence."""

_SECURED, _PENDING, _ACK_REQUEST, _ONE_PAN = 0x08, 0x10, 0x20, 0x40
_RESERVED = 0x0380
_MODE_NONE, _MODE_SHORT, _MODE_EXTENDED = 0, 2, 3


class MacKind(IntEnum):
    BEACON = 0
    DATA = 1
    ACK = 2
    COMMAND = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class MacFrame:
    """One MAC frame. Without `source_pan`, a frame with two addresses stays within one PAN."""

    kind: MacKind
    sequence: int
    destination_pan: int | None = None
    destination: Address | None = None
    source_pan: int | None = None
    source: Address | None = None
    payload: bytes = b""
    ack_request: bool = False
    pending: bool = False
    version: int = 0

    @property
    def is_within_pan(self) -> bool:
        return self.source is not None and self.destination is not None and self.source_pan is None


def data(
    *,
    sequence: int,
    pan: int,
    destination: Address,
    source: Address,
    payload: bytes,
    ack_request: bool = True,
) -> MacFrame:
    """A data frame within one PAN (frame control 0x8861 with short addresses)."""
    return MacFrame(
        kind=MacKind.DATA,
        sequence=sequence,
        destination_pan=pan,
        destination=destination,
        source=source,
        payload=payload,
        ack_request=ack_request,
    )


def ack(sequence: int, *, pending: bool = False) -> MacFrame:
    return MacFrame(kind=MacKind.ACK, sequence=sequence, pending=pending)


def build(frame: MacFrame) -> bytes:
    """Its octets without check sequence; ValueError for fields that do not go together."""
    if (frame.destination is None) != (frame.destination_pan is None):
        raise ValueError("a destination has a PAN, and a PAN a destination")
    if frame.source_pan is not None and frame.source is None:
        raise ValueError("a source PAN without a source")
    if frame.source is not None and frame.source_pan is None and frame.destination is None:
        raise ValueError("a source alone needs its PAN")
    if frame.version not in (0, 1):
        raise ValueError(f"frame version: expected 0 or 1, given {frame.version}")
    control = (
        frame.kind
        | _PENDING * frame.pending
        | _ACK_REQUEST * frame.ack_request
        | _ONE_PAN * frame.is_within_pan
        | _mode(frame.destination) << 10
        | frame.version << 12
        | _mode(frame.source) << 14
    )
    parts = [control.to_bytes(2, "little"), little(frame.sequence, 1, "sequence")]
    if frame.destination is not None and frame.destination_pan is not None:
        parts.append(little(frame.destination_pan, 2, "destination PAN"))
        parts.append(_address_octets(frame.destination))
    if frame.source is not None:
        if frame.source_pan is not None:
            parts.append(little(frame.source_pan, 2, "source PAN"))
        parts.append(_address_octets(frame.source))
    parts.append(frame.payload)
    return b"".join(parts)


def parse(octets: bytes) -> MacFrame:
    """One frame without check sequence; RemoteRadioError for anything else."""
    reader = Octets(octets)
    control = reader.u16("MAC frame control")
    kind = control & 7
    if kind > 3:
        raise RemoteRadioError("MAC frame kind", "beacon, data, ack or command", kind)
    if control & (_SECURED | _RESERVED):
        raise RemoteRadioError("MAC frame control", "no MAC security", f"{control:04X}")
    version = control >> 12 & 3
    if version > 1:
        raise RemoteRadioError("MAC frame version", "0 or 1", version)
    destination_mode, source_mode = control >> 10 & 3, control >> 14
    within_pan = bool(control & _ONE_PAN)
    if within_pan and not (destination_mode and source_mode):
        raise RemoteRadioError("PAN compression", "two addresses", f"{control:04X}")
    sequence = reader.u8("MAC sequence")
    destination_pan = reader.u16("destination PAN") if destination_mode else None
    destination = _read_address(reader, destination_mode, "destination")
    source_pan = reader.u16("source PAN") if source_mode and not within_pan else None
    source = _read_address(reader, source_mode, "source")
    return MacFrame(
        kind=_KINDS[kind],
        sequence=sequence,
        destination_pan=destination_pan,
        destination=destination,
        source_pan=source_pan,
        source=source,
        payload=reader.rest(),
        ack_request=bool(control & _ACK_REQUEST),
        pending=bool(control & _PENDING),
        version=version,
    )


_KINDS = tuple(MacKind)


def _mode(address: Address | None) -> int:
    if address is None:
        return _MODE_NONE
    return _MODE_EXTENDED if isinstance(address, Eui64) else _MODE_SHORT


def _address_octets(address: Address) -> bytes:
    return eui_octets(address) if isinstance(address, Eui64) else little(address, 2, "address")


def _read_address(reader: Octets, mode: int, field: str) -> Address | None:
    if mode == _MODE_SHORT:
        return reader.u16(field)
    if mode == _MODE_EXTENDED:
        return reader.eui64(field)
    if mode == _MODE_NONE:
        return None
    raise RemoteRadioError(f"addressing mode of {field}", "none, 16 or 64 bits", mode)
