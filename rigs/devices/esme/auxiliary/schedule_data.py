"""The auxiliary calendar in DLMS: a schedule (class 10) and its special days (class 11)."""

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
from rigs.devices.esme.auxiliary.actions import calendar_action
from rigs.devices.esme.auxiliary.calendar import MOST_ENTRIES, MOST_SPECIAL_DAYS, Entry
from rigs.devices.esme.calendar_data import (
    elements,
    parts,
    read_date,
    read_special_days,
    read_time,
    write_date,
    write_time,
)
from rigs.devices.tariff import SpecialDay

CONTROL_SCRIPTS = bytes(Obis.from_text("0-0:10.0.103.255"))
_ALL_DAY = 0xFFFF
_WEEK = 7
_DATE_SIZE, _TIME_SIZE = 5, 4
_TYPES = (
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


def read_entries(data: Data) -> tuple[Entry, ...]:
    """
    Raises:
        ItemError: no such table, or one that the meter cannot hold or act on.
    """
    entries = tuple(_read_entry(element) for element in elements(data))
    if len(entries) > MOST_ENTRIES:
        raise ItemError(Result.OTHER_REASON)
    return entries


def read_days(data: Data) -> tuple[SpecialDay, ...]:
    """
    Raises:
        ItemError: no such table, or one that the meter cannot hold.
    """
    days = read_special_days(data)
    if len(days) > MOST_SPECIAL_DAYS:
        raise ItemError(Result.OTHER_REASON)
    return days


def _read_entry(element: Data) -> Entry:
    index, enabled, table, script, at, window, weekdays, days, begin, end = parts(element, *_TYPES)
    sizes = (len(table.value), len(at.value), len(begin.value), len(end.value))
    if sizes != (len(CONTROL_SCRIPTS), _TIME_SIZE, _DATE_SIZE, _DATE_SIZE):
        raise ItemError(Result.TYPE_UNMATCHED)
    if len(weekdays.value) != _WEEK or len(days.value) > MOST_SPECIAL_DAYS:
        raise ItemError(Result.TYPE_UNMATCHED)
    if table.value != CONTROL_SCRIPTS or window.value != _ALL_DAY:
        raise ItemError(Result.OTHER_REASON)
    try:
        action = calendar_action(script.value)
    except ValueError:
        raise ItemError(Result.OTHER_REASON) from None
    return Entry(
        index=index.value,
        script=script.value,
        action=action,
        at=read_time(at.value),
        weekdays=tuple(bit == "1" for bit in weekdays.value),
        special_days=frozenset(n for n, bit in enumerate(days.value, start=1) if bit == "1"),
        begin=read_date(begin.value),
        end=read_date(end.value),
        is_enabled=bool(enabled.value),
    )


def write_entries(entries: tuple[Entry, ...], special_days: int) -> Data:
    """Each entry with so many bits for special days."""
    return array(*(_write_entry(entry, special_days) for entry in entries))


def _write_entry(entry: Entry, special_days: int) -> Data:
    days = range(1, max(special_days, *entry.special_days, 0) + 1)
    return structure(
        long_unsigned(entry.index),
        boolean(entry.is_enabled),
        octet_string(CONTROL_SCRIPTS),
        long_unsigned(entry.script),
        octet_string(write_time(entry.at)),
        long_unsigned(_ALL_DAY),
        _bits(entry.weekdays),
        _bits(tuple(day in entry.special_days for day in days)),
        octet_string(write_date(entry.begin)),
        octet_string(write_date(entry.end)),
    )


def _bits(flags: tuple[bool, ...]) -> Data:
    return Data(Tag.BIT_STRING, "".join("1" if flag else "0" for flag in flags))
