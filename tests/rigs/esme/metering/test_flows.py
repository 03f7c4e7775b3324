"""What passes the meter goes to the right register, by direction, element and phase."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rigs.devices.esme.configuration import MeterVariant, check_circuits
from rigs.premises import reactive_power
from tests.rigs.esme.metering.home import HERTZ, POLYPHASE, SINGLE, TWIN, VOLTS, Home

IMPORT, SECOND, EXPORT, REACTIVE_IMPORT, REACTIVE_EXPORT = range(5)
HOUR_US = 3_600_000_000
ZERO = Decimal(0)


def test_generation_beyond_the_load_is_exported() -> None:
    home = Home()
    home.draw(500)
    home.generate(2000)
    home.pass_time(hours=2)
    assert home.readings() == [0, 0, 3000, 0, 0]


def test_generation_up_to_the_load_saves_import() -> None:
    home = Home()
    home.draw(500)
    home.generate(200)
    home.pass_time(hours=2)
    assert home.readings() == [600, 0, 0, 0, 0]


def test_generation_stops_behind_an_open_contactor_and_without_supply() -> None:
    home = Home()
    home.generate(1000)
    home.meter.supply.disable()
    home.pass_time(hours=1)
    home.meter.supply.enable()
    home.cut()
    home.pass_time(hours=1)
    assert home.readings()[EXPORT] == 0


@pytest.mark.parametrize(
    ("reactive", "register"), [(300.5, REACTIVE_IMPORT), (-300.5, REACTIVE_EXPORT)]
)
def test_reactive_energy_goes_by_its_sign(reactive: float, register: int) -> None:
    home = Home()
    home.draw(0, reactive)
    home.pass_time(hours=2)
    assert home.readings()[register] == 601


def test_the_elements_of_a_twin_meter_do_not_mix() -> None:
    home = Home(TWIN)
    home.draw(1000)
    home.draw_second(3000)
    home.pass_time(hours=1)
    assert home.readings()[:2] == [1000, 3000]
    assert home.meter.flows.active_power() == 4000
    assert home.meter.flows.primary_power() == 1000


def test_the_main_switch_cuts_both_elements_and_the_second_only_its_own() -> None:
    home = Home(TWIN)
    home.draw(1000)
    home.draw_second(3000)
    assert home.wiring.second_switch is not None
    home.wiring.second_switch.open()
    home.pass_time(hours=1)
    assert home.readings()[:2] == [1000, 0]
    home.wiring.second_switch.close()
    home.meter.supply.disable()
    home.pass_time(hours=1)
    assert home.readings()[:2] == [1000, 0]


def test_phases_are_summed_each_on_its_own_side() -> None:
    home = Home(POLYPHASE)
    home.draw(1000, phase=0)
    home.draw(500, phase=1)
    home.generate(2000, phase=2)
    home.pass_time(hours=1)
    assert home.readings()[:3] == [1500, 0, 2000]


def test_a_polyphase_meter_lives_on_any_phase() -> None:
    home = Home(POLYPHASE)
    for phase in range(3):
        home.draw(1000, phase=phase)
    assert home.wiring.mains is not None
    for terminals in home.wiring.mains.phases[:2]:
        terminals.feed(Decimal(0), Decimal(0))
    home.pass_time(hours=1)
    assert home.meter.power.is_alive
    assert home.readings()[IMPORT] == 1000
    home.wiring.mains.phases[2].feed(Decimal(0), Decimal(0))
    home.pass_time(seconds=1)
    assert not home.meter.power.is_alive
    home.wiring.mains.phases[1].feed(VOLTS, HERTZ)
    assert home.meter.power.is_alive


@pytest.mark.parametrize(
    ("variant", "wired"), [(SINGLE, POLYPHASE), (SINGLE, TWIN), (TWIN, SINGLE), (POLYPHASE, TWIN)]
)
def test_a_variant_is_refused_circuits_that_it_cannot_meter(
    variant: MeterVariant, wired: MeterVariant
) -> None:
    with pytest.raises(ValueError, match=f"variant {variant.value}: expected"):
        check_circuits(variant, Home(wired).circuits)


@pytest.mark.parametrize(
    ("power_factor", "reactive"), [("1", "0.000"), ("0.5", "1732.051"), ("-0.8", "-750.000")]
)
def test_a_power_factor_gives_reactive_power(power_factor: str, reactive: str) -> None:
    assert reactive_power(Decimal(1000), Decimal(power_factor)) == Decimal(reactive)


powers = st.decimals(min_value=0, max_value=20_000, places=3)
pieces = st.lists(
    st.tuples(powers, powers, powers, st.integers(min_value=1, max_value=5 * HOUR_US)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=30, deadline=None)
@given(pieces)
def test_every_register_is_the_integral_of_its_flow(
    schedule: list[tuple[Decimal, Decimal, Decimal, int]],
) -> None:
    home = Home(TWIN)
    expected = [Fraction(0)] * 3
    for load, sun, second, microseconds in schedule:
        home.circuits.loads[0].request(load)
        home.circuits.generation[0].request(sun)
        assert home.circuits.secondary is not None
        home.circuits.secondary.request(second)
        home.clock.advance(timedelta(microseconds=microseconds))
        for place, power in enumerate((max(load - sun, ZERO), second, max(sun - load, ZERO))):
            expected[place] += Fraction(power) * microseconds
    seen = [Fraction(one.energy(home.clock.now())) for one in home.meter.flows][:3]
    assert seen == expected
