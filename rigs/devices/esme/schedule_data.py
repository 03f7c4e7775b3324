"""A schedule (class 10) and its special days (class 11) as DLMS data: ECS08, ECS26a.

Of a special day its day number is the place of its bit in the entries.
"""

from __future__ import annotations

from assay.gbcs.dlms.access import Obis, Result
from assay.gbcs.dlms.data import (
    Data,
    Tag,
    array,
    boolean,
    long_unsigned,
    octet_string,
    structure,
)
from rigs.devices.dlms_objects import ItemError
from rigs.devices.esme.calendar_data import (
    elements,
    parts,
    read_date,
    read_special_days,
    read_time,
    write_date,
    write_time,
)
from rigs.devices.payment.non_disablement import ENTRIES, SPECIAL_DAYS, Entry
from rigs.devices.tariff import SpecialDay

SCRIPTS = bytes(Obis.from_text("0-0:10.0.106.255"))
START, STOP = 32, 33
_ANY_WINDOW = 0xFFFF
_DAYS_OF_WEEK = 7
_ENTRY = (
    Tag.LONG_UNSIGNED,
    Tag.BOOLEAN,
    Tag.OCTET_STRING,
    Tag.LONG_UNSIGNED,
    Tag.OCTET_STRING,
    Tag.LONG_UNSIGNED,
    Tag.BIT_STRING,
    Tag.BIT_STRING,
    Tag.OCTET_STRING,
    Tag.OCTET_STRING,
)
"""Index, enabled, script table, script, time, window, days of the week, special days, first and
last date."""


def read_entries(data: Data) -> tuple[Entry, ...]:
    """
    Raises:
        ItemError: no schedule, more entries than there are places, or scripts of other functions.
    """
    entries = tuple(_entry(entry) for entry in elements(data))
    if len(entries) > ENTRIES:
        raise ItemError(Result.OTHER_REASON)
    return entries


def read_schedule_days(data: Data) -> tuple[SpecialDay, ...]:
    """
    Raises:
        ItemError: no special days, or more than there are places.
    """
    days = read_special_days(data)
    if len(days) > SPECIAL_DAYS:
        raise ItemError(Result.OTHER_REASON)
    return days


def write_entries(entries: tuple[Entry, ...], special_days: int) -> Data:
    """`special_days`: how many there are, so how many bits an entry has for them."""
    return array(
        *(
            structure(
                long_unsigned(entry.index),
                boolean(True),
                octet_string(SCRIPTS),
                long_unsigned(START if entry.starts else STOP),
                octet_string(write_time(entry.at)),
                long_unsigned(_ANY_WINDOW),
                _bits(entry.weekdays, _DAYS_OF_WEEK),
                _bits(entry.special_days, max(special_days, *entry.special_days, 0)),
                octet_string(write_date(entry.begins)),
                octet_string(write_date(entry.ends)),
            )
            for entry in entries
        )
    )


def _entry(data: Data) -> Entry:
    fields = [part.value for part in parts(data, *_ENTRY)]
    index, is_enabled, scripts, script, at, _, weekdays, specials, begins, ends = fields
    if not is_enabled or scripts != SCRIPTS or script not in (START, STOP):
        raise ItemError(Result.OTHER_REASON)
    if len(weekdays) != _DAYS_OF_WEEK or (len(at), len(begins), len(ends)) != (4, 5, 5):
        raise ItemError(Result.TYPE_UNMATCHED)
    return Entry(
        index=index,
        starts=script == START,
        at=read_time(at),
        weekdays=_numbers(weekdays),
        special_days=_numbers(specials),
        begins=read_date(begins),
        ends=read_date(ends),
    )


def _numbers(bits: str) -> frozenset[int]:
    return frozenset(place for place, bit in enumerate(bits, start=1) if bit == "1")


def _bits(numbers: frozenset[int], size: int) -> Data:
    places = range(1, size + 1)
    return Data(Tag.BIT_STRING, "".join("1" if one in numbers else "0" for one in places))
