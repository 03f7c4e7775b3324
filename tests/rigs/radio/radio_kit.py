"""A hub's Smart Energy and virtual devices on one ether, with everything that is heard."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from assay.clock import SimulatedClock
from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import Channel, NetworkParameters
from rigs.smart_energy_hub import SmartEnergyHub
from rigs.virtual.ether import Ether, Heard, Position, margin_for
from rigs.virtual.radio_device import RadioDevice, RadioSettings
from rigs.virtual.radio_device.settings import PREFERRED_CHANNELS
from rigs.virtual.stack.coordinator import RadioCoordinator
from rigs.zigbee import fcs
from rigs.zigbee.implicit_certificates import CbkeIdentity, TestAuthority
from rigs.zigbee.install_code import InstallCode
from rigs.zigbee.smart_energy.tunneling import TunnelStatus

START = datetime(2026, 1, 1, tzinfo=UTC)
CHANNEL = Channel(number=15)
HUB, METER, GAS = (Eui64(bytes.fromhex("001db200000000") + bytes((last,))) for last in (1, 2, 3))
CODE = InstallCode(bytes(range(16)))
OTHER_CODE = InstallCode(bytes(range(1, 17)))
NETWORK_KEY = bytes(range(0x40, 0x50))
WINDOW = timedelta(hours=1)


@cache
def authority() -> TestAuthority:
    return TestAuthority(Eui64(bytes(7) + b"\xca"))


@cache
def identity(device: Eui64) -> CbkeIdentity:
    return authority().issue(device, valid_from=START - timedelta(days=1))


class RadioHub:
    """A formed network. `received` is what came through tunnels."""

    def __init__(self, seed: int = 0, channel: Channel = CHANNEL) -> None:
        self.channel = channel
        self.clock = SimulatedClock(START)
        self.ether = Ether(self.clock, seed=seed)
        self.frames: list[Heard] = []
        self.ether.taps.append(self.frames.append)
        self.coordinator = RadioCoordinator(self.clock, self.ether.node("hub"), HUB)
        self.coordinator.form(
            NetworkParameters(
                extended_pan_id=HUB, pan_id=0x1A2B, channel=channel, network_key=NETWORK_KEY
            )
        )
        self.hub = SmartEnergyHub(self.clock, self.coordinator, identity(HUB))
        self.link_keys: dict[Eui64, bytes] = {}
        self.received: list[tuple[Eui64, bytes]] = []
        self.hub.on_agreed.append(self.link_keys.__setitem__)
        self.hub.on_data.append(lambda device, data, _: self.received.append((device, data)))

    def device(self, eui: Eui64 = METER, *, sleeps: bool = False) -> RadioDevice:
        """In range, and not joined."""
        node = self.ether.node(str(eui), Position(5.0))
        channels = (*PREFERRED_CHANNELS, self.channel)
        settings = RadioSettings(sleeps=sleeps, channels=channels)
        return RadioDevice(self.clock, node, eui, identity(eui), settings)

    def joined(self, eui: Eui64 = METER, *, sleeps: bool = False) -> RadioDevice:
        device = self.device(eui, sleeps=sleeps)
        self.hub.permit(eui, CODE.link_key(), WINDOW)
        device.join(CODE.link_key())
        self.pass_time(10)
        assert device.is_joined
        if not sleeps:
            statuses: list[TunnelStatus] = []
            self.hub.request_tunnel(eui, statuses.append)
            self.pass_time(2)
            assert statuses == [TunnelStatus.SUCCESS]
        assert device.is_tunnel_open
        return device

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    def attenuate(self, device: RadioDevice, decibels: float) -> None:
        self.ether.path("hub", device.node).attenuation = Decimal(decibels)

    def lose(self, device: RadioDevice, fraction: float) -> None:
        """So that this part of all frames is lost between the hub and a device."""
        path = self.ether.path("hub", device.node)
        path.attenuation = Decimal(0)
        margin = self.ether.margin(self.coordinator.node, device.node, self.channel)
        path.attenuation = Decimal(margin - margin_for(1 - fraction))


needs_tshark = pytest.mark.skipif(shutil.which("tshark") is None, reason="no tshark here")


def write_capture(path: Path, frames: list[Heard]) -> None:
    """A pcap file with check sequences (link type 195)."""
    header = (0xA1B2C3D4).to_bytes(4, "little") + (2).to_bytes(2, "little")
    header += (4).to_bytes(2, "little") + bytes(8)
    header += (0xFFFF).to_bytes(4, "little") + (195).to_bytes(4, "little")
    records = []
    for frame in frames:
        octets = fcs.append(frame.octets)
        since = frame.at - datetime(1970, 1, 1, tzinfo=UTC)
        seconds = since.days * 86_400 + since.seconds
        numbers = (seconds, since.microseconds, len(octets), len(octets))
        records.append(b"".join(number.to_bytes(4, "little") for number in numbers) + octets)
    path.write_bytes(header + b"".join(records))


def dissect(path: Path, keys: list[bytes], *options: str) -> list[str]:
    """Lines of tshark."""
    command = ["tshark", "-r", str(path)]
    for key in keys:
        octets = ":".join(f"{octet:02x}" for octet in key)
        command += ["-o", f'uat:zigbee_pc_keys:"{octets}","Normal","key"']
    done = subprocess.run([*command, *options], check=True, capture_output=True, text=True)
    return done.stdout.splitlines()
