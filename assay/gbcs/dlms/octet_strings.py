"""What octet strings of DLMS hold, where their size or the structure around them tells.

Date-times and dates are told by their octets. A time of day and an OBIS code are not (four
or six octets may be anything), but GBCS has few structures that hold them, and these are
told by their members. All else is hex.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from assay.gbcs.dlms.access import Obis
from assay.gbcs.dlms.calendar_strings import DATE, DATE_TIME, TIME, Kind
from assay.gbcs.dlms.data import Data, Tag

Json = Any
_OCTET_STRING, _LONG_UNSIGNED, _INTEGER = (
    int(tag) for tag in (Tag.OCTET_STRING, Tag.LONG_UNSIGNED, Tag.INTEGER)
)


def _as(kind: Kind, name: str) -> Callable[[bytes], Json]:
    def to_json(octets: bytes) -> Json:
        try:
            form = kind.to_json(octets)
        except ValueError:
            return {"octet-string": octets.hex()}
        return {name: dict(form) if isinstance(form, dict) else form}

    return to_json


_BY_SIZE = {
    DATE_TIME.size: _as(DATE_TIME, "date-time-string"),
    DATE.size: _as(DATE, "date-string"),
}


def octet_string_to_json(octets: bytes) -> Json:
    """`{"date-time-string": ...}`, `{"date-string": ...}` or `{"octet-string": hex}`."""
    to_json = _BY_SIZE.get(len(octets))
    return {"octet-string": octets.hex()} if to_json is None else to_json(octets)


def _obis_to_json(octets: bytes) -> Json:
    return {"obis": str(Obis(octets))}


class Shape(NamedTuple):
    """A structure that GBCS uses under one meaning.

    `strings`: sizes of its octet strings by index; `tags`: types of other members by index;
    `meanings`: by index, what reads a member that its type alone leaves open.
    """

    strings: tuple[tuple[int, int], ...]
    tags: tuple[tuple[int, int], ...]
    meanings: tuple[tuple[int, Callable[[bytes], Json]], ...]

    def fits(self, items: tuple[Data, ...]) -> bool:
        for index, size in self.strings:
            tag, value = items[index]
            if tag != _OCTET_STRING or len(value) != size:
                return False
        return all(items[index][0] == tag for index, tag in self.tags)


_time_to_json = _as(TIME, "time-string")
_OBJECT = Shape(((1, 6),), ((0, _LONG_UNSIGNED), (2, _INTEGER)), ((1, _obis_to_json),))
SHAPES: dict[int, Shape] = {
    # when a single action is due (class 22): time, date
    2: Shape(((0, TIME.size), (1, DATE.size)), (), ((0, _time_to_json),)),
    # an action of a day profile (class 20): time, script table, script
    3: Shape(
        ((0, TIME.size), (1, 6)),
        ((2, _LONG_UNSIGNED),),
        ((0, _time_to_json), (1, _obis_to_json)),
    ),
    # an attribute of an object, as selective access and data protection (class 30) name it
    4: _OBJECT,
    5: _OBJECT,
    # an entry of a schedule (class 10): script table, time, first and last date among others
    10: Shape(
        ((2, 6), (4, TIME.size), (8, DATE.size), (9, DATE.size)),
        (),
        ((2, _obis_to_json), (4, _time_to_json)),
    ),
}
"""By number of members."""
