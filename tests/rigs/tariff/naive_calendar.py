"""A calendar worked out the slow way: every day and every switch of some years, one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from rigs.devices.tariff import DatePattern, Rate, Season, Special, SpecialDay, SwitchingTable

FIRST, LAST = date(2025, 1, 1), date(2028, 12, 31)
_DAY = timedelta(days=1)

Event = tuple[datetime, Rate]


def days_between(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _DAY


def names(pattern: DatePattern, day: date) -> bool:
    """Whether the pattern names this day; the rules one by one, for a single day."""
    if pattern.year not in (None, day.year):
        return False
    if isinstance(pattern.month, Special):
        month = {Special.DAYLIGHT_SAVING_BEGINS: 3, Special.DAYLIGHT_SAVING_ENDS: 10}[pattern.month]
        return day.month == month and day.isoweekday() == 7 and day.day > 24
    if isinstance(pattern.day, int) and pattern.weekday is not None and pattern.year is None:
        return day.isoweekday() == pattern.weekday and any(
            earlier.day == pattern.day and pattern.month in (None, earlier.month)
            for earlier in (day - _DAY * back for back in range(7))
        )
    if pattern.month not in (None, day.month) or pattern.weekday not in (None, day.isoweekday()):
        return False
    if isinstance(pattern.day, Special):
        step = 1 if pattern.weekday is None else 7
        later = step * (1 if pattern.day is Special.LAST_DAY else 2)
        is_late_enough = (day + _DAY * later).month != day.month
        is_not_too_late = (day + _DAY * (later - step)).month == day.month
        return is_late_enough and is_not_too_late
    return pattern.day in (None, day.day)


class NaiveCalendar:
    """All switches from FIRST to LAST."""

    def __init__(self, table: SwitchingTable[Rate], special_days: tuple[SpecialDay, ...]) -> None:
        self._table = table
        self._special_days = special_days
        self._begun = [
            (datetime.combine(day, season.start.at, UTC), place, season)
            for day in days_between(FIRST, LAST)
            for place, season in enumerate(table.seasons)
            if names(season.start.on, day)
        ]
        self._begun.sort(key=lambda begun: begun[:2])
        self.events = list(self._all_events())

    def at(self, moment: datetime) -> Rate | None:
        rate = None
        for due, action in self.events:
            if due <= moment:
                rate = action
        return rate

    def next_switch(self, after: datetime) -> datetime | None:
        current = self.at(after)
        later = (due for due, action in self.events if due > after and action != current)
        return next(later, None)

    def _all_events(self) -> Iterator[Event]:
        for day in days_between(FIRST, LAST):
            moments: dict[time, Rate] = {}
            for profile in self._table.days:
                for switch in profile.switches:
                    moment = datetime.combine(day, switch.start, UTC)
                    if self._profile(moment) == profile.number:
                        moments[switch.start] = switch.action
            for start in sorted(moments):
                yield datetime.combine(day, start, UTC), moments[start]

    def _profile(self, moment: datetime) -> int | None:
        day = moment.date()
        for special in self._special_days:
            if names(special.date, day):
                return special.day
        season = self._season(moment)
        for week in self._table.weeks:
            if season is not None and week.name == season.week:
                return week.days[day.weekday()]
        return None

    def _season(self, moment: datetime) -> Season | None:
        begun = bisect_right(self._begun, moment, key=lambda begun: begun[0])
        return self._begun[begun - 1][2] if begun else None
