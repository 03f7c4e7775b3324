"""A cursor over received octets, and the little-endian pieces of those that are sent."""

from __future__ import annotations

from functools import lru_cache

from assay.gbcs.identifiers import Eui64
from rigs.zigbee.errors import RemoteLengthError


class Octets:
    """Reads fields from the front; every read past the end is a RemoteLengthError."""

    __slots__ = ("_octets", "offset")

    def __init__(self, octets: bytes) -> None:
        self._octets = octets
        self.offset = 0

    def u8(self, field: str) -> int:
        offset = self.offset
        try:
            value = self._octets[offset]
        except IndexError:
            raise self._short(field, 1) from None
        self.offset = offset + 1
        return value

    def u16(self, field: str) -> int:
        offset = self.offset
        try:
            value = self._octets[offset] | self._octets[offset + 1] << 8
        except IndexError:
            raise self._short(field, 2) from None
        self.offset = offset + 2
        return value

    def u24(self, field: str) -> int:
        return int.from_bytes(self.take(3, field), "little")

    def u32(self, field: str) -> int:
        return int.from_bytes(self.take(4, field), "little")

    def eui64(self, field: str) -> Eui64:
        return _eui64(self.take(8, field))

    def take(self, size: int, field: str) -> bytes:
        offset = self.offset
        piece = self._octets[offset : offset + size]
        if len(piece) != size:
            raise self._short(field, size)
        self.offset = offset + size
        return piece

    def sized(self, field: str) -> bytes:
        """One octet of length, then so many octets."""
        return self.take(self.u8(f"length of {field}"), field)

    def rest(self) -> bytes:
        piece = self._octets[self.offset :]
        self.offset = len(self._octets)
        return piece

    @property
    def left(self) -> int:
        return len(self._octets) - self.offset

    def finish(self, what: str) -> None:
        """RemoteLengthError where anything is left."""
        if self.left:
            raise RemoteLengthError(f"end of {what}", "nothing more", f"{self.left} octet(s)")

    def _short(self, field: str, size: int) -> RemoteLengthError:
        return RemoteLengthError(field, f"{size} octet(s)", f"{self.left} left")


@lru_cache(maxsize=4096)
def _eui64(octets: bytes) -> Eui64:
    """The same few stations over and over."""
    return Eui64(octets[::-1])


def eui_octets(eui: Eui64) -> bytes:
    """As it goes over the air: least significant octet first."""
    return eui[::-1]


def little(value: int, size: int, field: str) -> bytes:
    """`value` in `size` octets, or ValueError in words."""
    if not 0 <= value < 1 << (8 * size):
        raise ValueError(f"{field}: expected 0 to {(1 << 8 * size) - 1:#x}, given {value:#x}")
    return value.to_bytes(size, "little")
