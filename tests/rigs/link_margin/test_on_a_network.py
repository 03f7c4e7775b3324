"""The procedure on a whole ZigBee network: a device that is lost, and returns by itself."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from rigs.capabilities import Band
from rigs.link_margin import MarginPlan, MarginProcedure
from rigs.virtual.radio_device import RadioDevice
from tests.rigs.link_margin.links import BenchAttenuator
from tests.rigs.radio.radio_kit import METER, RadioHub

COMMAND, RESPONSE = bytes(40), bytes(60)
PATIENCE = timedelta(seconds=20)
RETURN = timedelta(minutes=35)
"""Longer than the longest pause of a device that looks for its network."""


class NetworkedMeter:
    """A joined meter that answers each message in its tunnel, and what happens to it."""

    def __init__(self, seed: int) -> None:
        self.home = RadioHub(seed)
        self.device: RadioDevice = self.home.joined()
        self.device.on_data.append(lambda _data: self.device.send(RESPONSE))
        self.attenuator = NetworkAttenuator(self)

    def exchange(self) -> bool:
        before = len(self.home.received)
        self.home.hub.send(METER, COMMAND)
        return self.home.clock.wait_until(lambda: len(self.home.received) > before, PATIENCE)

    def settle(self) -> None:
        self.home.clock.wait_until(lambda: self.device.is_joined, RETURN)


class NetworkAttenuator(BenchAttenuator):
    __slots__ = ("meter",)

    def __init__(self, meter: NetworkedMeter) -> None:
        super().__init__()
        self.meter = meter

    def set_attenuation(self, decibels: Decimal, channel: int = 1) -> Decimal:
        actual = super().set_attenuation(decibels, channel)
        self.meter.home.attenuate(self.meter.device, float(actual))
        return actual


@pytest.mark.parametrize("seed", [1, 2])
def test_the_link_is_lost_beyond_the_margin_and_is_back_without_much_hysteresis(seed: int) -> None:
    """Repetitions of the application too: the link lives on where single frames mostly fail."""
    meter = NetworkedMeter(seed)
    ether, hub = meter.home.ether, meter.home.coordinator.node
    meter.attenuator.set_attenuation(Decimal(0))
    sensitivity = ether.margin(hub, meter.device.node, hub.channel)  # type: ignore[arg-type]
    plan = MarginPlan(
        start=Decimal(10),
        wide_step=Decimal(10),
        wide_exchanges=3,
        narrow_exchanges=12,
        half_width=Decimal("1.5"),
        most_exchanges=150,
        lost_after=4,
    )
    result = MarginProcedure(
        attenuator=meter.attenuator,
        exchange=meter.exchange,
        settle=meter.settle,
        band=Band.GHZ_2_4,
        plan=plan,
    ).measure()
    assert result.margin is not None
    assert sensitivity < float(result.margin.decibels) < sensitivity + 8
    assert result.lost is not None and result.margin.decibels < result.lost
    assert result.rejoined is not None and result.hysteresis is not None
    assert 0 < result.hysteresis <= 5
    assert meter.device.counts.losses > 0
