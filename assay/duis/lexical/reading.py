"""From text to typed value.

Stricter than XML Schema in three points: a dateTime or time must state its zone (DUIS times
are UTC), fractions of a second end at the microsecond, and numbers have at most 40 digits.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable
from datetime import UTC, datetime, time
from decimal import Decimal

from assay.duis.identifiers import MessageId
from assay.duis.lexical.checking import CHECKS
from assay.duis.lexical.violation import ViolationError, quote
from assay.duis.schema.model import Kind, SimpleType
from assay.duis.values import CalendarDate, Value
from assay.gbcs.identifiers import Eui64

_BLANKS = " \t\r\n"
_INTEGER = re.compile(r"[+-]?[0-9]{1,40}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})")
_CLOCK = r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,6}))?"
_ZONE = r"(Z|[+-][0-9]{2}:[0-9]{2})"
_DATE_TIME = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T{_CLOCK}{_ZONE}")
_TIME = re.compile(rf"{_CLOCK}(Z|[+-]00:00)")
_DATE = re.compile(r"([0-9]{4}|[1-9][0-9]{4})-([0-9]{2})-([0-9]{2})(Z?)")
_EUI = re.compile(r"[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){7}")


def read_text(type_: SimpleType, text: str) -> Value:
    """The value that the text stands for; ViolationError if it does not fit the type."""
    read, check = _FORMS[type_.kind]
    value = read(text)
    check(type_, value)
    return value


def _read_boolean(text: str) -> bool:
    word = text.strip(_BLANKS)
    if word in ("true", "1"):
        return True
    if word in ("false", "0"):
        return False
    raise ViolationError("true, false, 1 or 0", quote(text))


def _read_integer(text: str) -> int:
    word = text.strip(_BLANKS)
    if not _INTEGER.fullmatch(word):
        raise ViolationError("an integer", quote(text))
    return int(word)


def _read_decimal(text: str) -> Decimal:
    word = text.strip(_BLANKS)
    if not _DECIMAL.fullmatch(word):
        raise ViolationError("a decimal number", quote(text))
    return Decimal(word)


def _read_string(text: str) -> str:
    return text


def _read_hex(text: str) -> bytes:
    word = text.strip(_BLANKS)
    try:
        return binascii.unhexlify(word)
    except ValueError:  # odd length, or another character; also a non-ASCII one
        raise ViolationError("pairs of hex digits", quote(text)) from None


def _read_base64(text: str) -> bytes:
    word = "".join(text.split()) if text.isascii() else text
    try:
        return binascii.a2b_base64(word, strict_mode=True)
    except ValueError:
        raise ViolationError("base64", quote(text)) from None


def _read_date_time(text: str) -> datetime:
    match = _DATE_TIME.fullmatch(text.strip(_BLANKS))
    if match is None:
        raise ViolationError("a dateTime in UTC such as 2026-01-31T23:59:00.00Z", quote(text))
    day, hour, minute, second, fraction, zone = match.groups()
    micros = (fraction or "").ljust(6, "0")
    offset = "+00:00" if zone == "Z" else zone
    try:
        moment = datetime.fromisoformat(f"{day}T{hour}:{minute}:{second}.{micros}{offset}")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ViolationError("a dateTime that exists", quote(text)) from None


def _read_time(text: str) -> time:
    match = _TIME.fullmatch(text.strip(_BLANKS))
    if match is None:
        raise ViolationError("a time in UTC such as 23:59:00.00Z", quote(text))
    hour, minute, second, fraction, _ = match.groups()
    micros = int((fraction or "").ljust(6, "0"))
    try:
        return time(int(hour), int(minute), int(second), micros, UTC)
    except ValueError:
        raise ViolationError("a time that exists", quote(text)) from None


def _read_date(text: str) -> CalendarDate:
    match = _DATE.fullmatch(text.strip(_BLANKS))
    if match is None:
        raise ViolationError("a date such as 2026-01-31Z", quote(text))
    year, month, day, zone = match.groups()
    try:
        return CalendarDate(int(year), int(month), int(day), zone == "Z")
    except ValueError as problem:
        raise ViolationError(str(problem), quote(text)) from None


def _read_eui(text: str) -> Eui64:
    word = text.strip(_BLANKS)
    if not _EUI.fullmatch(word):
        raise ViolationError("an EUI-64 as eight hyphenated groups", quote(text))
    return Eui64(bytes.fromhex(word.replace("-", "")))


def _read_eui_list(text: str) -> tuple[Eui64, ...]:
    return tuple(_read_eui(part) for part in text.split(","))


def _read_message_id(text: str) -> MessageId:
    try:
        return MessageId.from_text(text.strip(_BLANKS))
    except ValueError as problem:
        raise ViolationError(str(problem), quote(text)) from None


_READERS: dict[Kind, Callable[[str], Value]] = {
    Kind.BOOLEAN: _read_boolean,
    Kind.INTEGER: _read_integer,
    Kind.DECIMAL: _read_decimal,
    Kind.STRING: _read_string,
    Kind.HEX: _read_hex,
    Kind.BASE64: _read_base64,
    Kind.DATE_TIME: _read_date_time,
    Kind.TIME: _read_time,
    Kind.DATE: _read_date,
    Kind.EUI: _read_eui,
    Kind.EUI_LIST: _read_eui_list,
    Kind.MESSAGE_ID: _read_message_id,
}

_FORMS = {kind: (read, CHECKS[kind]) for kind, read in _READERS.items()}
