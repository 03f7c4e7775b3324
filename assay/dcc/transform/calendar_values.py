"""Dates, times and activation times of electricity Commands, and repeated elements by index.

Shared by tariffs, load control and prepayment: GBCS writes all of them as octet-strings
(gbcs.md 4.5, 4.6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, time

from assay.dcc.transform.frame import Frame
from assay.dcc.transform.values import Source
from assay.duis.values import TEXT_KEY, Content, Value, field, find
from assay.gbcs.date_time import NEVER, NOW, DateTime
from assay.gbcs.dlms.data import Data, octet_string
from assay.gbcs.errors import EncodeError

CANCELLATION = datetime(3000, 12, 31, tzinfo=UTC)
"""The ExecutionDateTime that takes a future dated request back (duis.md 2)."""
_END_OF_DATE_TIME = b"\x80\x00\xff"
_UNSPECIFIED = 0xFF
_ANY_YEAR = 0xFFFF
_DAYS_OF_MONTH: Mapping[str, int] = {
    "LastDayOfMonth": 0xFE,
    "SecondLastDayOfMonth": 0xFD,
    "NonSpecifiedDayOfMonth": _UNSPECIFIED,
}


def activation(frame: Frame) -> Data:
    """When the Device is to act: at once, at a time, or never where the request cancels."""
    when = find(frame.body, "ExecutionDateTime", datetime)
    if when is None:
        return octet_string(NOW)
    return octet_string(NEVER) if when == CANCELLATION else date_time(when)


def activated(*objects: str) -> dict[str, Source]:
    """The activation times of these objects, by the names that the catalogue gives them."""
    return {f"{name}: activateNextDateTime": activation for name in objects}


def date_time(when: datetime) -> Data:
    return octet_string(DateTime.at(when).octets)


def time_octets(moment: time) -> bytes:
    """Hour, minute, second, hundredths; the part below a hundredth is dropped."""
    hundredths = moment.microsecond // 10_000
    return bytes((moment.hour, moment.minute, moment.second, hundredths))


def date_octets(date: Content) -> bytes:
    """A date with wildcards: year (2), month, day, day of the week (1 is Monday)."""
    year = find(content(date["Year"]), "SpecifiedYear", int)
    month = find(content(date["Month"]), "SpecifiedMonth", int)
    day_of_week = find(content(date["DayOfWeek"]), "SpecifiedDayOfWeek", int)
    parts = (_or_unspecified(month), _day_of_month(date), _or_unspecified(day_of_week))
    return (_ANY_YEAR if year is None else year).to_bytes(2, "big") + bytes(parts)


def start_of_date(date: Content) -> bytes:
    """The first moment of a date with wildcards, as date-time."""
    return date_octets(date) + bytes(4) + _END_OF_DATE_TIME


def _day_of_month(date: Content) -> int:
    chosen = content(date["DayOfMonth"])
    day = find(chosen, "SpecifiedDayOfMonth", int)
    return _DAYS_OF_MONTH[next(iter(chosen))] if day is None else day


def _or_unspecified(number: int | None) -> int:
    return _UNSPECIFIED if number is None else number


def ascii_octets(name: str, text: str) -> bytes:
    """EncodeError for other characters: the schema allows them, no GBCS table says how."""
    try:
        return text.encode("ascii")
    except UnicodeEncodeError:
        raise EncodeError(name, "ASCII", text) from None


def content(value: Value) -> Content:
    if not isinstance(value, Mapping):
        raise TypeError(f"expected elements, seen {type(value).__name__}")
    return value


def elements_at(path: str) -> Callable[[Frame], Content]:
    """The elements at a path of the body."""

    def elements(frame: Frame) -> Content:
        found = frame.body
        for name in path.split("/"):
            found = content(found[name])
        return found

    return elements


def repeated(outer: Content, name: str) -> tuple[Content, ...]:
    """The contents of an element that may repeat; none where it is absent."""
    found = outer.get(name, ())
    if not isinstance(found, tuple):
        raise TypeError(f"{name}: expected a tuple, seen {type(found).__name__}")
    return tuple(content(item) for item in found)


def by_index(
    outer: Content, name: str, expected: Iterable[int] | None = None, *, key: str = "@index"
) -> dict[int, Content]:
    """The contents of a repeated element in rising order of their index.

    EncodeError where two share an index, or where the indices are not the `expected` ones:
    the schema lets both pass, and a Command has one place for each.
    """
    contents = repeated(outer, name)
    indices = [field(item, key, int) for item in contents]
    if len(set(indices)) < len(indices):
        raise EncodeError(name, "each index once", indices)
    if expected is not None and set(indices) != set(expected):
        raise EncodeError(name, f"the indices {sorted(expected)}", sorted(indices))
    return dict(sorted(zip(indices, contents, strict=True)))


def number_of(element: Content) -> int:
    """The text of an element that has attributes."""
    return field(element, TEXT_KEY, int)
