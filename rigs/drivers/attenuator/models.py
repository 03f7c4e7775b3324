"""Attenuators of Mini-Circuits that the driver knows: range, step and channels, one row each.

Every row is recalled, none has been read in a data sheet: confirm before relying on one. A
model without a row is refused, as its range would have to be guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rigs.capabilities import AttenuatorRange

_QUARTER = Decimal("0.25")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttenuatorModel:
    """`plays` says whether sweeps and hops are known: those of several channels are not."""

    range: AttenuatorRange
    plays: bool
    provenance: str = "recalled"


def _model(maximum: int, channels: int = 1) -> AttenuatorModel:
    return AttenuatorModel(
        range=AttenuatorRange(
            minimum=Decimal(0), maximum=Decimal(maximum), step=_QUARTER, channels=channels
        ),
        plays=channels == 1,
    )


MODELS: Mapping[str, AttenuatorModel] = {
    "RCDAT-6000-30": _model(30),
    "RCDAT-6000-60": _model(60),
    "RCDAT-6000-90": _model(90),
    "RCDAT-6000-110": _model(110),
    "RCDAT-8000-30": _model(30),
    "RCDAT-8000-60": _model(60),
    "RCDAT-8000-90": _model(90),
    "RUDAT-4000-120": _model(120),
    "RUDAT-6000-30": _model(30),
    "RUDAT-6000-60": _model(60),
    "RUDAT-6000-90": _model(90),
    "RUDAT-6000-110": _model(110),
    "RC4DAT-6G-60": _model(60, channels=4),
    "RC4DAT-6G-95": _model(95, channels=4),
    "RC4DAT-8G-95": _model(95, channels=4),
}

MAX_HOP_POINTS = 100
"""Recalled."""
