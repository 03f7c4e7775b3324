"""How the schema of DUIS is written down here: content models in schema order.

A complex type is a tuple of particles: elements with how often they occur, choices, and
groups that appear together or not at all. Nothing in DUIS V5.4 repeats a choice or a group
of several elements, so neither has an upper bound of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum, auto
from typing import TypeAlias

NAMESPACE = "http://www.dccinterface.co.uk/ServiceUserGateway"


class Kind(IntEnum):
    """Which Python value a simple type becomes, see `values`."""

    BOOLEAN = auto()
    INTEGER = auto()
    DECIMAL = auto()
    STRING = auto()
    HEX = auto()
    BASE64 = auto()
    DATE_TIME = auto()
    DATE = auto()
    TIME = auto()
    EUI = auto()
    EUI_LIST = auto()
    MESSAGE_ID = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class SimpleType:
    """Lengths are characters of text, octets of hexBinary and base64Binary."""

    kind: Kind
    minimum: Decimal | int | None = None
    maximum: Decimal | int | None = None
    above: Decimal | None = None  # exclusive bounds
    below: Decimal | None = None
    fraction_digits: int | None = None
    min_length: int = 0
    max_length: int | None = None
    pattern: re.Pattern[str] | None = None
    values: tuple[str, ...] = ()
    """Enumeration; upper-case hex for Kind.HEX."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """Every attribute of DUIS V5.4 is required and unqualified."""

    name: str
    type: SimpleType


@dataclass(frozen=True, slots=True)
class Element:
    name: str
    type: SimpleType | ComplexType
    low: int = 1
    high: int | None = 1  # None: no upper bound
    tag: str = field(init=False)
    first: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tag", f"{{{NAMESPACE}}}{self.name}")
        object.__setattr__(self, "first", frozenset([self.name]))

    @property
    def repeats(self) -> bool:
        """Then its value is a tuple, however often it occurs."""
        return self.high != 1

    @property
    def optional(self) -> bool:
        return self.low == 0


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple[Particle, ...]
    low: int = 1
    by_first: Mapping[str, Particle] = field(init=False)
    """Option by the name of an element that it can begin with; the schema lets no two share one."""

    def __post_init__(self) -> None:
        starts = {name: option for option in self.options for name in option.first}
        object.__setattr__(self, "by_first", starts)

    @property
    def first(self) -> frozenset[str]:
        return frozenset(self.by_first)

    @property
    def optional(self) -> bool:
        return self.low == 0 or any(option.optional for option in self.options)


@dataclass(frozen=True, slots=True)
class Group:
    particles: tuple[Particle, ...]
    low: int = 1
    first: frozenset[str] = field(init=False)
    """Names of the elements that this can begin with."""

    def __post_init__(self) -> None:
        starts: frozenset[str] = frozenset()
        for particle in self.particles:
            starts |= particle.first
            if not particle.optional:
                break
        object.__setattr__(self, "first", starts)

    @property
    def optional(self) -> bool:
        return self.low == 0 or all(particle.optional for particle in self.particles)


Particle: TypeAlias = Element | Choice | Group


@dataclass(frozen=True, slots=True)
class ComplexType:
    """`text` is the type of the text where there are attributes and no child elements."""

    particles: tuple[Particle, ...]
    attributes: tuple[Attribute, ...] = ()
    text: SimpleType | None = None

    @property
    def is_empty(self) -> bool:
        """Neither children nor attributes nor text: the element itself is the statement."""
        return not (self.particles or self.attributes or self.text)


def one(name: str, type_: SimpleType | ComplexType) -> Element:
    return Element(name, type_)


def maybe(name: str, type_: SimpleType | ComplexType) -> Element:
    return Element(name, type_, 0)


def some(name: str, type_: SimpleType | ComplexType, low: int, high: int | None) -> Element:
    return Element(name, type_, low, high)


def either(*options: Particle) -> Choice:
    return Choice(options)


def at_most_one(*options: Particle) -> Choice:
    return Choice(options, 0)


def together(*particles: Particle) -> Group:
    return Group(particles)


def maybe_together(*particles: Particle) -> Group:
    return Group(particles, 0)


def content(*particles: Particle, attributes: tuple[Attribute, ...] = ()) -> ComplexType:
    return ComplexType(particles, attributes)


EMPTY = content()
"""An element that says something by being there."""


def text_with(type_: SimpleType, *attributes: Attribute) -> ComplexType:
    return ComplexType((), attributes, type_)
