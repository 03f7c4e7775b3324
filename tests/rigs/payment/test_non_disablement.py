"""When the electricity schedule bars disablement, and when that changes (E-135)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rigs.devices.payment import Schedule, SwitchedNonDisablement
from rigs.devices.payment.non_disablement import Entry
from rigs.devices.tariff import (
    Beginning,
    Calendar,
    DatePattern,
    DayProfile,
    Season,
    SpecialDay,
    Switch,
    SwitchingTable,
    WeekProfile,
)

WEEK = frozenset(range(1, 8))
WORKDAYS, WEEKEND = frozenset(range(1, 6)), frozenset((6, 7))


def entry(starts: bool, hour: int, days: frozenset[int] = WEEK, **more: object) -> Entry:
    fields = {"index": 1, "starts": starts, "at": time(hour), "weekdays": days, **more}
    return Entry(**fields)  # type: ignore[arg-type]


def at(day: int, hour: int, minute: int = 0, month: int = 3, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


NIGHTS = Schedule((entry(True, 20), entry(False, 8)))


@pytest.mark.parametrize(
    ("moment", "is_barred"),
    [
        (at(3, 7, 59), True),
        (at(3, 8), False),
        (at(3, 19, 59), False),
        (at(3, 20), True),
        (at(4, 0), True),
    ],
)
def test_it_is_barred_from_a_start_to_a_stop(moment: datetime, is_barred: bool) -> None:
    assert NIGHTS.is_barred(moment) is is_barred


def test_the_next_change_is_the_next_other_script() -> None:
    assert NIGHTS.next_change(at(3, 7)) == at(3, 8)
    assert NIGHTS.next_change(at(3, 8)) == at(3, 20)


def test_nothing_is_barred_without_entries() -> None:
    assert not Schedule().is_barred(at(3, 12))
    assert Schedule().next_change(at(3, 12)) is None


def test_entries_run_on_their_days_of_the_week() -> None:
    calendar = Schedule((entry(True, 0, WEEKEND), entry(False, 0, WORKDAYS)))
    assert [calendar.is_barred(at(day, 12)) for day in range(2, 9)] == [False] * 5 + [True] * 2


@pytest.mark.parametrize(
    ("begins", "ends", "day", "runs"),
    [
        ((2026, 3, 2), (2026, 3, 4), (2026, 3, 1), False),
        ((2026, 3, 2), (2026, 3, 4), (2026, 3, 2), True),
        ((2026, 3, 2), (2026, 3, 4), (2026, 3, 4), True),
        ((2026, 3, 2), (2026, 3, 4), (2026, 3, 5), False),
        ((None, 10, 26), (None, 3, 29), (2026, 1, 1), True),
        ((None, 10, 26), (None, 3, 29), (2026, 3, 29), True),
        ((None, 10, 26), (None, 3, 29), (2026, 3, 30), False),
        ((None, 10, 26), (None, 3, 29), (2026, 10, 26), True),
        ((None, 4, 29), (None, 7, 25), (2026, 5, 1), True),
        ((None, 4, 29), (None, 7, 25), (2026, 8, 1), False),
        ((2026, 3, 2), (None, None, None), (2030, 1, 1), True),
    ],
)
def test_entries_run_between_their_dates_each_year_where_none_is_given(
    begins: tuple[int | None, ...],
    ends: tuple[int | None, ...],
    day: tuple[int, int, int],
    runs: bool,
) -> None:
    first, last = (
        DatePattern(year=year, month=month, day=number) for year, month, number in (begins, ends)
    )
    year, month, number = day
    moment = at(number, 0, month=month, year=year)
    assert entry(True, 0, begins=first, ends=last).runs_on(moment.date()) is runs


def test_on_a_special_day_only_the_entries_that_name_it_run() -> None:
    christmas = SpecialDay(1, DatePattern(month=12, day=25), 1)
    calendar = Schedule(
        (entry(False, 0), entry(True, 6, frozenset(), special_days=frozenset((1,)))), [christmas]
    )
    assert not calendar.is_barred(at(24, 12, month=12))
    assert calendar.is_barred(at(25, 12, month=12))
    assert not calendar.is_barred(at(26, 0, month=12))
    assert calendar.next_change(at(3, 0)) == at(25, 6, month=12)


HOURS = st.lists(
    st.tuples(st.booleans(), st.integers(0, 23), st.frozensets(st.integers(1, 7), min_size=1)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(hours=HOURS, start=st.integers(0, 167))
def test_the_next_change_is_what_looking_every_hour_finds(
    hours: list[tuple[bool, int, frozenset[int]]], start: int
) -> None:
    calendar = Schedule([entry(starts, hour, days) for starts, hour, days in hours])
    begin = at(2, 0) + timedelta(hours=start, minutes=30)
    held = calendar.is_barred(begin)
    looked = (at(2, 0) + timedelta(hours=start + ahead) for ahead in range(1, 24 * 9))
    expected = next((hour for hour in looked if calendar.is_barred(hour) is not held), None)
    assert calendar.next_change(begin) == expected


def test_a_gas_calendar_bars_where_its_switch_says_so() -> None:
    table = SwitchingTable(
        seasons=(Season(b"1", Beginning(on=DatePattern(month=1, day=1)), b"1"),),
        weeks=(WeekProfile(b"1", (1,) * 7),),
        days=(DayProfile(1, (Switch(time(0), False), Switch(time(18), True))),),
    )
    calendar = SwitchedNonDisablement(Calendar(table))
    assert [calendar.is_barred(at(3, hour)) for hour in (0, 17, 18, 23)] == [False] * 2 + [True] * 2
    assert calendar.next_change(at(3, 12)) == at(3, 18)
