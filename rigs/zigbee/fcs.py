"""The checksums of the air: 802.15.4 frame check sequence, and the CRC of an install code.

Both are the reflected ITU polynomial (0x8408 on least-significant-first bits). The standard
library has the unreflected one in C; turning the bits of each octet by a table before, and those
of the result after, gives the reflected one at that speed.
"""

from __future__ import annotations

from binascii import crc_hqx

from rigs.zigbee.errors import RemoteLengthError, RemoteRadioError

FCS_SIZE = 2

_REVERSED = bytes(int(f"{octet:08b}"[::-1], 2) for octet in range(256))


def reflected_crc(octets: bytes, start: int) -> int:
    """CRC-16 of the reflected polynomial; `start` is 0 or 0xFFFF (which are their own mirror)."""
    crc = crc_hqx(octets.translate(_REVERSED), start)
    return _REVERSED[crc & 0xFF] << 8 | _REVERSED[crc >> 8]


def frame_check(frame: bytes) -> int:
    """Of a frame without it (IEEE 802.15.4 frame check sequence, initial value 0)."""
    return reflected_crc(frame, 0)


def append(frame: bytes) -> bytes:
    return frame + frame_check(frame).to_bytes(FCS_SIZE, "little")


def is_intact(octets: bytes) -> bool:
    """Whether a frame with its check sequence arrived as it was sent."""
    return len(octets) > FCS_SIZE and reflected_crc(octets, 0) == 0


def check(octets: bytes) -> bytes:
    """The frame without its check sequence; RemoteRadioError where it was damaged."""
    if len(octets) <= FCS_SIZE:
        raise RemoteLengthError("frame", "more than a check sequence", f"{len(octets)} octet(s)")
    frame, seen = octets[:-FCS_SIZE], int.from_bytes(octets[-FCS_SIZE:], "little")
    expected = frame_check(frame)
    if seen != expected:
        raise RemoteRadioError("frame check sequence", f"{expected:04X}", f"{seen:04X}")
    return frame
