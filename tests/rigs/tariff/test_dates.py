"""Dates with wildcards name the days that the rules for DLMS dates give them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigs.devices.tariff import Beginning, DatePattern, Special
from tests.rigs.tariff.naive_calendar import days_between, names


@pytest.mark.parametrize(
    ("pattern", "year", "expected"),
    [
        (DatePattern(year=2026, month=5, day=1), 2026, [date(2026, 5, 1)]),
        (DatePattern(year=2026, month=5, day=1), 2027, []),
        (DatePattern(month=12, day=25), 2027, [date(2027, 12, 25)]),
        (DatePattern(month=2, day=29), 2028, [date(2028, 2, 29)]),
        (DatePattern(month=2, day=29), 2027, []),
        (DatePattern(month=2, day=Special.LAST_DAY), 2028, [date(2028, 2, 29)]),
        (DatePattern(month=2, day=Special.LAST_DAY), 2027, [date(2027, 2, 28)]),
        (DatePattern(month=2, day=Special.SECOND_LAST_DAY), 2027, [date(2027, 2, 27)]),
        (DatePattern(month=12, day=Special.LAST_DAY), 2026, [date(2026, 12, 31)]),
        (DatePattern(month=3, day=Special.LAST_DAY, weekday=7), 2026, [date(2026, 3, 29)]),
        (DatePattern(month=3, day=Special.SECOND_LAST_DAY, weekday=7), 2026, [date(2026, 3, 22)]),
        (DatePattern(month=4, day=1, weekday=7), 2026, [date(2026, 4, 5)]),
        (DatePattern(month=12, day=30, weekday=5), 2028, []),
        (DatePattern(month=12, day=30, weekday=5), 2029, [date(2029, 1, 5)]),
        (DatePattern(month=Special.DAYLIGHT_SAVING_BEGINS), 2026, [date(2026, 3, 29)]),
        (DatePattern(month=Special.DAYLIGHT_SAVING_ENDS), 2026, [date(2026, 10, 25)]),
        (DatePattern(month=6, weekday=6), 2026, [date(2026, 6, day) for day in (6, 13, 20, 27)]),
    ],
)
def test_a_pattern_names_these_days_of_a_year(
    pattern: DatePattern, year: int, expected: list[date]
) -> None:
    assert list(pattern.in_year(year)) == expected


def test_a_pattern_without_anything_names_every_day() -> None:
    assert len(DatePattern().in_year(2028)) == 366


def test_the_31st_of_any_month_exists_seven_times() -> None:
    assert len(DatePattern(day=31).in_year(2026)) == 7


@given(
    st.builds(
        DatePattern,
        month=st.none() | st.integers(1, 12),
        day=st.none() | st.integers(1, 28) | st.sampled_from(list(Special)[2:]),
        weekday=st.none() | st.integers(1, 7),
    ),
    st.integers(2020, 2040),
)
def test_a_year_at_once_agrees_with_day_by_day(pattern: DatePattern, year: int) -> None:
    days = list(days_between(date(year, 1, 1), date(year, 12, 31)))
    assert list(pattern.in_year(year)) == [day for day in days if names(pattern, day)]
    assert [day for day in days if pattern.names(day)] == list(pattern.in_year(year))


@pytest.mark.parametrize(
    "parts",
    [
        {"month": 13},
        {"month": 0},
        {"month": Special.LAST_DAY},
        {"day": 32},
        {"day": Special.DAYLIGHT_SAVING_ENDS},
        {"weekday": 8},
        {"year": 0},
        {"month": 2, "day": 30},
        {"year": 2026, "month": 2, "day": 29},
        {"year": 2026, "month": 5, "day": 1, "weekday": 1},
    ],
    ids=str,
)
def test_parts_that_name_no_date_are_refused(parts: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="expected"):
        DatePattern(**parts)


def test_a_beginning_is_the_latest_of_its_times_up_to_now() -> None:
    half_past_one = Beginning(on=DatePattern(month=3, day=1), at=time(1, 30))
    assert half_past_one.last_until(datetime(2026, 3, 1, 1, 29, tzinfo=UTC)) == datetime(
        2025, 3, 1, 1, 30, tzinfo=UTC
    )
    assert half_past_one.last_until(datetime(2026, 3, 1, 1, 30, tzinfo=UTC)) == datetime(
        2026, 3, 1, 1, 30, tzinfo=UTC
    )


def test_a_beginning_on_a_leap_day_is_found_years_later() -> None:
    leap_day = Beginning(on=DatePattern(month=2, day=29))
    found = leap_day.last_until(datetime(2103, 12, 31, tzinfo=UTC))
    assert found == datetime(2096, 2, 29, tzinfo=UTC)


def test_a_beginning_in_a_year_to_come_has_not_been() -> None:
    later = Beginning(on=DatePattern(year=2030, month=1, day=1))
    assert later.last_until(datetime(2029, 12, 31, 23, 59, tzinfo=UTC)) is None
