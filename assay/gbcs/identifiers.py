"""EUI-64 identifiers of devices and parties."""

from __future__ import annotations

import re
from typing import Self

_TEXT = re.compile(r"[0-9A-Fa-f]{2}(?:[-:]?[0-9A-Fa-f]{2}){7}")


class Eui64(bytes):
    """Eight octets, most significant first. Written as hyphenated groups, any letter case."""

    __slots__ = ()

    def __new__(cls, octets: bytes) -> Self:
        if len(octets) != 8:
            raise ValueError(f"an EUI-64 has 8 octets, got {len(octets)}")
        return super().__new__(cls, octets)

    @classmethod
    def from_text(cls, text: str) -> Self:
        if not _TEXT.fullmatch(text):
            raise ValueError(f"an EUI-64 is eight two-digit hex groups, got {text!r}")
        return cls(bytes.fromhex(text.replace("-", "").replace(":", "")))

    @property
    def hyphenated(self) -> str:
        return self.hex("-").upper()

    def __str__(self) -> str:
        return self.hyphenated

    def __repr__(self) -> str:
        return f"Eui64({self.hyphenated})"
