"""The packet of NTP version 4 (RFC 5905, 7.3), as a simple client needs it. No I/O happens here.

Times are seconds since 1900 in 32.32 bits and begin again in 2036; which era is meant is told by a
moment that is known to be near (RFC 5905, 6).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

VERSION = 4
CLIENT, SERVER = 3, 4
UNSYNCHRONISED = 3
SIZE = 48
_LAYOUT = struct.Struct(">BBBb4s4s4sQQQQ")
_EPOCH = datetime(1900, 1, 1, tzinfo=UTC)
_ERA = timedelta(seconds=2**32)
_FRACTIONS = 2**32
_MICROSECOND = timedelta(microseconds=1)
_MICROSECONDS = 1_000_000


class RemoteTimeError(ValueError):
    """What came is no answer of a time server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NtpPacket:
    """Timestamps as they are on the wire; zero is none."""

    mode: int
    leap: int = 0
    stratum: int = 0
    reference: bytes = bytes(4)
    originated: int = 0
    received: int = 0
    transmitted: int = 0

    def to_bytes(self) -> bytes:
        first = self.leap << 6 | VERSION << 3 | self.mode
        return _LAYOUT.pack(
            first,
            self.stratum,
            0,
            -20,
            bytes(4),
            bytes(4),
            self.reference,
            0,
            self.originated,
            self.received,
            self.transmitted,
        )

    @classmethod
    def from_bytes(cls, octets: bytes) -> NtpPacket:
        """RemoteTimeError for fewer octets than a packet has. What follows it is left alone."""
        if len(octets) < SIZE:
            raise RemoteTimeError(f"expected {SIZE} octets of NTP, got {len(octets)}")
        first, stratum, _, _, _, _, reference, _, originated, received, transmitted = (
            _LAYOUT.unpack_from(octets)
        )
        return cls(
            mode=first & 7,
            leap=first >> 6,
            stratum=stratum,
            reference=reference,
            originated=originated,
            received=received,
            transmitted=transmitted,
        )


def to_timestamp(at: datetime) -> int:
    """Of an aware moment, in 32.32 bits of its era."""
    microseconds = (at - _EPOCH) // _MICROSECOND
    return (microseconds * _FRACTIONS + _MICROSECONDS // 2) // _MICROSECONDS % 2**64


def from_timestamp(timestamp: int, near: datetime) -> datetime:
    """To the microsecond, in the era that brings it nearest to a moment."""
    microseconds = (timestamp * _MICROSECONDS + _FRACTIONS // 2) // _FRACTIONS
    moment = _EPOCH + microseconds * _MICROSECOND
    eras = (near - moment + _ERA / 2) // _ERA
    return moment + eras * _ERA
