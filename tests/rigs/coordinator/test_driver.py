"""What the capability promises, on the virtual stick: form, join, send, receive, dismiss."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from assay.gbcs.identifiers import Eui64
from assay.verdicts import BenchFault
from rigs.capabilities.radio import ApsMessage, Channel, Coordinator, Delivery
from rigs.virtual.stack.layers import Dropped
from rigs.zigbee.nwk_commands import Leave
from tests.rigs.coordinator.conftest import (
    AGREED_KEY,
    INSTALL_KEY,
    PARAMETERS,
    TUNNELING,
    Network,
    message,
    octets,
)
from tests.rigs.ncp.conftest import METER, NETWORK_KEY, PAN, STICK, Air
from tests.rigs.ncp.radio_node import SE_PROFILE

OTHER = Eui64(bytes.fromhex("90b3d51f30000002"))


def test_the_stick_says_what_it_is(coordinator: Any) -> None:
    identity = coordinator.identify()
    assert (identity.maker, identity.model) == ("Assay", "virtual stick")
    assert identity.serial == str(STICK)
    assert identity.firmware.startswith("7.4.")


def test_a_stick_is_silenced_while_time_stands_still(network: Network) -> None:
    with network.air.clock.exchange():
        network.coordinator.safe()
    assert not network.air.ncp.stack.is_up


def test_the_driver_is_a_coordinator(coordinator: Any) -> None:
    assert isinstance(coordinator, Coordinator)


def test_the_network_has_no_link_key_for_everybody(network: Network) -> None:
    stack = network.air.ncp.stack
    assert stack.admission.security_bits & 0x0084 == 0
    assert stack.keys.network_key == NETWORK_KEY
    assert len(stack.key_table) == 0


def test_the_hubs_endpoint_is_smart_energys(network: Network) -> None:
    (endpoint,) = network.air.ncp.stack.endpoints.values()
    assert (endpoint.number, endpoint.profile, endpoint.device) == (1, 0x0109, 0x0500)
    assert {0x0700, 0x0702, 0x0704, 0x0800} <= set(endpoint.inputs)


def test_nobody_is_welcome_before_a_device_has_been_permitted(network: Network) -> None:
    stranger = network.air.node(METER, INSTALL_KEY)
    network.air.on_loop(stranger.look_around)
    network.wait(lambda: bool(stranger.beacons))
    assert not stranger.beacons[0].permits_association


def test_a_device_joins_with_the_key_of_its_install_code(network: Network) -> None:
    meter = network.join()
    assert meter.network_key == NETWORK_KEY and meter.key_sequence == 1
    assert network.joined == [METER]
    assert network.coordinator.link_keys() == {METER: INSTALL_KEY}


def test_a_device_with_another_key_learns_nothing(network: Network) -> None:
    impostor = network.air.node(METER, bytes(16))
    network.coordinator.permit(METER, INSTALL_KEY, timedelta(minutes=10))
    network.air.on_loop(lambda: impostor.associate(PAN))
    network.air.clock.advance(timedelta(seconds=30))
    assert impostor.network_key is None
    assert network.joined == []


def test_a_device_that_was_not_named_is_turned_away_while_another_is_awaited(
    network: Network,
) -> None:
    uninvited = network.air.node(OTHER, INSTALL_KEY)
    network.coordinator.permit(METER, INSTALL_KEY, timedelta(minutes=10))
    network.air.on_loop(lambda: uninvited.associate(PAN))
    network.air.clock.advance(timedelta(seconds=30))
    assert uninvited.network_key is None


def test_the_window_closes_when_its_time_is_over(network: Network) -> None:
    network.coordinator.permit(METER, INSTALL_KEY, timedelta(minutes=30))
    network.air.clock.advance(timedelta(minutes=29))
    assert network.air.ncp.stack.admission.is_open
    network.air.clock.advance(timedelta(minutes=2))
    assert not network.air.ncp.stack.admission.is_open


@pytest.mark.parametrize("is_encrypted", [True, False])
@pytest.mark.parametrize("size", [1, 71, 73, 82, 180, 1200])
def test_a_message_of_any_length_is_delivered_whole(
    network: Network, size: int, is_encrypted: bool
) -> None:
    meter = network.join()
    outcome = network.coordinator.send(message(octets(size), is_encrypted=is_encrypted))
    assert outcome is Delivery.DELIVERED
    assert [(one.frame.payload, one.is_protected) for one in meter.messages] == [
        (octets(size), is_encrypted)
    ]


@pytest.mark.parametrize("size", [1, 60, 180, 1200])
def test_a_message_of_the_device_comes_once_and_whole(network: Network, size: int) -> None:
    meter = network.join()
    ends: list[bool] = []
    network.air.on_loop(lambda: meter.send(octets(size), done=ends.append))
    network.wait(lambda: bool(ends))
    assert ends == [True]
    assert network.heard == [
        ApsMessage(
            peer=METER,
            profile=SE_PROFILE,
            cluster=TUNNELING,
            source_endpoint=1,
            destination_endpoint=1,
            payload=octets(size),
            is_encrypted=True,
            at=network.heard[0].at,
        )
    ]


def test_long_messages_pass_through_a_lossy_link_both_ways(network: Network) -> None:
    meter = network.join()
    path = network.air.ether.path("stick", meter.node)
    path.loss_db = 107.0  # two decibels under sensitivity: about one frame in twelve is lost
    assert network.coordinator.send(message(octets(600))) is Delivery.DELIVERED
    ends: list[bool] = []
    network.air.on_loop(lambda: meter.send(octets(600), done=ends.append))
    network.wait(lambda: bool(ends), 600)
    assert ends == [True]
    assert meter.mac.counts.retried > 0
    assert [one.frame.payload for one in meter.messages] == [octets(600)]
    assert [one.payload for one in network.heard] == [octets(600)]


def test_a_device_out_of_range_gets_nothing(network: Network) -> None:
    meter = network.join()
    network.air.ether.path("stick", meter.node).loss_db = 160.0
    assert network.coordinator.send(message(b"hello")) is Delivery.NOT_DELIVERED
    assert network.coordinator.send(message(octets(200))) is Delivery.NOT_DELIVERED


def test_a_device_that_never_joined_gets_nothing(network: Network) -> None:
    assert network.coordinator.send(message(b"hello", peer=OTHER)) is Delivery.NOT_DELIVERED


def test_an_agreed_key_protects_from_the_next_message_on(network: Network) -> None:
    meter = network.join()
    network.coordinator.set_link_key(METER, AGREED_KEY)
    meter.link_key = AGREED_KEY
    assert network.coordinator.send(message(b"under the new key")) is Delivery.DELIVERED
    assert network.coordinator.link_keys() == {METER: AGREED_KEY}
    assert meter.messages[-1].is_protected


def test_the_key_of_one_device_does_not_open_messages_of_another(network: Network) -> None:
    meter = network.join()
    network.join(OTHER, AGREED_KEY)
    meter.link_key = AGREED_KEY
    ends: list[bool] = []
    network.air.on_loop(lambda: meter.send(b"forged", done=ends.append))
    network.wait(lambda: bool(ends))
    assert ends == [False] and network.heard == []


def test_a_sleeping_device_gets_its_message_when_it_asks(network: Network) -> None:
    valve = network.join(sleeps=True)
    network.air.on_loop(valve.start_polling)
    assert network.coordinator.send(message(octets(180))) is Delivery.DELIVERED
    assert [one.frame.payload for one in valve.messages] == [octets(180)]


def test_a_device_that_sleeps_on_does_not_get_it(network: Network) -> None:
    network.join(sleeps=True)
    before = network.air.clock.now()
    assert network.coordinator.send(message(b"wake up")) is Delivery.NOT_DELIVERED
    assert timedelta(seconds=7) < network.air.clock.now() - before < timedelta(seconds=9)


def test_messages_to_one_device_keep_their_order(network: Network) -> None:
    meter = network.join()
    stick = network.coordinator.stick

    def send_all() -> list[asyncio.Task[Delivery]]:
        loop = network.air.loop.loop
        return [loop.create_task(stick.send(message(octets(100 + n)))) for n in range(5)]

    sent = network.air.on_loop(send_all)
    network.wait(lambda: all(one.done() for one in sent))
    assert [len(one.frame.payload) for one in meter.messages] == [100, 101, 102, 103, 104]


def test_a_dismissed_device_is_told_and_its_key_forgotten(network: Network) -> None:
    meter = network.join()
    network.coordinator.set_link_key(METER, AGREED_KEY)
    network.coordinator.dismiss(METER)
    network.wait(lambda: meter.left)
    assert any(isinstance(command, Leave) for command in meter.commands)
    assert network.coordinator.link_keys() == {}
    assert len(network.air.ncp.stack.key_table) == 0
    assert network.coordinator.send(message(b"gone")) is Delivery.NOT_DELIVERED


def test_a_dismissed_device_cannot_come_back_while_another_is_awaited(network: Network) -> None:
    network.join()
    network.coordinator.dismiss(METER)
    network.coordinator.permit(OTHER, AGREED_KEY, timedelta(minutes=10))
    network.air.clock.advance(timedelta(seconds=1))
    network.air.ether.remove(network.air.ether.nodes[-1])
    again = network.air.node(METER, INSTALL_KEY)
    network.air.on_loop(lambda: again.associate(PAN))
    network.air.clock.advance(timedelta(seconds=30))
    assert again.network_key is None


def test_a_replayed_frame_is_not_heard_twice(network: Network) -> None:
    meter = network.join()
    frames: list[bytes] = []
    network.air.ether.taps.append(lambda heard: frames.append(heard.octets))
    ends: list[bool] = []
    network.air.on_loop(lambda: meter.send(b"once", done=ends.append))
    network.wait(lambda: bool(ends))
    recorded = max((one for one in frames if one[:2] == b"\x61\x88"), key=len)
    network.air.clock.advance(timedelta(seconds=20))
    network.air.on_loop(lambda: meter.replay(recorded))
    network.air.clock.advance(timedelta(seconds=1))
    assert [one.payload for one in network.heard] == [b"once"]
    assert network.air.ncp.stack.centre.layers.dropped[Dropped.REPLAYED] == 1


def test_a_device_rejoins_under_the_network_key(network: Network) -> None:
    meter = network.join()
    address = meter.address
    network.air.on_loop(meter.rejoin)
    network.air.clock.advance(timedelta(seconds=2))
    assert meter.address == address
    assert network.coordinator.send(message(b"back")) is Delivery.DELIVERED


def test_a_silenced_stick_is_deaf_and_takes_its_network_up_again(network: Network) -> None:
    meter = network.join()
    network.coordinator.set_link_key(METER, AGREED_KEY)
    meter.link_key = AGREED_KEY
    network.coordinator.silence()
    air: Air = network.air
    assert not air.ncp.stack.is_up
    network.coordinator.resume()
    assert network.coordinator.send(message(b"again")) is Delivery.DELIVERED


def test_frame_counters_never_fall_back_when_a_network_is_formed_again(network: Network) -> None:
    network.join()
    network.coordinator.send(message(b"one"))
    before = network.air.ncp.stack.keys.network_counter
    assert before > 0
    network.coordinator.form(PARAMETERS)
    assert network.air.ncp.stack.keys.network_counter >= before


def test_a_channel_that_the_stick_has_not_got_is_refused_before_it_is_sent(
    coordinator: Any,
) -> None:
    sub_ghz = replace(PARAMETERS, channel=Channel(page=28, number=3))
    with pytest.raises(ValueError, match="11 to 26"):
        coordinator.form(sub_ghz)


def test_a_stick_that_lost_a_key_is_a_fault_of_the_bench(network: Network) -> None:
    network.join()
    network.air.on_loop(network.air.ncp.stack.centre.first_keys.clear)
    with pytest.raises(BenchFault, match="lost the link key"):
        network.coordinator.send(message(b"secret"))
