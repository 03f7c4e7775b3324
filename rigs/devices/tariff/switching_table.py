"""A calendar as data: what happens at which times of which days.

Generic in what happens: for a tariff it is a `Rate`, for a non-disablement calendar whether
disablement is barred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Generic, TypeVar

from rigs.devices.tariff.dates import Beginning, DatePattern
from rigs.devices.tariff.sizes import CalendarSizes

Action = TypeVar("Action")
DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True)
class Rate:
    """Where consumption goes and what it costs: a time of use from 1, with or without blocks."""

    time_of_use: int
    is_block: bool = False


@dataclass(frozen=True, slots=True)
class Switch(Generic[Action]):
    start: time
    action: Action


@dataclass(frozen=True, slots=True)
class DayProfile(Generic[Action]):
    number: int
    switches: tuple[Switch[Action], ...]


@dataclass(frozen=True, slots=True)
class WeekProfile:
    """`days` are numbers of day profiles, Monday first."""

    name: bytes
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Season:
    name: bytes
    start: Beginning
    week: bytes


@dataclass(frozen=True, slots=True)
class SpecialDay:
    index: int
    date: DatePattern
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchingTable(Generic[Action]):
    """Seasons choose a week profile, which chooses a day profile for each day of the week.

    What is referred to may be missing: nothing is switched then, and the rate goes on (inferred:
    the parts of a table come one by one).
    """

    seasons: tuple[Season, ...] = ()
    weeks: tuple[WeekProfile, ...] = ()
    days: tuple[DayProfile[Action], ...] = ()

    def check(self, sizes: CalendarSizes) -> None:
        """
        Raises:
            ValueError: more than fits, or the same name, number or time twice.
        """
        check_seasons(self.seasons, sizes)
        check_weeks(self.weeks, sizes)
        check_days(self.days, sizes)


def check_seasons(seasons: Sequence[Season], sizes: CalendarSizes) -> None:
    _check_number("seasons", len(seasons), sizes.seasons)


def check_weeks(weeks: Sequence[WeekProfile], sizes: CalendarSizes) -> None:
    _check_number("week profiles", len(weeks), sizes.week_profiles)
    _check_once("week profiles", [week.name for week in weeks])
    for week in weeks:
        if len(week.days) != DAYS_OF_WEEK:
            raise ValueError(f"week {week.name.hex()}: expected 7 days, got {len(week.days)}")


def check_days(days: Sequence[DayProfile[Action]], sizes: CalendarSizes) -> None:
    _check_number("day profiles", len(days), sizes.day_profiles)
    _check_once("day profiles", [day.number for day in days])
    for day in days:
        name = f"switches of day {day.number}"
        _check_number(name, len(day.switches), sizes.switches_per_day)
        _check_once(name, [switch.start for switch in day.switches])


def check_special_days(days: Sequence[SpecialDay], sizes: CalendarSizes) -> None:
    """
    Raises:
        ValueError: more than fit.
    """
    _check_number("special days", len(days), sizes.special_days)


def _check_number(name: str, number: int, most: int) -> None:
    if number > most:
        raise ValueError(f"{name}: expected at most {most}, got {number}")


def _check_once(name: str, names: Sequence[object]) -> None:
    if len(set(names)) < len(names):
        raise ValueError(f"{name}: expected each once, got {names}")
