"""Half-hour profiles: ends, sums, capacity, and what clocks and outages do to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rigs.devices.esme.metering.half_hours import HALF_HOUR, HalfHour, end_of_half_hour
from rigs.devices.esme.metering.profiles import IMPORT_CAPACITY, OTHER_CAPACITY, Profiles
from tests.rigs.esme.metering.home import NOON, SINGLE, TWIN, Home, firsts, stamps, values

HALF_HOUR_US = 1_800_000_000


def test_entries_are_stamped_with_the_end_of_their_half_hour() -> None:
    home = Home(start=NOON + timedelta(minutes=7))
    home.pass_time(hours=1)
    assert stamps(home.metering.profiles.active_import) == [
        NOON + HALF_HOUR,
        NOON + 2 * HALF_HOUR,
    ]


def test_four_quantities_are_kept_of_each_half_hour() -> None:
    home = Home()
    home.draw(1000, 40)
    home.pass_time(minutes=30)
    home.draw(0, -60)
    home.generate(500)
    home.pass_time(minutes=30)
    profiles = home.metering.profiles
    assert values(profiles.active_import) == [(500,), (0,)]
    assert values(profiles.export) == [(0, 0), (250, 30)]
    assert values(profiles.reactive_import) == [(20,), (0,)]


def test_a_twin_meter_keeps_both_elements_of_each_half_hour() -> None:
    home = Home(TWIN)
    home.draw(1000)
    home.draw_second(3000)
    home.pass_time(minutes=30)
    assert values(home.metering.profiles.active_import) == [(500, 1500)]


def test_rests_of_a_watt_hour_are_carried_into_the_next_half_hour() -> None:
    home = Home()
    home.draw(3)
    home.pass_time(hours=1)
    assert firsts(home.metering.profiles.active_import) == [1, 2]


steps = st.lists(
    st.tuples(
        st.sampled_from(["load", "sun", "second", "cut", "restore"]),
        st.decimals(min_value=0, max_value=20_000, places=3),
        st.integers(min_value=1, max_value=3 * HALF_HOUR_US),
    ),
    max_size=15,
)


@settings(max_examples=30, deadline=None)
@given(steps)
def test_the_profile_sums_to_what_the_register_moved(
    schedule: list[tuple[str, Decimal, int]],
) -> None:
    home = Home(TWIN)
    for what, value, microseconds in schedule:
        _do(home, what, value)
        home.clock.advance(timedelta(microseconds=microseconds))
    home.restore()
    home.until(end_of_half_hour(home.clock.now()))
    profiles = home.metering.profiles
    primary, second, export, *_ = home.readings()
    assert sum(firsts(profiles.active_import)) == primary
    assert sum(value for _, value in values(profiles.active_import)) == second
    assert sum(firsts(profiles.export)) == export
    ends = stamps(profiles.active_import)
    assert all(later - earlier == HALF_HOUR for earlier, later in pairwise(ends))


def _do(home: Home, what: str, value: Decimal) -> None:
    assert home.circuits.secondary is not None
    nodes = {
        "load": home.circuits.loads[0],
        "sun": home.circuits.generation[0],
        "second": home.circuits.secondary,
    }
    if what in nodes:
        nodes[what].request(value)
    elif what == "cut":
        home.cut()
    else:
        home.restore()


def test_half_hours_without_power_are_there_with_zeros() -> None:
    home = Home()
    home.draw(1000)
    home.pass_time(minutes=45)
    home.cut()
    home.pass_time(minutes=90)
    home.restore()
    home.pass_time(minutes=45)
    log = home.metering.profiles.active_import
    assert stamps(log) == [NOON + number * HALF_HOUR for number in range(1, 7)]
    # A quarter of an hour of the second half hour, and what bridging measures is nothing.
    assert firsts(log) == [500, 250, 0, 0, 250, 500]


@pytest.mark.parametrize(
    "day", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)]
)
def test_local_time_changes_leave_48_half_hours_in_a_day(day: datetime) -> None:
    home = Home(start=day)
    home.pass_time(days=1)
    assert stamps(home.metering.profiles.active_import) == [
        day + number * HALF_HOUR for number in range(1, 49)
    ]


def test_a_clock_set_forward_over_a_boundary_leaves_no_half_hour_out() -> None:
    home = Home(start=NOON + timedelta(minutes=5))
    home.meter.clock.set(NOON + timedelta(minutes=65))
    home.meter.agenda.clock_set(was_reliable=True)
    assert stamps(home.metering.profiles.active_import) == [
        NOON + HALF_HOUR,
        NOON + 2 * HALF_HOUR,
    ]


def test_a_clock_set_back_over_a_boundary_ends_no_half_hour_twice() -> None:
    home = Home(start=NOON)
    home.pass_time(minutes=35)
    home.meter.clock.set(NOON + timedelta(minutes=25))
    home.meter.agenda.clock_set(was_reliable=True)
    home.pass_time(minutes=35)
    assert stamps(home.metering.profiles.active_import) == [
        NOON + HALF_HOUR,
        NOON + 2 * HALF_HOUR,
    ]


def test_logs_hold_thirteen_and_three_months_and_then_lose_the_oldest() -> None:
    profiles = Profiles(is_twin=False)
    for number in range(1, IMPORT_CAPACITY + 2):
        profiles.take(half_hour(number))
    assert len(profiles.active_import) == IMPORT_CAPACITY == 397 * 48
    assert len(profiles.export) == len(profiles.reactive_import) == OTHER_CAPACITY == 93 * 48
    assert stamps(profiles.active_import)[0] == NOON + 2 * HALF_HOUR
    assert stamps(profiles.active_import)[-1] == NOON + (IMPORT_CAPACITY + 1) * HALF_HOUR


def half_hour(number: int) -> HalfHour:
    return HalfHour(
        end=NOON + number * HALF_HOUR,
        active_import=number,
        secondary_import=0,
        active_export=0,
        reactive_import=0,
        reactive_export=0,
    )


def test_a_range_holds_both_its_ends() -> None:
    home = Home(SINGLE)
    home.pass_time(hours=3)
    log = home.metering.profiles.active_import
    first, last = log.entries[1][0], log.entries[3][0]
    assert [entry[0] for entry in log.between(first, last)] == [
        entry[0] for entry in log.entries[1:4]
    ]
    assert not list(log.between(last + 1, last + 2))
