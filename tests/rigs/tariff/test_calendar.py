"""A calendar has the rate of an independent account in force, and switches when that changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rigs.devices.tariff import (
    Beginning,
    Calendar,
    DatePattern,
    DayProfile,
    Rate,
    Season,
    Special,
    SpecialDay,
    Switch,
    SwitchingTable,
    WeekProfile,
)
from tests.rigs.tariff.naive_calendar import LAST, NaiveCalendar

DAY, NIGHT, PEAK = Rate(1), Rate(2), Rate(3, is_block=True)
EVERY_DAY = DatePattern()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def profile(number: int, **switches: Rate) -> DayProfile[Rate]:
    """`profile(1, at_0000=NIGHT, at_0700=DAY)`."""
    return DayProfile(
        number,
        tuple(
            Switch(time(int(name[3:5]), int(name[5:7])), rate) for name, rate in switches.items()
        ),
    )


def season(week: bytes, on: DatePattern = EVERY_DAY, start: time = time(0)) -> Season:
    return Season(b"", Beginning(on=on, at=start), week)


ALL_DAY = profile(1, at_0000=DAY)
ALL_NIGHT = profile(2, at_0000=NIGHT)
ECONOMY = profile(3, at_0000=NIGHT, at_0700=DAY)
LATE = profile(4, at_0600=DAY, at_2300=NIGHT)
PEAKS = profile(5, at_0000=NIGHT, at_1600=PEAK, at_1900=NIGHT)
PROFILES = (ALL_DAY, ALL_NIGHT, ECONOMY, LATE, PEAKS)
UNIFORM = tuple(WeekProfile(bytes([day.number]), (day.number,) * 7) for day in PROFILES)


def uniform(number: int, *special_days: SpecialDay) -> Calendar[Rate]:
    """The same day profile every day, all year."""
    table = SwitchingTable(seasons=(season(bytes([number])),), weeks=UNIFORM, days=PROFILES)
    return Calendar(table, special_days)


# Against the independent account.

_times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]), st.sampled_from([0, 59]))
_years = st.none() | st.integers(2025, 2028)
_weekdays = st.none() | st.integers(1, 7)
_patterns = st.one_of(
    st.builds(
        DatePattern,
        year=_years,
        month=st.none() | st.integers(1, 12),
        day=st.none() | st.integers(1, 28) | st.sampled_from([Special.LAST_DAY]),
    ),
    st.builds(
        DatePattern,
        month=st.none() | st.integers(1, 12),
        day=st.integers(1, 28) | st.sampled_from([Special.LAST_DAY, Special.SECOND_LAST_DAY]),
        weekday=_weekdays,
    ),
    st.builds(
        DatePattern,
        year=_years,
        month=st.sampled_from([Special.DAYLIGHT_SAVING_BEGINS, Special.DAYLIGHT_SAVING_ENDS]),
    ),
    st.builds(DatePattern, weekday=_weekdays),
)
_rates = st.builds(Rate, st.integers(1, 3), st.booleans())
_switches = st.lists(
    st.builds(Switch, _times, _rates), min_size=1, max_size=4, unique_by=lambda switch: switch.start
)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[SwitchingTable[Rate], tuple[SpecialDay, ...]]:
    schedules = draw(st.lists(_switches, min_size=1, max_size=3))
    days = tuple(DayProfile(number, tuple(one)) for number, one in enumerate(schedules, 1))
    number = st.integers(1, len(days))
    week_days = draw(st.lists(st.tuples(*[number] * 7), min_size=1, max_size=2))
    weeks = tuple(WeekProfile(bytes([name]), one) for name, one in enumerate(week_days))
    name = st.sampled_from([week.name for week in weeks])
    begun = st.builds(Beginning, on=_patterns, at=_times)
    seasons = draw(st.lists(st.builds(Season, st.just(b""), begun, name), max_size=3))
    special = draw(st.lists(st.builds(SpecialDay, st.just(0), _patterns, number), max_size=2))
    return SwitchingTable(seasons=tuple(seasons), weeks=weeks, days=days), tuple(special)


_moments = st.datetimes(datetime(2026, 1, 2), datetime(2028, 6, 30), timezones=st.just(UTC))


@settings(max_examples=40, deadline=None)
@given(calendars(), st.lists(_moments, min_size=1, max_size=4))
def test_any_calendar_agrees_with_an_account_of_every_day(
    drawn: tuple[SwitchingTable[Rate], tuple[SpecialDay, ...]], moments: list[datetime]
) -> None:
    calendar, naive = Calendar(*drawn), NaiveCalendar(*drawn)
    edges = [due + step for due, _ in naive.events[1000:1002] for step in (timedelta(0), -_TICK)]
    for moment in (*moments, *edges):
        assert calendar.at(moment) == naive.at(moment)
        expected, found = naive.next_switch(moment), calendar.next_switch(moment)
        is_beyond = expected is None and found is not None and found.year > LAST.year
        assert found == expected or is_beyond


_TICK = timedelta(microseconds=1)


# Rules one by one.


def test_a_rate_is_in_force_from_the_very_moment_of_its_switch() -> None:
    calendar = uniform(ECONOMY.number)
    assert calendar.at(at("2026-05-05T06:59:59.999999")) == NIGHT
    assert calendar.at(at("2026-05-05T07:00")) == DAY


def test_a_day_that_begins_after_midnight_leaves_the_early_hours_to_the_day_before() -> None:
    calendar = uniform(LATE.number)
    assert calendar.at(at("2026-05-05T03:00")) == NIGHT
    assert calendar.next_switch(at("2026-05-05T03:00")) == at("2026-05-05T06:00")


def test_switches_of_one_day_may_stand_in_any_order() -> None:
    day = DayProfile(1, (Switch(time(7), DAY), Switch(time(0), NIGHT)))
    table = SwitchingTable(
        seasons=(season(b"\x01"),), weeks=(WeekProfile(b"\x01", (1,) * 7),), days=(day,)
    )
    assert Calendar(table).at(at("2026-05-05T07:00")) == DAY


def test_midnight_is_no_switch_where_the_rate_goes_on() -> None:
    calendar = uniform(PEAKS.number)
    assert calendar.next_switch(at("2026-05-05T19:00")) == at("2026-05-06T16:00")


def test_one_rate_all_year_never_switches() -> None:
    assert uniform(ALL_DAY.number).next_switch(at("2026-05-05T03:00")) is None


def test_a_calendar_without_anything_has_no_rate_and_no_switch() -> None:
    calendar = Calendar[Rate](SwitchingTable())
    assert calendar.at(at("2026-05-05T03:00")) is None
    assert calendar.next_switch(at("2026-05-05T03:00")) is None


def test_before_the_first_season_there_is_no_rate_and_its_beginning_is_the_next_switch() -> None:
    start = DatePattern(year=2031, month=4, day=1)
    table = SwitchingTable(seasons=(season(b"\x01", start),), weeks=UNIFORM, days=PROFILES)
    calendar = Calendar(table)
    assert calendar.at(at("2026-05-05T03:00")) is None
    assert calendar.next_switch(at("2026-05-05T03:00")) == at("2031-04-01T00:00")


@pytest.mark.parametrize(
    ("moment", "rate"),
    [
        ("2026-02-28T12:00", NIGHT),  # the winter that began the year before
        ("2026-03-01T00:00", DAY),
        ("2026-10-31T23:59", DAY),
        ("2026-11-01T00:00", NIGHT),
        ("2026-12-31T23:59", NIGHT),
        ("2027-01-01T00:00", NIGHT),
    ],
)
def test_a_season_goes_on_over_the_end_of_the_year(moment: str, rate: Rate) -> None:
    summer = season(b"\x01", DatePattern(month=3, day=1))
    winter = season(b"\x02", DatePattern(month=11, day=1))
    table = SwitchingTable(seasons=(summer, winter), weeks=UNIFORM, days=PROFILES)
    assert Calendar(table).at(at(moment)) == rate


def test_a_season_of_a_certain_year_goes_on_until_another_begins() -> None:
    table = SwitchingTable(
        seasons=(season(b"\x02", DatePattern(year=2014, month=10, day=27)),),
        weeks=UNIFORM,
        days=PROFILES,
    )
    assert Calendar(table).at(at("2026-05-05T12:00")) == NIGHT


def test_a_season_that_begins_during_a_day_acts_from_the_next_switch() -> None:
    summer = season(b"\x05", DatePattern(month=6, day=21), time(16, 38))
    winter = season(b"\x03", DatePattern(month=1, day=1))
    table = SwitchingTable(seasons=(summer, winter), weeks=UNIFORM, days=PROFILES)
    calendar = Calendar(table)
    assert calendar.at(at("2026-06-21T18:59")) == DAY
    assert calendar.next_switch(at("2026-06-21T12:00")) == at("2026-06-21T19:00")


@pytest.mark.parametrize(
    ("moment", "rate"),
    [
        ("2026-12-24T23:59", DAY),
        ("2026-12-25T00:00", NIGHT),
        ("2026-12-25T23:59", NIGHT),
        ("2026-12-26T00:00", DAY),
        ("2027-12-25T12:00", NIGHT),
    ],
)
def test_a_special_day_takes_the_place_of_its_week_day(moment: str, rate: Rate) -> None:
    christmas = SpecialDay(1, DatePattern(month=12, day=25), ALL_NIGHT.number)
    assert uniform(ALL_DAY.number, christmas).at(at(moment)) == rate


def test_of_two_special_days_for_one_day_the_first_counts() -> None:
    first = SpecialDay(1, DatePattern(month=12, day=25), ALL_NIGHT.number)
    second = SpecialDay(2, DatePattern(year=2026, month=12, day=25), PEAKS.number)
    calendar = uniform(ALL_DAY.number, first, second)
    assert calendar.at(at("2026-12-25T17:00")) == NIGHT


def test_a_special_day_whose_profile_is_missing_switches_nothing() -> None:
    calendar = uniform(ECONOMY.number, SpecialDay(1, DatePattern(month=5, day=5), 99))
    assert calendar.at(at("2026-05-05T03:00")) == DAY
    assert calendar.next_switch(at("2026-05-04T12:00")) == at("2026-05-06T00:00")


def test_a_leap_day_can_be_special_and_is_years_apart() -> None:
    calendar = uniform(
        ALL_DAY.number, SpecialDay(1, DatePattern(month=2, day=29), ALL_NIGHT.number)
    )
    assert calendar.at(at("2028-02-29T12:00")) == NIGHT
    assert calendar.at(at("2027-03-01T12:00")) == DAY
    assert calendar.next_switch(at("2028-03-02T00:00")) == at("2032-02-29T00:00")


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_days_that_clocks_change_on_have_no_switch_twice_and_none_left_out(day: date) -> None:
    calendar = uniform(ECONOMY.number)
    moment, switches = at(f"{day}T00:00") - _TICK, []
    while (moment := calendar.next_switch(moment) or at("9999-01-01T00:00")).date() == day:
        switches.append(moment)
    assert switches == [at(f"{day}T00:00"), at(f"{day}T07:00")]


def test_a_calendar_of_48_switches_a_day_makes_them_all() -> None:
    half_hours = [time(n // 2, n % 2 * 30) for n in range(48)]
    day = DayProfile(1, tuple(Switch(start, Rate(n + 1)) for n, start in enumerate(half_hours)))
    table = SwitchingTable(
        seasons=(season(b"\x01"),), weeks=(WeekProfile(b"\x01", (1,) * 7),), days=(day,)
    )
    calendar, moment = Calendar(table), at("2026-05-05T00:00")
    for number in (*range(2, 49), 1):
        following = calendar.next_switch(moment)
        assert following is not None
        moment = following
        assert calendar.at(moment) == Rate(number)
    assert moment == at("2026-05-06T00:00")


def test_a_switch_can_be_made_to_come_due_later() -> None:
    calendar = uniform(ECONOMY.number)
    calendar.comes_due = lambda due: due + timedelta(minutes=10)
    assert calendar.at(at("2026-05-05T00:05")) == DAY
    assert calendar.next_switch(at("2026-05-05T00:05")) == at("2026-05-05T00:10")
