"""Every way to alter one thing in a request's body that the schema still allows.

Led by the schema: each value by its type, each element of a choice by the others, optional
elements taken away and added, repeated ones taken away, repeated and exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from assay.duis.catalogue import CATALOGUE
from assay.duis.errors import DuisContentError
from assay.duis.requests import Request, build_request
from assay.duis.schema.model import Choice, ComplexType, Element, Group, Kind, Particle, SimpleType
from assay.duis.schema.requests import REQUEST_ELEMENTS
from assay.duis.values import TEXT_KEY, CalendarDate
from assay.gbcs.identifiers import Eui64

_TYPES = {element.name: element.type for element in REQUEST_ELEMENTS}
SETS = ("DayOfWeekApplicability", "SpecialDayApplicability", "SpecialDaysApplicability")
"""Lists in which neither order nor repetition means anything."""
MANY = 2
"""Of longer lists the first entry and the last are altered, unless all are wanted."""


def alterations(request: Request, *, all_entries: bool = False) -> Iterator[tuple[str, Request]]:
    """(what was altered, the request so altered)."""
    body_type = _TYPES[CATALOGUE[request.srv].element]
    for path, body in _of(body_type, request.body, "", all_entries):
        altered = replace(request, body=body if body is not None else {})
        if altered.body == request.body:
            continue
        try:
            build_request(altered)
        except DuisContentError:
            continue  # out of a range: another alteration of the same value is within
        yield path, altered


def _of(
    type_: SimpleType | ComplexType, value: Any, path: str, every: bool
) -> Iterator[tuple[str, Any]]:
    if isinstance(type_, SimpleType):
        for other in _others(type_, value):
            yield path, other
        return
    if type_.is_empty:
        return
    for attribute in type_.attributes:
        key = f"@{attribute.name}"
        for other in _others(attribute.type, value[key]):
            yield f"{path}/{key}", {**value, key: other}
    if type_.text is not None:
        for other in _others(type_.text, value[TEXT_KEY]):
            yield f"{path}/{TEXT_KEY}", {**value, TEXT_KEY: other}
    for particle in type_.particles:
        yield from _of_particle(particle, value, path, every)


def _of_particle(
    particle: Particle, value: Mapping[str, Any], path: str, every: bool
) -> Iterator[tuple[str, Any]]:
    if isinstance(particle, Element):
        yield from _of_element(particle, value, path, every)
    elif isinstance(particle, Group):
        for part in particle.particles:
            yield from _of_particle(part, value, path, every)
    else:
        yield from _of_choice(particle, value, path, every)


def _of_choice(
    choice: Choice, value: Mapping[str, Any], path: str, every: bool
) -> Iterator[tuple[str, Any]]:
    taken = next((o for o in choice.options if _names(o) & value.keys()), None)
    if taken is None:
        return
    yield from _of_particle(taken, value, path, every)
    rest = {name: item for name, item in value.items() if name not in _names(taken)}
    place = f"{path}/{'|'.join(sorted(_names(taken)))}"
    for option in choice.options:
        if option is taken:
            continue
        yield place, _ordered(rest, option)
        if isinstance(option, Element) and isinstance(taken, Element):
            yield place, {**rest, option.name: value[taken.name]}  # under another name


def _ordered(rest: Mapping[str, Any], option: Particle) -> dict[str, Any]:
    content = dict(rest)
    _fill(option, content)
    return content


def _of_element(
    element: Element, value: Mapping[str, Any], path: str, every: bool
) -> Iterator[tuple[str, Any]]:
    name, where = element.name, f"{path}/{element.name}"
    if name not in value:
        yield where, {**value, name: _occurrences(element)}
        return
    if element.optional:
        yield where, {other: item for other, item in value.items() if other != name}
    if not element.repeats:
        for place, other in _of(element.type, value[name], where, every):
            yield place, {**value, name: other}
        return
    entries = tuple(value[name])
    chosen: Sequence[int] = range(len(entries))
    if not every and len(entries) > MANY:
        chosen = [0, len(entries) - 1]
    for at in chosen:
        for place, other in _of(element.type, entries[at], f"{where}[{at + 1}]", every):
            yield place, {**value, name: (*entries[:at], other, *entries[at + 1 :])}
    yield f"{where}[less]", {**value, name: entries[:-1]}
    if name in SETS:
        return
    yield f"{where}[more]", {**value, name: (*entries, entries[-1])}
    if len(entries) > 1 and not _is_numbered(element.type):
        yield f"{where}[exchanged]", {**value, name: (entries[1], entries[0], *entries[2:])}


def _is_numbered(type_: SimpleType | ComplexType) -> bool:
    """Then the number of an entry counts and not its place."""
    attributes = type_.attributes if isinstance(type_, ComplexType) else ()
    return any(attribute.name in ("index", "identifier") for attribute in attributes)


def _names(particle: Particle) -> set[str]:
    if isinstance(particle, Element):
        return {particle.name}
    parts = particle.options if isinstance(particle, Choice) else particle.particles
    return set().union(*map(_names, parts))


def _occurrences(element: Element) -> Any:
    if not element.repeats:
        return _least(element.type)
    return tuple(_least(element.type) for _ in range(max(1, element.low)))


def _least(type_: SimpleType | ComplexType) -> Any:
    if isinstance(type_, SimpleType):
        return _some(type_)
    if type_.is_empty:
        return None
    content = {f"@{attribute.name}": _some(attribute.type) for attribute in type_.attributes}
    if type_.text is not None:
        content[TEXT_KEY] = _some(type_.text)
    for particle in type_.particles:
        _fill(particle, content)
    return content


def _fill(particle: Particle, content: dict[str, Any]) -> None:
    if isinstance(particle, Choice):
        _fill(particle.options[0], content)
    elif isinstance(particle, Group):
        for part in particle.particles:
            _fill(part, content)
    elif particle.low:
        content[particle.name] = _occurrences(particle)


_SOME: dict[Kind, Any] = {
    Kind.BOOLEAN: True,
    Kind.DATE_TIME: datetime(2031, 3, 2, 1, tzinfo=UTC),
    Kind.DATE: CalendarDate(2031, 3, 2),
    Kind.TIME: time(0, 30, tzinfo=UTC),
    Kind.EUI: Eui64.from_text("00DB1234567890FF"),
    Kind.BASE64: b"\x30\x00",
}


def _some(type_: SimpleType) -> Any:
    if type_.values:
        return type_.values[0]
    if type_.kind is Kind.STRING:
        return "1" * max(1, type_.min_length)
    if type_.kind is Kind.HEX:
        return b"\x11" * max(1, type_.min_length)
    if type_.kind in (Kind.INTEGER, Kind.DECIMAL):
        return (int if type_.kind is Kind.INTEGER else Decimal)(type_.minimum or 0)
    return _SOME[type_.kind]


def _others(type_: SimpleType, value: Any) -> list[Any]:
    if type_.values:
        return [other for other in type_.values if other != value]
    found: list[Any] = _OTHERS[type_.kind](type_, value)
    return found


def _other_octets(_: SimpleType, value: bytes) -> list[bytes]:
    return [value[:-1] + bytes((value[-1] ^ 1,)), bytes((value[0] ^ 0x80,)) + value[1:]]


def _other_dates(_: SimpleType, value: CalendarDate) -> list[CalendarDate]:
    return [
        CalendarDate(2031, value.month, 1 if value.day != 1 else 2),
        CalendarDate(value.year, value.month % 12 + 1, 1),
    ]


_OTHERS: dict[Kind, Any] = {
    Kind.BOOLEAN: lambda _, value: [not value],
    Kind.INTEGER: lambda _, value: [value + 1, value - 1],
    Kind.DECIMAL: lambda type_, value: [
        value + Decimal(1).scaleb(-(type_.fraction_digits or 0)),
        value - Decimal(1).scaleb(-(type_.fraction_digits or 0)),
    ],
    Kind.STRING: lambda _, value: [f"{value}x", f"{value[:-1]}z", value[1:]],
    Kind.HEX: _other_octets,
    Kind.BASE64: _other_octets,
    Kind.DATE_TIME: lambda _, value: [
        value + timedelta(seconds=1),
        value - timedelta(days=366),
        value + timedelta(milliseconds=10),
    ],
    Kind.DATE: _other_dates,
    Kind.TIME: lambda _, value: [
        value.replace(minute=(value.minute + 1) % 60),
        value.replace(second=1),
        value.replace(microsecond=10_000),
    ],
    Kind.EUI: lambda _, value: [Eui64(value[:-1] + bytes((value[-1] ^ 1,)))],
}
