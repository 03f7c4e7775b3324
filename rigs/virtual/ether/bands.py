"""What the two bands differ in: bit rate, the octets around a frame, powers, and thresholds.

2.4 GHz is O-QPSK of 802.15.4; 868 MHz is the frequency shift keying that Great Britain's sub-GHz
networks use. Sensitivity is the level at which 99 of 100 frames arrive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from rigs.capabilities.radio import Band

CHECK_SEQUENCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class BandPlan:
    """`preamble_octets`: preamble, start of frame and length, before the MAC's first octet.

    `acknowledge_after`: from the end of a frame to the start of its acknowledgement.
    """

    bits_per_second: int
    preamble_octets: int
    transmit_dbm: float
    sensitivity_dbm: float
    noise_dbm: float
    loss_at_one_metre_db: float
    backoff: timedelta
    acknowledge_after: timedelta

    def airtime(self, octets: int) -> timedelta:
        """Of a frame with so many octets, without its check sequence."""
        bits = 8 * (self.preamble_octets + octets + CHECK_SEQUENCE)
        return timedelta(microseconds=-(-bits * 1_000_000 // self.bits_per_second))


PLANS: Mapping[Band, BandPlan] = {
    Band.GHZ_2_4: BandPlan(
        bits_per_second=250_000,
        preamble_octets=6,
        transmit_dbm=8.0,  # this bench's choice
        sensitivity_dbm=-97.0,  # recalled: usual for a chip; the standard asks for -85
        noise_dbm=-105.0,
        loss_at_one_metre_db=40.2,
        backoff=timedelta(microseconds=320),
        acknowledge_after=timedelta(microseconds=192),
    ),
    Band.SUB_GHZ: BandPlan(
        bits_per_second=100_000,
        preamble_octets=12,  # inferred: eight of preamble, two of start, two of length
        transmit_dbm=14.0,  # inferred: 25 mW
        sensitivity_dbm=-106.0,  # recalled
        noise_dbm=-114.0,
        loss_at_one_metre_db=31.2,
        backoff=timedelta(microseconds=1000),
        acknowledge_after=timedelta(microseconds=1000),
    ),
}
