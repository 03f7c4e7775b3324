"""The head of a DER element, checked: what every reader of ASN.1 here starts with."""

from __future__ import annotations

from collections.abc import Iterator

from assay.gbcs.errors import RemoteGbcsError, RemoteLengthError

CONSTRUCTED = 0x20
CONTEXT = 0x80
SEQUENCE = 0x30
MAX_LENGTH_WIDTH = 4


def contents(octets: bytes, offset: int, end: int, label: str, notes: list[int]) -> tuple[int, int]:
    """(start, stop) of the contents of the element at `offset`, which must end by `end`.

    The offset of an element whose length is not in shortest form is added to `notes`.
    """
    if offset + 1 >= end:
        raise RemoteLengthError(offset, label, "a tag and a length", "the end")
    length = octets[offset + 1]
    start = offset + 2
    if length >= 0x80:
        length, start = long_length(octets, offset, end, label, notes)
    stop = start + length
    if stop > end:
        raise RemoteLengthError(offset + 1, label, f"{length} octet(s)", f"{end - start} left")
    return start, stop


def long_length(
    octets: bytes, offset: int, end: int, label: str, notes: list[int]
) -> tuple[int, int]:
    """(length, start of the contents) of an element whose length has its top bit set."""
    width = octets[offset + 1] & 0x7F
    start = offset + 2 + width
    if not 1 <= width <= MAX_LENGTH_WIDTH or start > end:
        seen = f"{octets[offset + 1]:02X}"
        raise RemoteGbcsError(
            offset + 1, f"length of {label}", "00-7F or 81 to 84 and octets", seen
        )
    length = int.from_bytes(octets[offset + 2 : start], "big")
    if length < 0x80 or not length >> 8 * (width - 1):
        notes.append(offset)
    return length, start


def children(octets: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(tag, start, stop) of each element between `start` and `end`."""
    offset = start
    while offset < end:
        at, stop = contents(octets, offset, end, "element", [])
        yield octets[offset], at, stop
        offset = stop
