"""The simulated wiring: who sees what, and when."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.clock import SimulatedClock
from tests.rigs.instruments.benches import START, Premises, wired

WATTS = Decimal(2000)
MAINS = (Decimal(230), Decimal(50))


def test_a_load_draws_power_only_with_supply_and_closed_contactor(premises: Premises) -> None:
    premises.load.request(WATTS)
    seen = [premises.load.watts]
    premises.supply.feed(*MAINS)
    seen.append(premises.load.watts)
    premises.contactor.open()
    seen.append(premises.load.watts)
    premises.contactor.close()
    seen.append(premises.load.watts)
    assert seen == [0, WATTS, 0, WATTS]


def test_current_is_power_over_voltage(premises: Premises) -> None:
    premises.load.request(WATTS)
    premises.supply.feed(*MAINS)
    assert premises.load.amps == WATTS / 230
    premises.supply.feed(Decimal(0), Decimal(50))
    assert premises.load.amps == 0


def test_the_load_sees_no_voltage_behind_an_open_contactor(premises: Premises) -> None:
    premises.supply.feed(*MAINS)
    assert premises.load.volts == 230
    premises.contactor.open()
    assert [premises.load.volts, premises.supply.volts] == [0, 230]


def test_the_contactor_keeps_its_place_without_supply(premises: Premises) -> None:
    premises.contactor.open()
    premises.supply.feed(*MAINS)
    premises.supply.feed(Decimal(0), Decimal(0))
    assert not premises.contactor.closed


def test_listeners_hear_changes_and_nothing_else(premises: Premises) -> None:
    heard: list[tuple[datetime, object]] = []
    premises.supply.listen(lambda at, volts: heard.append((at, volts)))
    premises.contactor.listen(lambda at, closed: heard.append((at, closed)))
    premises.load.listen(lambda at, watts: heard.append((at, watts)))
    premises.load.request(WATTS)
    for _ in range(2):
        premises.supply.feed(*MAINS)
    premises.clock.advance(timedelta(seconds=1))
    for _ in range(2):
        premises.contactor.open()
    later = START + timedelta(seconds=1)
    assert sorted(heard, key=str) == sorted(
        [(START, Decimal(230)), (START, WATTS), (later, False), (later, Decimal(0))], key=str
    )


def test_an_event_caused_by_an_event_is_heard_after_it(premises: Premises) -> None:
    heard: list[Decimal] = []

    def trip(_at: datetime, volts: Decimal) -> None:
        if volts:
            premises.supply.feed(Decimal(0), Decimal(0))

    premises.supply.listen(trip)
    premises.supply.listen(lambda _at, volts: heard.append(volts))
    premises.supply.feed(*MAINS)
    assert heard == [230, 0]


@pytest.mark.parametrize("value", [Decimal(-1), Decimal("-0.001")])
def test_negative_quantities_are_refused(premises: Premises, value: Decimal) -> None:
    with pytest.raises(ValueError, match="negative"):
        premises.supply.feed(value, Decimal(50))
    with pytest.raises(ValueError, match="negative"):
        premises.load.request(value)


EVENTS = st.lists(
    st.one_of(
        st.sampled_from(["open", "close"]),
        st.tuples(st.just("volts"), st.sampled_from([0, 207, 230, 253])),
        st.tuples(st.just("watts"), st.sampled_from([0, 100, 2000])),
    )
)


@given(EVENTS)
def test_energy_by_listening_is_energy_by_looking(events: list[object]) -> None:
    """A meter that integrates at every event misses nothing."""
    bench = wired(SimulatedClock(START))
    listened = looked = Decimal(0)
    told, since = Decimal(0), START

    def integrate(at: datetime, watts: Decimal) -> None:
        nonlocal listened, told, since
        listened += told * Decimal((at - since) // timedelta(seconds=1))
        told, since = watts, at

    bench.load.listen(integrate)
    for event in events:
        match event:
            case "open":
                bench.contactor.open()
            case "close":
                bench.contactor.close()
            case ("volts", int(volts)):
                bench.supply.feed(Decimal(volts), Decimal(50))
            case ("watts", int(watts)):
                bench.load.request(Decimal(watts))
        looked += bench.load.watts * 10
        bench.clock.advance(timedelta(seconds=10))
    integrate(bench.clock.now(), Decimal(0))
    assert listened == looked
