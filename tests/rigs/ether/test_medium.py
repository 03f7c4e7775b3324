"""What the ether carries, to whom, and how much of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from assay.clock import SimulatedClock
from rigs.capabilities.radio import Band, Channel
from rigs.virtual.ether import (
    DutyAccount,
    Ether,
    Heard,
    Interference,
    Node,
    Position,
    delivery_probability,
    margin_for,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
SHORT_RANGE = Channel(number=15)
SUB_GHZ = Channel(page=28, number=3)
FRAME = bytes(30)


class Air:
    """Two antennas, five metres apart, and what the second hears."""

    def __init__(self, channel: Channel = SHORT_RANGE, **options: int) -> None:
        self.clock = SimulatedClock(START)
        self.ether = Ether(self.clock, **options)
        self.sender = self.ether.node("sender")
        self.receiver = self.ether.node("receiver", Position(5.0))
        self.heard: list[Heard] = []
        self.receiver.on_heard = self.heard.append
        for node in self.ether.nodes:
            node.channel = channel

    def send(self, times: int = 1, sender: Node | None = None) -> int:
        """How many of so many frames, one after the other, were heard."""
        before = len(self.heard)
        for _ in range(times):
            (sender or self.sender).transmit(FRAME)
            self.clock.advance(timedelta(milliseconds=10))
        return len(self.heard) - before


@pytest.mark.parametrize(
    ("channel", "microseconds"),
    [(SHORT_RANGE, (6 + 30 + 2) * 32), (SUB_GHZ, (12 + 30 + 2) * 80)],
)
def test_a_frame_arrives_when_its_last_bit_has_been_sent(
    channel: Channel, microseconds: int
) -> None:
    air = Air(channel)
    assert air.send() == 1
    assert air.heard[0].at - START == timedelta(microseconds=microseconds)
    assert air.heard[0].octets == FRAME


def test_a_node_hears_only_its_own_channel_and_only_while_it_listens() -> None:
    air = Air()
    air.receiver.channel = Channel(number=16)
    assert air.send() == 0
    air.receiver.channel = SHORT_RANGE
    air.receiver.is_listening = False
    assert air.send() == 0
    air.receiver.is_listening = True
    assert air.send() == 1


def test_strength_falls_with_power_distance_and_attenuation() -> None:
    air = Air()

    def strength() -> float:
        return air.ether.strength(air.sender, air.receiver, SHORT_RANGE)

    first = strength()
    air.sender.power_dbm = -2.0
    assert strength() == pytest.approx(first - 10)
    air.receiver.position = Position(50.0)
    assert strength() == pytest.approx(first - 40)
    air.ether.path(air.sender, air.receiver).attenuation = Decimal("12.25")
    assert strength() == pytest.approx(first - 52.25)


def test_an_attenuator_of_one_band_leaves_the_other_alone() -> None:
    air = Air()
    low = air.ether.loss(air.sender, air.receiver, Band.SUB_GHZ)
    high = air.ether.loss(air.sender, air.receiver, Band.GHZ_2_4)
    air.ether.path("sender", "receiver").band_attenuation[Band.SUB_GHZ] = Decimal(20)
    assert air.ether.loss(air.sender, air.receiver, Band.SUB_GHZ) == pytest.approx(low + 20)
    assert air.ether.loss(air.sender, air.receiver, Band.GHZ_2_4) == pytest.approx(high)


@pytest.mark.parametrize("probability", [0.05, 0.5, 0.95, 0.99])
def test_the_curve_can_be_read_both_ways(probability: float) -> None:
    assert delivery_probability(margin_for(probability)) == pytest.approx(probability)


def test_at_the_sensitivity_99_of_100_arrive() -> None:
    assert delivery_probability(0) == pytest.approx(0.99)


@pytest.mark.parametrize("probability", [0.2, 0.5, 0.95])
def test_as_many_frames_arrive_as_the_margin_says(probability: float) -> None:
    air = Air(seed=7)
    path = air.ether.path(air.sender, air.receiver)
    path.loss_db = 0.0
    planted = air.ether.margin(air.sender, air.receiver, SHORT_RANGE) - margin_for(probability)
    path.attenuation = Decimal(planted)
    arrived = air.send(1000)
    assert abs(arrived / 1000 - probability) < 0.05


def test_the_same_seed_loses_the_same_frames() -> None:
    def lost(seed: int) -> list[datetime]:
        air = Air(seed=seed)
        path = air.ether.path(air.sender, air.receiver)
        path.loss_db = 8.0 + 97.0 + 4.6
        air.send(50)
        return [heard.at for heard in air.heard]

    assert lost(1) == lost(1)
    assert lost(1) != lost(2)


def test_a_jammer_drowns_a_weak_signal_and_not_a_strong_one() -> None:
    air = Air()
    path = air.ether.path(air.sender, air.receiver)
    path.attenuation = Decimal(30)
    assert air.send(20) == 20
    jammer = Interference(name="jammer", channel=SHORT_RANGE, power_dbm=0.0, position=Position(4.0))
    air.ether.interference.append(jammer)
    assert air.send(20) == 0
    path.attenuation = Decimal(0)
    jammer.power_dbm = -60.0
    assert air.send(20) == 20
    jammer.power_dbm, jammer.is_on = 0.0, False
    path.attenuation = Decimal(30)
    assert air.send(20) == 20


@pytest.mark.parametrize(
    ("whole_band", "other"), [(False, False), (True, True)], ids=["one channel", "the band"]
)
def test_a_jammer_reaches_its_channel_or_its_band(whole_band: bool, other: bool) -> None:
    jammer = Interference(name="jammer", channel=SHORT_RANGE, power_dbm=0.0, whole_band=whole_band)
    assert jammer.reaches(SHORT_RANGE)
    assert jammer.reaches(Channel(number=25)) == other
    assert not jammer.reaches(SUB_GHZ)


def test_two_frames_at_once_destroy_each_other_unless_one_is_much_stronger() -> None:
    air = Air()
    third = air.ether.node("third", Position(10.0))
    third.channel = SHORT_RANGE
    for node in (air.sender, third):
        node.transmit(FRAME)
    air.clock.advance(timedelta(milliseconds=10))
    assert air.heard == []
    air.sender.power_dbm, third.power_dbm = 20.0, -60.0
    for node in (air.sender, third):
        node.transmit(FRAME)
    air.clock.advance(timedelta(milliseconds=10))
    assert [heard.sender for heard in air.heard] == ["sender"]


def test_a_channel_is_busy_while_somebody_near_sends() -> None:
    air = Air()
    assert not air.receiver.is_channel_busy()
    air.sender.transmit(FRAME)
    assert air.receiver.is_channel_busy()
    air.clock.advance(timedelta(milliseconds=10))
    assert not air.receiver.is_channel_busy()


def test_energy_on_a_channel_is_noise_and_what_disturbs_it() -> None:
    air = Air()
    quiet = air.ether.energy(air.receiver, SHORT_RANGE)
    jammer = Interference(name="jammer", channel=SHORT_RANGE, power_dbm=0.0)
    air.ether.interference.append(jammer)
    assert air.ether.energy(air.receiver, SHORT_RANGE) > quiet + 30
    assert air.ether.energy(air.receiver, Channel(number=26)) == pytest.approx(quiet)


def test_a_tap_hears_every_frame_whatever_the_path() -> None:
    air = Air()
    tapped: list[Heard] = []
    air.ether.taps.append(tapped.append)
    air.ether.path(air.sender, air.receiver).attenuation = Decimal(200)
    assert air.send(3) == 0
    assert [heard.octets for heard in tapped] == [FRAME] * 3


def test_only_868_mhz_counts_towards_the_duty_cycle() -> None:
    airtime = timedelta(microseconds=(12 + 30 + 2) * 80)
    for channel, used in ((SHORT_RANGE, timedelta(0)), (SUB_GHZ, 3 * airtime)):
        air = Air(channel)
        air.send(3)
        assert air.sender.duty.used(air.clock.now()) == used


def test_the_hour_of_a_duty_cycle_slides() -> None:
    account, second = DutyAccount(), timedelta(seconds=1)
    account.add(START, second)
    account.add(START + timedelta(minutes=30), 2 * second)
    used: Callable[[timedelta], timedelta] = lambda after: account.used(START + after)  # noqa: E731
    assert used(timedelta(minutes=31)) == 3 * second
    assert account.fraction(START + timedelta(minutes=31)) == Fraction(3, 3600)
    assert used(timedelta(minutes=60, milliseconds=400)) == timedelta(seconds=2.6)
    assert used(timedelta(minutes=61)) == 2 * second
    assert used(timedelta(minutes=91)) == timedelta(0)


def test_a_name_stands_for_one_antenna() -> None:
    air = Air()
    with pytest.raises(ValueError, match="sender"):
        air.ether.node("sender")
    with pytest.raises(ValueError, match="two ends"):
        air.ether.path("sender", "sender")
