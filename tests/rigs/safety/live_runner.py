"""A runner reduced to what matters here: it holds a bench, switches it on, and says so.

    python -m tests.rigs.safety.live_runner BENCH LEASES LIMIT_S

After `on` it obeys lines of standard input: `end` leaves in order, `raise` fails, anything else
is waited for for ever.
"""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

from assay.clock import LoopThread, WallClock
from assay.declarations import read_bench
from assay.verdicts import BenchFault
from fixtures.instruments import open_instruments, standing
from rigs.driver_entry import Surroundings
from rigs.drivers.visa import visa_resources
from rigs.safety.guard import guarded


def main(bench: Path, leases: Path, limit_s: float) -> None:
    file = read_bench(bench).value
    loop_thread = LoopThread("runner")
    around = Surroundings(clock=WallClock(loop_thread), loop_thread=loop_thread)
    try:
        with (
            visa_resources() as resources,
            guarded(standing(file), folder=leases, limit_s=limit_s) as guard,
            open_instruments(file, around, resources, guard=guard) as instruments,
        ):
            instruments.supply.set_steady(Decimal(230), Decimal(50))
            instruments.supply.output(True)
            instruments.load.set_watts(Decimal(2000))
            print(f"on {guard.watchdog}", flush=True)
            if sys.stdin.readline().strip() == "raise":
                raise BenchFault("a fault in the middle of a scenario")
    finally:
        loop_thread.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
