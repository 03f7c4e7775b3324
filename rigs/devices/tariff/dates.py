"""Dates with wildcards, as calendars have them: which days of a year they name.

The rules for the day of the month together with the day of the week are those of the DLMS Blue
Book for date-time (recalled): a last day with a day of the week is the last such day of the
month; a day of the month with a day of the week, of no certain year, is that day of the week on
or after it; of a certain year both must agree.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache

LAST_YEAR = 9999
_LEAP_YEAR = 2000
_MONTHS = range(1, 13)
_SUNDAY = 7
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
YEARS_BETWEEN_LEAP_DAYS = 8
"""At most, over a century that is no leap year: how far a pattern that comes back can be."""


class Special(Enum):
    """What a month or a day of the month can be instead of a number."""

    DAYLIGHT_SAVING_ENDS = "month in which daylight saving ends"
    DAYLIGHT_SAVING_BEGINS = "month in which daylight saving begins"
    SECOND_LAST_DAY = "second last day of the month"
    LAST_DAY = "last day of the month"


_DAYLIGHT_SAVING_MONTHS = {Special.DAYLIGHT_SAVING_BEGINS: 3, Special.DAYLIGHT_SAVING_ENDS: 10}
_FROM_THE_END = {Special.LAST_DAY: 0, Special.SECOND_LAST_DAY: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePattern:
    """None is any. `weekday` is 1 for Monday to 7 for Sunday.

    Raises:
        ValueError: a part out of its range, or a date that does not exist.
    """

    year: int | None = None
    month: int | Special | None = None
    day: int | Special | None = None
    weekday: int | None = None

    def __post_init__(self) -> None:
        if isinstance(self.month, int):
            _check("month", self.month, 12)
        elif self.month is not None and self.month not in _DAYLIGHT_SAVING_MONTHS:
            raise ValueError(f"month: expected a month, got {self.month}")
        if isinstance(self.day, int):
            _check("day", self.day, 31)
        elif self.day is not None and self.day not in _FROM_THE_END:
            raise ValueError(f"day: expected a day, got {self.day}")
        if self.weekday is not None:
            _check("weekday", self.weekday, 7)
        if self.year is not None:
            _check("year", self.year, LAST_YEAR)
        self._check_agreement()

    def _check_agreement(self) -> None:
        if not isinstance(self.month, int) or not isinstance(self.day, int):
            return
        year = _LEAP_YEAR if self.year is None else self.year
        if self.day > _last(year, self.month, None, 0).day:
            raise ValueError(f"date: expected one that exists, got {self}")
        if self.year is None or self.weekday is None:
            return
        if date(self.year, self.month, self.day).isoweekday() != self.weekday:
            raise ValueError(f"date: expected the weekday of that day, got {self}")

    def in_year(self, year: int) -> tuple[date, ...]:
        """All days of this year that it names, in order."""
        return _in_year(self, year)

    def names(self, day: date) -> bool:
        found = _in_year(self, day.year)
        return bool(found) and found[bisect_right(found, day) - 1] == day


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A time of day, UTC, on each of the days that a pattern names."""

    on: DatePattern
    at: time = time(0)

    def last_until(self, moment: datetime) -> datetime | None:
        """The latest time that it names, at or before this one."""
        years = range(moment.year, moment.year - YEARS_BETWEEN_LEAP_DAYS - 1, -1)
        if self.on.year is not None:
            years = range(min(moment.year, self.on.year), self.on.year - 1, -1)
        for year in years:
            days = self.on.in_year(year)
            # The one of today may be later than this moment; then it is the one before.
            begun = bisect_right(days, moment.date())
            for day in reversed(days[max(0, begun - 2) : begun]):
                named = datetime.combine(day, self.at, UTC)
                if named <= moment:
                    return named
        return None


@lru_cache(maxsize=256)
def _in_year(pattern: DatePattern, year: int) -> tuple[date, ...]:
    if pattern.year not in (None, year):
        return ()
    if isinstance(pattern.month, Special):
        return (_last(year, _DAYLIGHT_SAVING_MONTHS[pattern.month], _SUNDAY, 0),)
    months = _MONTHS if pattern.month is None else (pattern.month,)
    # A day of the week on or after 31 December may lie in the year after.
    years = (year - 1, year) if pattern.year is None else (year,)
    days = {day for y in years for month in months for day in _in_month(pattern, y, month)}
    return tuple(sorted(day for day in days if day.year == year))


def _in_month(pattern: DatePattern, year: int, month: int) -> tuple[date, ...]:
    if isinstance(pattern.day, Special):
        return (_last(year, month, pattern.weekday, _FROM_THE_END[pattern.day]),)
    first, last = date(year, month, 1), _last(year, month, None, 0)
    if pattern.day is None:
        days = (first + _DAY * number for number in range(last.day))
        return tuple(day for day in days if pattern.weekday in (None, day.isoweekday()))
    if pattern.day > last.day:
        return ()
    day = first.replace(day=pattern.day)
    if pattern.weekday is None:
        return (day,)
    following = day + _DAY * ((pattern.weekday - day.isoweekday()) % 7)
    return (following,) if pattern.year is None or following == day else ()


def _last(year: int, month: int, weekday: int | None, before: int) -> date:
    """The last day of a month (or the last of this day of the week), or the one `before` it."""
    last = date(year, month, monthrange(year, month)[1])
    if weekday is None:
        return last - _DAY * before
    return last - _DAY * ((last.isoweekday() - weekday) % 7) - _WEEK * before


def _check(name: str, number: int, most: int) -> None:
    if not 1 <= number <= most:
        raise ValueError(f"{name}: expected 1 to {most}, got {number}")
