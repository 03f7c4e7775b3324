"""ZEP version 2: one captured frame in a UDP datagram (port 17754; rigs digest 4.2)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rigs.zigbee.errors import RemoteLengthError, RemoteRadioError

PORT = 17754

_HEAD = struct.Struct(">2sBBBHBBQI10sB")
_PREAMBLE, _VERSION, _DATA, _ACK = b"EX", 2, 1, 2
_LQI_MODE = 1
_NTP_EPOCH = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Datagram:
    """A frame with its check sequence; `sequence` counts the datagrams of a device."""

    channel: int
    device: int
    at: datetime
    sequence: int
    frame: bytes
    link_quality: int | None = None

    def to_octets(self) -> bytes:
        if len(self.frame) > 0xFF:
            raise ValueError(f"a frame has at most 255 octets, given {len(self.frame)}")
        has_quality = self.link_quality is not None
        head = _HEAD.pack(
            _PREAMBLE,
            _VERSION,
            _DATA,
            self.channel,
            self.device,
            _LQI_MODE if has_quality else 0,
            self.link_quality or 0,
            _to_ntp(self.at),
            self.sequence,
            bytes(10),
            len(self.frame),
        )
        return head + self.frame


def parse(octets: bytes) -> Datagram | None:
    """A data datagram; None for an acknowledgement of the protocol itself.

    Raises:
        RemoteRadioError: octets that are no ZEP version 2.
    """
    if octets[:2] != _PREAMBLE or octets[2:3] != bytes((_VERSION,)):
        raise RemoteRadioError("ZEP preamble", "45 58 02", octets[:3].hex(" "))
    if octets[3:4] == bytes((_ACK,)):
        return None
    if len(octets) < _HEAD.size:
        raise RemoteLengthError("ZEP header", f"{_HEAD.size} octets", len(octets))
    _, _, kind, channel, device, mode, quality, ntp, sequence, _, size = _HEAD.unpack_from(octets)
    if kind != _DATA:
        raise RemoteRadioError("ZEP kind", "1 or 2", kind)
    frame = octets[_HEAD.size :]
    if len(frame) != size:
        raise RemoteLengthError("ZEP frame", f"{size} octets", len(frame))
    return Datagram(
        channel=channel,
        device=device,
        at=_from_ntp(ntp),
        sequence=sequence,
        frame=frame,
        link_quality=quality if mode == _LQI_MODE else None,
    )


def _to_ntp(at: datetime) -> int:
    """Rounded up, so that the way back, which rounds down, gives the microsecond again."""
    microseconds = (at - _NTP_EPOCH) // timedelta(microseconds=1)
    seconds, rest = divmod(microseconds, 1_000_000)
    return (seconds << 32 | -(-(rest << 32) // 1_000_000)) & 0xFFFF_FFFF_FFFF_FFFF


def _from_ntp(ntp: int) -> datetime:
    seconds, fraction = ntp >> 32, ntp & 0xFFFFFFFF
    return _NTP_EPOCH + timedelta(seconds=seconds, microseconds=fraction * 1_000_000 >> 32)
