"""The hub: device log, joining, carrying messages, time, loss of power."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assay.gbcs import protection
from assay.gbcs.dlms.access import Result
from assay.gbcs.dlms.data import Data, boolean, enum, long_unsigned, octet_string, structure
from assay.gbcs.envelope import Cra, Message
from assay.gbcs.identifiers import Eui64
from rigs.devices.hub.device_log import CAPACITY
from rigs.devices.hub.link_key import aes_mmo
from tests.rigs.devices.premises_kit import (
    BROKER,
    HUB,
    INSTALL_CODE,
    METER,
    SUPPLIER,
    VOLTS,
    Premises,
)

OTHER_CODE = b"FEDCBA9876543210"


@pytest.fixture
def apart() -> Premises:
    """The meter seeks the hub, which does not know it."""
    premises = Premises()
    premises.meter.join(premises.hub, INSTALL_CODE)
    premises.pass_time(10)
    return premises


def backups(premises: Premises) -> list[dict[Eui64, bytes]]:
    """The device logs of all CS14 alerts: device and key hash."""
    found = []
    for _, (_, _, backup) in premises.alerts(0x8F12):
        devices = backup.value[2].value
        found.append({Eui64(d.value[0].value): d.value[1].value for d in devices})
    return found


def add(device_id: Eui64, install_code: bytes = INSTALL_CODE) -> tuple[Data, ...]:
    entry = structure(octet_string(device_id), enum(1), octet_string(install_code), enum(1))
    return entry, long_unsigned(90), boolean(True)


def ask_hub(premises: Premises, code: int, data: tuple[Data, ...]) -> list[int]:
    answer = premises.answer(premises.command(code, BROKER, data, recipient=HUB))
    assert answer is not None
    return premises.results(answer)


def test_a_meter_joins_once_it_was_added_with_its_install_code(apart: Premises) -> None:
    assert not apart.meter.network.is_joined
    apart.add_meter()
    apart.pass_time(20)
    assert apart.meter.network.is_joined
    assert apart.meter.event_log.codes() == (0x8183,)


def test_a_meter_with_another_install_code_does_not_join(apart: Premises) -> None:
    apart.add_meter(OTHER_CODE)
    apart.pass_time(600)
    assert not apart.meter.network.is_joined
    assert len(backups(apart)) == 1


def test_joining_is_open_for_the_time_of_the_command_alone() -> None:
    premises = Premises()
    premises.add_meter(window_s=60)
    premises.pass_time(61)
    premises.meter.join(premises.hub, INSTALL_CODE)
    premises.pass_time(600)
    assert not premises.meter.network.is_joined


def test_a_meter_that_comes_while_joining_is_open_joins() -> None:
    premises = Premises()
    premises.add_meter(window_s=60)
    premises.pass_time(30)
    premises.meter.join(premises.hub, INSTALL_CODE)
    premises.pass_time(10)
    assert premises.meter.network.is_joined


def test_the_log_is_backed_up_at_adding_and_at_joining(apart: Premises) -> None:
    apart.add_meter()
    apart.pass_time(20)
    added, joined = backups(apart)
    assert added == {METER: b""}
    assert len(joined[METER]) == 16
    for alert, _ in apart.alerts(0x8F12):
        assert protection.is_mac_valid(alert, apart.secret(alert.recipient, HUB))
        assert alert.message_code == 0x0018


def test_a_device_that_is_in_the_log_keeps_what_it_has(premises: Premises) -> None:
    before = premises.hub.device_log.entries
    assert ask_hub(premises, 0x0001, add(METER, OTHER_CODE)) == [Result.SUCCESS] * 3
    assert premises.hub.device_log.entries == before
    assert backups(premises) == []


def test_the_log_holds_sixteen_devices(apart: Premises) -> None:
    for number in range(CAPACITY):
        device = Eui64(bytes(7) + bytes((number + 1,)))
        assert ask_hub(apart, 0x0001, add(device)) == [Result.SUCCESS] * 3
    results = ask_hub(apart, 0x0001, add(METER))
    assert results == [Result.HARDWARE_FAULT, Result.OTHER_REASON, Result.OTHER_REASON]
    assert len(apart.hub.device_log.entries) == CAPACITY == 16


def test_a_removed_device_is_out_of_reach_and_the_log_is_backed_up(premises: Premises) -> None:
    assert ask_hub(premises, 0x0002, (octet_string(METER),)) == [Result.SUCCESS]
    assert backups(premises) == [{}]
    assert premises.answer(premises.command(0x0052, SUPPLIER)) is None
    assert ask_hub(premises, 0x0002, (octet_string(METER),)) == [Result.HARDWARE_FAULT]


def test_a_removed_device_joins_again_when_it_is_added_again(premises: Premises) -> None:
    ask_hub(premises, 0x0002, (octet_string(METER),))
    premises.add_meter()
    premises.pass_time(20)
    assert premises.answer(premises.command(0x0052, SUPPLIER)) is not None


def test_nothing_is_carried_to_a_device_that_is_not_in_the_log(apart: Premises) -> None:
    carried: list[bytes] = []
    apart.hub.link.taps.append(lambda _direction, _device, octets, _at: carried.append(octets))
    apart.send(apart.command(0x0052, SUPPLIER))
    assert carried == []
    assert apart.dsp.arrived == []


def test_what_passes_the_home_area_network_is_tapped_both_ways(premises: Premises) -> None:
    seen: list[tuple[str, Eui64]] = []
    premises.hub.link.taps.append(
        lambda direction, device, _octets, _at: seen.append((direction, device))
    )
    premises.ask(0x0052, SUPPLIER)
    assert seen == [("down", METER), ("up", METER)]


def test_each_command_to_the_hub_is_in_its_event_log_with_its_outcome(premises: Premises) -> None:
    ask_hub(premises, 0x0002, (octet_string(HUB),))
    last = premises.hub.event_log.entries[-1]
    assert (last.code, last.other) == (0x8155, b"\x00\x02")
    assert premises.hub.event_log.entries[0].code == 0x8154


def test_the_hub_refuses_a_replayed_command(premises: Premises) -> None:
    command = premises.command(0x0002, BROKER, (octet_string(METER),), recipient=HUB, counter=1)
    assert premises.answer(command) is None
    assert premises.hub.security_log.codes()[-1] == 0x8F53
    assert premises.hub.device_log.find(METER) is not None


def test_a_hub_without_suppliers_tells_the_broker_of_a_refusal(premises: Premises) -> None:
    for name in list(premises.hub.credentials.anchors.cells):
        if name.role is SUPPLIER:
            del premises.hub.credentials.anchors.cells[name]
    octets = premises.command(0x0002, BROKER, (octet_string(METER),), recipient=HUB)
    premises.send(octets[:-1] + bytes((octets[-1] ^ 1,)), target=HUB)
    ((alert, _),) = premises.alerts(0x8F3D)
    assert alert.recipient == BROKER_EUI


BROKER_EUI = Eui64.from_text("90-B3-D5-1F-30-00-00-02")


@pytest.mark.parametrize(
    ("seconds", "reported"), [(1, False), (175, False), (179, False), (181, True), (3600, True)]
)
def test_a_loss_of_power_is_reported_after_three_minutes(
    premises: Premises, seconds: int, reported: bool
) -> None:
    since = premises.clock.now()
    premises.interrupt(seconds)
    premises.pass_time(900)
    losses = premises.dsp.power_losses
    assert [lost for _, lost in losses] == ([since] if reported else [])
    if reported:
        assert losses[0][0] - since < timedelta(minutes=3, seconds=5)


def test_repeated_short_losses_are_not_reported(premises: Premises) -> None:
    for _ in range(5):
        premises.interrupt(100)
        premises.pass_time(30)
    assert premises.dsp.power_losses == []


def test_a_hub_without_power_carries_nothing_and_comes_back_by_itself(premises: Premises) -> None:
    premises.feed(0)
    premises.pass_time(10)
    assert not premises.hub.link.is_up
    assert premises.answer(premises.command(0x0002, BROKER, recipient=HUB)) is None
    premises.feed(VOLTS)
    premises.pass_time(10)
    assert premises.hub.link.is_up
    assert premises.answer(premises.command(0x0052, SUPPLIER)) is not None


def test_devices_need_not_join_again_after_an_outage(premises: Premises) -> None:
    premises.interrupt(600)
    premises.pass_time(10)
    assert premises.meter.network.is_joined
    assert backups(premises) == []


def test_the_hub_serves_the_time_to_a_meter_that_hears_it(premises: Premises) -> None:
    assert premises.meter.network.hub_time() == premises.clock.now()
    premises.feed(0)
    premises.pass_time(10)
    assert premises.meter.network.hub_time() is None


def test_messages_of_the_hub_are_not_answers_of_the_meter(premises: Premises) -> None:
    ask_hub(premises, 0x0002, (octet_string(HUB),))
    originators = {message.originator for message in of_devices(premises)}
    assert originators == {HUB}


def of_devices(premises: Premises) -> list[Message]:
    return premises.arrived(Cra.RESPONSE) + premises.arrived(Cra.ALERT)


def test_the_key_hash_is_the_aes_mmo_of_the_zigbee_documents() -> None:
    install_code = bytes.fromhex("83FED3407A939723A5C639B26916D505C3B5")
    assert aes_mmo(install_code).hex().upper() == "66B6900981E1EE3CA4206B6B861C02BB"
