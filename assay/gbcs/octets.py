"""Lengths and slices of octets, refused in full words where they do not fit."""

from __future__ import annotations

from assay.gbcs.errors import RemoteGbcsError, RemoteLengthError

MAX_MESSAGE_SIZE = 63 * 1149
"""What block transfer can carry (digest 10): 63 segments of 1,149 octets; bounds time and memory
for hostile input."""


def take(octets: bytes, offset: int, size: int, field: str) -> bytes:
    """`size` octets from `offset`, or RemoteLengthError."""
    end = offset + size
    if end > len(octets):
        raise RemoteLengthError(
            offset, field, f"{size} octet(s)", f"{max(0, len(octets) - offset)} left"
        )
    return octets[offset:end]


def read_length(octets: bytes, offset: int, field: str) -> tuple[int, int]:
    """A length in shortest form: (length, offset after it)."""
    try:
        first = octets[offset]
        if first < 0x80:
            return first, offset + 1
        if first == 0x81:
            length = octets[offset + 1]
            if length < 0x80:
                raise RemoteGbcsError(
                    offset, f"length of {field}", "shortest form", f"81 {length:02X}"
                )
            return length, offset + 2
        if first == 0x82:
            length = octets[offset + 1] << 8 | octets[offset + 2]
            if length < 0x100:
                raise RemoteGbcsError(
                    offset, f"length of {field}", "shortest form", f"82 {length:04X}"
                )
            return length, offset + 3
        if first == 0x83:
            length = int.from_bytes(take(octets, offset + 1, 3, f"length of {field}"), "big")
            if length < 0x10000:
                raise RemoteGbcsError(
                    offset, f"length of {field}", "shortest form", f"83 {length:06X}"
                )
            return length, offset + 4
    except IndexError:
        raise RemoteLengthError(offset, f"length of {field}", "a length", "the end") from None
    raise RemoteGbcsError(offset, f"length of {field}", "00-7F, 81, 82 or 83", f"{first:02X}")


_SHORT = tuple(bytes((length,)) for length in range(0x80))


def length_octets(length: int) -> bytes:
    """The shortest form of a length."""
    if length < 0x80:
        return _SHORT[length]
    if length < 0x100:
        return bytes((0x81, length))
    if length < 0x10000:
        return bytes((0x82, length >> 8, length & 0xFF))
    return b"\x83" + length.to_bytes(3, "big")


def sized(content: bytes) -> bytes:
    size = len(content)
    return (_SHORT[size] if size < 0x80 else length_octets(size)) + content
