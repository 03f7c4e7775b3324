"""The test output flashes once for each part of a kilowatt-hour, at the moment it is reached."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assay.clock import SimulatedClock
from rigs.premises_pulses import PulseOutput

START = datetime(2026, 1, 5, tzinfo=UTC)
WATT_MICROSECONDS = Decimal(3_600_000_000)


def test_a_kilowatt_gives_a_pulse_every_3_6_seconds() -> None:
    clock = SimulatedClock(START)
    output = PulseOutput(clock, 1000)
    eye = output.eye()
    output.register(Decimal(1000))
    clock.advance(timedelta(seconds=8))
    assert eye.pulses() == [START + timedelta(seconds=3.6), START + timedelta(seconds=7.2)]
    assert output.next_pulse() == START + timedelta(seconds=10.8)


def test_without_power_no_pulse_is_to_come() -> None:
    output = PulseOutput(SimulatedClock(START), 1000)
    assert output.next_pulse() is None


def test_energy_that_flows_out_counts_too() -> None:
    clock = SimulatedClock(START)
    output = PulseOutput(clock, 1000)
    eye = output.eye()
    output.register(Decimal(-1000))
    clock.advance(timedelta(seconds=3.6))
    assert len(eye.pulses()) == 1


def test_each_eye_sees_what_comes_while_it_is_open() -> None:
    clock = SimulatedClock(START)
    output = PulseOutput(clock, 1000)
    first = output.eye()
    output.register(Decimal(1000))
    clock.advance(timedelta(seconds=4))
    second = output.eye()
    clock.advance(timedelta(seconds=4))
    first.close()
    clock.advance(timedelta(seconds=4))
    early, late, last = (START + timedelta(seconds=each) for each in (3.6, 7.2, 10.8))
    assert first.pulses() == [early, late]
    assert second.pulses() == [late, last]


def test_what_an_eye_forgot_is_not_counted_again() -> None:
    clock = SimulatedClock(START)
    output = PulseOutput(clock, 1000)
    eye = output.eye()
    output.register(Decimal(1000))
    clock.advance(timedelta(seconds=4))
    eye.forget()
    clock.advance(timedelta(seconds=4))
    assert eye.pulses() == [START + timedelta(seconds=7.2)]


def test_a_year_that_nobody_watched_is_over_at_once() -> None:
    clock = SimulatedClock(START)
    output = PulseOutput(clock, 1000)
    output.register(Decimal(1000))
    clock.advance(timedelta(days=365))
    eye = output.eye()
    assert eye.pulses() == []
    clock.advance(timedelta(seconds=36))
    assert len(eye.pulses()) == 10


@given(
    st.lists(
        st.tuples(st.integers(0, 20_000), st.integers(0, 10_000_000)), min_size=1, max_size=12
    ),
    st.sampled_from([1, 1000, 4000]),
)
def test_pulses_are_the_whole_parts_of_the_energy(
    pieces: list[tuple[int, int]], constant: int
) -> None:
    clock = SimulatedClock(START)
    output = PulseOutput(clock, constant)
    eye = output.eye()
    energy = Decimal(0)
    for watts, microseconds in pieces:
        output.register(Decimal(watts))
        clock.advance(timedelta(microseconds=microseconds))
        energy += watts * microseconds
    pulses = eye.pulses()
    assert len(pulses) == energy // output.energy_of_a_pulse
    assert pulses == sorted(pulses)
    assert all(START < pulse <= clock.now() for pulse in pulses)
