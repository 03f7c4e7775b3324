"""How often the interval of the link-margin procedure holds the truth, over seeds and both bands.

    python benchmarks/rigs/link_margin.py [SEEDS]

Each seed draws a receiver that is up to 12 dB deafer or 6 dB better than declared, on a virtual
ether whose true point of 95 % delivery is known. Goals: the interval holds it in 95 % of the
runs, the estimate is within 1 dB.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from assay.clock import SimulatedClock
from rigs.capabilities import Band
from tests.rigs.link_margin.test_on_the_ether import START, CabledLink, measured


def main() -> int:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    missed = 0
    for band in Band:
        began = time.process_time()
        held = close = 0
        for seed in range(seeds):
            deaf_by = random.Random(seed).uniform(-6, 12)
            link = CabledLink(SimulatedClock(START), band, seed, deaf_by=deaf_by)
            margin = measured(link).margin
            held += float(margin.low) <= link.planted <= float(margin.high)
            close += abs(float(margin.decibels) - link.planted) <= 1
        spent = (time.process_time() - began) / seeds
        print(
            f"{band.value}: truth held in {held} of {seeds}, within 1 dB in {close},"
            f" {1000 * spent:.0f} ms of processor time each",
            flush=True,
        )
        missed += close < seeds or held < seeds * 0.93
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
