"""From typed value to its canonical text."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from assay.duis.identifiers import MessageId
from assay.duis.lexical.checking import CHECKS
from assay.duis.lexical.violation import ViolationError, quote
from assay.duis.schema.model import Kind, SimpleType
from assay.duis.values import CalendarDate, Value
from assay.gbcs.identifiers import Eui64


def write_text(type_: SimpleType, value: Value) -> str:
    """The canonical text of the value, not escaped; ViolationError if it does not fit the type."""
    wanted, words, check, write = _FORMS[type_.kind]
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise ViolationError(words, f"{type(value).__name__} {quote(str(value))}")
    check(type_, value)
    return write(value)


def _write_boolean(value: Any) -> str:
    return "true" if value else "false"


def _write_decimal(value: Any) -> str:
    return f"{value:f}"


def _write_hex(value: Any) -> str:
    return str(value.hex().upper())


def _write_base64(value: Any) -> str:
    return b64encode(value).decode("ascii")


def _write_date_time(value: Any) -> str:
    """Hundredths always, more digits only where needed (DUIS writes .00 when unknown)."""
    moment = value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    return f"{moment[:22]}{moment[22:].rstrip('0')}Z"


def _write_time(value: Any) -> str:
    moment = value.replace(tzinfo=None).isoformat(timespec="microseconds")
    return f"{moment[:11]}{moment[11:].rstrip('0')}Z"


def _write_eui(value: Any) -> str:
    return str(value.hyphenated)


def _write_eui_list(value: Any) -> str:
    return ",".join(item.hyphenated for item in value)


_WRITERS: dict[Kind, Callable[[Any], str]] = {
    Kind.BOOLEAN: _write_boolean,
    Kind.INTEGER: str,
    Kind.DECIMAL: _write_decimal,
    Kind.STRING: str,
    Kind.HEX: _write_hex,
    Kind.BASE64: _write_base64,
    Kind.DATE_TIME: _write_date_time,
    Kind.TIME: _write_time,
    Kind.DATE: str,
    Kind.EUI: _write_eui,
    Kind.EUI_LIST: _write_eui_list,
    Kind.MESSAGE_ID: str,
}

_PYTHON_TYPES: dict[Kind, tuple[type, str]] = {
    Kind.BOOLEAN: (bool, "a bool"),
    Kind.INTEGER: (int, "an int"),
    Kind.DECIMAL: (Decimal, "a Decimal"),
    Kind.STRING: (str, "a str"),
    Kind.HEX: (bytes, "bytes"),
    Kind.BASE64: (bytes, "bytes"),
    Kind.DATE_TIME: (datetime, "a datetime"),
    Kind.TIME: (time, "a time"),
    Kind.DATE: (CalendarDate, "a CalendarDate"),
    Kind.EUI: (Eui64, "an Eui64"),
    Kind.EUI_LIST: (tuple, "a tuple of Eui64"),
    Kind.MESSAGE_ID: (MessageId, "a MessageId"),
}

_FORMS = {
    kind: (wanted, words, CHECKS[kind], _WRITERS[kind])
    for kind, (wanted, words) in _PYTHON_TYPES.items()
}
