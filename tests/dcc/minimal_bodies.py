"""A right body for each of the 129 variants: the least that the schema allows."""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from assay.duis.catalogue import CATALOGUE
from assay.duis.identifiers import MessageId
from assay.duis.schema.model import Choice, ComplexType, Element, Group, Kind, Particle, SimpleType
from assay.duis.schema.requests import REQUEST_ELEMENTS
from assay.duis.values import TEXT_KEY, CalendarDate
from assay.gbcs.identifiers import Eui64
from tests.dcc.parties import METER, SUPPLIER

_TYPES = {element.name: element.type for element in REQUEST_ELEMENTS}
_TEXTS = ("A", "1", "01", "1.0", "A1A1A1A1", "AA11AA", "0" * 13, "a@b.cd", "1234567890")
_VALUES: dict[Kind, Any] = {
    Kind.BOOLEAN: True,
    Kind.DATE_TIME: datetime(2026, 3, 2, tzinfo=UTC),
    Kind.DATE: CalendarDate(2026, 3, 2),
    Kind.TIME: time(0, 30, tzinfo=UTC),
    Kind.EUI: METER,
    Kind.EUI_LIST: (METER,),
    Kind.MESSAGE_ID: MessageId(SUPPLIER, METER, 1),
}


def minimal_body(srv: str) -> dict[str, Any]:
    body: dict[str, Any] = _value(_TYPES[CATALOGUE[srv].element]) or {}
    return body


def _value(type_: SimpleType | ComplexType) -> Any:
    if isinstance(type_, SimpleType):
        return _simple(type_)
    if type_.is_empty:
        return None
    content = {f"@{attribute.name}": _simple(attribute.type) for attribute in type_.attributes}
    if type_.text is not None:
        content[TEXT_KEY] = _simple(type_.text)
    for particle in type_.particles:
        _fill(particle, content)
    return content


def _fill(particle: Particle, content: dict[str, Any]) -> None:
    if particle.low == 0:
        return
    if isinstance(particle, Choice):
        _fill(particle.options[0], content)
    elif isinstance(particle, Group):
        for part in particle.particles:
            _fill(part, content)
    else:
        content[particle.name] = _occurrences(particle)


def _occurrences(element: Element) -> Any:
    if not element.repeats:
        return _value(element.type)
    return tuple(_indexed(_value(element.type), index) for index in range(element.low))


def _indexed(value: Any, index: int) -> Any:
    """Members of a list that are numbered carry different numbers."""
    if isinstance(value, dict) and isinstance(value.get("@index"), int):
        return {**value, "@index": index + 1}
    return value


def _simple(type_: SimpleType) -> Any:
    if type_.values:
        value = type_.values[0]
        return bytes.fromhex(value) if type_.kind is Kind.HEX else value
    if type_.kind in _VALUES:
        return _VALUES[type_.kind]
    if type_.kind in (Kind.HEX, Kind.BASE64):
        return bytes(type_.min_length or 1)
    if type_.kind is Kind.STRING:
        return _text(type_)
    low = type_.minimum if type_.minimum is not None else type_.above
    if type_.kind is Kind.INTEGER:
        return int(low) if low is not None else 0
    step = Decimal(1).scaleb(-(type_.fraction_digits or 0))
    found = Decimal(low) if low is not None else Decimal(0)
    return found + step if type_.above is not None else found


def _text(type_: SimpleType) -> str:
    low, high = type_.min_length, type_.max_length
    for text in (*_TEXTS, str(Eui64(METER)), "A" * low, "0" * low):
        is_long_enough = low <= len(text) and (high is None or len(text) <= high)
        if is_long_enough and (type_.pattern is None or type_.pattern.fullmatch(text)):
            return text
    raise LookupError(f"no text fits {type_}")
