"""Contents of the primitive types as JSON values and back, each exact in both directions.

INTEGER and ENUMERATED are names where the declaration has one, ints otherwise; times are
ISO text; identifiers are hyphenated EUI-64s; key usages are names. Hex are only what has
no inner meaning: hashes, key identifiers, firmware versions, certificates and requests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.identifiers import Eui64

Json = Any
MAX_INTEGER_SIZE = 9
"""Octets: an unsigned 64-bit counter with its sign octet; GBCS has nothing longer."""

ReadContents = Callable[[bytes, int, int, list[int]], Json]
"""(octets, start, end, offsets of lengths that are not shortest) -> value."""
WriteContents = Callable[[Json], bytes]


class Leaf(NamedTuple):
    read: ReadContents
    write: WriteContents


def integer(label: str, names: Mapping[int, str]) -> Leaf:
    """INTEGER or ENUMERATED in the fewest octets."""
    names = dict(names)
    encoded = {name: _integer_octets(value, label) for value, name in names.items()}
    one_octet: list[int | str] = [
        names.get(octet, octet) for octet in (octet - (octet >> 7 << 8) for octet in range(256))
    ]

    def read(octets: bytes, start: int, end: int, _: list[int]) -> Json:
        if end - start == 1:
            return one_octet[octets[start]]
        value = _integer(octets, start, end, label)
        return names.get(value, value)

    def write(value: Json) -> bytes:
        if isinstance(value, str) and value in encoded:
            return encoded[value]
        if isinstance(value, bool) or not isinstance(value, int):
            expected = f"an integer or one of {', '.join(encoded)}" if encoded else "an integer"
            raise EncodeError(label, expected, repr(value))
        return _integer_octets(value, label)

    return Leaf(read, write)


def _integer(octets: bytes, start: int, end: int, label: str) -> int:
    size = end - start
    if not 1 <= size <= MAX_INTEGER_SIZE:
        raise RemoteLengthError(start, label, f"an integer of 1 to {MAX_INTEGER_SIZE} octets", size)
    value = int.from_bytes(octets[start:end], "big", signed=True)
    if size > 1 and -(1 << 8 * size - 9) <= value < 1 << 8 * size - 9:
        raise RemoteGbcsError(start, label, "the fewest octets", octets[start:end].hex())
    return value


def _integer_octets(number: int, label: str) -> bytes:
    size = ((number if number >= 0 else ~number).bit_length() >> 3) + 1
    if size > MAX_INTEGER_SIZE:
        raise EncodeError(label, f"at most {MAX_INTEGER_SIZE} octets", number)
    return number.to_bytes(size, "big", signed=True)


def alert_code(label: str) -> Leaf:
    """An INTEGER that is written as alert codes are: 0x8F66."""

    def read(octets: bytes, start: int, end: int, _: list[int]) -> Json:
        value = _integer(octets, start, end, label)
        return f"0x{value:04X}" if value >= 0 else value

    def write(value: Json) -> bytes:
        if isinstance(value, str):
            try:
                return _integer_octets(int(value, 16), label)
            except ValueError:
                raise EncodeError(label, "an alert code such as 0x8F66", repr(value)) from None
        if isinstance(value, bool) or not isinstance(value, int):
            raise EncodeError(label, "an alert code such as 0x8F66", repr(value))
        return _integer_octets(value, label)

    return Leaf(read, write)


def null(label: str) -> Leaf:
    def read(_octets: bytes, start: int, end: int, _: list[int]) -> Json:
        if start != end:
            raise RemoteLengthError(start, label, "a NULL without contents", end - start)

    def write(value: Json) -> bytes:
        if value is not None:
            raise EncodeError(label, "null", repr(value))
        return b""

    return Leaf(read, write)


def octet_string(label: str, size: int | None) -> Leaf:
    """Hex text, lower case."""

    def read(octets: bytes, start: int, end: int, _: list[int]) -> Json:
        if size is not None and end - start != size:
            raise RemoteLengthError(start, label, f"{size} octets", end - start)
        return octets[start:end].hex()

    def write(value: Json) -> bytes:
        contents = hex_octets(value, label)
        if size is not None and len(contents) != size:
            raise EncodeError(label, f"{size} octets as hex", len(contents))
        return contents

    return Leaf(read, write)


def hex_octets(value: Json, label: str) -> bytes:
    try:
        return bytes.fromhex(value)
    except (TypeError, ValueError):
        raise EncodeError(label, "octets as hex text", repr(value)) from None


def identifier(label: str, *, always: bool) -> Leaf:
    """A hyphenated EUI-64; where not `always`, octets of another size stay plain hex."""

    def read(octets: bytes, start: int, end: int, _: list[int]) -> Json:
        if end - start == 8:
            return octets[start:end].hex("-").upper()
        if always:
            raise RemoteLengthError(start, label, "8 octets", end - start)
        return octets[start:end].hex()

    def write(value: Json) -> bytes:
        try:
            return Eui64.from_text(value)
        except TypeError:
            raise EncodeError(label, "an EUI-64 as text", repr(value)) from None
        except ValueError:
            if always or len(contents := hex_octets(value, label)) == 8:
                raise EncodeError(label, "an EUI-64 as text", repr(value)) from None
            return contents

    return Leaf(read, write)


def time(label: str) -> Leaf:
    """GeneralizedTime YYYYMMDDHHMMSSZ as ISO text; "cancel" is 9999-12-31T23:59:59Z."""

    def read(octets: bytes, start: int, end: int, _: list[int]) -> Json:
        o = octets[start:end]
        if len(o) == 15 and o[14] == 0x5A and o[:14].isdigit():
            d = o.decode("ascii")
            text = f"{d[:4]}-{d[4:6]}-{d[6:8]}T{d[8:10]}:{d[10:12]}:{d[12:14]}Z"
            try:
                datetime.fromisoformat(text)
            except ValueError:
                pass
            else:
                return text
        raise RemoteGbcsError(start, label, "a time YYYYMMDDHHMMSSZ", o[:20].hex())

    def write(value: Json) -> bytes:
        try:
            moment = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise EncodeError(label, "a time such as 2030-01-01T00:00:00Z", repr(value)) from None
        if moment.utcoffset() is None or moment.utcoffset() or moment.microsecond:
            raise EncodeError(label, "a time in whole seconds of UTC", value)
        return (
            f"{moment.year:04}{moment.month:02}{moment.day:02}"
            f"{moment.hour:02}{moment.minute:02}{moment.second:02}Z"
        ).encode("ascii")

    return Leaf(read, write)


def bit_string(label: str, names: Mapping[str, str]) -> Leaf:
    """A name where the bits have one, else the bits as text ("0101")."""
    known = {_bit_contents(bits): name for bits, name in names.items()}
    contents_of = {name: contents for contents, name in known.items()}

    def read(octets: bytes, start: int, end: int, _: list[int]) -> Json:
        contents = octets[start:end]
        return known.get(contents) or _bits(contents, start, label)

    def write(value: Json) -> bytes:
        if not isinstance(value, str):
            raise EncodeError(label, f"bits or one of {', '.join(contents_of)}", repr(value))
        found = contents_of.get(value)
        if found is not None:
            return found
        if set(value) - {"0", "1"}:
            raise EncodeError(label, f"bits or one of {', '.join(contents_of)}", value)
        return _bit_contents(value)

    return Leaf(read, write)


def _bits(contents: bytes, start: int, label: str) -> str:
    if not contents or contents[0] > 7 or (contents[0] and len(contents) == 1):
        raise RemoteGbcsError(start, label, "a count of unused bits", contents[:1].hex())
    size = 8 * (len(contents) - 1)
    bits = f"{int.from_bytes(contents[1:], 'big'):0{size}b}" if size else ""
    used = size - contents[0]
    if "1" in bits[used:]:
        raise RemoteGbcsError(start, label, "unused bits of zero", bits[used:])
    return bits[:used]


def _bit_contents(bits: str) -> bytes:
    size = (len(bits) + 7) // 8
    value = int(bits.ljust(8 * size, "0"), 2) if bits else 0
    return bytes((8 * size - len(bits),)) + value.to_bytes(size, "big")
