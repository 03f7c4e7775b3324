"""DLMS data types: tagged values, octet-exact both ways (GBCS digest 4.5).

A value is a `Data(tag, value)`: ints for the integer types, bytes for strings, a tuple of
Data for structure and array, a bit text ("0101") for bit-string, the raw octet for boolean
(senders use FF and 01 for true), a CompactArray for compact-array.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, NamedTuple

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
