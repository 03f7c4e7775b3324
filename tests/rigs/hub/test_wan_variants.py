"""Latency and loss of the four kinds of hub, drawn with fixed seeds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from statistics import fmean

import pytest

from assay.clock import SimulatedClock
from assay.wan import InProcessWan
from rigs.devices import HubConfiguration, VirtualHub
from rigs.devices.hub import WAN_MODELS, ModelledLink, WanVariant
from rigs.premises import SupplyNode
from tests.rigs.devices.premises_kit import HUB

MESSAGES = 20_000
OCTETS = 250


@pytest.mark.parametrize("variant", list(WanVariant))
def test_messages_take_as_long_on_average_as_the_model_says(variant: WanVariant) -> None:
    model = WAN_MODELS[variant]
    journeys = [ModelledLink(model, seed).travel(OCTETS) for seed in range(MESSAGES // 10)]
    at_first = model.base + timedelta(seconds=OCTETS * 8 / model.bits_per_second)
    arrived = [one.total_seconds() for one in journeys if one is not None]
    attempts = [model.loss**n * (1 - model.loss) for n in range(model.attempts)]
    repeats = sum(n * share for n, share in enumerate(attempts)) / sum(attempts)
    expected = at_first + model.hops * model.wait + repeats * model.retry
    assert fmean(arrived) == pytest.approx(expected.total_seconds(), rel=0.08)
    assert min(arrived) >= at_first.total_seconds()


@pytest.mark.parametrize("variant", list(WanVariant))
def test_attempts_are_lost_as_often_as_the_model_says(variant: WanVariant) -> None:
    model = WAN_MODELS[variant]
    link = ModelledLink(model, seed=7)
    journeys = [link.travel(OCTETS) for _ in range(MESSAGES)]
    lost = sum(one is None for one in journeys) / MESSAGES
    assert lost == pytest.approx(model.lost_share, abs=3e-4)
    repeated = sum(one is not None and one >= model.retry for one in journeys) / MESSAGES
    assert repeated >= 0.5 * model.loss


def test_equal_seeds_give_equal_journeys() -> None:
    model = WAN_MODELS[WanVariant.MESH]
    first, second = (
        [link.travel(OCTETS) for _ in range(50)]
        for link in (ModelledLink(model, 3), ModelledLink(model, 3))
    )
    assert first == second
    other = ModelledLink(model, 4)
    assert [other.travel(OCTETS) for _ in range(50)] != first


def test_the_figures_that_nobody_published_are_marked() -> None:
    assert {model.grade for model in WAN_MODELS.values()} == {"inferred"}


def test_a_hub_of_a_variant_is_reached_by_its_own_way() -> None:
    clock = SimulatedClock(datetime(2026, 1, 1, tzinfo=UTC))
    wan = InProcessWan(clock)
    configuration = HubConfiguration.of_variant(HUB, WanVariant.LONG_RANGE_RADIO, seed=1)
    hub = VirtualHub(clock, wan, configuration, SupplyNode(clock))
    expected = ModelledLink(WAN_MODELS[WanVariant.LONG_RANGE_RADIO], seed=1).travel(8)
    arrived: list[datetime] = []
    hub.message_down = lambda *_: arrived.append(clock.now())  # type: ignore[method-assign]
    begin = clock.now()
    wan.send_down(HUB, HUB, bytes(8))
    clock.advance(timedelta(minutes=2))
    assert expected is not None
    assert [at - begin for at in arrived] == [expected]
