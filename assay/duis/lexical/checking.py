"""Facets: ranges, lengths, patterns and enumerations, the same for reading and writing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC
from typing import Any

from assay.duis.lexical.violation import ViolationError, quote
from assay.duis.schema.model import Kind, SimpleType
from assay.gbcs.identifiers import Eui64

_MAX_DIGITS = 40
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _check_nothing(_: SimpleType, value: Any) -> None:
    pass


def _check_number(type_: SimpleType, value: Any) -> None:
    low, high = type_.minimum, type_.maximum
    if low is not None and value < low:
        raise ViolationError(_range(type_), str(value))
    if high is not None and value > high:
        raise ViolationError(_range(type_), str(value))


def _check_decimal(type_: SimpleType, value: Any) -> None:
    if not value.is_finite() or abs(value.adjusted()) > _MAX_DIGITS:
        raise ViolationError("a number of reasonable size", str(value))
    _check_number(type_, value)
    if type_.above is not None and value <= type_.above:
        raise ViolationError(_range(type_), str(value))
    if type_.below is not None and value >= type_.below:
        raise ViolationError(_range(type_), str(value))
    if type_.fraction_digits is None:
        return
    decimals = len(f"{value:f}".partition(".")[2].rstrip("0"))
    if decimals > type_.fraction_digits:
        raise ViolationError(f"at most {type_.fraction_digits} decimals", str(value))


def _check_length(type_: SimpleType, length: int, unit: str) -> None:
    low, high = type_.min_length, type_.max_length
    if length < low or (high is not None and length > high):
        most = "any number of" if high is None else str(high)
        raise ViolationError(f"{low} to {most} {unit}", f"{length}")


def _check_string(type_: SimpleType, value: Any) -> None:
    if type_.values and value not in type_.values:
        raise ViolationError(_one_of(type_.values), quote(value))
    _check_length(type_, len(value), "characters")
    if type_.pattern is not None and not type_.pattern.fullmatch(value):
        raise ViolationError(f"text of the form {type_.pattern.pattern}", quote(value))
    if _NOT_XML.search(value):
        raise ViolationError("characters that XML can carry", quote(value))


def _check_octets(type_: SimpleType, value: Any) -> None:
    _check_length(type_, len(value), "octets")
    if type_.values and value.hex().upper() not in type_.values:
        raise ViolationError(_one_of(type_.values), value.hex().upper())


def _check_eui_list(type_: SimpleType, value: Any) -> None:
    _check_length(type_, len(value), "EUI-64s")
    for item in value:
        if not isinstance(item, Eui64):
            raise ViolationError("EUI-64s", f"{type(item).__name__} among them")


def _check_zone(_: SimpleType, value: Any) -> None:
    if value.tzinfo is None:
        raise ViolationError("a time with its zone", f"{value.isoformat()} without one")


def _check_utc(_: SimpleType, value: Any) -> None:
    if value.tzinfo is not UTC:
        raise ViolationError("a time in UTC", value.isoformat())


def _range(type_: SimpleType) -> str:
    bounds = (
        ("at least", type_.minimum),
        ("at most", type_.maximum),
        ("above", type_.above),
        ("below", type_.below),
    )
    return "a number " + " and ".join(f"{word} {n}" for word, n in bounds if n is not None)


def _one_of(values: tuple[str, ...]) -> str:
    shown = ", ".join(values[:10])
    return f"one of {shown}" if len(values) <= 10 else f"one of {shown} and {len(values) - 10} more"


CHECKS: dict[Kind, Callable[[SimpleType, Any], None]] = {
    Kind.BOOLEAN: _check_nothing,
    Kind.INTEGER: _check_number,
    Kind.DECIMAL: _check_decimal,
    Kind.STRING: _check_string,
    Kind.HEX: _check_octets,
    Kind.BASE64: _check_octets,
    Kind.DATE_TIME: _check_zone,
    Kind.TIME: _check_utc,
    Kind.DATE: _check_nothing,
    Kind.EUI: _check_nothing,
    Kind.EUI_LIST: _check_eui_list,
    Kind.MESSAGE_ID: _check_nothing,
}
