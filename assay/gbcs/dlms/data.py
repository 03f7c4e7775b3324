"""DLMS data types: tagged values, octet-exact both ways (GBCS digest 4.5).

A value is a `Data(tag, value)`: ints for the integer types, bytes for strings, a tuple of
Data for structure and array, a bit text ("0101") for bit-string, the raw octet for boolean
(senders use FF and 01 for true), a CompactArray for compact-array.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from enum import IntEnum
from typing import Any, NamedTuple

from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.octets import length_octets, read_length, sized, take

MAX_DEPTH = 12
"""Real data nest five deep; more is an attack on the stack."""


class Tag(IntEnum):
    NULL = 0
    ARRAY = 1
    STRUCTURE = 2
    BOOLEAN = 3
    BIT_STRING = 4
    DOUBLE_LONG = 5
    DOUBLE_LONG_UNSIGNED = 6
    OCTET_STRING = 9
    VISIBLE_STRING = 10
    UTF8_STRING = 12
    BCD = 13
    INTEGER = 15
    LONG = 16
    UNSIGNED = 17
    LONG_UNSIGNED = 18
    COMPACT_ARRAY = 19
    LONG64 = 20
    LONG64_UNSIGNED = 21
    ENUM = 22
    FLOAT32 = 23
    FLOAT64 = 24
    DATE_TIME = 25
    DATE = 26
    TIME = 27


class Data(NamedTuple):
    tag: int
    value: Any = None


class TypeDescription(NamedTuple):
    """Of compact-array elements: a simple tag, a structure of parts, or an array of one part."""

    tag: int
    parts: tuple[TypeDescription, ...] = ()
    size: int = 0


class CompactArray(NamedTuple):
    description: TypeDescription
    elements: tuple[Data, ...]


NULL = Data(0)


def structure(*items: Data) -> Data:
    return Data(Tag.STRUCTURE, items)


def array(*items: Data) -> Data:
    return Data(Tag.ARRAY, items)


def octet_string(octets: bytes) -> Data:
    return Data(Tag.OCTET_STRING, bytes(octets))


def unsigned(value: int) -> Data:
    return Data(Tag.UNSIGNED, value)


def integer(value: int) -> Data:
    return Data(Tag.INTEGER, value)


def long_unsigned(value: int) -> Data:
    return Data(Tag.LONG_UNSIGNED, value)


def double_long_unsigned(value: int) -> Data:
    return Data(Tag.DOUBLE_LONG_UNSIGNED, value)


def enum(value: int) -> Data:
    return Data(Tag.ENUM, value)


def boolean(value: bool) -> Data:
    """True travels as FF, as in all national vectors."""
    return Data(Tag.BOOLEAN, 0xFF if value else 0x00)


INTEGER_FORMATS: dict[int, tuple[str, int]] = {
    Tag.DOUBLE_LONG: (">i", 4),
    Tag.DOUBLE_LONG_UNSIGNED: (">I", 4),
    Tag.BCD: (">B", 1),
    Tag.INTEGER: (">b", 1),
    Tag.LONG: (">h", 2),
    Tag.UNSIGNED: (">B", 1),
    Tag.LONG_UNSIGNED: (">H", 2),
    Tag.LONG64: (">q", 8),
    Tag.LONG64_UNSIGNED: (">Q", 8),
    Tag.ENUM: (">B", 1),
    Tag.BOOLEAN: (">B", 1),
}
_NUMBERS = {tag: struct.Struct(form) for tag, (form, _) in INTEGER_FORMATS.items()}
_STRINGS = frozenset((Tag.OCTET_STRING, Tag.VISIBLE_STRING, Tag.UTF8_STRING))
FIXED_SIZES: dict[int, int] = {
    Tag.DATE_TIME: 12,
    Tag.DATE: 5,
    Tag.TIME: 4,
    Tag.FLOAT32: 4,
    Tag.FLOAT64: 8,
}
"""Floats stay octets: no GBCS object uses them, and a NaN would not survive a round trip."""


def decode(octets: bytes, offset: int = 0, depth: int = 0) -> tuple[Data, int]:
    """One tagged value: (value, offset after it)."""
    if offset >= len(octets):
        raise RemoteLengthError(offset, "data type", "a tag", "the end")
    return _body(octets, offset + 1, octets[offset], depth)


def decode_whole(octets: bytes) -> Data:
    """One tagged value and nothing after it."""
    data, end = decode(octets)
    if end != len(octets):
        raise RemoteLengthError(end, "data", "the end", f"{len(octets) - end} octet(s) more")
    return data


def _body(octets: bytes, offset: int, tag: int, depth: int) -> tuple[Data, int]:
    number = _NUMBERS.get(tag)
    if number is not None:
        end = offset + number.size
        if end > len(octets):
            raise RemoteLengthError(offset, Tag(tag).name, f"{number.size} octet(s)", "the end")
        return Data(tag, number.unpack_from(octets, offset)[0]), end
    if tag in _STRINGS:
        size, offset = read_length(octets, offset, "string")
        return Data(tag, take(octets, offset, size, "string")), offset + size
    if tag == Tag.STRUCTURE or tag == Tag.ARRAY:
        return _sequence(octets, offset, tag, depth)
    if tag == Tag.NULL:
        return NULL, offset
    if tag == Tag.BIT_STRING:
        return _bit_string(octets, offset)
    if tag == Tag.COMPACT_ARRAY:
        return _compact_array(octets, offset, depth)
    size = FIXED_SIZES.get(tag, 0)
    if size:
        return Data(tag, take(octets, offset, size, Tag(tag).name)), offset + size
    raise RemoteGbcsError(offset - 1, "data type", "a DLMS data tag", f"{tag:02X}")


def _sequence(octets: bytes, offset: int, tag: int, depth: int) -> tuple[Data, int]:
    if depth >= MAX_DEPTH:
        raise RemoteGbcsError(offset, "data", f"at most {MAX_DEPTH} levels", "more")
    count, offset = read_length(octets, offset, Tag(tag).name)
    if count > len(octets) - offset:
        raise RemoteLengthError(offset, Tag(tag).name, f"{count} item(s)", "the end")
    items = []
    for _ in range(count):
        item, offset = decode(octets, offset, depth + 1)
        items.append(item)
    return Data(tag, tuple(items)), offset


def _bit_string(octets: bytes, offset: int) -> tuple[Data, int]:
    count, offset = read_length(octets, offset, "bit-string")
    size = (count + 7) // 8
    raw = take(octets, offset, size, "bit-string")
    bits = f"{int.from_bytes(raw, 'big'):0{size * 8}b}" if size else ""
    if "1" in bits[count:]:
        raise RemoteGbcsError(offset, "bit-string", "zero padding", bits[count:])
    return Data(Tag.BIT_STRING, bits[:count]), offset + size


def _compact_array(octets: bytes, offset: int, depth: int) -> tuple[Data, int]:
    description, offset = _type_description(octets, offset, depth)
    size, offset = read_length(octets, offset, "compact-array")
    end = offset + size
    content = take(octets, offset, size, "compact-array")
    elements: list[Data] = []
    position = 0
    while position < size:
        before = position
        element, position = _packed(content, position, description, depth + 1)
        if position == before:
            raise RemoteGbcsError(offset, "compact-array", "elements with content", "empty ones")
        elements.append(element)
    return Data(Tag.COMPACT_ARRAY, CompactArray(description, tuple(elements))), end


def _type_description(octets: bytes, offset: int, depth: int) -> tuple[TypeDescription, int]:
    if depth >= MAX_DEPTH:
        raise RemoteGbcsError(offset, "type description", f"at most {MAX_DEPTH} levels", "more")
    tag = take(octets, offset, 1, "type description")[0]
    offset += 1
    if tag == Tag.STRUCTURE:
        count, offset = read_length(octets, offset, "type description")
        if count > len(octets) - offset:
            raise RemoteLengthError(offset, "type description", f"{count} part(s)", "the end")
        parts = []
        for _ in range(count):
            part, offset = _type_description(octets, offset, depth + 1)
            parts.append(part)
        return TypeDescription(tag, tuple(parts)), offset
    if tag == Tag.ARRAY:
        count = int.from_bytes(take(octets, offset, 2, "type description"), "big")
        part, offset = _type_description(octets, offset + 2, depth + 1)
        return TypeDescription(tag, (part,), count), offset
    if tag == Tag.COMPACT_ARRAY or tag not in _SIMPLE_TAGS:
        raise RemoteGbcsError(offset - 1, "type description", "a DLMS data tag", f"{tag:02X}")
    return TypeDescription(tag), offset


_SIMPLE_TAGS = frozenset(int(tag) for tag in Tag)


def _packed(octets: bytes, offset: int, kind: TypeDescription, depth: int) -> tuple[Data, int]:
    """A value without tags, as compact arrays hold them."""
    if kind.tag not in (Tag.STRUCTURE, Tag.ARRAY):
        return _body(octets, offset, kind.tag, depth)
    parts = kind.parts if kind.tag == Tag.STRUCTURE else kind.parts * kind.size
    if len(parts) > len(octets) - offset + 1:
        raise RemoteLengthError(offset, "compact-array", f"{len(parts)} part(s)", "the end")
    items = []
    for part in parts:
        item, offset = _packed(octets, offset, part, depth + 1)
        items.append(item)
    return Data(kind.tag, tuple(items)), offset


def encode(data: Data) -> bytes:
    """The tagged octets of a value.

    Raises:
        EncodeError: a value that its type cannot hold.
    """
    return bytes((data.tag,)) + encode_body(data)


def encode_body(data: Data) -> bytes:
    tag, value = data
    number = _NUMBERS.get(tag)
    if number is not None:
        try:
            return number.pack(value)
        except struct.error as error:
            raise EncodeError(Tag(tag).name, str(error), value) from None
    encoder = _ENCODERS.get(tag)
    if encoder is None:
        raise EncodeError("data type", "a DLMS data tag", tag)
    return encoder(value)


def _encode_sequence(items: tuple[Data, ...]) -> bytes:
    return length_octets(len(items)) + b"".join([encode(item) for item in items])


def _encode_bits(bits: str) -> bytes:
    if set(bits) - {"0", "1"}:
        raise EncodeError("bit-string", "a text of 0 and 1", bits)
    size = (len(bits) + 7) // 8
    return length_octets(len(bits)) + int(bits.ljust(size * 8, "0") or "0", 2).to_bytes(size, "big")


def _encode_compact(value: CompactArray) -> bytes:
    content = b"".join([_encode_packed(element) for element in value.elements])
    return encode_description(value.description) + sized(content)


def _encode_packed(data: Data) -> bytes:
    if data.tag in (Tag.STRUCTURE, Tag.ARRAY):
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
