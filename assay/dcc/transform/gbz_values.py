"""Where the fields of ZCL commands come from: small functions from a frame to one field.

Times are seconds since 2000. Three numbers are no times: 0 is now, FFFFFFFF and, in
calendars, thresholds and prices, FFFFFFFE cancel what was dated ahead (gbcs.md 9.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import TypeVar

from assay.dcc.transform.frame import Frame
from assay.dcc.transform.gbz import FieldSource
from assay.duis.values import Content, Value, field, find
from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.errors import EncodeError

NOW = 0
CANCEL = 0xFFFFFFFF
CANCEL_IN_LISTS = 0xFFFFFFFE
"""In calendars, special days, thresholds and price matrices."""
EVERYTHING = 0xFFFFFFFE
"""An end of a log: the last second that can be said."""
CANCELLED = datetime(3000, 12, 31, tzinfo=UTC)
"""The execution date of a request that takes an earlier one back (duis.md 2)."""
_EXECUTION = "ExecutionDateTime"

T = TypeVar("T")


def issued(frame: Frame) -> int:
    """Issuer Event ID: the moment of the Command. So it is in all national commands; what
    else numbers them there is not in any text found."""
    return seconds(frame.occasion.issued_at, "issued at")


def seconds(when: datetime, label: str) -> int:
    """Of a time that is none of the special ones; fractions of a second are cut off."""
    since = seconds_since_2000(when)
    if not NOW < since < CANCEL_IN_LISTS:
        raise EncodeError(label, "a time from 2000 to 2136", when.isoformat())
    return since


def moment(path: str) -> FieldSource:
    return lambda frame: seconds(field(frame.body, path, datetime), path)


def _activation(cancel: int) -> FieldSource:
    def source(frame: Frame) -> int:
        when = find(frame.body, _EXECUTION, datetime)
        if when is None:
            return NOW
        return cancel if when == CANCELLED else seconds(when, _EXECUTION)

    return source


activation = _activation(CANCEL)
"""When a Command that the device dates takes effect: now, then, or not any more."""
activation_of_list = _activation(CANCEL_IN_LISTS)

period_start = moment("ReadLogPeriod/StartDateTime")


def period_end(frame: Frame) -> int:
    """An end that no field can hold means everything (use cases GCS15d and GCS15e)."""
    when = field(frame.body, "ReadLogPeriod/EndDateTime", datetime)
    since = seconds_since_2000(when)
    return EVERYTHING if since >= EVERYTHING else seconds(when, "ReadLogPeriod/EndDateTime")


def number(path: str) -> FieldSource:
    return lambda frame: field(frame.body, path, int)


def text(path: str) -> FieldSource:
    return lambda frame: field(frame.body, path, str)


def scaled(path: str, places: int) -> FieldSource:
    """A decimal as a count of its last place; the schema allows no more places than that."""
    return lambda frame: int(field(frame.body, path, Decimal).scaleb(places))


def word(path: str, meanings: Mapping[str, int]) -> FieldSource:
    """An enumeration of the schema as its number."""
    return lambda frame: meanings[field(frame.body, path, str)]


def minutes(of_day: time, label: str) -> int:
    """From midnight; EncodeError for a time with seconds, which no field can hold."""
    if of_day.second or of_day.microsecond:
        raise EncodeError(label, "a time of whole minutes", of_day.isoformat())
    return of_day.hour * 60 + of_day.minute


def inner(content: Content, path: str) -> Content:
    """The elements within the element at "Outer/Inner"; KeyError where it is absent."""
    value: Value = content
    for name in path.split("/"):
        value = elements(value)[name]
    return elements(value)


def several(content: Content, path: str) -> tuple[Content, ...]:
    """The occurrences of the last element of the path; none where it is absent."""
    outer, _, name = path.rpartition("/")
    found = (inner(content, outer) if outer else content).get(name, ())
    if not isinstance(found, tuple):
        raise TypeError(f"{path}: expected a tuple, seen {type(found).__name__}")
    return tuple(map(elements, found))


def elements(value: Value) -> Content:
    """An element without content is None in the typed body."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise TypeError(f"expected elements, seen {type(value).__name__}")
    return value


def indexed(items: Iterable[Content], label: str) -> dict[int, int]:
    """Numbers by their index, in its order; EncodeError where two share one."""
    listed = [(field(item, "@index", int), field(item, "#text", int)) for item in items]
    found = dict(sorted(listed))
    if len(found) != len(listed):
        raise EncodeError(label, "each index once", [index for index, _ in listed])
    return found


def complete(items: Mapping[int, T], label: str, last: int | None = None) -> list[T]:
    """The items of indexes 1, 2 and so on; EncodeError where one of them is missing."""
    wanted = range(1, (last or len(items)) + 1)
    if list(items) != list(wanted):
        raise EncodeError(label, f"the indexes 1 to {wanted.stop - 1}", list(items))
    return list(items.values())
