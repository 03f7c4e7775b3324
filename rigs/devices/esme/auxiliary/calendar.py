"""The calendar of the auxiliary controllers: entries with days, and special days (A-003).

Times are UTC. An entry is made on the days of its period on whose weekday it is set, or, on a
special day, where it names that day; on a special day the weekdays do not count. A period without
years comes back each year and may run over New Year. What equals the end of a period still belongs
to it. Both rules follow the DLMS schedule class (recalled).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from rigs.devices.esme.auxiliary.actions import Action, Direction
from rigs.devices.tariff import DatePattern, SpecialDay

MOST_ENTRIES = 120
MOST_SPECIAL_DAYS = 20
_DAY = timedelta(days=1)
_DAYS_BACK = 367
_DAYS_AHEAD = 732
_DAYS_REMEMBERED = 16
_ANY = DatePattern()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`weekdays` has Monday first; `special_days` are their numbers."""

    index: int
    script: int
    action: Action
    at: time
    weekdays: tuple[bool, ...]
    special_days: frozenset[int]
    begin: DatePattern = _ANY
    end: DatePattern = _ANY
    is_enabled: bool = True


Event = tuple[datetime, Entry]


class AuxiliaryCalendar:
    """Hooks: `special_day`, `weekday` and `is_in_period` choose the entries of a day; `comes_due`
    moves the time of a switch, for the randomised offset.
    """

    def __init__(
        self,
        entries: tuple[Entry, ...] = (),
        special_days: tuple[SpecialDay, ...] = (),
        comes_due: Callable[[datetime], datetime] = lambda at: at,
    ) -> None:
        self.entries = entries
        self.special_days = special_days
        self.comes_due = comes_due
        self.special_day: Callable[[date], int | None] = self._special_day
        self.weekday: Callable[[date], int] = date.isoweekday
        self.is_in_period: Callable[[date, DatePattern, DatePattern], bool] = is_in_period
        self._days: dict[date, tuple[Event, ...]] = {}

    def latest_of(self, moment: datetime, number: int, direction: Direction) -> Entry | None:
        """The last switch of a controller in a direction, at or before a time, within a year."""

        def concerns(entry: Entry) -> bool:
            action = entry.action
            return action.controller == number and action.direction is direction

        if not any(map(concerns, self.entries)):
            return None
        day = moment.date() + _DAY
        for _ in range(_DAYS_BACK):
            for due, entry in reversed(self._events(day)):
                if concerns(entry) and self.comes_due(due) <= moment:
                    return entry
            day -= _DAY
        return None

    def due(self, moment: datetime) -> tuple[Entry, ...]:
        """The switches to be made at exactly this time."""
        found: list[Entry] = []
        for day in (moment.date() - _DAY, moment.date()):
            events = self._events(day)
            first = bisect_left(events, moment, key=self._comes)
            found += (entry for _, entry in events[first : self._after(events, moment)])
        return tuple(found)

    def next_due(self, after: datetime) -> datetime | None:
        """The next time at which something is switched; None if within two years nothing is."""
        if not self.entries:
            return None
        day = self._first_day(after)
        for _ in range(_DAYS_AHEAD):
            events = self._events(day)
            place = self._after(events, after)
            if place < len(events):
                return self._comes(events[place])
            day += _DAY
        return None

    def _comes(self, event: Event) -> datetime:
        return self.comes_due(event[0])

    def _after(self, events: tuple[Event, ...], moment: datetime) -> int:
        """The place of the first event later than this; the offset keeps their order."""
        return bisect_right(events, moment, key=self._comes)

    def _first_day(self, after: datetime) -> date:
        """The day before, whose switches an offset may have moved; or where all periods begin."""
        yesterday = after.date() - _DAY
        begins = [_first(entry.begin) for entry in self.entries]
        known = [begin for begin in begins if begin is not None]
        return max(yesterday, min(known)) if len(known) == len(begins) else yesterday

    def _events(self, day: date) -> tuple[Event, ...]:
        found = self._days.get(day)
        if found is None:
            if len(self._days) >= _DAYS_REMEMBERED:
                self._days.clear()
            found = self._days[day] = tuple(sorted(self._made_on(day), key=_order))
        return found

    def _made_on(self, day: date) -> Iterator[Event]:
        special = self.special_day(day)
        for entry in self.entries:
            if not entry.is_enabled or not self.is_in_period(day, entry.begin, entry.end):
                continue
            if special is None:
                is_made = entry.weekdays[self.weekday(day) - 1]
            else:
                is_made = special in entry.special_days
            if is_made:
                yield datetime.combine(day, entry.at, UTC), entry

    def _special_day(self, day: date) -> int | None:
        return next((one.day for one in self.special_days if one.date.names(day)), None)


def is_in_period(day: date, begin: DatePattern, end: DatePattern) -> bool:
    """Both ends included; wildcards are no bound."""
    first, last = _of_year(begin, day.year), _of_year(end, day.year)
    if first is None or last is None or begin.year is not None or end.year is not None:
        return (first is None or first <= day) and (last is None or day <= last)
    return first <= day <= last if first <= last else day >= first or day <= last


def _of_year(pattern: DatePattern, year: int) -> date | None:
    """The day that the pattern names, in its own year or else in this one."""
    if pattern.month is None or pattern.day is None:
        return None
    days = pattern.in_year(year if pattern.year is None else pattern.year)
    return days[0] if days else None


def _first(pattern: DatePattern) -> date | None:
    return None if pattern.year is None else _of_year(pattern, pattern.year)


def _order(event: Event) -> tuple[datetime, int]:
    due, entry = event
    return due, entry.index
