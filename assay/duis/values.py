"""What an element's content looks like in Python.

| in the schema                      | in Python                                              |
|------------------------------------|--------------------------------------------------------|
| integer types, boolean, decimal    | int, bool, Decimal                                     |
| string, token                      | str                                                    |
| hexBinary, base64Binary            | bytes                                                  |
| dateTime, time                     | aware datetime and time, UTC                           |
| date                               | CalendarDate (years run to 65535, the COSEM wildcard)  |
| EUI, lists of EUI                  | Eui64, tuple of Eui64                                  |
| RequestIDType, ResponseIDType      | MessageId                                              |
| type without content (NoType)      | None                                                   |
| complex type                       | mapping, element name -> value                         |
| element that may occur repeatedly  | tuple of its values, also when there is one            |
| attribute                          | key "@name" in the mapping                             |
| text of an element with attributes | key "#text" in the mapping                             |

An optional element that is absent is absent from the mapping.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias, TypeVar, Union

from assay.duis.identifiers import MessageId
from assay.gbcs.identifiers import Eui64

TEXT_KEY = "#text"

_DAYS_OF_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """An xs:date. `zoned` says whether it was written with the Z that most DUIS dates carry."""

    year: int
    month: int
    day: int
    zoned: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 65535:
            raise ValueError(f"a year is 1..65535, got {self.year}")
        if not 1 <= self.month <= 12:
            raise ValueError(f"a month is 1..12, got {self.month}")
        leap_day = self.month == 2 and calendar.isleap(self.year)
        last = _DAYS_OF_MONTH[self.month - 1] + leap_day
        if not 1 <= self.day <= last:
            month = f"{self.year:04}-{self.month:02}"
            raise ValueError(f"a day of {month} is 1..{last}, got {self.day}")

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}-{self.day:02}{'Z' if self.zoned else ''}"


Scalar: TypeAlias = (
    bool | int | Decimal | str | bytes | datetime | time | CalendarDate | Eui64 | MessageId | None
)
Value: TypeAlias = Union[Scalar, Mapping[str, "Value"], Sequence["Value"]]  # noqa: UP007 (recursive)
Content: TypeAlias = Mapping[str, Value]

T = TypeVar("T")


def freeze(value: Value) -> Value:
    """The same value with read-only mappings and tuples, all the way down."""
    if isinstance(value, Mapping):
        return freeze_content(value)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return tuple(freeze(item) for item in value)
    return value


def freeze_content(content: Content) -> Content:
    return MappingProxyType({name: freeze(item) for name, item in content.items()})


def find(content: Content, path: str, kind: type[T]) -> T | None:
    """The value at "Outer/Inner", None where an element of the path is absent.

    TypeError if something of another kind is there: the caller misread the schema.
    """
    value: object = content
    for name in path.split("/"):
        if not isinstance(value, (dict, Mapping)):  # nearly always a dict, which is told faster
            raise TypeError(f"{path}: {name} is looked for inside {type(value).__name__}")
        if name not in value:
            return None
        value = value[name]
    if not isinstance(value, kind):
        raise TypeError(f"{path}: expected {kind.__name__}, seen {type(value).__name__}")
    return value


def field(content: Content, path: str, kind: type[T]) -> T:
    """The value at "Outer/Inner"; KeyError with the path where it is absent."""
    value = find(content, path, kind)
    if value is None:
        raise KeyError(path)
    return value
