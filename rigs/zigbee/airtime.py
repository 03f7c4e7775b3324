"""How long a frame occupies the air: what duty cycles are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from rigs.capabilities.radio import Band
from rigs.zigbee.fcs import FCS_SIZE


@dataclass(frozen=True, slots=True, kw_only=True)
class Modulation:
    """What a radio puts before each frame (preamble, delimiter, length), and its speed."""

    octets_before: int
    bits_per_second: int
    provenance: str


MODULATIONS = {
    Band.GHZ_2_4: Modulation(
        octets_before=4 + 1 + 1, bits_per_second=250_000, provenance="published"
    ),
    Band.SUB_GHZ: Modulation(
        octets_before=8 + 2 + 2, bits_per_second=100_000, provenance="recalled"
    ),
}


def airtime(frame_size: int, band: Band) -> timedelta:
    """Of a frame of so many octets without its check sequence."""
    modulation = MODULATIONS[band]
    bits = 8 * (modulation.octets_before + frame_size + FCS_SIZE)
    return timedelta(microseconds=bits * 1_000_000 // modulation.bits_per_second)
