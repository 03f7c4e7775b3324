"""The hub's Smart Energy over driver, serial line and virtual stick, with devices that join."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from assay.clock import LoopThread, SimulatedClock
from assay.gbcs.identifiers import Eui64
from assay.verdicts import BenchLost
from rigs.capabilities.radio import Channel, NetworkParameters
from rigs.smart_energy_hub import SmartEnergyHub
from rigs.virtual.ether import Ether, Position
from rigs.virtual.ncp import Ncp, PtyNcpServer
from rigs.virtual.radio_device import Phase, RadioDevice, RadioSettings
from rigs.zigbee.implicit_certificates import CbkeIdentity, TestAuthority
from rigs.zigbee.install_code import InstallCode
from rigs.zigbee.smart_energy.tunneling import TunnelStatus

START = datetime(2026, 3, 1, tzinfo=UTC)
HUB, METER, GAS = (Eui64(bytes.fromhex("001db200000000") + bytes((last,))) for last in (1, 2, 3))
KEY = InstallCode(bytes(range(16))).link_key()
PARAMETERS = NetworkParameters(
    extended_pan_id=HUB,
    pan_id=0x1A2B,
    channel=Channel(number=15),
    network_key=bytes(range(0x40, 0x50)),
)
LONG = bytes(index % 251 for index in range(1200))


class StickHome:
    """A hub on a stick, and devices in range."""

    def __init__(self) -> None:
        driver = pytest.importorskip("rigs.drivers.coordinator", exc_type=ImportError)
        self.loop = LoopThread()
        self.clock = SimulatedClock(START, run=self.loop.run)
        self.ether = Ether(self.clock)
        self.authority = TestAuthority(Eui64(bytes(7) + b"\xca"))
        self.ncp = self.loop.run(lambda: Ncp(self.ether, self.ether.node("hub"), self.clock, HUB))
        self.server = PtyNcpServer(self.ncp, self.clock, self.loop)
        self.stick = driver.EmberStick(self.server.resource, self.clock)
        self.received: list[tuple[Eui64, bytes]] = []
        self.agreed: dict[Eui64, bytes] = {}
        self.loop(self.stick.connect())
        self.port = self.loop.run(lambda: driver.StickPort(self.stick, self.clock))
        self.hub = SmartEnergyHub(self.clock, self.port, self.identity(HUB))
        self.hub.on_agreed.append(self.agreed.__setitem__)
        self.hub.on_data.append(lambda device, data, _: self.received.append((device, data)))
        self.loop.run(lambda: self.port.form(PARAMETERS))

    def identity(self, device: Eui64) -> CbkeIdentity:
        return self.authority.issue(device, valid_from=START - timedelta(days=1))

    def joined(self, eui: Eui64 = METER, *, sleeps: bool = False) -> RadioDevice:
        def make() -> RadioDevice:
            node = self.ether.node(str(eui), Position(5.0))
            settings = RadioSettings(sleeps=sleeps, channels=(PARAMETERS.channel,))
            device = RadioDevice(self.clock, node, eui, self.identity(eui), settings)
            self.hub.permit(eui, KEY, timedelta(hours=1))
            device.join(KEY)
            return device

        device = self.loop.run(make)
        self.wait(lambda: device.is_joined)
        return device

    def wait(self, condition: Any, seconds: float = 60) -> None:
        assert self.clock.wait_until(condition, timedelta(seconds=seconds)), "waited in vain"

    def close(self) -> None:
        self.loop(self.stick.close())
        self.server.close()
        self.loop.close()


@pytest.fixture
def home() -> Iterator[StickHome]:
    found = StickHome()
    try:
        yield found
    finally:
        found.close()


@pytest.mark.parametrize("sleeps", [False, True])
def test_a_device_joins_and_agrees_on_a_key_through_the_stick(
    home: StickHome, sleeps: bool
) -> None:
    device = home.joined(sleeps=sleeps)
    assert device.phase is Phase.JOINED
    assert home.stick.link_keys() == {METER: home.agreed[METER]}
    assert home.ncp.stack.key_table.index_of(METER) is not None


@pytest.mark.parametrize("sleeps", [False, True])
def test_long_messages_go_through_the_tunnel_both_ways(home: StickHome, sleeps: bool) -> None:
    device = home.joined(sleeps=sleeps)
    down: list[bytes] = []
    outcomes: list[bool] = []
    statuses: list[TunnelStatus] = []
    device.on_data.append(down.append)
    if not sleeps:
        home.loop.run(lambda: home.hub.request_tunnel(METER, statuses.append))
        home.wait(lambda: statuses == [TunnelStatus.SUCCESS])
    home.wait(lambda: device.is_tunnel_open)
    home.loop.run(lambda: device.send(LONG, outcomes.append))
    home.loop.run(lambda: home.hub.send(METER, LONG, outcomes.append))
    home.wait(lambda: len(outcomes) == 2)
    assert outcomes == [True, True]
    assert down == [LONG] and home.received == [(METER, LONG)]


def test_two_devices_keep_to_their_own_keys(home: StickHome) -> None:
    home.joined(METER)
    home.joined(GAS, sleeps=True)
    assert set(home.agreed) == {METER, GAS}
    assert home.agreed[METER] != home.agreed[GAS]


def test_a_network_that_is_formed_again_keeps_its_devices(home: StickHome) -> None:
    device = home.joined()
    home.loop.run(lambda: home.port.form(PARAMETERS))
    home.clock.advance(timedelta(minutes=15))
    assert device.is_joined


def test_a_hub_without_power_loses_its_devices_and_gets_them_back(home: StickHome) -> None:
    device = home.joined()
    home.loop.run(home.port.silence)
    home.clock.advance(timedelta(minutes=30))
    assert device.phase is Phase.LOST
    home.loop.run(home.port.resume)
    home.wait(lambda: device.is_joined, 3600)


def test_a_device_out_of_range_comes_back_by_itself(home: StickHome) -> None:
    device = home.joined()
    path = home.ether.path("hub", device.node)
    path.attenuation = Decimal(100)
    home.clock.advance(timedelta(minutes=30))
    assert device.phase is Phase.LOST
    path.attenuation = Decimal(0)
    home.wait(lambda: device.is_joined, 3600)


def test_the_hub_is_told_that_its_stick_was_lost(home: StickHome) -> None:
    device = home.joined()
    outcomes: list[bool] = []
    home.server.restart()
    home.loop.run(lambda: home.hub.send(device.eui, b"\x01", outcomes.append))
    home.wait(lambda: home.port.fault is not None)
    with pytest.raises(BenchLost):
        home.port.check()
