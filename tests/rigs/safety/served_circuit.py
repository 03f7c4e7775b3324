"""A circuit in a process of its own: virtual source and load on wall time, with its own log.

    python -m tests.rigs.safety.served_circuit LOG

Prints the addresses as one JSON line, then serves until standard input ends. Each change of the
source's output and of the load's demand is a line of the log: seconds since the epoch, what, how
much.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from assay.clock import LoopThread, WallClock
from rigs.premises import Contactor, LoadNode, SupplyNode
from rigs.virtual.ac_source import VirtualAcSource
from rigs.virtual.load_bank import VirtualLoadBank
from rigs.virtual.reference_meter import VirtualReferenceMeter
from rigs.virtual.transport import ScpiServer


def main(log: Path) -> None:
    with ExitStack() as stack:
        loop_thread = LoopThread("circuit")
        stack.callback(loop_thread.close)
        clock = WallClock(loop_thread)
        file = stack.enter_context(log.open("a", buffering=1))

        def note(what: str, value: object) -> None:
            file.write(f"{time.time():.6f} {what} {value}\n")

        def wire() -> tuple[VirtualAcSource, VirtualLoadBank, VirtualReferenceMeter]:
            supply = SupplyNode(clock)
            load = LoadNode(clock, supply, Contactor(clock))
            supply.listen(lambda _at, volts: note("volts", volts))
            load.listen_demand(lambda _at, watts: note("watts", watts))
            return (
                VirtualAcSource(clock, supply, load),
                VirtualLoadBank(load),
                VirtualReferenceMeter(clock, load),
            )

        servers = [
            stack.enter_context(ScpiServer(each.instrument, clock, loop_thread))
            for each in loop_thread.run(wire)
        ]
        names = ("supply", "load", "reference")
        addresses = {n: each.resource for n, each in zip(names, servers, strict=True)}
        print(json.dumps(addresses), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
