"""What a network operator sets on the voltage monitors (ECS29a to ECS29d)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """A threshold in whole volts, and for how many seconds it must be passed."""

    volts: int
    period_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoltageSettings:
    """Thresholds in whole volts (the national vectors have 264 for a 230 V supply), periods
    in seconds; a period of zero disables its monitor (E-087).

    The defaults are this bench's choice around 230 V +10 % -6 %: no source used here tells
    what a meter is delivered with.
    """

    average_over_volts: int = 253
    average_under_volts: int = 216
    average_period_s: int = 600
    extreme_over: Level = Level(276, 30)
    extreme_under: Level = Level(184, 30)
    sag: Level = Level(207, 30)
    swell: Level = Level(265, 30)
