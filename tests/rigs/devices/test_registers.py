"""The import register is the exact integral of the power that passes the meter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rigs.devices.esme.registers import WATT_MICROSECONDS_PER_WATT_HOUR, EnergyRegister
from tests.rigs.devices.premises_kit import START, VOLTS, Premises

BRIDGING_US = 500_001
"""The meter measures until it dies: half a second after the supply went, and one step."""
MICROSECOND = timedelta(microseconds=1)

watts = st.decimals(min_value=0, max_value=23_000, places=3)
durations = st.integers(min_value=1, max_value=4 * 3600 * 1_000_000)
steps = st.lists(
    st.tuples(st.sampled_from(["load", "cut", "brown-out", "disable", "enable"]), watts, durations),
    max_size=20,
)


def play(premises: Premises, schedule: Sequence[tuple[str, Decimal, int]]) -> Fraction:
    """Do it all to a premises; the energy that an independent account gives, in watt-us."""
    energy, demand, closed, volts, below_for = Fraction(0), Decimal(0), True, VOLTS, 0
    for what, value, microseconds in schedule:
        if what == "load":
            demand = value
            premises.load.request(value)
        elif what in ("cut", "brown-out"):
            volts = {"cut": Decimal(0), "brown-out": Decimal(60)}[what] if volts == VOLTS else VOLTS
            premises.feed(volts)
            below_for = 0
        elif what == "disable":
            closed = False
            premises.meter.supply.disable()
        else:
            closed = True
            premises.meter.supply.enable()
        premises.clock.advance(microseconds * MICROSECOND)
        measured = microseconds
        if volts < 100:
            measured = max(0, min(below_for + microseconds, BRIDGING_US) - below_for)
            below_for += microseconds
        if closed and volts:
            energy += Fraction(demand) * measured
    return energy


@settings(max_examples=60, deadline=None)
@given(steps)
def test_the_register_equals_the_integral_of_any_schedule(
    schedule: list[tuple[str, Decimal, int]],
) -> None:
    premises = Premises()
    expected = play(premises, schedule)
    register = premises.meter.register
    assert Fraction(register.energy(premises.clock.now())) == expected
    in_watt_hours = expected / WATT_MICROSECONDS_PER_WATT_HOUR
    assert premises.meter.import_watt_hours() == in_watt_hours.__floor__()


def test_no_energy_is_lost_over_fifteen_years_of_changes() -> None:
    power = [Decimal("0.1")]
    at = START
    register = EnergyRegister(at, lambda: power[0])
    for day in range(15 * 365):
        at += timedelta(days=1)
        power[0] = Decimal(day % 7) / 10
        register.update(at)
    expected = sum((Fraction(day % 7, 10) for day in range(15 * 365 - 1)), Fraction(1, 10))
    assert Fraction(register.energy(at)) == expected * 86_400_000_000


def test_the_reading_is_truncated_to_watt_hours(premises: Premises) -> None:
    premises.load.request(Decimal(1000))
    premises.pass_time(3.5)
    assert premises.meter.import_watt_hours() == 0
    premises.pass_time(0.1)
    assert premises.meter.import_watt_hours() == 1


@pytest.mark.parametrize(
    ("kilowatts", "seconds", "watt_hours"),
    [("0.100", 1800, 50), ("2.000", 3600, 2000), ("23.000", 600, 3833), ("1.000", 86400, 24000)],
)
def test_the_reading_over_gbcs_is_the_energy(
    premises: Premises, kilowatts: str, seconds: int, watt_hours: int
) -> None:
    premises.load.request(Decimal(kilowatts) * 1000)
    premises.pass_time(seconds)
    premises.load.request(Decimal(0))
    assert premises.watt_hours() == watt_hours


def test_the_register_goes_on_from_zero_after_its_last_value() -> None:
    register = EnergyRegister(START, lambda: Decimal(1 << 32))
    assert register.watt_hours(START + timedelta(hours=1, minutes=15)) == 1 << 30
