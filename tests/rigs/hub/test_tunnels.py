"""The hub asks for tunnels when it should, and again when it must (C-017)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assay.clock import SimulatedClock
from assay.gbcs.identifiers import Eui64
from rigs.devices.hub.tunnels import Tunnels, TunnelStatus
from tests.rigs.devices.premises_kit import METER, SUPPLIER, Premises

DEVICE = Eui64(b"\x00\xdb" + bytes(6))


class Answers:
    """A device that answers each request with the next of these; the last one stays."""

    def __init__(self, *statuses: TunnelStatus) -> None:
        self.clock = SimulatedClock(datetime(2026, 1, 1, tzinfo=UTC))
        self.statuses = list(statuses)
        self.asked: list[datetime] = []
        self.closed = 0
        self.carried: list[bytes] = []
        self.tunnels = Tunnels(self.clock, lambda _, octets: self.carried.append(octets))
        self.tunnels.request = self._answer
        self.tunnels.close_all = self._close

    def _answer(self, _: Eui64) -> TunnelStatus:
        self.asked.append(self.clock.now())
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]

    def _close(self, _: Eui64) -> None:
        self.closed += 1


def test_a_tunnel_is_asked_for_when_a_device_has_joined() -> None:
    device = Answers(TunnelStatus.SUCCESS)
    device.tunnels.joined(DEVICE)
    assert len(device.asked) == 1 and device.tunnels.is_open(DEVICE)


@pytest.mark.parametrize(("seconds", "requests"), [(65_534, 1), (65_535, 2), (131_070, 3)])
def test_a_tunnel_is_asked_for_again_when_it_is_old(seconds: int, requests: int) -> None:
    device = Answers(TunnelStatus.SUCCESS)
    device.tunnels.joined(DEVICE)
    device.clock.advance(timedelta(seconds=seconds))
    assert len(device.asked) == requests


def test_a_busy_device_is_asked_again_after_three_minutes_and_then_gets_what_waited() -> None:
    device = Answers(TunnelStatus.BUSY, TunnelStatus.SUCCESS)
    device.tunnels.joined(DEVICE)
    device.tunnels.put(DEVICE, b"message")
    device.clock.advance(timedelta(seconds=179))
    assert (len(device.asked), device.carried) == (1, [])
    device.clock.advance(timedelta(seconds=1))
    assert (len(device.asked), device.carried) == (2, [b"message"])


def test_a_device_without_identifiers_closes_all_and_is_asked_at_once() -> None:
    device = Answers(TunnelStatus.NO_MORE_IDS, TunnelStatus.SUCCESS)
    device.tunnels.joined(DEVICE)
    assert (len(device.asked), device.closed) == (2, 1)
    assert device.tunnels.is_open(DEVICE)


def test_a_message_for_a_device_without_a_tunnel_asks_for_one() -> None:
    device = Answers(TunnelStatus.SUCCESS)
    device.tunnels.put(DEVICE, b"message")
    assert (len(device.asked), device.carried) == (1, [b"message"])


def test_tunnels_are_asked_for_when_the_power_is_back() -> None:
    device = Answers(TunnelStatus.SUCCESS)
    device.tunnels.joined(DEVICE)
    device.tunnels.power_off()
    assert not device.tunnels.is_open(DEVICE)
    device.tunnels.power_on()
    assert len(device.asked) == 2


def test_nobody_asks_a_device_that_left() -> None:
    device = Answers(TunnelStatus.SUCCESS)
    device.tunnels.joined(DEVICE)
    device.tunnels.left(DEVICE)
    device.clock.advance(timedelta(days=2))
    assert len(device.asked) == 1


def test_a_busy_meter_gets_its_command_later(premises: Premises) -> None:
    premises.hub.tunnels.power_off()
    premises.hub.tunnels.request = lambda _: TunnelStatus.BUSY
    premises.send(premises.command(0x0052, SUPPLIER))
    assert not premises.dsp.arrived
    premises.hub.tunnels.request = lambda _: TunnelStatus.SUCCESS
    premises.pass_time(185)
    assert len(premises.dsp.arrived) == 1
    assert premises.hub.tunnels.is_open(METER)
