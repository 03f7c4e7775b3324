"""A gas meter on sub-GHz that is not heard: searched for each day, given up after three."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from assay.clock import SimulatedClock
from assay.gbcs.identifiers import Eui64
from rigs.devices.hub.sub_ghz.lost_meter import SEARCH_TIME, LostMeterSearch

METER = Eui64.from_text("00-DB-12-34-56-78-90-A1")
OTHER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class Bench:
    def __init__(self) -> None:
        self.clock = SimulatedClock(datetime(2026, 1, 5, tzinfo=UTC))
        self.searches = self.alerts = 0
        self.search = LostMeterSearch(self.clock, self._sought, self._given_up)
        self.search.watch(METER)

    def _sought(self) -> None:
        self.searches += 1

    def _given_up(self) -> None:
        self.alerts += 1


def test_a_meter_that_is_heard_is_not_looked_for() -> None:
    bench = Bench()
    for _ in range(20):
        bench.clock.advance(DAY - HOUR)
        bench.search.hear(METER)
    assert (bench.searches, bench.alerts) == (0, 0)


def test_three_searches_that_fail_are_told_once_and_the_search_goes_on() -> None:
    bench = Bench()
    bench.clock.advance(3 * DAY)
    assert (bench.searches, bench.alerts) == (3, 0)
    bench.clock.advance(SEARCH_TIME)
    assert bench.alerts == 1
    bench.clock.advance(5 * DAY)
    assert (bench.searches, bench.alerts) == (8, 1)


def test_a_meter_that_answers_during_a_search_was_found() -> None:
    bench = Bench()
    bench.clock.advance(3 * DAY + HOUR)
    bench.search.hear(METER)
    bench.clock.advance(2 * DAY)
    assert bench.alerts == 0


def test_other_devices_do_not_count() -> None:
    bench = Bench()
    for _ in range(4):
        bench.clock.advance(DAY)
        bench.search.hear(OTHER)
    assert bench.alerts == 1


def test_a_hub_in_the_dark_blames_nobody() -> None:
    bench = Bench()
    bench.search.is_up = lambda: False
    bench.clock.advance(10 * DAY)
    assert (bench.searches, bench.alerts) == (0, 0)


def test_a_meter_that_has_left_is_not_looked_for() -> None:
    bench = Bench()
    bench.search.forget(METER)
    bench.clock.advance(10 * DAY)
    assert bench.searches == 0
