"""Links with a known margin, for the procedure to find."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from rigs.capabilities import AttenuatorRange, Identity

Delivery = Callable[[float], float]
"""Attenuation in decibels -> the chance that an exchange succeeds."""


TURRET = AttenuatorRange(minimum=Decimal(0), maximum=Decimal(90), step=Decimal("0.25"), channels=1)


@dataclass(slots=True)
class BenchAttenuator:
    """A turret of resistors: the capability, and nothing on a wire."""

    limits: AttenuatorRange = TURRET
    level: Decimal = Decimal(90)

    def identify(self) -> Identity:
        return Identity(maker="a workshop", model="turret", serial="1", firmware="none")

    def range(self) -> AttenuatorRange:
        return self.limits

    def set_attenuation(self, decibels: Decimal, channel: int = 1) -> Decimal:
        assert channel == 1
        assert self.limits.minimum <= decibels <= self.limits.maximum
        self.level = decibels // self.limits.step * self.limits.step
        return self.level

    def attenuation(self, channel: int = 1) -> Decimal:
        assert channel == 1
        return self.level

    def ramp(
        self, start: Decimal, stop: Decimal, step: Decimal, dwell: timedelta, channel: int = 1
    ) -> None:
        raise NotImplementedError("a turret is turned by hand")

    def stop(self) -> None: ...

    def safe(self) -> None:
        self.level = self.limits.maximum


@dataclass(slots=True)
class SeededLink:
    """Exchanges succeed by chance. Where it has a `rejoins_below`, it is lost after so many
    failures in a row and deaf until the attenuation is below that."""

    attenuator: BenchAttenuator
    delivery: Delivery
    seed: int
    rejoins_below: Decimal | None = None
    lost_after: int = 8
    exchanges: int = 0
    _failures: int = 0
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    @property
    def is_lost(self) -> bool:
        return self.rejoins_below is not None and self._failures >= self.lost_after

    def settle(self) -> None:
        """Time for it to look for its network again."""
        if self.rejoins_below is not None and self.attenuator.level < self.rejoins_below:
            self._failures = 0

    def exchange(self) -> bool:
        self.exchanges += 1
        came = not self.is_lost and self._random.random() < self.delivery(
            float(self.attenuator.level)
        )
        self._failures = 0 if came else self._failures + 1
        return came


def logistic(middle: float, width: float, top: float = 1.0) -> Delivery:
    return lambda level: top / (1 + math.exp((level - middle) / width))


def of_repeated_frames(middle: float) -> Delivery:
    """A command and a response of one frame each, each sent up to four times (802.15.4)."""

    def delivery(level: float) -> float:
        once = 1 / (1 + math.exp(level - middle))
        return float((1 - (1 - once) ** 4) ** 2)

    return delivery


def level_of(delivery: Delivery, proportion: float) -> float:
    """Where a delivery that falls with the attenuation crosses a proportion."""
    low, high = -50.0, 150.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if delivery(middle) > proportion else (low, middle)
    return low
