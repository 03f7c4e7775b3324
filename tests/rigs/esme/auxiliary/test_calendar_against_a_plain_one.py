"""The calendar finds what a plain search through every second would find."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from rigs.devices.esme.auxiliary.actions import (
    NUMBERS,
    Action,
    Direction,
    calendar_action,
    level_action,
)
from rigs.devices.esme.auxiliary.calendar import AuxiliaryCalendar, Entry
from rigs.devices.tariff import DatePattern, SpecialDay

FIRST = date(2026, 2, 26)
DAYS = 12
OFFSETS = st.integers(0, 1799).map(lambda seconds: timedelta(seconds=seconds))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    number = draw(st.sampled_from(NUMBERS))
    level = draw(st.sampled_from((0, 100)))
    return Entry(
        index=draw(st.integers(1, 120)),
        script=number << 8 | (1 if level else 2),
        action=Action(number, level),
        at=draw(st.times()).replace(microsecond=0),
        weekdays=tuple(draw(st.lists(st.booleans(), min_size=7, max_size=7))),
        special_days=draw(st.frozensets(st.integers(1, 3))),
    )


SPECIAL_DAYS = st.lists(st.integers(0, DAYS - 1), max_size=3, unique=True).map(
    lambda days: tuple(
        SpecialDay(index, _pattern(FIRST + timedelta(days=n)), index)
        for index, n in enumerate(days, start=1)
    )
)


def _pattern(day: date) -> DatePattern:
    return DatePattern(year=day.year, month=day.month, day=day.day)


def plain_events(
    calendar: tuple[Entry, ...], special: tuple[SpecialDay, ...], offset: timedelta
) -> list[datetime]:
    found = set()
    for number in range(-2, DAYS + 9):
        day = FIRST + timedelta(days=number)
        named = [one.day for one in special if one.date == _pattern(day)]
        for entry in calendar:
            is_made = (
                named[0] in entry.special_days if named else entry.weekdays[day.isoweekday() - 1]
            )
            if is_made:
                found.add(datetime.combine(day, entry.at, UTC) + offset)
    return sorted(found)


@settings(max_examples=150, deadline=None)
@given(st.lists(entries(), max_size=5).map(tuple), SPECIAL_DAYS, OFFSETS, st.times())
def test_every_switch_comes_in_order_and_none_twice(
    calendar: tuple[Entry, ...], special: tuple[SpecialDay, ...], offset: timedelta, start: time
) -> None:
    tested = AuxiliaryCalendar(calendar, special, lambda at: at + offset)
    moment = datetime.combine(FIRST, start, UTC)
    end = moment + timedelta(days=DAYS)
    seen = []
    while (due := tested.next_due(moment)) is not None and due <= end:
        seen.append(due)
        assert tested.due(due)
        moment = due
    start_at = datetime.combine(FIRST, start, UTC)
    expected = [at for at in plain_events(calendar, special, offset) if start_at < at <= end]
    assert seen == expected


@given(st.sampled_from(NUMBERS), st.sampled_from(Direction), st.integers(0, 100))
def test_a_level_is_the_same_at_once_and_by_the_calendar(
    number: int, direction: Direction, level: int
) -> None:
    script = direction << 12 | number << 8 | level
    action = Action(number, level, direction)
    assert level_action(script) == action
    assert calendar_action(script | 0x80) == action


@given(st.integers(0, 0xFFFF))
def test_a_script_is_read_or_refused_and_names_a_controller(script: int) -> None:
    for read in (level_action, calendar_action):
        try:
            action = read(script)
        except ValueError:
            continue
        assert action.controller in NUMBERS
        assert 0 <= action.level <= 100
