"""Reads tagged DLMS values from octets, exactly (GBCS digest 4.5)."""

from __future__ import annotations

import struct
from collections.abc import Callable

from assay.gbcs.dlms.data import (
    FIXED_SIZES,
    INTEGER_FORMATS,
    MAX_DEPTH,
    NULL,
    CompactArray,
    Data,
    Tag,
    TypeDescription,
)
from assay.gbcs.dlms.flat_form import flat_form
from assay.gbcs.errors import RemoteGbcsError, RemoteLengthError
from assay.gbcs.octets import read_length, take

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
