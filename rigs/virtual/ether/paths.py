"""What lies between two antennas: distance, walls, and an attenuator that a bench can set."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from rigs.capabilities.radio import Band
from rigs.virtual.ether.bands import PLANS

EXPONENT = 3.0
"""Of the loss over distance, within a house (recalled: 2 in the open, 3 to 4 through walls)."""
_NEAREST_M = 0.1


class Position(NamedTuple):
    """Metres, from any origin."""

    x: float = 0.0
    y: float = 0.0
    z: float = 0.0


ORIGIN = Position()


@dataclass(slots=True, kw_only=True)
class Path:
    """The same both ways. `attenuation` is what a programmable attenuator puts in, in decibels, on
    both bands; `band_attenuation` what it puts in on one. `loss_db` replaces the loss over
    distance, for a cabled path."""

    attenuation: Decimal = Decimal(0)
    band_attenuation: dict[Band, Decimal] = field(default_factory=dict)
    loss_db: float | None = None

    def loss(self, one: Position, other: Position, band: Band) -> float:
        """In decibels."""
        fixed = self.loss_db if self.loss_db is not None else distance_loss(one, other, band)
        return fixed + float(self.attenuation + self.band_attenuation.get(band, Decimal(0)))


def distance_loss(one: Position, other: Position, band: Band) -> float:
    metres = max(math.dist(one, other), _NEAREST_M)
    return PLANS[band].loss_at_one_metre_db + 10 * EXPONENT * math.log10(metres)
