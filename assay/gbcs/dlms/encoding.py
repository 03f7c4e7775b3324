"""Writes tagged DLMS values as octets, exactly (GBCS digest 4.5)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import Any

from assay.gbcs.dlms.data import (
    FIXED_SIZES,
    INTEGER_FORMATS,
    CompactArray,
    Data,
    Tag,
    TypeDescription,
)
from assay.gbcs.dlms.flat_form import flat_form
from assay.gbcs.errors import EncodeError
from assay.gbcs.octets import length_octets, sized

_STRUCTURE, _ARRAY = int(Tag.STRUCTURE), int(Tag.ARRAY)
"""Plain ints: comparing with an enum member costs more than decoding a small value."""
_SEQUENCES = frozenset((_STRUCTURE, _ARRAY))
_BIT_STRING, _COMPACT_ARRAY = int(Tag.BIT_STRING), int(Tag.COMPACT_ARRAY)


def encode(data: Data) -> bytes:
    """The tagged octets of a value.

    Raises:
        EncodeError: a value that its type cannot hold.
    """
    tag, value = data
    write = _WRITERS.get(tag)
    if write is None:
        raise EncodeError("data type", "a DLMS data tag", tag)
    try:
        return write(tag, value)
    except struct.error as error:
        raise EncodeError(Tag(tag).name, str(error), value) from None


def encode_all(items: Sequence[Data]) -> bytes:
    """The tagged octets of several values, one after the other."""
    writers = _WRITERS
    try:
        return b"".join([writers[tag](tag, value) for tag, value in items])
    except (struct.error, KeyError):
        for data in items:
            encode(data)  # says which of them it is
        raise


_NUMBERS = {tag: struct.Struct(form).pack for tag, (form, _) in INTEGER_FORMATS.items()}


def encode_body(data: Data) -> bytes:
    tag, value = data
    number = _NUMBERS.get(tag)
    if number is not None:
        try:
            return number(value)
        except struct.error as error:
            raise EncodeError(Tag(tag).name, str(error), value) from None
    encoder = _ENCODERS.get(tag)
    if encoder is None:
        raise EncodeError("data type", "a DLMS data tag", tag)
    return encoder(value)


def _encode_sequence(items: tuple[Data, ...]) -> bytes:
    return length_octets(len(items)) + encode_all(items)


def _encode_bits(bits: str) -> bytes:
    if set(bits) - {"0", "1"}:
        raise EncodeError("bit-string", "a text of 0 and 1", bits)
    size = (len(bits) + 7) // 8
    return length_octets(len(bits)) + int(bits.ljust(size * 8, "0") or "0", 2).to_bytes(size, "big")


def _encode_compact(value: CompactArray) -> bytes:
    content = _flat_content(value)
    if content is None:
        content = b"".join([_encode_packed(element) for element in value.elements])
    return encode_description(value.description) + sized(content)


def _flat_content(value: CompactArray) -> bytes | None:
    """None where the elements are not flat, or one does not fit: the slow way says which."""
    flat = flat_form(value.description)
    if flat is None:
        return None
    try:
        return flat.pack(value.elements)
    except (struct.error, TypeError, ValueError):
        return None


def _encode_packed(data: Data) -> bytes:
    if data.tag in _SEQUENCES:
        return b"".join([_encode_packed(item) for item in data.value])
    return encode_body(data)


def encode_description(kind: TypeDescription) -> bytes:
    parts = b"".join([encode_description(part) for part in kind.parts])
    if kind.tag == Tag.STRUCTURE:
        return b"\x02" + length_octets(len(kind.parts)) + parts
    if kind.tag == Tag.ARRAY:
        return b"\x01" + kind.size.to_bytes(2, "big") + parts
    return bytes((kind.tag,))


def _fixed(size: int) -> Callable[[bytes], bytes]:
    def encoder(value: bytes) -> bytes:
        if len(value) != size:
            raise EncodeError("fixed-size data", f"{size} octets", len(value))
        return value

    return encoder


_ENCODERS: dict[int, Callable[[Any], bytes]] = {
    Tag.NULL: lambda _: b"",
    Tag.STRUCTURE: _encode_sequence,
    Tag.ARRAY: _encode_sequence,
    Tag.OCTET_STRING: sized,
    Tag.VISIBLE_STRING: sized,
    Tag.UTF8_STRING: sized,
    Tag.BIT_STRING: _encode_bits,
    Tag.COMPACT_ARRAY: _encode_compact,
    **{tag: _fixed(size) for tag, size in FIXED_SIZES.items()},
}

_Write = Callable[[int, Any], bytes]


def _tagged(tag: int) -> _Write:
    encoder, octet = _ENCODERS[tag], bytes((tag,))
    return lambda _, value: octet + encoder(value)


_WRITERS: dict[int, _Write] = {
    **{tag: _tagged(tag) for tag in _ENCODERS},
    **{tag: struct.Struct(">B" + form[1:]).pack for tag, (form, _) in INTEGER_FORMATS.items()},
}
"""(tag, value) -> tag and contents: of a number in one call."""
