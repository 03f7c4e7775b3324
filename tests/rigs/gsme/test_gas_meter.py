"""A gas meter on its own account: the volume that it counts, and what is configured."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rigs.devices.gsme.volume import PER_LITRE
from tests.rigs.devices.premises_kit import HUB, NETWORK
from tests.rigs.gsme.gas_kit import GasPremises, statuses, zcl
from tests.rigs.gsme.supply_kit import EVENT, close

CONSUMPTION = (0x0702, (0x0302, 0x0301, 0x0300, 0x0000))


# Volume.


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.decimals(min_value=0, max_value=6, places=4), st.integers(1, 3 * 86_400_000_000)
        ),
        max_size=12,
    )
)
def test_the_register_is_the_exact_integral_of_the_flow(
    pieces: list[tuple[Decimal, int]],
) -> None:
    premises = GasPremises()
    expected = Decimal(0)
    for flow, microseconds in pieces:
        premises.flow.request(flow)
        premises.clock.advance(timedelta(microseconds=microseconds))
        expected += flow * microseconds
    assert premises.meter.register.volume(premises.clock.now()) == expected


def test_a_year_of_half_hours_adds_up_to_the_register_and_the_flow() -> None:
    premises = GasPremises()
    premises.meter.clock.set(premises.clock.now())
    total = Decimal(0)
    for day in range(365):
        flow = Decimal("0.1237") + Decimal(day % 7) / 1000
        premises.flow.request(flow)
        premises.clock.advance(timedelta(days=1))
        total += flow * 86_400_000_000
    meter = premises.meter
    assert meter.register.volume(premises.clock.now()) == total
    entries = meter.profile.entries
    assert len(entries) == 365 * 48
    assert sum(one.litres for one in entries) == int(total / PER_LITRE) == meter.litres()


def test_no_gas_passes_a_closed_valve(premises: GasPremises) -> None:
    premises.flow.request(Decimal(2))
    premises.pass_time(3600)
    assert close(premises) == "0"
    before = premises.meter.litres()
    premises.pass_time(3600)
    assert premises.meter.litres() == before
    assert premises.flow.cubic_metres_per_hour == 0


def test_consumption_is_read_in_litres_as_thousandths_of_a_cubic_metre(
    premises: GasPremises,
) -> None:
    premises.flow.request(Decimal("1.5"))
    premises.pass_time(7200)
    found = premises.read(0x0074, CONSUMPTION)
    assert found[0x0302] == 1000
    assert found[0x0301] == found[0x0300] == 1
    assert 3000 <= found[0x0000] <= 3000 + 1500


# Clock, logs, what is configured.


def test_the_clock_is_set_from_the_hub_inside_the_window(premises: GasPremises) -> None:
    premises.meter.clock.set(premises.clock.now() + timedelta(seconds=90))
    assert premises.set_clock()["time_status"] == "reliable"
    assert premises.meter.clock.now() - premises.clock.now() < timedelta(hours=1)
    assert 0x8145 in premises.meter.event_log.codes()


def test_a_window_without_the_hubs_time_makes_the_clock_unreliable(premises: GasPremises) -> None:
    answer = premises.set_clock(spread_s=1)
    assert answer["time_status"] == "unreliable"
    assert 0x81C6 in premises.meter.event_log.codes()


def test_an_event_log_is_cleared_and_the_clearing_is_in_the_security_log(
    premises: GasPremises,
) -> None:
    (answer,) = premises.ask(0x0015, zcl("ClearEventLogRequest", log_id=3))
    assert answer.payload == {"cleared": 8}
    assert 0x8F52 in premises.meter.security_log.codes()


def test_the_security_log_cannot_be_cleared(premises: GasPremises) -> None:
    before = premises.meter.security_log.codes()
    (answer,) = premises.ask(0x0015, zcl("ClearEventLogRequest", log_id=4))
    assert answer.payload == {"cleared": 0}
    assert premises.meter.security_log.codes() == before


@pytest.mark.parametrize(("configuration", "is_told"), [(0x03, False), (0x0B, True)])
def test_what_an_event_does_is_configured_by_code(
    premises: GasPremises, configuration: int, is_told: bool
) -> None:
    setting = zcl(
        "SetEventConfiguration",
        issuer_event_id=EVENT,
        start_time=0,
        configuration=configuration,
        control=0,
        event_count=1,
        event_ids=["0x81A1"],
    )
    assert statuses(premises.ask(0x00AD, setting)) == ["success"]
    premises.covers.open("battery cover")
    premises.covers.close("battery cover")
    premises.to_next_wake()
    assert bool(premises.alerts(0x81A1)) is is_told


def test_what_must_be_told_cannot_be_configured(premises: GasPremises) -> None:
    setting = zcl(
        "SetEventConfiguration",
        issuer_event_id=EVENT,
        start_time=0,
        configuration=0,
        control=0,
        event_count=2,
        event_ids=["0x81A1", "0x8F74"],
    )
    assert statuses(premises.ask(0x00AD, setting)) == ["invalidValue"]
    assert premises.meter.behaviours.is_logged(0x81A1)


def test_an_attribute_of_another_use_case_is_not_read(premises: GasPremises) -> None:
    """Consumption is only ever returned encrypted."""
    assert premises.read(0x0082, (0x0702, (0x0000,))) == {0x0000: "notAuthorized"}


def test_a_network_operator_may_not_close_the_valve(premises: GasPremises) -> None:
    answer = premises.answer(
        premises.command(0x0081, b"\x01\x09\x01", role=NETWORK, recipient=premises.meter.device_id)
    )
    assert answer is None
    assert 0x8F30 in premises.meter.security_log.codes()
    assert premises.hub.device_id == HUB
