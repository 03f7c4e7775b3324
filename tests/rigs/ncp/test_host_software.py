"""The stick under the host software that the industry uses: bellows' own application object."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import timedelta
from typing import Any

import pytest

from rigs.virtual.ncp import TcpNcpServer
from tests.rigs.ncp.conftest import CHANNEL, METER, NETWORK_KEY, PAN, STICK, Air
from tests.rigs.ncp.radio_node import SE_PROFILE, RadioNode

bellows_application = pytest.importorskip("bellows.zigbee.application")
import bellows.types  # noqa: E402
import zigpy.exceptions  # noqa: E402
import zigpy.types  # noqa: E402

WELL_KNOWN_KEY = b"ZigBeeAlliance09"
TUNNELING = 0x0704


class Application(bellows_application.ControllerApplication):  # type: ignore[misc]
    """As it comes, with an ear on what it receives and an endpoint for smart energy."""

    packets: list[Any]

    def packet_received(self, packet: Any) -> None:
        self.packets.append(packet)
        if packet.profile_id != SE_PROFILE:
            super().packet_received(packet)


def config(path: str) -> dict[str, Any]:
    return {
        "device": {"path": path, "baudrate": 115200},
        "database_path": None,
        "ota": {"enabled": False},
        "backup_enabled": False,
        "topology_scan_enabled": False,
        "startup_energy_scan": False,
        "use_thread": False,
        "network": {
            "channel": CHANNEL,
            "pan_id": PAN,
            "extended_pan_id": "00:11:22:33:44:55:66:88",
            "key": list(NETWORK_KEY),
        },
    }


@pytest.fixture
def application(air: Air) -> Iterator[Any]:
    async def start() -> Application:
        found = Application(config(air.server.resource))
        found.packets = []
        await found.startup(auto_form=True)
        return found

    found = air.loop(start())
    try:
        yield found
    finally:
        air.loop(found.shutdown())


def run(air: Air, coroutine: Any, step: timedelta = timedelta(milliseconds=5)) -> Any:
    future: Future[Any] = asyncio.run_coroutine_threadsafe(coroutine, air.loop.loop)
    air.until(future.done, step)
    return future.result(0)


@pytest.fixture
def meter(air: Air, application: Any) -> RadioNode:
    """Joined as devices of home automation do, with the key that everybody knows."""
    node = air.node(METER, WELL_KNOWN_KEY)
    air.loop(application.permit(60))
    air.on_loop(node.look_around)
    air.until(lambda: bool(node.beacons))
    assert node.beacons[0].permits_association
    air.on_loop(lambda: node.associate(PAN))
    air.until(lambda: node.is_on_network)
    air.until(lambda: any(str(key) == text(METER) for key in application.devices))
    return node


def text(eui: bytes) -> str:
    return ":".join(f"{octet:02x}" for octet in eui)


def test_a_network_is_formed_as_the_host_configured_it(application: Any) -> None:
    information = application.state.network_info
    assert (information.pan_id, information.channel) == (PAN, CHANNEL)
    assert information.network_key.key.serialize() == NETWORK_KEY
    assert str(application.state.node_info.ieee) == text(STICK)


def test_the_same_network_is_taken_up_by_the_next_session(air: Air, application: Any) -> None:
    async def again() -> int:
        await application.disconnect()
        second = Application(config(air.server.resource))
        second.packets = []
        await second.connect()
        await second.load_network_info()
        found = int(second.state.network_info.pan_id)
        await second.disconnect()
        await application.connect()
        return found

    assert air.loop(again()) == PAN


def test_a_device_joins_and_gets_the_network_key(meter: RadioNode) -> None:
    assert meter.network_key == NETWORK_KEY
    assert meter.trust_centre == STICK


def test_a_message_reaches_the_device_and_is_acknowledged(
    air: Air, application: Any, meter: RadioNode
) -> None:
    send(air, application, meter, b"\x09\x01\x00\x55")
    received = [one.frame for one in meter.messages if one.frame.profile == SE_PROFILE]
    assert [(one.cluster, one.payload) for one in received] == [(TUNNELING, b"\x09\x01\x00\x55")]


def send(
    air: Air,
    application: Any,
    meter: RadioNode,
    payload: bytes,
    step: timedelta = timedelta(milliseconds=5),
) -> None:
    packet = zigpy.types.ZigbeePacket(
        src=zigpy.types.AddrModeAddress(addr_mode=zigpy.types.AddrMode.NWK, address=0),
        src_ep=1,
        dst=zigpy.types.AddrModeAddress(addr_mode=zigpy.types.AddrMode.NWK, address=meter.address),
        dst_ep=1,
        tsn=1,
        profile_id=SE_PROFILE,
        cluster_id=TUNNELING,
        data=zigpy.types.SerializableBytes(payload),
        tx_options=zigpy.types.TransmitOptions.ACK,
    )
    run(air, application.send_packet(packet), step)


def test_a_message_that_nobody_acknowledges_is_not_delivered(
    air: Air, application: Any, meter: RadioNode
) -> None:
    meter.acknowledges = False
    with pytest.raises(zigpy.exceptions.DeliveryError, match="Failed to deliver message"):
        send(air, application, meter, b"\x09\x01\x00\x55", timedelta(milliseconds=200))
    copies = [one.frame for one in meter.messages if one.frame.profile == SE_PROFILE]
    assert len({one.counter for one in copies}) == 1, "repetitions are copies of one message"


@pytest.mark.parametrize("size", [20, 180, 1200])
def test_a_message_of_the_device_arrives_whole_whatever_its_length(
    air: Air, application: Any, meter: RadioNode, size: int
) -> None:
    payload = bytes(number % 251 for number in range(size))
    ends: list[bool] = []
    air.on_loop(
        lambda: meter.send(payload, is_protected=False, profile=SE_PROFILE, done=ends.append)
    )
    air.until(lambda: bool(ends))
    assert ends == [True]
    found = [one for one in application.packets if one.profile_id == SE_PROFILE]
    assert [one.data.serialize() for one in found] == [payload]


def test_a_message_under_the_link_key_says_so(air: Air, application: Any, meter: RadioNode) -> None:
    ends: list[bool] = []
    air.on_loop(lambda: meter.send(b"\x18\x01\x0a", is_protected=True, done=ends.append))
    air.until(lambda: bool(ends))
    found = [one for one in application.packets if one.profile_id == SE_PROFILE]
    assert zigpy.types.TransmitOptions.APS_Encryption in found[0].tx_options


@pytest.mark.parametrize("size", [180, 1200])
def test_blocks_that_the_host_makes_arrive_as_one_message(
    air: Air, application: Any, meter: RadioNode, size: int
) -> None:
    """The host software has no fragmentation outwards; its commands carry one all the same."""
    payload = bytes(number % 251 for number in range(size))
    blocks = [payload[start : start + 80] for start in range(0, size, 80)]

    async def send_blocks() -> None:
        sequence = 0
        for index, block in enumerate(blocks):
            header = bellows.types.EmberApsFrame(
                profileId=SE_PROFILE,
                clusterId=TUNNELING,
                sourceEndpoint=1,
                destinationEndpoint=1,
                options=bellows.types.EmberApsOption.APS_OPTION_FRAGMENT
                | bellows.types.EmberApsOption.APS_OPTION_RETRY,
                groupId=index or len(blocks) << 8,
                sequence=sequence,
            )
            status, sequence = await application._ezsp.send_unicast(
                nwk=meter.address, aps_frame=header, message_tag=index, data=block
            )
            assert status == bellows.types.sl_Status.OK

    run(air, send_blocks())
    air.until(lambda: bool(meter.messages) and meter.messages[-1].frame.profile == SE_PROFILE)
    assert meter.messages[-1].frame.payload == payload


def test_a_device_that_leaves_is_reported(air: Air, application: Any, meter: RadioNode) -> None:
    left: list[Any] = []

    class Ear:
        def device_left(self, device: Any) -> None:
            left.append(device.ieee)

    application.add_listener(Ear())
    air.on_loop(meter.leave)
    air.until(lambda: bool(left))
    assert str(left[0]) == text(METER)


def test_energies_of_channels_come_from_the_ether(air: Air, application: Any) -> None:
    channels = zigpy.types.Channels.from_channel_list([11, 15])
    found = run(air, application.energy_scan(channels, duration_exp=2, count=1))
    assert set(found) == {11, 15}
    assert all(level < 40 for level in found.values())


def test_over_tcp_a_stick_that_announces_itself_is_taken_at_once(air: Air) -> None:
    server = TcpNcpServer(air.ncp, air.clock, air.loop, announces_itself=True)

    async def identify() -> str:
        application = Application(config(server.resource))
        application.packets = []
        await application.connect()
        _, board, _ = await application._ezsp.get_board_info()
        await application.disconnect()
        return str(board)

    try:
        assert air.loop(identify()) == "virtual stick"
    finally:
        server.close()


def test_time_waits_for_what_the_host_has_not_acknowledged(air: Air) -> None:
    """A callback that nobody takes holds the clock until the link is given up."""
    from rigs.virtual.ncp.ash import reset_octets
    from rigs.virtual.ncp.ash_frames import data_control, frame_octets, whiten

    server = air.server

    def talk() -> None:
        server._receive(reset_octets())
        version = frame_octets(data_control(0, 0, again=False), whiten(b"\x00\x00\x00\x04"))
        server._receive(version)

    air.on_loop(talk)
    assert not server._link.is_idle
    assert air.clock._in_flight == 1
    air.on_loop(lambda: server._receive(frame_octets(0x81)))
    assert air.clock._in_flight == 0
    air.clock.advance(timedelta(seconds=1))
