"""Times at which insufficient credit disables no supply (E-135).

Two forms: the electricity meter has a schedule of start and stop entries, the gas meter a
switching table (`rigs.devices.tariff`) whose actions are True and False.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from rigs.devices.tariff.calendar import Calendar
from rigs.devices.tariff.dates import DatePattern
from rigs.devices.tariff.switching_table import SpecialDay

ENTRIES = 22
"""Of an electricity meter's schedule (E-135)."""
SPECIAL_DAYS = 20
_DAY = timedelta(days=1)
_ANY_DAY = DatePattern()
_DAYS_SEARCHED = 366 * 9
"""A special day may be the 29th of February, which may be eight years away."""


class NonDisablement(Protocol):
    def is_barred(self, at: datetime) -> bool:
        """Whether the supply must not be disabled for lack of credit."""

    def next_change(self, after: datetime) -> datetime | None:
        """The first time later than this at which the answer changes."""


class SwitchedNonDisablement:
    """A switching table as a non-disablement calendar. Nothing taken yet bars nothing."""

    def __init__(self, calendar: Calendar[bool]) -> None:
        self._calendar = calendar

    def is_barred(self, at: datetime) -> bool:
        return self._calendar.at(at) is True

    def next_change(self, after: datetime) -> datetime | None:
        return self._calendar.next_switch(after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`starts`: non-disablement begins (it ends otherwise) at this time of day, UTC, on these
    days of the week (1 to 7), or on special days of these numbers, from one date to another."""

    index: int
    starts: bool
    at: time
    weekdays: frozenset[int] = frozenset()
    special_days: frozenset[int] = frozenset()
    begins: DatePattern = _ANY_DAY
    ends: DatePattern = _ANY_DAY

    def runs_on(self, day: date) -> bool:
        """Whether the day lies in its range, both ends included; without a year each year."""
        if self.begins == _ANY_DAY and self.ends == _ANY_DAY:
            return True
        begun = day if self.begins == _ANY_DAY else _last_named(self.begins, day)
        if begun is None:
            return False
        if self.ends == _ANY_DAY:
            return True
        ended = _last_named(self.ends, day - _DAY)
        return ended is None or ended < begun


class Schedule:
    """Start and stop entries; the last one that fell due holds, and nothing is barred before.

    Of two at one time the later in the list counts. On a special day only the entries that name
    it run (DLMS class 10, recalled).
    """

    def __init__(
        self, entries: Iterable[Entry] = (), special_days: Iterable[SpecialDay] = ()
    ) -> None:
        self.entries = tuple(entries)
        self.special_days = tuple(special_days)
        self.runs: Callable[[Entry, date], bool] = self._runs
        self.comes_due: Callable[[datetime], datetime] = lambda at: at

    def is_barred(self, at: datetime) -> bool:
        day = at.date()
        for _ in range(_DAYS_SEARCHED if self.entries else 0):
            for due, starts in reversed(self._events(day)):
                if due <= at:
                    return starts
            day -= _DAY
        return False

    def next_change(self, after: datetime) -> datetime | None:
        held = self.is_barred(after)
        if all(entry.starts is held for entry in self.entries):
            return None
        day = after.date()
        for _ in range(_DAYS_SEARCHED):
            # Of several at one time the last decides.
            for due, starts in dict(self._events(day)).items():
                if due > after and starts is not held:
                    return due
            day += _DAY
        return None

    def _events(self, day: date) -> list[tuple[datetime, bool]]:
        running = (entry for entry in self.entries if self.runs(entry, day))
        events = (
            (self.comes_due(datetime.combine(day, entry.at, UTC)), entry.starts)
            for entry in running
        )
        return sorted(events, key=lambda event: event[0])

    def _runs(self, entry: Entry, day: date) -> bool:
        if not entry.runs_on(day):
            return False
        named = [special.day for special in self.special_days if special.date.names(day)]
        if named:
            return not entry.special_days.isdisjoint(named)
        return day.isoweekday() in entry.weekdays


def _last_named(pattern: DatePattern, day: date) -> date | None:
    """The latest day at or before this one that the pattern names."""
    years = range(day.year, day.year - 9, -1)
    if pattern.year is not None:
        years = range(min(day.year, pattern.year), pattern.year - 1, -1)
    found = (one for year in years for one in reversed(pattern.in_year(year)) if one <= day)
    return next(found, None)
