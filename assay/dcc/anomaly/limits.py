"""Values inside a request that lie above or below their limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from assay.dcc.anomaly.thresholds import AttributeLimit
from assay.duis.schema.model import Choice, ComplexType, Element, Kind, Particle, SimpleType
from assay.duis.schema.requests import REQUEST_ELEMENTS
from assay.duis.values import TEXT_KEY, Content

_NUMBERS = (Kind.INTEGER, Kind.DECIMAL)
_TYPES = {element.name: element.type for element in REQUEST_ELEMENTS}


def violation(limit: AttributeLimit, body: Content) -> str | None:
    """In words which value is out of bounds; None where none is."""
    for value in _values(body, limit.path.split("/")):
        number = Decimal(value)
        if limit.minimum is not None and number < limit.minimum:
            return f"{limit.path}: expected at least {limit.minimum}, seen {value}"
        if limit.maximum is not None and number > limit.maximum:
            return f"{limit.path}: expected at most {limit.maximum}, seen {value}"
    return None


def _values(content: object, path: list[str]) -> Iterator[int | Decimal]:
    """All occurrences; a path that passes a list goes into each of its members."""
    if isinstance(content, tuple):
        for member in content:
            yield from _values(member, path)
    elif isinstance(content, Mapping):
        name = path[0] if path else TEXT_KEY
        if name in content:
            yield from _values(content[name], path[1:])
    elif not path and isinstance(content, int | Decimal) and not isinstance(content, bool):
        yield content


def is_number_at(element: str, path: str) -> bool:
    """Whether the request element has a number there: a limit on anything else never strikes."""
    type_: SimpleType | ComplexType | None = _TYPES.get(element)
    for name in path.split("/"):
        if not isinstance(type_, ComplexType):
            return False
        type_ = next((found.type for found in _elements(type_) if found.name == name), None)
    if isinstance(type_, ComplexType):
        type_ = type_.text
    return type_ is not None and type_.kind in _NUMBERS


def _elements(type_: ComplexType) -> Iterator[Element]:
    def of(particle: Particle) -> Iterator[Element]:
        if isinstance(particle, Element):
            yield particle
            return
        parts = particle.options if isinstance(particle, Choice) else particle.particles
        for part in parts:
            yield from of(part)

    for particle in type_.particles:
        yield from of(particle)
