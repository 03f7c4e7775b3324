"""Maximum demand: half-hour values, the daily window, and resets."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from rigs.devices.esme.metering.demand import DailyWindow, Demands
from rigs.devices.esme.metering.half_hours import HALF_HOUR
from tests.rigs.esme.metering.home import NOON, TWIN, Home, firsts

EVENING = DailyWindow(time(17, 0), time(22, 0))
NIGHT = DailyWindow(time(23, 0), time(5, 0))


def test_the_highest_half_hour_stands_with_its_end() -> None:
    home = Home()
    for watts in (1000, 3000, 2000):
        home.draw(watts)
        home.pass_time(minutes=30)
    demand = home.metering.demands.active_import
    assert (demand.watts, demand.reached) == (3000, NOON + 2 * HALF_HOUR)


def test_a_spike_counts_with_the_average_of_its_half_hour() -> None:
    home = Home()
    home.draw(18_000)
    home.pass_time(minutes=1)
    home.draw(0)
    home.pass_time(minutes=29)
    assert home.metering.demands.active_import.watts == 600


def test_of_equal_half_hours_the_first_stands() -> None:
    home = Home()
    home.draw(1000)
    home.pass_time(hours=2)
    assert home.metering.demands.active_import.reached == NOON + HALF_HOUR


def test_the_demand_is_twice_the_highest_entry_of_the_profile() -> None:
    home = Home()
    for watts in (333.3, 1234.567, 999.9, 1):
        home.draw(watts)
        home.pass_time(minutes=37)
    highest = max(firsts(home.metering.profiles.active_import))
    assert home.metering.demands.active_import.watts == 2 * highest


def test_both_elements_make_the_demand_and_export_has_its_own() -> None:
    home = Home(TWIN)
    home.draw(1000)
    home.draw_second(2000)
    home.pass_time(minutes=30)
    home.generate(5000)
    home.pass_time(minutes=30)
    demands = home.metering.demands
    assert demands.active_import.watts == 3000
    assert demands.active_export.watts == 4000


def test_a_reset_zeroes_one_demand_and_keeps_its_time() -> None:
    home = Home()
    home.draw(1000)
    home.pass_time(minutes=45)
    demands = home.metering.demands
    demands.active_import.reset(home.meter.now())
    assert (demands.active_import.watts, demands.configurable.watts) == (0, 1000)
    assert demands.active_import.last_reset == NOON + timedelta(minutes=45)
    home.pass_time(minutes=15)
    assert demands.active_import.watts == 1000


def test_only_half_hours_inside_the_window_count() -> None:
    home = Home()
    home.metering.demands.set_window(EVENING)
    home.draw(5000)
    home.until(NOON + timedelta(hours=5))
    home.draw(2000)
    home.until(NOON + timedelta(hours=12))
    demands = home.metering.demands
    assert (demands.active_import.watts, demands.configurable.watts) == (5000, 2000)
    assert demands.configurable.reached == NOON + timedelta(hours=5, minutes=30)


def test_a_new_window_leaves_what_was_reached_until_a_reset() -> None:
    demands = Demands(NOON)
    demands.configurable.take(NOON, 700)
    demands.set_window(EVENING)
    assert demands.configurable.watts == 1400


@pytest.mark.parametrize(
    ("window", "end", "counts"),
    [
        (EVENING, time(17, 0), False),
        (EVENING, time(17, 30), True),
        (EVENING, time(22, 0), True),
        (EVENING, time(22, 30), False),
        (NIGHT, time(23, 0), False),
        (NIGHT, time(23, 30), True),
        (NIGHT, time(0, 0), True),
        (NIGHT, time(5, 0), True),
        (NIGHT, time(5, 30), False),
        (DailyWindow(time(17, 15), time(18, 15)), time(17, 30), False),
        (DailyWindow(time(17, 15), time(18, 15)), time(18, 0), True),
        (DailyWindow(time(6, 0), time(6, 0)), time(3, 0), True),
    ],
)
def test_a_half_hour_counts_if_the_window_holds_it_whole(
    window: DailyWindow, end: time, counts: bool
) -> None:
    day = datetime(2026, 3, 2, tzinfo=UTC)
    assert window.holds(datetime.combine(day, end, UTC)) is counts
