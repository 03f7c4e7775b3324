"""Packets of a binary energy reference standard, without a transport.

Standards of the Radian RD-xx kind speak binary packets with an acknowledgement and a checksum
(rigs.md 6, which gives no octets). **The layout here is this project's own and unverified**: with
the maker's manual at hand, this module is what has to change.

    A6, kind, length of the data (2), data, sum of all octets before it modulo 65536 (2)

Numbers are big-endian. Whoever gets a sound packet sends A3, and 5A for one whose sum is wrong; an
answer has the kind of its request with the top bit set.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

START, ACKNOWLEDGED, NOT_ACKNOWLEDGED = 0xA6, 0xA3, 0x5A
ANSWER = 0x80
HEAD, TAIL = 4, 2
LONGEST = 512
NOT_READY = -(2**31)
"""In the place of an error that has not been found yet."""

MILLI, MICRO = Decimal("0.001"), Decimal("0.000001")


class Kind(IntEnum):
    IDENTIFY = 0x01
    READ_ENERGY = 0x02
    ZERO = 0x03
    START = 0x04
    STOP = 0x05
    READ_PHASES = 0x06
    BEGIN_ERROR = 0x07
    READ_ERROR = 0x08
    END_ERROR = 0x09


@dataclass(frozen=True, slots=True)
class Packet:
    kind: int
    data: bytes = b""

    def to_bytes(self) -> bytes:
        if len(self.data) > LONGEST:
            raise ValueError(f"{len(self.data)} octets do not fit into a packet")
        body = struct.pack(">BBH", START, self.kind, len(self.data)) + self.data
        return body + (sum(body) & 0xFFFF).to_bytes(2, "big")

    @classmethod
    def from_bytes(cls, octets: bytes) -> Packet | None:
        """None where the sum is wrong, or it is no packet."""
        if size_of(octets) != len(octets):
            return None
        body, tail = octets[:-TAIL], octets[-TAIL:]
        if sum(body) & 0xFFFF != int.from_bytes(tail, "big"):
            return None
        return cls(body[1], body[HEAD:])


def size_of(octets: bytes) -> int | None:
    """Of the packet that begins here; None while that is not known. ValueError for no packet."""
    if octets and octets[0] != START:
        raise ValueError(f"expected {START:02X}, got {octets[0]:02X}")
    if len(octets) < HEAD:
        return None
    length = int.from_bytes(octets[2:4], "big")
    if length > LONGEST:
        raise ValueError(f"expected at most {LONGEST} octets of data, got {length}")
    return HEAD + length + TAIL


ENERGY = struct.Struct(">qq")
"""Active and reactive, in thousandths of Wh and varh."""

PHASE = struct.Struct(">IIi")
"""Millivolts, milliamperes, millionths of the power factor."""

ERROR_TEST = struct.Struct(">II")
"""Pulses, and the meter's constant in pulses for a kilowatt-hour."""

ERROR = struct.Struct(">Ii")
"""Pulses since the first edge, and millionths of a per cent."""
