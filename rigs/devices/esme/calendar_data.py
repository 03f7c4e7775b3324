"""Switching tables in DLMS: activity calendar (class 20) and special days (class 11).

Dates are octet-strings with wildcards (GBCS digest 4.6); a day profile's action is a script of
one table, and what its selector means is the caller's (a rate, for a tariff).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from assay.gbcs.dlms.access import Obis, Result
from assay.gbcs.dlms.data import Data, Tag, array, long_unsigned, octet_string, structure, unsigned
from rigs.devices.dlms_objects import ItemError
from rigs.devices.tariff import (
    Beginning,
    DatePattern,
    DayProfile,
    Rate,
    Season,
    Special,
    SpecialDay,
    Switch,
    WeekProfile,
)

TARIFF_SCRIPTS = bytes(Obis.from_text("0-0:10.0.100.255"))
SEASON_NAME_SIZE = 8
WEEK_NAME_SIZE = 4
_ANY_YEAR = 0xFFFF
_ANY = 0xFF
_END_OF_DATE_TIME = b"\x80\x00\xff"
"""Deviation not specified, no status."""
_MONTHS = {0xFD: Special.DAYLIGHT_SAVING_ENDS, 0xFE: Special.DAYLIGHT_SAVING_BEGINS}
_DAYS = {0xFD: Special.SECOND_LAST_DAY, 0xFE: Special.LAST_DAY}
_OCTETS = {special: octet for octet, special in (*_MONTHS.items(), *_DAYS.items())}
_DATE_SIZE, _TIME_SIZE, _DATE_TIME_SIZE = 5, 4, 12

_OCTET_STRING, _UNSIGNED, _LONG_UNSIGNED = Tag.OCTET_STRING, Tag.UNSIGNED, Tag.LONG_UNSIGNED

ReadAction = Callable[[int], Rate]
"""From a script selector; ItemError for one that the meter does not have."""


def parts(data: Data, *tags: Tag) -> tuple[Data, ...]:
    """The parts of a structure of exactly these types.

    Raises:
        ItemError: it is none.
    """
    if data.tag != Tag.STRUCTURE or tuple(part.tag for part in data.value) != tags:
        raise ItemError(Result.TYPE_UNMATCHED)
    found: tuple[Data, ...] = data.value
    return found


def elements(data: Data) -> tuple[Data, ...]:
    """The elements of an array.

    Raises:
        ItemError: it is none.
    """
    if data.tag != Tag.ARRAY:
        raise ItemError(Result.TYPE_UNMATCHED)
    found: tuple[Data, ...] = data.value
    return found


# What a command sets.


def read_seasons(data: Data) -> tuple[Season, ...]:
    return tuple(_season(entry) for entry in elements(data))


def read_weeks(data: Data) -> tuple[WeekProfile, ...]:
    return tuple(_week(entry) for entry in elements(data))


def read_days(data: Data, action: ReadAction) -> tuple[DayProfile[Rate], ...]:
    return tuple(_day(entry, action) for entry in elements(data))


def read_special_days(data: Data) -> tuple[SpecialDay, ...]:
    return tuple(_special_day(entry) for entry in elements(data))


def _season(entry: Data) -> Season:
    name, start, week = parts(entry, _OCTET_STRING, _OCTET_STRING, _OCTET_STRING)
    octets = _sized(start.value, _DATE_TIME_SIZE)
    at = bytes(0 if octet == _ANY else octet for octet in octets[5:9])
    return Season(
        _limited(name.value, SEASON_NAME_SIZE),
        Beginning(on=read_date(octets[:5]), at=read_time(at)),
        _limited(week.value, WEEK_NAME_SIZE),
    )


def _week(entry: Data) -> WeekProfile:
    name, *days = parts(entry, _OCTET_STRING, *[_UNSIGNED] * 7)
    return WeekProfile(_limited(name.value, WEEK_NAME_SIZE), tuple(day.value for day in days))


def _day(entry: Data, action: ReadAction) -> DayProfile[Rate]:
    number, schedule = parts(entry, _UNSIGNED, Tag.ARRAY)
    return DayProfile(number.value, tuple(_switch(one, action) for one in schedule.value))


def _switch(entry: Data, action: ReadAction) -> Switch[Rate]:
    start, scripts, selector = parts(entry, _OCTET_STRING, _OCTET_STRING, _LONG_UNSIGNED)
    if scripts.value != TARIFF_SCRIPTS:
        raise ItemError(Result.OTHER_REASON)
    return Switch(read_time(_sized(start.value, _TIME_SIZE)), action(selector.value))


def _special_day(entry: Data) -> SpecialDay:
    index, when, day = parts(entry, _LONG_UNSIGNED, _OCTET_STRING, _UNSIGNED)
    return SpecialDay(index.value, read_date(_sized(when.value, _DATE_SIZE)), day.value)


def read_date(octets: bytes) -> DatePattern:
    """Year (2), month, day of the month, day of the week.

    Raises:
        ItemError: it names no date.
    """
    year, month, day, weekday = int.from_bytes(octets[:2], "big"), *octets[2:]
    try:
        return DatePattern(
            year=None if year == _ANY_YEAR else year,
            month=None if month == _ANY else _MONTHS.get(month, month),
            day=None if day == _ANY else _DAYS.get(day, day),
            weekday=None if weekday == _ANY else weekday,
        )
    except ValueError:
        raise ItemError(Result.OTHER_REASON) from None


def read_time(octets: bytes) -> time:
    """Hour, minute, second, hundredths.

    Raises:
        ItemError: it names no time.
    """
    hour, minute, second, hundredths = octets
    try:
        return time(hour, minute, second, hundredths * 10_000)
    except ValueError:
        raise ItemError(Result.OTHER_REASON) from None


def _sized(octets: bytes, size: int) -> bytes:
    if len(octets) != size:
        raise ItemError(Result.TYPE_UNMATCHED)
    return octets


def _limited(octets: bytes, most: int) -> bytes:
    if len(octets) > most:
        raise ItemError(Result.OTHER_REASON)
    return octets


# What a read gives.


def write_seasons(seasons: tuple[Season, ...]) -> Data:
    return array(
        *(
            structure(
                octet_string(season.name),
                octet_string(
                    write_date(season.start.on) + write_time(season.start.at) + _END_OF_DATE_TIME
                ),
                octet_string(season.week),
            )
            for season in seasons
        )
    )


def write_weeks(weeks: tuple[WeekProfile, ...]) -> Data:
    return array(*(structure(octet_string(w.name), *map(unsigned, w.days)) for w in weeks))


def write_days(days: tuple[DayProfile[Rate], ...], selector: Callable[[Rate], int]) -> Data:
    return array(
        *(
            structure(
                unsigned(day.number),
                array(
                    *(
                        structure(
                            octet_string(write_time(switch.start)),
                            octet_string(TARIFF_SCRIPTS),
                            long_unsigned(selector(switch.action)),
                        )
                        for switch in day.switches
                    )
                ),
            )
            for day in days
        )
    )


def write_special_days(days: tuple[SpecialDay, ...]) -> Data:
    return array(
        *(
            structure(
                long_unsigned(one.index), octet_string(write_date(one.date)), unsigned(one.day)
            )
            for one in days
        )
    )


def write_date(pattern: DatePattern) -> bytes:
    year = _ANY_YEAR if pattern.year is None else pattern.year
    rest = (pattern.month, pattern.day, pattern.weekday)
    return year.to_bytes(2, "big") + bytes(map(_octet, rest))


def _octet(part: int | Special | None) -> int:
    if part is None:
        return _ANY
    return _OCTETS[part] if isinstance(part, Special) else part


def write_time(at: time) -> bytes:
    return bytes((at.hour, at.minute, at.second, at.microsecond // 10_000))
