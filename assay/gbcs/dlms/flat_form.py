"""Structures of numbers alone, which DLMS profiles consist of, read and written in one call."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from assay.gbcs.dlms.data import INTEGER_FORMATS, Data, Tag, TypeDescription

_STRUCTURE = int(Tag.STRUCTURE)
_new = tuple.__new__
"""Makes a Data as `Data(...)` does, in half the time: a frozen pair is a tuple of two."""


class FlatForm(NamedTuple):
    """A structure of numbers alone: what profiles consist of, read and written in one call."""

    tag: int
    tags: tuple[int, ...]
    struct: struct.Struct

    def unpack(self, content: bytes) -> tuple[Data, ...]:
        """`content` is a multiple of the form's size."""
        return tuple([self.element(row) for row in self.struct.iter_unpack(content)])

    def element(self, values: Iterable[Any]) -> Data:
        items = tuple([_new(Data, pair) for pair in zip(self.tags, values, strict=True)])
        return _new(Data, (self.tag, items))

    def pack(self, elements: Iterable[Data]) -> bytes:
        """struct.error for a value that its type cannot hold."""
        pack = self.struct.pack
        return b"".join([pack(*[value for _, value in element[1]]) for element in elements])


@lru_cache(maxsize=256)
def flat_form(kind: TypeDescription) -> FlatForm | None:
    """None where an element is no structure of numbers."""
    tags = tuple(part.tag for part in kind.parts)
    if kind.tag != _STRUCTURE or not tags or any(tag not in INTEGER_FORMATS for tag in tags):
        return None
    formats = "".join(INTEGER_FORMATS[Tag(tag)][0][1:] for tag in tags)
    return FlatForm(kind.tag, tags, struct.Struct(f">{formats}"))
