"""The kinds of communications hub by their way to the WAN, with what that way does to messages.

That there are these kinds, and where, is published: in the north long-range radio, elsewhere
cellular, mesh, or both in one. So is that some of them report a loss of power as late as thirteen
minutes after it; that these are those of the mesh is inferred. For latency, rate and loss no
published figure was found: all of them are inferred, and only their order is meant to be right.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class WanVariant(StrEnum):
    CELLULAR = "cellular"
    MESH = "mesh"
    CELLULAR_MESH = "cellular/mesh"
    LONG_RANGE_RADIO = "long-range radio"


@dataclass(frozen=True, slots=True, kw_only=True)
class WanModel:
    """A message takes `base`, its octets at `bits_per_second`, and on each of `hops` a wait that is
    exponentially distributed around `wait`. Each attempt is lost with the probability `loss`, and
    made again after `retry` up to `attempts` times in all; then the message is lost.

    `grade` is that of the figures; `last_gasp_after` has its own.
    """

    base: timedelta
    bits_per_second: int
    wait: timedelta
    hops: int
    loss: float
    retry: timedelta
    attempts: int
    last_gasp_after: timedelta
    region: str
    grade: str = "inferred"

    @property
    def lost_share(self) -> float:
        """Of all messages."""
        return float(self.loss**self.attempts)


_SECOND = timedelta(seconds=1)
_CELLULAR = WanModel(
    base=0.3 * _SECOND,
    bits_per_second=40_000,
    wait=0.4 * _SECOND,
    hops=1,
    loss=0.02,
    retry=5 * _SECOND,
    attempts=3,
    last_gasp_after=timedelta(minutes=3),
    region="central and south",
)
_MESH = WanModel(
    base=0.5 * _SECOND,
    bits_per_second=20_000,
    wait=0.6 * _SECOND,
    hops=3,
    loss=0.05,
    retry=10 * _SECOND,
    attempts=3,
    last_gasp_after=timedelta(minutes=13),
    region="central and south",
)
_CELLULAR_MESH = WanModel(
    base=0.3 * _SECOND,
    bits_per_second=40_000,
    wait=0.5 * _SECOND,
    hops=1,
    loss=0.03,
    retry=5 * _SECOND,
    attempts=4,
    last_gasp_after=timedelta(minutes=3),
    region="central and south",
)
_LONG_RANGE_RADIO = WanModel(
    base=1.0 * _SECOND,
    bits_per_second=8_000,
    wait=1.0 * _SECOND,
    hops=1,
    loss=0.01,
    retry=15 * _SECOND,
    attempts=3,
    last_gasp_after=timedelta(minutes=3),
    region="north",
)
WAN_MODELS: Mapping[WanVariant, WanModel] = {
    WanVariant.CELLULAR: _CELLULAR,
    WanVariant.MESH: _MESH,
    WanVariant.CELLULAR_MESH: _CELLULAR_MESH,
    WanVariant.LONG_RANGE_RADIO: _LONG_RANGE_RADIO,
}


class ModelledLink:
    """A `WanLink` that follows a model; equal seeds give equal journeys."""

    def __init__(self, model: WanModel, seed: int) -> None:
        self.model = model
        self._random = random.Random(seed)

    def travel(self, octets: int) -> timedelta | None:
        model = self.model
        for attempt in range(model.attempts):
            delay = self._delay(octets)
            if self._random.random() >= model.loss:
                return attempt * model.retry + delay
        return None

    def _delay(self, octets: int) -> timedelta:
        model = self.model
        mean_s = model.wait.total_seconds()
        waits = sum(self._random.expovariate(1 / mean_s) for _ in range(model.hops))
        sending = timedelta(seconds=octets * 8 / model.bits_per_second)
        return model.base + sending + timedelta(seconds=waits)
