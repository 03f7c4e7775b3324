"""An outage: bridged, survived, logged and reported once it is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from assay.gbcs import protection
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.data import long_unsigned
from assay.gbcs.trust_anchors import CellKey, CellName
from rigs.devices.esme import SupplyState
from tests.rigs.devices.premises_kit import NETWORK, SUPPLIER, VOLTS, Premises, parties

RESTORATIONS = (0x8F35, 0x8F36)


def restorations(premises: Premises) -> list[int]:
    return [code for code in premises.alert_codes() if code in RESTORATIONS]


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(1, 0x8F35), (30, 0x8F35), (179, 0x8F35), (180, 0x8F36), (181, 0x8F36), (3600, 0x8F36)],
)
def test_restoration_is_reported_once_as_short_or_long(
    premises: Premises, seconds: int, code: int
) -> None:
    premises.interrupt(seconds)
    premises.pass_time(600)
    assert restorations(premises) == [code]


def test_the_alert_is_signed_for_the_network_operator_with_both_times(premises: Premises) -> None:
    lost = premises.clock.now()
    premises.interrupt(200)
    restored = premises.clock.now()
    premises.pass_time(10)
    ((alert, (_, stamp, *times)),) = premises.alerts(0x8F36)
    assert alert.message_code == 0x0067
    assert alert.mac is None
    key = premises.meter.credentials.signing_key.public_key()
    assert protection.is_signature_valid(alert, key)
    operator = parties().anchors[CellName(NETWORK, CellKey.AGREEMENT)].eui
    assert alert.recipient == operator
    assert [whole_second(time.value) for time in times] == [
        lost.replace(microsecond=0),
        restored.replace(microsecond=0),
    ]
    sent = whole_second(stamp.value)
    assert restored - timedelta(seconds=1) <= sent <= restored + timedelta(seconds=10)


def whole_second(octets: bytes) -> datetime:
    when = DateTime(octets).as_utc()
    assert when is not None
    return when


def test_repeated_short_cuts_do_not_add_up(premises: Premises) -> None:
    for _ in range(4):
        premises.interrupt(60)
        premises.pass_time(30)
    assert restorations(premises) == [0x8F35] * 4


def test_every_restoration_is_told_though_the_next_cut_comes_before_the_hub_is_up(
    premises: Premises,
) -> None:
    for _ in range(3):
        premises.interrupt(10)
        premises.pass_time(3)
    premises.pass_time(60)
    assert restorations(premises) == [0x8F35] * 3


@pytest.mark.parametrize("milliseconds", [20, 500])
def test_a_cut_that_is_bridged_leaves_no_trace(premises: Premises, milliseconds: int) -> None:
    premises.interrupt(milliseconds / 1000)
    premises.pass_time(60)
    assert premises.alerts() == []
    assert premises.meter.power_event_log.entries == ()


def test_a_brown_out_below_the_working_minimum_is_an_outage(premises: Premises) -> None:
    premises.feed(90)
    premises.pass_time(10)
    assert not premises.meter.power.is_alive
    premises.feed(VOLTS)
    premises.pass_time(20)
    assert restorations(premises) == [0x8F35]


def test_both_times_are_in_the_power_event_log(premises: Premises) -> None:
    lost = premises.clock.now()
    premises.interrupt(200)
    first, second = premises.meter.power_event_log.entries
    assert (first.code, first.at) == (0x8F57, lost)
    assert (second.code, second.at, second.other) == (
        0x8F36,
        lost + timedelta(seconds=200),
        200,
    )


def test_a_meter_without_supply_is_silent(premises: Premises) -> None:
    premises.feed(0)
    premises.pass_time(1)
    premises.send(premises.command(0x0052, SUPPLIER), wait_s=60)
    assert premises.dsp.arrived == []


def test_the_first_supply_of_a_meter_is_no_restoration() -> None:
    premises = Premises(volts=Decimal(0))
    premises.pass_time(600)
    premises.feed(VOLTS)
    premises.pass_time(60)
    assert premises.meter.power.is_ready
    assert premises.meter.power_event_log.entries == ()


@pytest.mark.parametrize("state", SupplyState)
def test_the_supply_state_before_an_outage_is_the_state_after_it(
    premises: Premises, state: SupplyState
) -> None:
    control = premises.meter.supply
    orders = {
        SupplyState.ENABLED: control.enable,
        SupplyState.DISABLED: control.disable,
        SupplyState.ARMED: control.arm,
    }
    orders[state]()
    premises.interrupt(300)
    premises.pass_time(10)
    assert control.state is state
    assert premises.contactor.closed is (state is SupplyState.ENABLED)


def test_counters_registers_and_message_stay(premises: Premises) -> None:
    premises.ask(0x0050, SUPPLIER, (long_unsigned(52),))
    premises.ask(0x004F, SUPPLIER, (long_unsigned(51),))
    premises.load.request(Decimal(3000))
    premises.pass_time(1200)
    meter = premises.meter
    before = (dict(meter.credentials.anchors.counters), meter.alerts.counter)
    energy = meter.import_watt_hours()
    premises.interrupt(300)
    assert (dict(meter.credentials.anchors.counters), meter.alerts.counter) == before
    assert meter.import_watt_hours() == energy >= 1000


def test_the_clock_runs_on_through_an_outage(premises: Premises) -> None:
    premises.interrupt(3600)
    assert premises.meter.now() == premises.clock.now()


def test_a_command_is_answered_again_after_the_restoration(premises: Premises) -> None:
    premises.interrupt(300)
    premises.pass_time(10)
    assert premises.answer(premises.command(0x0052, SUPPLIER)) is not None
