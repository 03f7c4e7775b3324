"""Kinds of ZCL fields: little-endian octets as ints, names and texts, and back.

Times are ISO text; the three special ones (now or none, cancel, cancel in calendars) stay
what they are: "0x00000000", "0xFFFFFFFF", "0xFFFFFFFE". A string reads as text where its
octets are printable UTF-8, as {"octets": hex} otherwise, and as null where it is the
"invalid" string of ZCL (length FF; recalled, in no national vector).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, NamedTuple

from assay.gbcs.errors import EncodeError, RemoteLengthError
from assay.gbcs.identifiers import Eui64

Json = Any
_EPOCH = datetime(2000, 1, 1)
_EPOCH_UTC = _EPOCH.replace(tzinfo=UTC)
SPECIAL_TIMES = {0: "0x00000000", 0xFFFFFFFF: "0xFFFFFFFF", 0xFFFFFFFE: "0xFFFFFFFE"}
_SPECIAL_SECONDS = {text: seconds for seconds, text in SPECIAL_TIMES.items()}
INVALID_STRING = 0xFF


class Fixed(NamedTuple):
    """A field of fixed size: its `struct` code, and what turns that into JSON and back."""

    code: str
    size: int
    to_json: Callable[[Any], Json] | None = None
    from_json: Callable[[Json], Any] | None = None


class Variable(NamedTuple):
    """A field that tells its own size: (octets, offset, end, label) -> (value, next offset)."""

    read: Callable[[bytes, int, int, str], tuple[Json, int]]
    write: Callable[[Json, str], bytes]


@lru_cache(maxsize=4096)
def time_text(seconds: int) -> str:
    special = SPECIAL_TIMES.get(seconds)
    if special is not None:
        return special
    return (_EPOCH + timedelta(seconds=seconds)).isoformat() + "Z"


@lru_cache(maxsize=4096, typed=True)
def time_seconds(text: Json) -> int:
    """ValueError or TypeError for what is no time."""
    if isinstance(text, int):
        return text
    special = _SPECIAL_SECONDS.get(text)
    if special is not None:
        return special
    moment = datetime.fromisoformat(text)
    elapsed = moment - _EPOCH_UTC
    if elapsed.microseconds:
        raise ValueError("fractions of a second")
    return elapsed.days * 86400 + elapsed.seconds


def _date_form(octets: bytes) -> Json:
    year, month, day, weekday = (None if octet == 0xFF else octet for octet in octets)
    return {
        "year": None if year is None else year + 1900,
        "month": month,
        "day": day,
        "weekday": weekday,
    }


def _date_octets(form: Json) -> bytes:
    year = form["year"]
    parts = (
        None if year is None else year - 1900,
        form["month"],
        form["day"],
        form["weekday"],
    )
    if 0xFF in parts or len(form) != 4:
        raise ValueError("a date")
    return bytes(0xFF if part is None else part for part in parts)


def _code_text(code: int) -> str:
    return f"0x{code:04X}"


def _code(form: Json) -> int:
    return int(form, 16) if isinstance(form, str) else form


def _eui64_text(octets: bytes) -> str:
    return Eui64(octets[::-1]).hyphenated


def _eui64_octets(text: Json) -> bytes:
    return bytes(Eui64.from_text(text)[::-1])


def _odd_integer(size: int, *, signed: bool) -> Fixed:
    return Fixed(
        f"{size}s",
        size,
        partial(int.from_bytes, byteorder="little", signed=signed),
        lambda value: value.to_bytes(size, "little", signed=signed),
    )


def read_string(octets: bytes, offset: int, end: int, label: str) -> tuple[Json, int]:
    contents, offset = _sized(octets, offset, end, label)
    if contents is None:
        return None, offset
    try:
        text = contents.decode("utf-8")
    except UnicodeDecodeError:
        return {"octets": contents.hex()}, offset
    return (text if text.isprintable() else {"octets": contents.hex()}), offset


def write_string(value: Json, label: str) -> bytes:
    if value is None:
        return bytes((INVALID_STRING,))
    if isinstance(value, str):
        try:
            return _with_length(value.encode("utf-8"), label)
        except UnicodeEncodeError:
            raise EncodeError(label, "text of whole characters", repr(value)) from None
    if isinstance(value, dict) and value.keys() == {"octets"}:
        return write_octets(value["octets"], label)
    raise EncodeError(label, 'text, null or {"octets": hex}', repr(value))


def read_octets(octets: bytes, offset: int, end: int, label: str) -> tuple[Json, int]:
    contents, offset = _sized(octets, offset, end, label)
    return (None if contents is None else contents.hex()), offset


def write_octets(value: Json, label: str) -> bytes:
    if value is None:
        return bytes((INVALID_STRING,))
    try:
        return _with_length(bytes.fromhex(value), label)
    except (TypeError, ValueError):
        raise EncodeError(label, "octets as hex text", repr(value)) from None


def _sized(octets: bytes, offset: int, end: int, label: str) -> tuple[bytes | None, int]:
    if offset >= end:
        raise RemoteLengthError(offset, label, "a length", "the end")
    size = octets[offset]
    if size == INVALID_STRING:
        return None, offset + 1
    stop = offset + 1 + size
    if stop > end:
        raise RemoteLengthError(offset, label, f"{size} octet(s)", f"{end - offset - 1} left")
    return octets[offset + 1 : stop], stop


def _with_length(contents: bytes, label: str) -> bytes:
    if len(contents) >= INVALID_STRING:
        raise EncodeError(label, "at most 254 octets", len(contents))
    return bytes((len(contents),)) + contents


_INTEGER_CODES = {1: "b", 2: "h", 4: "i", 8: "q"}


def _integer(size: int, *, signed: bool) -> Fixed:
    code = _INTEGER_CODES.get(size)
    if code is None:
        return _odd_integer(size, signed=signed)
    return Fixed(code if signed else code.upper(), size)


KINDS: dict[str, Fixed | Variable] = {
    **{f"u{8 * size}": _integer(size, signed=False) for size in range(1, 9)},
    **{f"i{8 * size}": _integer(size, signed=True) for size in range(1, 9)},
    "time": Fixed("I", 4, time_text, time_seconds),
    "date": Fixed("4s", 4, _date_form, _date_octets),
    "code16": Fixed("H", 2, _code_text, _code),
    "eui64": Fixed("8s", 8, _eui64_text, _eui64_octets),
    "string": Variable(read_string, write_string),
    "octets": Variable(read_octets, write_octets),
}
