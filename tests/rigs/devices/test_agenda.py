"""A device's agenda: in order, none skipped, none twice, whatever its clock and supply do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assay.clock import SimulatedClock
from rigs.devices.agenda import Agenda
from rigs.devices.esme.meter_clock import MeterClock

START = datetime(2026, 1, 1, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)


def next_half_hour(after: datetime) -> datetime:
    return START + ((after - START) // HALF_HOUR + 1) * HALF_HOUR


class Device:
    def __init__(self) -> None:
        self.bench = SimulatedClock(START)
        self.clock = MeterClock(self.bench, self.bench.now)
        self.agenda = Agenda(self.bench, self.clock)
        self.clock.on_set.append(lambda was: self.agenda.clock_set(was_reliable=was))
        self.done: list[datetime] = []
        self.agenda.add(20, next_half_hour, self.done.append)

    def set_clock(self, to: datetime, *, reliably: bool = True) -> None:
        self.clock.set(to)
        self.agenda.clock_set(was_reliable=reliably)


@pytest.fixture
def device() -> Device:
    return Device()


def half_hours(number: int) -> list[datetime]:
    return [START + HALF_HOUR * count for count in range(1, number + 1)]


def test_each_half_hour_of_a_day_is_done_once(device: Device) -> None:
    device.bench.advance(timedelta(days=1))
    assert device.done == half_hours(48)


def test_a_clock_set_forward_skips_nothing(device: Device) -> None:
    device.set_clock(START + timedelta(hours=5, minutes=10))
    assert device.done == half_hours(10)


def test_a_clock_set_back_repeats_nothing(device: Device) -> None:
    device.bench.advance(timedelta(hours=2))
    device.set_clock(START + timedelta(hours=1, minutes=15))
    device.bench.advance(timedelta(hours=1))
    assert device.done == half_hours(4)


def test_what_a_clock_that_was_never_right_missed_is_not_made_up_for(device: Device) -> None:
    device.set_clock(START + timedelta(days=1000), reliably=False)
    assert device.done == []
    device.bench.advance(HALF_HOUR)
    assert device.done == [START + timedelta(days=1000) + HALF_HOUR]


def test_what_fell_due_without_power_is_done_when_it_is_back(device: Device) -> None:
    device.agenda.pause()
    device.bench.advance(timedelta(hours=3))
    assert device.done == []
    device.agenda.resume()
    assert device.done == half_hours(6)


@pytest.mark.parametrize("ppm", ["-200", "3.7", "5000"])
def test_a_drifting_clock_is_followed(device: Device, ppm: str) -> None:
    device.clock.drift_ppm = Decimal(ppm)
    heard: list[datetime] = []
    device.agenda.add(30, next_half_hour, lambda _: heard.append(device.clock.now()))
    device.bench.advance(timedelta(days=1))
    assert heard
    late = [shown - next_half_hour(shown - timedelta(seconds=1)) for shown in heard]
    assert all(timedelta(0) <= one < timedelta(microseconds=5) for one in late)


def test_of_two_duties_at_one_time_the_lower_rank_goes_first(device: Device) -> None:
    order: list[int] = []
    for rank in (9, 3, 5):
        device.agenda.add(rank, next_half_hour, lambda _, rank=rank: order.append(rank))  # type: ignore[misc]
    device.bench.advance(HALF_HOUR)
    assert order == [3, 5, 9]


def test_everything_is_accounted_for_before_a_duty_acts(device: Device) -> None:
    accounted: list[datetime] = []
    device.agenda.before.append(accounted.append)
    device.bench.advance(timedelta(hours=1))
    assert accounted == half_hours(2)


def test_a_duty_that_changed_its_mind_is_asked_again(device: Device) -> None:
    due: list[datetime] = []
    done: list[datetime] = []
    duty = device.agenda.add(
        1, lambda after: next((one for one in due if one > after), None), done.append
    )
    device.bench.advance(HALF_HOUR)
    due.append(START + timedelta(hours=1, minutes=7))
    duty.changed()
    device.bench.advance(timedelta(days=1))
    assert done == due
