"""Messages between hub and devices: long ones, lost ones, and those of devices that sleep."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rigs.virtual.radio_device import Phase
from rigs.virtual.stack.layers import Dropped
from rigs.zigbee import zcl
from rigs.zigbee.aps import ApsFrame
from rigs.zigbee.smart_energy import frames
from rigs.zigbee.smart_energy.clusters import PROFILE, Cluster
from rigs.zigbee.smart_energy.tunneling import TunnelStatus
from tests.rigs.radio.radio_kit import GAS, HUB, METER, RadioHub


def in_clear(command: object, *, to_client: bool) -> ApsFrame:
    frame = frames.to_zcl(Cluster.TUNNELING, command, sequence=1, is_to_client=to_client)
    return ApsFrame(
        destination_endpoint=1,
        source_endpoint=1,
        cluster=Cluster.TUNNELING,
        profile=PROFILE,
        payload=zcl.build(frame),
        ack_request=True,
    )


LONG = bytes(index % 251 for index in range(1200))


@pytest.mark.parametrize("sleeps", [False, True])
@pytest.mark.parametrize("size", [1, 50, 60, 61, 200, 1200, 1500])
def test_a_message_of_any_size_arrives_whole_both_ways(size: int, sleeps: bool) -> None:
    home = RadioHub()
    device = home.joined(sleeps=sleeps)
    down: list[bytes] = []
    device.on_data.append(down.append)
    message = LONG[:size] + bytes(max(0, size - len(LONG)))
    outcomes: list[bool] = []
    device.send(message, outcomes.append)
    home.hub.send(METER, message, outcomes.append)
    home.pass_time(20)
    assert down == [message]
    assert home.received == [(METER, message)]
    assert outcomes == [True, True]


def test_1200_octets_survive_the_loss_of_a_fifth_of_all_frames() -> None:
    home = RadioHub(seed=5)
    device = home.joined()
    home.lose(device, 0.2)
    down: list[bytes] = []
    device.on_data.append(down.append)
    outcomes: list[bool] = []
    for _ in range(5):
        home.hub.send(METER, LONG, outcomes.append)
        device.send(LONG, outcomes.append)
    home.pass_time(120)
    assert outcomes == [True] * 10
    assert down == [LONG] * 5
    assert home.received == [(METER, LONG)] * 5
    assert home.coordinator.link.counts.retried > 20


def test_messages_arrive_in_the_order_in_which_they_were_sent() -> None:
    home = RadioHub(seed=2)
    device = home.joined()
    home.lose(device, 0.2)
    messages = [bytes((number,)) * (30 * number + 1) for number in range(12)]
    for message in messages:
        device.send(message)
    home.pass_time(120)
    assert [data for _, data in home.received] == messages


def test_an_attenuated_device_loses_messages_and_comes_back() -> None:
    home = RadioHub()
    device = home.joined()
    outcomes: list[bool] = []
    home.attenuate(device, 100)
    home.hub.send(METER, LONG, outcomes.append)
    device.send(b"one", outcomes.append)
    device.send(b"two", outcomes.append)
    home.pass_time(60)
    assert outcomes == [False, False, False]
    assert device.phase is Phase.LOST
    home.attenuate(device, 0)
    home.pass_time(300)
    assert device.is_joined
    assert device.counts.returns == 1
    device.send(b"back", outcomes.append)
    home.hub.send(METER, b"again", outcomes.append)
    home.pass_time(5)
    assert outcomes[3:] == [True, True]
    assert device.keys.link_key(HUB) == home.link_keys[METER]


def test_a_device_that_counts_itself_lost_answers_a_hub_that_it_hears() -> None:
    home = RadioHub()
    device = home.joined()
    home.attenuate(device, 100)
    home.pass_time(15 * 60)
    assert device.phase is Phase.LOST
    home.attenuate(device, 0)
    statuses: list[TunnelStatus] = []
    home.hub.request_tunnel(METER, statuses.append)
    home.pass_time(1)
    assert statuses == [TunnelStatus.SUCCESS]
    assert device.is_joined


def test_a_device_without_power_is_lost_and_uses_up_no_frame_counter() -> None:
    home = RadioHub()
    device = home.joined()
    home.pass_time(5)
    device.link.is_powered = lambda: False
    before = device.keys.next_network_counter()
    home.pass_time(3600)
    assert device.phase is Phase.LOST
    assert device.keys.next_network_counter() == before + 1


def test_a_device_that_says_nothing_notices_the_loss_by_its_keep_alive() -> None:
    home = RadioHub()
    device = home.joined()
    home.attenuate(device, 100)
    home.pass_time(15 * 60)
    assert device.phase is Phase.LOST


def test_a_device_whose_parent_forgot_it_rejoins_with_the_network_key() -> None:
    home = RadioHub()
    device = home.joined()
    home.attenuate(device, 100)
    device.send(b"one")
    device.send(b"two")
    home.pass_time(60)
    home.coordinator.children.remove(METER)
    home.attenuate(device, 0)
    home.pass_time(300)
    assert device.is_joined
    device.send(b"back")
    home.pass_time(5)
    assert home.received[-1] == (METER, b"back")


def test_a_device_comes_back_by_itself_after_a_loss_of_power() -> None:
    home = RadioHub()
    device = home.joined()
    device.power_off()
    home.hub.send(METER, b"lost")
    home.pass_time(60)
    device.power_on()
    home.pass_time(30)
    assert device.is_joined
    statuses: list[TunnelStatus] = []
    home.hub.request_tunnel(METER, statuses.append)
    home.pass_time(2)
    device.send(b"here")
    home.pass_time(2)
    assert statuses == [TunnelStatus.SUCCESS]
    assert home.received == [(METER, b"here")]


def test_a_device_that_sleeps_hears_nothing_until_it_asks() -> None:
    home = RadioHub()
    device = home.joined(GAS, sleeps=True)
    down: list[bytes] = []
    device.on_data.append(down.append)
    home.pass_time(60)
    assert not device.node.is_listening
    home.hub.send(GAS, b"mail")
    home.pass_time(3)
    assert down == []
    device.send(b"\x01")
    home.pass_time(3)
    assert down == [b"mail"]
    assert home.received == [(GAS, b"\x01")]


def test_asleep_a_device_sends_nothing() -> None:
    home = RadioHub()
    home.joined(GAS, sleeps=True)
    home.pass_time(30)
    before = len(home.frames)
    home.pass_time(3600)
    assert len(home.frames) == before


def test_a_busy_device_is_asked_again_and_one_without_identifiers_says_so() -> None:
    home = RadioHub()
    device = home.joined()
    statuses: list[TunnelStatus] = []
    device.tunnel.server.judge = lambda _: TunnelStatus.BUSY
    home.hub.request_tunnel(METER, statuses.append)
    home.pass_time(2)
    device.tunnel.server.judge = lambda _: TunnelStatus.SUCCESS
    device.tunnel.server.capacity = 1
    home.hub.request_tunnel(METER, statuses.append)
    home.pass_time(2)
    home.hub.close_tunnels(METER)
    home.hub.request_tunnel(METER, statuses.append)
    home.pass_time(2)
    assert statuses == [TunnelStatus.BUSY, TunnelStatus.NO_MORE_TUNNELS, TunnelStatus.SUCCESS]


def test_a_tunnel_that_nobody_uses_is_closed() -> None:
    home = RadioHub()
    device = home.joined()
    home.pass_time(0xFFFF + 5)
    assert not device.is_tunnel_open
    outcomes: list[bool] = []
    home.hub.send(METER, b"late", outcomes.append)
    assert outcomes == [False]


def test_a_frame_that_is_replayed_changes_nothing() -> None:
    home = RadioHub()
    device = home.joined()
    device.send(b"once")
    home.pass_time(2)
    attacker = home.ether.node("attacker")
    attacker.channel = home.coordinator.node.channel
    for heard in tuple(home.frames)[-20:]:
        if heard.sender == device.node.name:
            # Another MAC sequence number, as the receiver drops plain copies.
            octets = heard.octets
            attacker.transmit(octets[:2] + bytes((octets[2] ^ 0x80,)) + octets[3:])
            home.pass_time(0.1)
    home.pass_time(5)
    assert home.received == [(METER, b"once")]
    assert home.coordinator.layers.dropped[Dropped.REPLAYED] > 0


def test_a_tunnel_message_without_the_link_key_is_refused() -> None:
    home = RadioHub()
    device = home.joined()
    device.tunnel._say = lambda command, to_client, _: device.messages.send(
        HUB, in_clear(command, to_client=to_client), is_encrypted=False
    )
    device.send(b"clear")
    home.pass_time(10)
    assert home.received == []
    assert home.coordinator.layers.dropped[Dropped.NOT_PROTECTED] > 0


def test_while_the_hub_is_silent_nothing_passes_and_afterwards_all_is_as_before() -> None:
    home = RadioHub()
    device = home.joined()
    home.hub.power_off()
    device.send(b"lost")
    home.pass_time(20)
    assert home.received == []
    home.hub.power_on()
    home.hub.request_tunnel(METER, lambda _: None)
    home.clock.advance(timedelta(minutes=30))
    device.send(b"here")
    home.pass_time(5)
    assert home.received == [(METER, b"here")]
