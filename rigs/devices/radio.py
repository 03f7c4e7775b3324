"""How far the radio of a device falls short of what is usual in its band.

A device knows nothing of the air. What stands here is taken over by the antenna that the bench
gives it, in a radio pair or in a whole network.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class RadioFrontEnd:
    """Decibels that are missing; a sound one misses none."""

    hears_less_db: float = 0.0
    sends_less_db: float = 0.0
