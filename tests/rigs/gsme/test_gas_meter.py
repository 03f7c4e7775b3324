"""A gas meter on its own account: volume, valve, battery, sleep, clock, logs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.envelope import Cra, parse
from assay.gbcs.gbz.components import Component
from rigs.devices.gsme.battery import Use
from rigs.devices.gsme.codes import ARMED, LOW_BATTERY, POWER_LOSS, UNCONTROLLED_FLOW
from rigs.devices.gsme.settings import LOCKED, UNCHANGED
from rigs.devices.gsme.valve import GasSupply
from rigs.devices.gsme.volume import PER_LITRE
from tests.rigs.devices.premises_kit import BROKER, HUB, NETWORK
from tests.rigs.gsme.gas_kit import GasPremises, gas_meter_entry, gbz, reading, statuses, zcl
from tests.rigs.gsme.life import billing, tariff

EVENT = 473385600
CONSUMPTION = (0x0702, (0x0302, 0x0301, 0x0300, 0x0000))


@pytest.fixture
def premises() -> GasPremises:
    return GasPremises.joined()


def supply(status: int) -> Component:
    return zcl(
        "ChangeSupply",
        provider_id=0,
        issuer_event_id=EVENT,
        request_time=0,
        implementation_time=0,
        proposed_status=status,
        control_bits=1,
    )


def close(premises: GasPremises) -> str:
    (answer,) = premises.ask(0x0081, supply(0))
    return str(answer.payload.get("status"))


def arm(premises: GasPremises) -> str:
    (answer,) = premises.ask(0x0085, supply(1))
    return str(answer.payload.get("status"))


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


# Sleep.


def test_a_gas_meter_says_and_hears_nothing_until_it_wakes(premises: GasPremises) -> None:
    premises.to_next_wake()
    taps = []
    premises.hub.link.taps.append(lambda *event: taps.append(event))
    premises.send(premises.command(0x0082, _status_read()))
    premises.pass_time(1500)
    assert taps == []
    premises.pass_time(400)
    assert [octets[:1] for _, _, octets, _ in taps][:3] == [b"\x01", b"\x02", b"\x03"]


def _status_read() -> bytes:
    return gbz(reading(0x0702, 0x0205, 0x0014))


def test_all_messages_that_wait_are_fetched_in_one_wake_and_in_order(
    premises: GasPremises,
) -> None:
    counters = []
    for _ in range(3):
        counters.append(premises.next_counter())
        premises.send(premises.command(0x0082, _status_read(), counter=counters[-1]))
    premises.to_next_wake()
    answers = [parse(octets) for _, octets in premises.dsp.arrived]
    assert [one.counter for one in answers if one.cra is Cra.RESPONSE] == counters
    assert not premises.meter.wake.is_awake


def test_it_wakes_every_half_hour_by_its_own_clock(premises: GasPremises) -> None:
    wakes = []
    premises.meter.wake.on_wake.append(lambda: wakes.append(premises.clock.now()))
    premises.meter.clock.drift_ppm = Decimal(1_000_000)
    premises.pass_time(2 * 3600)
    gaps = {after - before for before, after in pairwise(wakes[1:])}
    assert gaps == {timedelta(minutes=15)}


def test_an_event_in_its_sleep_is_told_at_the_next_wake(premises: GasPremises) -> None:
    premises.covers.open("battery cover")
    premises.pass_time(60)
    assert premises.alerts(0x8F73) == []
    premises.to_next_wake()
    assert len(premises.alerts(0x8F73)) == 1


def test_a_message_that_it_never_fetches_is_dropped_after_a_day(premises: GasPremises) -> None:
    premises.battery.remove()
    premises.send(premises.command(0x0082, _status_read()))
    premises.pass_time(25 * 3600)
    premises.battery.fit()
    premises.pass_time(3600)
    assert 0x819D in premises.hub.event_log.codes()
    assert [parse(one).cra for _, one in premises.dsp.arrived].count(Cra.RESPONSE) == 0


def test_it_polls_quickly_for_an_hour_after_it_has_joined() -> None:
    premises = GasPremises()
    premises.join()
    answer = premises.answer(premises.command(0x0082, _status_read()), wait_s=35)
    assert answer is not None


def test_it_comes_back_by_itself_after_weeks_without_a_network(premises: GasPremises) -> None:
    premises.supply.feed(Decimal(0), Decimal(0))
    premises.covers.open("tilt")
    premises.pass_time(21 * 86400)
    premises.supply.feed(Decimal(230), Decimal(50))
    premises.pass_time(2000)
    assert len(premises.alerts(0x81C3)) == 1
    assert premises.read(0x0082, (0x0702, (0x0014,)))[0x0014] == GasSupply.ENABLED


def test_it_seeks_the_hub_again_at_its_wakes_once_it_was_taken_out_of_the_log(
    premises: GasPremises,
) -> None:
    premises.hub.device_log.remove(premises.meter.device_id)
    premises.to_next_wake()
    assert not premises.meter.network.is_joined
    premises.hub.device_log.add(gas_meter_entry())
    premises.hub.joining.timeout = timedelta(hours=1)
    premises.hub.joining.allow(True)
    premises.to_next_wake()
    assert premises.meter.network.is_joined


# Valve.


def test_the_network_closes_and_arms_and_only_a_press_opens(premises: GasPremises) -> None:
    assert close(premises) == "0"
    assert arm(premises) == "1"
    assert premises.alerts(ARMED)
    assert premises.meter.valve.state is GasSupply.ARMED
    assert not premises.valve.closed
    premises.meter.press_button()
    assert premises.valve.closed
    assert premises.meter.event_log.codes()[-1] == 0x8161
    assert premises.read(0x0082, (0x0702, (0x0014,)))[0x0014] == GasSupply.ENABLED


@pytest.mark.parametrize(("code", "status"), [(0x0081, 2), (0x0085, 2), (0x0081, 1), (0x0085, 0)])
def test_no_command_opens_the_valve_nor_does_what_another_may(
    premises: GasPremises, code: int, status: int
) -> None:
    before = premises.meter.valve.state
    assert statuses(premises.ask(code, supply(status))) == ["invalidValue"]
    assert premises.meter.valve.state is before


def test_a_press_opens_nothing_that_is_disabled(premises: GasPremises) -> None:
    close(premises)
    premises.meter.press_button()
    assert premises.meter.valve.state is GasSupply.DISABLED


def test_a_valve_that_sticks_is_a_failed_command_and_an_event(premises: GasPremises) -> None:
    premises.meter.valve.actuate = lambda _passes: None
    assert close(premises) == "hardwareFailure"
    assert premises.meter.valve.state is GasSupply.ENABLED
    assert premises.alerts(0x81C0)


def flow_check(**changes: int) -> Component:
    fields = {"threshold": 500, "unit": 1, "multiplier": 1, "divisor": 10_000}
    fields |= {"stabilisation": 20, "measurement": 30} | changes
    return zcl("SetUncontrolledFlowThreshold", provider_id=0, issuer_event_id=EVENT, **fields)


def states(tamper: int = UNCHANGED, depletion: int = UNCHANGED) -> Component:
    return zcl(
        "SetSupplyStatus",
        issuer_event_id=EVENT,
        tamper_state=tamper,
        depletion_state=depletion,
        uncontrolled_flow_state=0,
        load_limit_state=3,
    )


@pytest.mark.parametrize(("flow", "is_closed_again"), [("0.05", False), ("0.0501", True)])
def test_flow_above_the_threshold_after_opening_closes_and_arms(
    premises: GasPremises, flow: str, is_closed_again: bool
) -> None:
    assert statuses(premises.ask(0x00FC, flow_check(), states())) == ["success", "success"]
    arm(premises)
    premises.flow.request(Decimal(flow))
    premises.meter.press_button()
    premises.pass_time(31.9)
    assert premises.valve.closed
    premises.pass_time(0.2)
    assert premises.valve.closed is not is_closed_again
    premises.to_next_wake()
    assert bool(premises.alerts(UNCONTROLLED_FLOW)) is is_closed_again


@pytest.mark.parametrize(("state", "is_locked"), [(LOCKED, True), (UNCHANGED, False)])
def test_tamper_locks_the_supply_only_where_the_supplier_wants_it(
    premises: GasPremises, state: int, is_locked: bool
) -> None:
    premises.ask(0x00FC, flow_check(), states(tamper=state))
    premises.covers.open("meter cover")
    premises.to_next_wake()
    assert premises.meter.valve.is_locked is is_locked
    assert premises.valve.closed is not is_locked
    assert bool(premises.alerts(0x81BE)) is is_locked
    assert premises.alerts(0x8F74)


def test_a_lock_is_taken_off_by_arming_and_by_nothing_at_the_meter(premises: GasPremises) -> None:
    premises.ask(0x00FC, flow_check(), states(tamper=LOCKED))
    premises.covers.open("magnet")
    premises.meter.press_button()
    assert not premises.valve.closed
    arm(premises)
    premises.meter.press_button()
    assert premises.valve.closed


# Battery.


def test_remaining_days_fall_as_charge_is_used_and_rise_with_a_new_battery(
    premises: GasPremises,
) -> None:
    premises.pass_time(10 * 86400)
    before = premises.meter.remaining_battery_days()
    premises.meter.battery.spend(Use.VALVE_MOVE, 1000)
    after = premises.meter.remaining_battery_days()
    assert after < before
    premises.battery.remove()
    premises.battery.fit(Decimal(19000))
    assert premises.meter.remaining_battery_days() > after
    premises.to_next_wake()
    assert premises.alerts(0x8F82)


def test_a_low_battery_is_told_once(premises: GasPremises) -> None:
    premises.battery.remove()
    premises.battery.fit(Decimal(700))
    premises.pass_time(3 * 86400)
    assert len(premises.alerts(LOW_BATTERY)) == 1


@pytest.mark.parametrize(("state", "passes"), [(LOCKED, False), (UNCHANGED, True)])
def test_a_spent_battery_shuts_the_supply_where_the_supplier_wants_it(
    premises: GasPremises, state: int, passes: bool
) -> None:
    premises.ask(0x00FC, flow_check(), states(depletion=state))
    premises.battery.remove()
    premises.battery.fit(Decimal(9))
    premises.pass_time(4 * 86400)
    assert len(premises.alerts(POWER_LOSS)) == 1
    assert premises.valve.closed is passes


def test_a_meter_without_battery_is_silent_and_keeps_its_register(premises: GasPremises) -> None:
    premises.flow.request(Decimal(1))
    premises.pass_time(3600)
    before = premises.meter.litres()
    premises.battery.remove()
    premises.pass_time(7200)
    assert premises.meter.litres() == before
    assert premises.answer(premises.command(0x0082, _status_read()), wait_s=4000) is None


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


# Logs of registers.


def test_a_day_ends_with_a_snapshot_of_the_registers(premises: GasPremises) -> None:
    premises.flow.request(Decimal("0.25"))
    premises.pass_time(3 * 86400)
    now = premises.clock.now()
    wanted = {
        "earliest_start": seconds_since_2000(now - timedelta(days=2)),
        "latest_end": seconds_since_2000(now),
        "cause": 1,
    }
    first, second, none = premises.ask(
        0x0077, *(zcl("GetSnapshot", **wanted, offset=offset) for offset in range(3))
    )
    assert second.payload["summation"] - first.payload["summation"] == 6000
    assert (first.payload["time"], second.payload["time"]) == (
        "2026-03-03T00:00:00Z",
        "2026-03-04T00:00:00Z",
    )
    assert none.payload["status"] == "notFound"


def test_network_data_are_41_samples_of_six_minutes(premises: GasPremises) -> None:
    premises.flow.request(Decimal("0.1"))
    (started,) = premises.ask(
        0x0080,
        zcl(
            "StartSampling",
            issuer_event_id=EVENT,
            start_time=0,
            sample_type=0,
            interval=360,
            max_samples=41,
        ),
        role=BROKER,
    )
    assert started.payload == {"sample_id": 2}
    premises.pass_time(5 * 3600)
    (found,) = premises.ask(
        0x0079, zcl("GetSampledData", sample_id=2, earliest_time=1, sample_type=0, samples=41)
    )
    assert found.payload["sample_count"] == 41
    assert set(found.payload["samples"]) == {10}
    assert premises.meter.battery.uses[Use.SAMPLE] == 41


def test_each_end_of_a_billing_period_is_in_the_log_once(premises: GasPremises) -> None:
    premises.flow.request(Decimal("0.1"))
    assert statuses(premises.ask(0x00D8, *billing(premises))) == ["success", "success"]
    premises.pass_time(3 * 86400)
    entries = premises.meter.snapshots.registers.of_cause(2)
    assert [after.at - before.at for before, after in pairwise(entries)] == [timedelta(days=1)] * (
        len(entries) - 1
    )
    assert len(entries) == 3


# Tariff.


def test_volume_goes_to_the_time_of_use_in_force(premises: GasPremises) -> None:
    assert set(statuses(premises.ask(0x006B, *tariff(tier=3)))) == {"success"}
    before = premises.meter.tier_litres()
    premises.flow.request(Decimal(1))
    premises.pass_time(3600)
    after = premises.meter.tier_litres()
    assert [now - then for now, then in zip(after, before, strict=True)] == [0, 0, 1000, 0]


def test_blocks_fill_one_after_the_other(premises: GasPremises) -> None:
    premises.ask(0x006B, *tariff(is_block=True, thresholds=(1000, 2500, 3000)))
    premises.flow.request(Decimal(1))
    premises.pass_time(4 * 3600)
    assert premises.meter.block_litres() == (1000, 1500, 500, 1000)


def test_a_dated_tariff_comes_into_force_then_and_each_dated_part_is_reported(
    premises: GasPremises,
) -> None:
    start = seconds_since_2000(premises.clock.now() + timedelta(hours=6))
    assert set(statuses(premises.ask(0x006B, *tariff(start=start)))) == {"success"}
    assert premises.meter.tariff.prices.tiers == [0, 0, 0, 0]
    premises.pass_time(7 * 3600)
    assert premises.meter.tariff.prices.tiers == [9600, 10200, 10750, 11000]
    done = [alert.executed for alert in premises.alerts(0x8F66)]
    assert sorted((one.cluster, one.command) for one in done if one is not None) == [
        (0x0700, 4),
        (0x0700, 5),
        (0x0707, 0),
        (0x0707, 4),
    ]


def test_a_dated_tariff_that_is_taken_back_never_comes(premises: GasPremises) -> None:
    start = seconds_since_2000(premises.clock.now() + timedelta(hours=6))
    premises.ask(0x006B, *tariff(start=start))
    premises.ask(0x006B, *tariff(start=0xFFFFFFFE))
    premises.pass_time(7 * 3600)
    assert premises.meter.tariff.prices.tiers == [0, 0, 0, 0]
    assert premises.alerts(0x8F66) == []


def test_a_calendar_with_a_bad_part_changes_nothing(premises: GasPremises) -> None:
    """G-028: all parts of a calendar or none."""
    premises.ask(0x006B, *tariff(tier=2))
    before = premises.meter.tariff.calendar_store.published
    bad = tariff(tier=4)
    bad[1] = bad[1]._replace(
        payload={
            **bad[1].payload,
            "entry_count": 2,
            "entries": [{"start_min": 0, "tier_or_flag": 4}, {"start_min": 60, "tier_or_flag": 1}],
        }
    )
    answers = premises.ask(0x006B, *bad)
    assert statuses(answers)[:3] == ["success", "insufficientSpace", "failure"]
    assert premises.meter.tariff.calendar_store.published == before


def test_a_change_of_tariff_leaves_one_snapshot(premises: GasPremises) -> None:
    premises.ask(0x006B, *tariff())
    assert len(premises.meter.snapshots.registers.of_cause(8)) == 1
