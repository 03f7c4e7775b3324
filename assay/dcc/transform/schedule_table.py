"""Schedules of an electricity meter: entries that run a script, and the special days they name.

Class 10 and class 11 of DLMS. Bit n of an entry's special days is day n of the table, whose
index is its identifier as well. Inferred where the identifiers have gaps, since the national
requests number them from 1: the bits run to the highest day that the table defines.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import time

from assay.dcc.transform.calendar_values import content, date_octets, repeated, time_octets
from assay.duis.values import Content, field
from assay.gbcs.dlms.access import Obis
from assay.gbcs.dlms.data import (
    Data,
    Tag,
    array,
    boolean,
    long_unsigned,
    octet_string,
    structure,
    unsigned,
)
from assay.gbcs.errors import EncodeError

_UNLIMITED = long_unsigned(0xFFFF)
"""The validity window of every entry."""
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EVERY_DAY = "1" * len(_WEEK)


def schedule_entry(
    *,
    index: int,
    script_table: str,
    script: int,
    at: time,
    days_of_week: str,
    special_days: str,
    begin: bytes,
    end: bytes,
) -> Data:
    """`begin` and `end` are dates of five octets; days are texts of bits."""
    return structure(
        long_unsigned(index),
        boolean(True),
        octet_string(Obis.from_text(script_table)),
        long_unsigned(script),
        octet_string(time_octets(at)),
        _UNLIMITED,
        Data(Tag.BIT_STRING, days_of_week),
        Data(Tag.BIT_STRING, special_days),
        octet_string(begin),
        octet_string(end),
    )


def special_day_table(dates: Mapping[int, Content]) -> Data:
    return array(
        *(
            structure(long_unsigned(index), octet_string(date_octets(date)), unsigned(index))
            for index, date in dates.items()
        )
    )


def special_day_bits(element: str, named: Collection[int], defined: Collection[int]) -> str:
    """EncodeError for a day that the table does not define: it would never be in force."""
    if not set(named) <= set(defined):
        raise EncodeError(element, f"some of the special days {sorted(defined)}", sorted(named))
    return _bits(range(1, max(defined, default=0) + 1), named)


def days_of_week_bits(applicability: Content) -> str:
    days = repeated(content(applicability), "DayOfWeekApplicability")
    named = {field(day, "DayOfWeekID", str) for day in days}
    return _bits(_WEEK, named)


def _bits(places: Collection[int | str], chosen: Collection[int | str]) -> str:
    return "".join("1" if place in chosen else "0" for place in places)
