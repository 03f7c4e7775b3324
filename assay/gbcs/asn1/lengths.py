"""Lengths that are not in shortest form: found by offset, named by path, put back.

National messages contain them (`82 00CA` where `81 CA` would do), and a signature covers
every octet, so the width of such a length belongs to the value. A path counts children
from 0: "" is the payload itself, "1.0" the first child of its second child. Only elements
on such a path are opened; this is off the path of ordinary messages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assay.gbcs.asn1.elements import CONSTRUCTED, MAX_LENGTH_WIDTH, children
from assay.gbcs.errors import EncodeError, RemoteGbcsError
from assay.gbcs.octets import length_octets


def widths(octets: bytes, offsets: list[int]) -> dict[str, int]:
    """Path -> octets of the length after its first (`82` = 2), for elements at `offsets`.

    `octets` have been read before, so every header on the way is sound.
    """
    found: dict[str, int] = {}
    for offset in offsets:
        found[_path(octets, offset)] = octets[offset + 1] & 0x7F
    return found


def _header(octets: bytes, offset: int) -> tuple[int, int]:
    first = octets[offset + 1]
    if first < 0x80:
        return offset + 2, offset + 2 + first
    start = offset + 2 + (first & 0x7F)
    return start, start + int.from_bytes(octets[offset + 2 : start], "big")


def _path(octets: bytes, wanted: int) -> str:
    steps: list[str] = []
    offset = 0
    while offset != wanted:
        offset, _ = _header(octets, offset)
        index = 0
        while (end := _header(octets, offset)[1]) <= wanted:
            offset, index = end, index + 1
        steps.append(str(index))
    return ".".join(steps)


def widen(octets: bytes, wanted: Mapping[str, int]) -> bytes:
    """The element re-encoded with the given lengths as wide as said."""
    left = dict(wanted)
    element = _widen(octets, "", left)
    if left:
        raise EncodeError("length_widths", "paths of elements", ", ".join(left))
    return element


def _widen(element: bytes, path: str, left: dict[str, int]) -> bytes:
    start, _ = _header(element, 0)
    contents = element[start:]
    width = left.pop(path, None)
    below = f"{path}." if path else ""
    if left and element[0] & CONSTRUCTED and any(other.startswith(below) for other in left):
        contents = b"".join(
            [
                _widen(child, f"{below}{index}", left)
                for index, child in enumerate(_split(contents, path))
            ]
        )
    return element[:1] + _length(len(contents), width, path) + contents


def _split(contents: bytes, path: str) -> list[bytes]:
    try:
        return [contents[at:end] for at, end in _spans(contents)]
    except RemoteGbcsError as error:
        raise EncodeError(f"length_widths below {path!r}", "elements", str(error)) from None


def _spans(contents: bytes) -> Iterator[tuple[int, int]]:
    offset = 0
    for _, _, stop in children(contents, 0, len(contents)):
        yield offset, stop
        offset = stop


def _length(length: int, width: int | None, path: str) -> bytes:
    if width is None:
        return length_octets(length)
    if isinstance(width, bool) or not isinstance(width, int) or not 1 <= width <= MAX_LENGTH_WIDTH:
        raise EncodeError(f"length_widths of {path!r}", f"1 to {MAX_LENGTH_WIDTH}", width)
    if length >> 8 * width:
        raise EncodeError(f"length_widths of {path!r}", f"room for {length}", width)
    return bytes((0x80 | width,)) + length.to_bytes(width, "big")
