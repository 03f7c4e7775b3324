"""From a link's margin to the chance that one frame arrives: a smooth curve, without surprises.

The chance is the logistic function of the margin over the sensitivity in decibels, placed so that
at a margin of zero 99 of 100 frames arrive: 1 / (1 + exp(-(margin + ln 99))). It falls to 95 % at
-1.65 dB, to one half at -4.60 dB and to 5 % at -7.54 dB. Length is not modelled. Noise that an
interferer adds raises the sensitivity by as much as it raises the noise floor.
"""

from __future__ import annotations

import math

_AT_ZERO = math.log(99)
MAX_LINK_QUALITY = 255
_QUALITY_PER_DB = 8


def delivery_probability(margin_db: float) -> float:
    """That one frame arrives, sent once."""
    if margin_db < -100:
        return 0.0
    return 1 / (1 + math.exp(-(margin_db + _AT_ZERO)))


def margin_for(probability: float) -> float:
    """The margin in decibels at which one frame arrives with this probability, between 0 and 1."""
    if not 0 < probability < 1:
        raise ValueError(f"expected a probability between 0 and 1, got {probability}")
    return math.log(probability / (1 - probability)) - _AT_ZERO


def noise_rise_db(noise_dbm: float, interference_dbm: float) -> float:
    """By how much an interferer lifts the noise floor of a receiver."""
    return 10 * math.log10(1 + 10 ** ((interference_dbm - noise_dbm) / 10))


def sum_dbm(levels: list[float]) -> float:
    """The level of several powers together; -inf of none."""
    total = sum(10 ** (level / 10) for level in levels)
    return 10 * math.log10(total) if total else -math.inf


def link_quality(margin_db: float) -> int:
    """0 to 255: eight for each decibel of margin over the level of no reception (inferred)."""
    return max(0, min(MAX_LINK_QUALITY, round((margin_db + 8) * _QUALITY_PER_DB)))
