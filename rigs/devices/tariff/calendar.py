"""What a switching table says at a time: the action in force, and when it next changes.

All times are UTC; there is no summer time in it (SMETS). An action stays in force until the
next one: a day profile that does not begin at midnight leaves the early hours to the day
before. Which season holds decides at the time of each switch, so one that begins in the
middle of a day acts from the next switch on (inferred). A special day takes the place of the
week profile from midnight to midnight; of two for one day the first in the list counts
(inferred).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Generic

from rigs.devices.tariff.dates import YEARS_BETWEEN_LEAP_DAYS
from rigs.devices.tariff.switching_table import (
    Action,
    DayProfile,
    Season,
    SpecialDay,
    SwitchingTable,
)

_DAY = timedelta(days=1)
_LAST_MOMENT = time(23, 59, 59, 999_999)
_DAYS_OF_YEAR = 366
_DAYS_AROUND = _DAYS_OF_YEAR * (YEARS_BETWEEN_LEAP_DAYS + 1)
"""How far a calendar without a certain year in it has to be looked through either way."""
_DAYS_REMEMBERED = 16

Event = tuple[datetime, Action]


class Calendar(Generic[Action]):
    """One switching table with its special days.

    Hooks for planted faults: `comes_due` may move when a switch is made, `season_at`,
    `special_day` and `weekday` choose the day profile.
    """

    def __init__(
        self, table: SwitchingTable[Action], special_days: Iterable[SpecialDay] = ()
    ) -> None:
        self._table = table
        self._special_days = tuple(special_days)
        self._days = {day.number: day for day in table.days}
        self._weeks = {week.name: week.days for week in table.weeks}
        self._actions = {switch.action for day in table.days for switch in day.switches}
        dates = (
            *(season.start.on for season in table.seasons),
            *(one.date for one in self._special_days),
        )
        self._years = [on.year for on in dates if on.year is not None]
        self._remembered: dict[date, tuple[Event[Action], ...]] = {}
        self.comes_due: Callable[[datetime], datetime] = lambda at: at
        self.season_at: Callable[[datetime], Season | None] = self._season_at
        self.special_day: Callable[[date], int | None] = self._special_day
        self.weekday: Callable[[date], int] = date.isoweekday

    def at(self, moment: datetime) -> Action | None:
        """The action in force, or None where none has been taken yet."""
        if not self._actions:
            return None
        day = moment.date() + _DAY
        for _ in range(_DAYS_AROUND + self._days_to_first_year(moment)):
            for due, action in reversed(self._events(day)):
                if self.comes_due(due) <= moment:
                    return action
            day -= _DAY
        return None

    def next_switch(self, after: datetime) -> datetime | None:
        """The first time later than this one at which another action is in force."""
        current = self.at(after)
        if not self._actions - {current}:
            return None
        day = after.date() - _DAY
        for _ in range(_DAYS_AROUND + self._days_to_last_year(after)):
            for due, action in self._events(day):
                if action != current and self.comes_due(due) > after:
                    return self.comes_due(due)
            day += _DAY
        return None

    def _events(self, day: date) -> tuple[Event[Action], ...]:
        found = self._remembered.get(day)
        if found is None:
            if len(self._remembered) >= _DAYS_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[day] = tuple(self._switches(day))
        return found

    def _switches(self, day: date) -> list[Event[Action]]:
        special = self.special_day(day)
        if special is not None:
            return _events_of(self._days.get(special), day)
        begin = self.season_at(datetime.combine(day, time(0), UTC))
        end = self.season_at(datetime.combine(day, _LAST_MOMENT, UTC))
        if begin is end:
            return _events_of(self._profile(begin, day), day)
        events = (
            (due, action)
            for season in self._table.seasons
            for due, action in _events_of(self._profile(season, day), day)
            if self.season_at(due) is season
        )
        return sorted(events, key=lambda event: event[0])

    def _profile(self, season: Season | None, day: date) -> DayProfile[Action] | None:
        days = None if season is None else self._weeks.get(season.week)
        return None if days is None else self._days.get(days[self.weekday(day) - 1])

    def _season_at(self, moment: datetime) -> Season | None:
        """The one that began last; of those that began together the later in the list."""
        found: Season | None = None
        latest: datetime | None = None
        for season in self._table.seasons:
            began = season.start.last_until(moment)
            if began is not None and (latest is None or began >= latest):
                found, latest = season, began
        return found

    def _special_day(self, day: date) -> int | None:
        return next((one.day for one in self._special_days if one.date.names(day)), None)

    def _days_to_first_year(self, moment: datetime) -> int:
        return _DAYS_OF_YEAR * max(0, moment.year - min(self._years, default=moment.year))

    def _days_to_last_year(self, moment: datetime) -> int:
        return _DAYS_OF_YEAR * max(0, max(self._years, default=moment.year) - moment.year)


def _events_of(profile: DayProfile[Action] | None, day: date) -> list[Event[Action]]:
    if profile is None:
        return []
    switches = sorted(profile.switches, key=lambda switch: switch.start)
    return [(datetime.combine(day, one.start, UTC), one.action) for one in switches]
