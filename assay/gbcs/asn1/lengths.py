"""Lengths that are not in shortest form: found by offset, named by path, put back.

National messages contain them (`82 00CA` where `81 CA` would do), and a signature covers
every octet, so the width of such a length belongs to the value. A path counts children
from 0: "" is the payload itself, "1.0" the first child of its second child. Only elements
on such a path are opened, each once; this is off the path of ordinary messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assay.gbcs.asn1.elements import CONSTRUCTED, MAX_LENGTH_WIDTH, children, contents
from assay.gbcs.errors import EncodeError, RemoteGbcsError
from assay.gbcs.octets import length_octets

MAX_DEPTH = 12
"""Twice that of the deepest GBCS type."""


def widths(octets: bytes, offsets: list[int]) -> dict[str, int]:
    """Path -> octets of the length after its first (`82` = 2), for the elements at `offsets`.

    `octets` have been read before, so every header on the way is sound.
    """
    found: dict[str, int] = {}
    _find(octets, 0, "", sorted(offsets, reverse=True), found)
    return found


def _find(octets: bytes, offset: int, path: str, left: list[int], found: dict[str, int]) -> None:
    if left[-1] == offset:
        found[path] = octets[left.pop() + 1] & 0x7F
    offset, end = contents(octets, offset, len(octets), "element", [])
    below = f"{path}." if path else ""
    index = 0
    while left and left[-1] < end:
        _, stop = contents(octets, offset, end, "element", [])
        if left[-1] < stop:
            _find(octets, offset, f"{below}{index}", left, found)
        offset, index = stop, index + 1


@dataclass(slots=True)
class _Wanted:
    """The width wanted of an element, and what is wanted of its children by their index."""

    width: int | None = None
    children: dict[int, _Wanted] = field(default_factory=dict)


def widen(octets: bytes, wanted: Mapping[str, int]) -> bytes:
    """The element re-encoded with the given lengths as wide as said.

    Raises:
        EncodeError: a path without an element, or a width without room for the length.
    """
    root = _Wanted()
    for path, width in wanted.items():
        node = root
        for step in _steps(path):
            node = node.children.setdefault(step, _Wanted())
        node.width = width
    return _widen(octets, "", root)


def _steps(path: str) -> list[int]:
    steps = path.split(".") if path else []
    if len(steps) > MAX_DEPTH or not all(step.isdecimal() and len(step) < 6 for step in steps):
        raise EncodeError("length_widths", "paths such as 1.0", repr(path))
    return [int(step) for step in steps]


def _widen(element: bytes, path: str, wanted: _Wanted) -> bytes:
    inner = element[contents(element, 0, len(element), "element", [])[0] :]
    if wanted.children:
        parts = _split(inner, path) if element[0] & CONSTRUCTED else []
        below = f"{path}." if path else ""
        for index, child in wanted.children.items():
            if not 0 <= index < len(parts):
                raise EncodeError("length_widths", "paths of elements", f"{below}{index}")
            parts[index] = _widen(parts[index], f"{below}{index}", child)
        inner = b"".join(parts)
    return element[:1] + _length(len(inner), wanted.width, path) + inner


def _split(inner: bytes, path: str) -> list[bytes]:
    parts, offset = [], 0
    try:
        for _, _, stop in children(inner, 0, len(inner)):
            parts.append(inner[offset:stop])
            offset = stop
    except RemoteGbcsError as error:
        raise EncodeError(f"length_widths below {path!r}", "elements", str(error)) from None
    return parts


def _length(length: int, width: int | None, path: str) -> bytes:
    if width is None:
        return length_octets(length)
    if isinstance(width, bool) or not isinstance(width, int) or not 1 <= width <= MAX_LENGTH_WIDTH:
        raise EncodeError(f"length_widths of {path!r}", f"1 to {MAX_LENGTH_WIDTH}", width)
    if length >> 8 * width:
        raise EncodeError(f"length_widths of {path!r}", f"room for {length}", width)
    return bytes((0x80 | width,)) + length.to_bytes(width, "big")
