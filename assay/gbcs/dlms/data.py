"""DLMS data types: tagged values, octet-exact both ways (GBCS digest 4.5).

A value is a `Data(tag, value)`: ints for the integer types, bytes for strings, a tuple of
Data for structure and array, a bit text ("0101") for bit-string, the raw octet for boolean
(senders use FF and 01 for true), a CompactArray for compact-array.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
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
FIXED_SIZES: dict[int, int] = {
    Tag.DATE_TIME: 12,
    Tag.DATE: 5,
    Tag.TIME: 4,
    Tag.FLOAT32: 4,
    Tag.FLOAT64: 8,
}
"""Floats stay octets: no GBCS object uses them, and a NaN would not survive a round trip."""

_STRUCTURE, _ARRAY = int(Tag.STRUCTURE), int(Tag.ARRAY)
"""Plain ints: comparing with an enum member costs more than decoding a small value."""
_SEQUENCES = frozenset((_STRUCTURE, _ARRAY))

_new = tuple.__new__
"""Makes a Data as `Data(...)` does, in half the time: a frozen pair is a tuple of two."""

_Read = Callable[[bytes, int, int], tuple[Data, int]]
"""(octets, offset after the tag, depth) -> (value, offset after it)."""


def decode(octets: bytes, offset: int = 0, depth: int = 0) -> tuple[Data, int]:
    """One tagged value: (value, offset after it)."""
    if offset >= len(octets):
        raise RemoteLengthError(offset, "data type", "a tag", "the end")
    return _READERS[octets[offset]](octets, offset + 1, depth)


def decode_whole(octets: bytes) -> Data:
    """One tagged value and nothing after it."""
    data, end = decode(octets)
    if end != len(octets):
        raise RemoteLengthError(end, "data", "the end", f"{len(octets) - end} octet(s) more")
    return data


def _one_octet(tag: Tag) -> _Read:
    """All 256 values are made once: half of all real values are of these types."""
    form = struct.Struct(INTEGER_FORMATS[tag][0])
    values = tuple(Data(int(tag), form.unpack(bytes((octet,)))[0]) for octet in range(256))

    def read(octets: bytes, offset: int, _: int) -> tuple[Data, int]:
        try:
            return values[octets[offset]], offset + 1
        except IndexError:
            raise RemoteLengthError(offset, tag.name, "1 octet(s)", "the end") from None

    return read


def _number(tag: Tag) -> _Read:
    form, size = INTEGER_FORMATS[tag]
    unpack_from, plain = struct.Struct(form).unpack_from, int(tag)

    def read(octets: bytes, offset: int, _: int) -> tuple[Data, int]:
        try:
            (value,) = unpack_from(octets, offset)
        except struct.error:
            raise RemoteLengthError(offset, tag.name, f"{size} octet(s)", "the end") from None
        return _new(Data, (plain, value)), offset + size

    return read


def _string(tag: Tag) -> _Read:
    plain = int(tag)

    def read(octets: bytes, offset: int, _: int) -> tuple[Data, int]:
        if offset < len(octets) and octets[offset] < 0x80:
            size, offset = octets[offset], offset + 1
        else:
            size, offset = read_length(octets, offset, "string")
        end = offset + size
        if end > len(octets):
            raise RemoteLengthError(
                offset, "string", f"{size} octet(s)", f"{max(0, len(octets) - offset)} left"
            )
        return _new(Data, (plain, octets[offset:end])), end

    return read


def _fixed_octets(tag: Tag) -> _Read:
    size, plain = FIXED_SIZES[tag], int(tag)

    def read(octets: bytes, offset: int, _: int) -> tuple[Data, int]:
        return Data(plain, take(octets, offset, size, tag.name)), offset + size

    return read


def _sequence(tag: Tag) -> _Read:
    plain, name = int(tag), tag.name

    def read(octets: bytes, offset: int, depth: int) -> tuple[Data, int]:
        if depth >= MAX_DEPTH:
            raise RemoteGbcsError(offset, "data", f"at most {MAX_DEPTH} levels", "more")
        size = len(octets)
        if offset < size and octets[offset] < 0x80:
            count, offset = octets[offset], offset + 1
        else:
            count, offset = read_length(octets, offset, name)
        if count > size - offset:
            raise RemoteLengthError(offset, name, f"{count} item(s)", "the end")
        depth += 1
        readers = _READERS
        items = []
        for _ in range(count):
            if offset >= size:
                raise RemoteLengthError(offset, "data type", "a tag", "the end")
            item, offset = readers[octets[offset]](octets, offset + 1, depth)
            items.append(item)
        return _new(Data, (plain, tuple(items))), offset

    return read


def _null(_octets: bytes, offset: int, _: int) -> tuple[Data, int]:
    return NULL, offset


def _bit_string(octets: bytes, offset: int, _: int) -> tuple[Data, int]:
    count, offset = read_length(octets, offset, "bit-string")
    size = (count + 7) // 8
    raw = take(octets, offset, size, "bit-string")
    # a leading one keeps the leading zeros
    bits = bin(1 << 8 * size | int.from_bytes(raw, "big"))[3:]
    if "1" in bits[count:]:
        raise RemoteGbcsError(offset, "bit-string", "zero padding", bits[count:])
    return _new(Data, (_BIT_STRING, bits[:count])), offset + size


_BIT_STRING, _COMPACT_ARRAY = int(Tag.BIT_STRING), int(Tag.COMPACT_ARRAY)


def _compact_array(octets: bytes, offset: int, depth: int) -> tuple[Data, int]:
    description, offset = _type_description(octets, offset, depth)
    size, offset = read_length(octets, offset, "compact-array")
    end = offset + size
    content = take(octets, offset, size, "compact-array")
    if size:
        _check_density(description, offset)
    elements: list[Data] = []
    flat = flat_form(description)
    if flat is not None and size % flat.struct.size == 0:
        return Data(_COMPACT_ARRAY, CompactArray(description, flat.unpack(content))), end
    position = 0
    while position < size:
        before = position
        element, position = _packed(content, position, description, depth + 1)
        if position == before:
            raise RemoteGbcsError(offset, "compact-array", "elements with content", "empty ones")
        elements.append(element)
    return Data(_COMPACT_ARRAY, CompactArray(description, tuple(elements))), end


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


MAX_VALUES_PER_OCTET = 2
"""In compact arrays, where null-data takes no octet: nested arrays of it would fill the memory."""


def _check_density(kind: TypeDescription, offset: int) -> None:
    values, octets = _density(kind)
    if values > MAX_VALUES_PER_OCTET * max(1, octets):
        expected = f"at most {MAX_VALUES_PER_OCTET} values per octet"
        raise RemoteGbcsError(offset, "compact-array", expected, f"{values} in {octets}")


def _density(kind: TypeDescription) -> tuple[int, int]:
    """Values in one element, and the octets that they need at least."""
    if kind.tag not in _SEQUENCES:
        return 1, _SMALLEST.get(kind.tag, 1)
    inner = [_density(part) for part in kind.parts]
    values, octets = sum(row[0] for row in inner), sum(row[1] for row in inner)
    times = kind.size if kind.tag == _ARRAY else 1
    return 1 + values * times, octets * times


def _type_description(octets: bytes, offset: int, depth: int) -> tuple[TypeDescription, int]:
    if depth >= MAX_DEPTH:
        raise RemoteGbcsError(offset, "type description", f"at most {MAX_DEPTH} levels", "more")
    tag = take(octets, offset, 1, "type description")[0]
    offset += 1
    if tag == _STRUCTURE:
        count, offset = read_length(octets, offset, "type description")
        if count > len(octets) - offset:
            raise RemoteLengthError(offset, "type description", f"{count} part(s)", "the end")
        parts = []
        for _ in range(count):
            part, offset = _type_description(octets, offset, depth + 1)
            parts.append(part)
        return TypeDescription(tag, tuple(parts)), offset
    if tag == _ARRAY:
        count = int.from_bytes(take(octets, offset, 2, "type description"), "big")
        part, offset = _type_description(octets, offset + 2, depth + 1)
        return TypeDescription(tag, (part,), count), offset
    if tag == _COMPACT_ARRAY or tag not in _SIMPLE_TAGS:
        raise RemoteGbcsError(offset - 1, "type description", "a DLMS data tag", f"{tag:02X}")
    return TypeDescription(tag), offset


_SIMPLE_TAGS = frozenset(int(tag) for tag in Tag)


def _packed(octets: bytes, offset: int, kind: TypeDescription, depth: int) -> tuple[Data, int]:
    """A value without tags, as compact arrays hold them."""
    tag, parts, size = kind
    if tag not in _SEQUENCES:
        return _READERS[tag](octets, offset, depth)
    if tag == _ARRAY:
        parts = parts * size
    if len(parts) > len(octets) - offset + 1:
        raise RemoteLengthError(offset, "compact-array", f"{len(parts)} part(s)", "the end")
    readers = _READERS
    items = []
    for part in parts:
        if part[0] in _SEQUENCES:
            item, offset = _packed(octets, offset, part, depth + 1)
        else:
            item, offset = readers[part[0]](octets, offset, depth + 1)
        items.append(item)
    return _new(Data, (tag, tuple(items))), offset


def _unknown(octets: bytes, offset: int, _: int) -> tuple[Data, int]:
    seen = f"{octets[offset - 1]:02X}"
    raise RemoteGbcsError(offset - 1, "data type", "a DLMS data tag", seen)


_ONE_OCTET = [Tag(tag) for tag, (_, size) in INTEGER_FORMATS.items() if size == 1]
_LONGER = [Tag(tag) for tag, (_, size) in INTEGER_FORMATS.items() if size > 1]
_STRINGS = (Tag.OCTET_STRING, Tag.VISIBLE_STRING, Tag.UTF8_STRING)

_KNOWN_READERS: dict[int, _Read] = {
    Tag.NULL: _null,
    Tag.ARRAY: _sequence(Tag.ARRAY),
    Tag.STRUCTURE: _sequence(Tag.STRUCTURE),
    Tag.BIT_STRING: _bit_string,
    Tag.COMPACT_ARRAY: _compact_array,
    **{tag: _one_octet(tag) for tag in _ONE_OCTET},
    **{tag: _number(tag) for tag in _LONGER},
    **{tag: _string(tag) for tag in _STRINGS},
    **{tag: _fixed_octets(Tag(tag)) for tag in FIXED_SIZES},
}
_READERS: tuple[_Read, ...] = tuple(_KNOWN_READERS.get(tag, _unknown) for tag in range(256))
"""By tag octet."""
_SMALLEST: dict[int, int] = {
    Tag.NULL: 0,
    **{tag: size for tag, (_, size) in INTEGER_FORMATS.items()},
    **FIXED_SIZES,
}
"""Octets of a value at least; those that tell their own size need one for the length."""


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
