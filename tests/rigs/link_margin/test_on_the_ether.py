"""The procedure finds a margin that is planted in the virtual ether, on both bands."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assay.clock import LoopThread, SimulatedClock
from rigs.capabilities import Band, Channel
from rigs.drivers.attenuator import MiniCircuitsAttenuator
from rigs.link_margin import MarginPlan, MarginProcedure, MarginResult, cables
from rigs.virtual.attenuator import (
    AttenuatorHardware,
    HttpAttenuatorServer,
    VirtualMiniCircuits,
)
from rigs.virtual.ether import Ether, Interference
from rigs.virtual.ether.bands import PLANS
from rigs.virtual.radio_pair import RadioPair, chance_of_exchange
from tests.rigs.link_margin.links import BenchAttenuator, level_of

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
CHANNELS = {
    Band.GHZ_2_4: Channel(number=15),
    Band.SUB_GHZ: Channel(page=28, number=3),
}
CABLES_DB = 40.0
QUICK = MarginPlan(
    start=Decimal(40), wide_step=Decimal(10), wide_exchanges=6, measures_rejoin=False
)
A_SECOND = timedelta(seconds=1)


class CabledLink:
    """Two radios in boxes with 40 dB of cables and pads and an attenuator between them."""

    def __init__(
        self, clock: SimulatedClock, band: Band, seed: int, *, deaf_by: float = 0.0
    ) -> None:
        self.band = band
        self.ether = Ether(clock, seed=seed)
        near, far = self.ether.node("hub"), self.ether.node("meter")
        far.sensitivity_dbm = PLANS[band].sensitivity_dbm + deaf_by
        self.path = self.ether.path(near, far)
        self.path.loss_db = CABLES_DB
        self.pair = RadioPair(clock, near, far, CHANNELS[band], seed=seed)
        self._clock = clock
        self._deaf_by = deaf_by

    def attenuate(self, _channel: int, decibels: Decimal) -> None:
        self.path.attenuation = decibels

    def exchange(self) -> bool:
        """From the thread of a test, in simulated time."""
        outcome: list[bool] = []
        self.pair.exchange(outcome.append)
        self._clock.wait_until(lambda: bool(outcome), A_SECOND)
        return outcome[0]

    def delivery(self, decibels: float) -> float:
        plan = PLANS[self.band]
        margin = plan.transmit_dbm - CABLES_DB - decibels - plan.sensitivity_dbm
        return chance_of_exchange(margin - self._deaf_by, margin)

    @property
    def planted(self) -> float:
        return level_of(self.delivery, 0.95)


class PathAttenuator(BenchAttenuator):
    """A turret in the path of a link."""

    __slots__ = ("link",)

    def __init__(self, link: CabledLink) -> None:
        super().__init__()
        self.link = link

    def set_attenuation(self, decibels: Decimal, channel: int = 1) -> Decimal:
        actual = super().set_attenuation(decibels, channel)
        self.link.attenuate(channel, actual)
        return actual


def measured(link: CabledLink, plan: MarginPlan = QUICK) -> MarginResult:
    return MarginProcedure(
        attenuator=PathAttenuator(link),
        exchange=link.exchange,
        band=link.band,
        plan=plan,
        losses=cables(Decimal(str(CABLES_DB))),
    ).measure()


@pytest.mark.parametrize("band", Band)
def test_the_planted_margin_is_found_within_a_decibel_at_95_per_cent_confidence(
    band: Band,
) -> None:
    """Radios of different sensitivity: nearly all intervals hold it, and all are close."""
    held = 0
    for seed in range(12):
        deaf_by = random.Random(seed).uniform(-6, 12)
        link = CabledLink(SimulatedClock(START), band, seed, deaf_by=deaf_by)
        result = measured(link)
        assert result.margin is not None and result.path_loss is not None
        assert result.expanded_uncertainty is not None
        held += float(result.margin.low) <= link.planted <= float(result.margin.high)
        assert abs(float(result.margin.decibels) - link.planted) <= 1
        path_loss = link.planted + CABLES_DB
        assert abs(float(result.path_loss) - path_loss) <= result.expanded_uncertainty
    assert held >= 11


@pytest.mark.parametrize("band", Band)
def test_what_is_planted_is_what_the_ether_does(band: Band) -> None:
    """The chance that the tests compute, against 2,000 exchanges at the level of 95 %."""
    link = CabledLink(SimulatedClock(START), band, 5)
    link.attenuate(1, Decimal(str(round(link.planted, 2))))
    came = sum(link.exchange() for _ in range(2000))
    assert 1871 <= came <= 1927  # 1900, and three standard deviations


def test_sub_ghz_reaches_further_than_2_4_ghz() -> None:
    far = {band: measured(CabledLink(SimulatedClock(START), band, 1)).path_loss for band in Band}
    shorter, longer = far[Band.GHZ_2_4], far[Band.SUB_GHZ]
    assert shorter is not None and longer is not None
    assert 13 <= longer - shorter <= 17  # 6 dB of power and 9 dB of sensitivity


def test_noise_beside_the_receiver_takes_its_decibels_off_the_margin() -> None:
    link = CabledLink(SimulatedClock(START), Band.GHZ_2_4, 2)
    quiet = measured(link).margin
    noise = Interference(name="neighbour", channel=CHANNELS[link.band], power_dbm=-50)
    link.ether.interference.append(noise)
    for node in ("hub", "meter"):
        link.ether.path("neighbour", node).loss_db = 45  # -95 dBm: 10 dB over the noise floor
    loud = measured(link).margin
    assert quiet is not None and loud is not None
    assert 9.4 <= quiet.decibels - loud.decibels <= 11.4


@pytest.fixture(scope="module")
def loop_thread() -> Iterator[LoopThread]:
    thread = LoopThread("margins")
    yield thread
    thread.close()


@pytest.mark.parametrize("band", Band)
def test_it_is_found_through_an_instrument_on_a_real_wire(
    loop_thread: LoopThread, band: Band
) -> None:
    """An RCDAT over HTTP in the path; the radios on the bench's loop thread."""
    clock = SimulatedClock(START, run=loop_thread.run)
    link = loop_thread.run(lambda: CabledLink(clock, band, 3))
    hardware = loop_thread.run(
        lambda: AttenuatorHardware(clock, BenchAttenuator().limits, link.attenuate)
    )

    async def on_the_loop() -> bool:
        outcome: list[bool] = []
        link.pair.exchange(outcome.append)
        await clock.until(lambda: bool(outcome), A_SECOND)
        return outcome[0]

    speaker = VirtualMiniCircuits(hardware, model="RCDAT-8000-90")
    with HttpAttenuatorServer(speaker, clock, loop_thread) as server:
        attenuator = MiniCircuitsAttenuator.over_http(server.resource, clock)
        result = MarginProcedure(
            attenuator=attenuator,
            exchange=lambda: loop_thread(on_the_loop()),
            band=band,
            plan=QUICK,
        ).measure()
        attenuator.safe()
    assert result.margin is not None
    assert abs(float(result.margin.decibels) - link.planted) <= 1
    assert link.path.attenuation == 90
