"""Data types of ZCL attributes, as rows: what a type's octets are as a value of Python.

Strings are octets, because meters put binary data into them; None is the "invalid" string.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from assay.gbcs.identifiers import Eui64
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.octets import Octets, eui_octets

Value = int | bytes | bool | Eui64 | None

BOOLEAN: Final = 0x10
BITMAP8: Final = 0x18
BITMAP16: Final = 0x19
BITMAP24: Final = 0x1A
BITMAP32: Final = 0x1B
UINT8: Final = 0x20
UINT16: Final = 0x21
UINT24: Final = 0x22
UINT32: Final = 0x23
UINT40: Final = 0x24
UINT48: Final = 0x25
INT8: Final = 0x28
INT16: Final = 0x29
INT24: Final = 0x2A
INT32: Final = 0x2B
ENUM8: Final = 0x30
ENUM16: Final = 0x31
OCTET_STRING: Final = 0x41
CHARACTER_STRING: Final = 0x42
UTC_TIME: Final = 0xE2
EUI64: Final = 0xF0


@dataclass(frozen=True, slots=True)
class _Number:
    size: int
    is_signed: bool = False


_NUMBERS: dict[int, _Number] = {
    0x08: _Number(1),  # general data
    BITMAP8: _Number(1),
    BITMAP16: _Number(2),
    BITMAP24: _Number(3),
    BITMAP32: _Number(4),
    0x1F: _Number(8),
    UINT8: _Number(1),
    UINT16: _Number(2),
    UINT24: _Number(3),
    UINT32: _Number(4),
    UINT40: _Number(5),
    UINT48: _Number(6),
    0x26: _Number(7),
    0x27: _Number(8),
    INT8: _Number(1, is_signed=True),
    INT16: _Number(2, is_signed=True),
    INT24: _Number(3, is_signed=True),
    INT32: _Number(4, is_signed=True),
    0x2C: _Number(5, is_signed=True),
    0x2D: _Number(6, is_signed=True),
    0x2E: _Number(7, is_signed=True),
    0x2F: _Number(8, is_signed=True),
    ENUM8: _Number(1),
    ENUM16: _Number(2),
    0xE0: _Number(4),  # time of day
    0xE1: _Number(4),  # date
    UTC_TIME: _Number(4),
    0xE8: _Number(2),  # cluster
    0xE9: _Number(2),  # attribute
}
_STRINGS = frozenset((OCTET_STRING, CHARACTER_STRING))
_INVALID_STRING = 0xFF


def read(reader: Octets, kind: int, field: str) -> Value:
    """A value of the type, or RemoteRadioError."""
    number = _NUMBERS.get(kind)
    if number is not None:
        octets = reader.take(number.size, field)
        return int.from_bytes(octets, "little", signed=number.is_signed)
    if kind in _STRINGS:
        size = reader.u8(f"length of {field}")
        return None if size == _INVALID_STRING else reader.take(size, field)
    if kind == BOOLEAN:
        value = reader.u8(field)
        if value > 1:
            raise RemoteRadioError(field, "0 or 1", value)
        return bool(value)
    if kind == EUI64:
        return reader.eui64(field)
    raise RemoteRadioError(f"type of {field}", "a ZCL type of fixed kind", f"{kind:02X}")


def write(kind: int, value: Value, field: str) -> bytes:
    """The octets of a value without its type; ValueError where it is none of the type."""
    number = _NUMBERS.get(kind)
    if number is not None and isinstance(value, int):
        return _number(number, value, field)
    if kind in _STRINGS and value is None:
        return bytes((_INVALID_STRING,))
    if kind in _STRINGS and isinstance(value, bytes) and len(value) < _INVALID_STRING:
        return bytes((len(value),)) + value
    if kind == BOOLEAN and isinstance(value, bool):
        return bytes((value,))
    if kind == EUI64 and isinstance(value, Eui64):
        return eui_octets(value)
    raise ValueError(f"{field}: expected a value of ZCL type {kind:02X}, given {value!r}")


def _number(number: _Number, value: int, field: str) -> bytes:
    try:
        return value.to_bytes(number.size, "little", signed=number.is_signed)
    except OverflowError:
        raise ValueError(f"{field}: expected {number.size} octet(s), given {value}") from None
