"""What one measurement through the driver costs, against a raw socket with the same message.

Both talk to the same virtual source on this machine, so the figures are the overhead of
PyVISA, pyvisa-py and the driver; an instrument takes far longer than all of them.
Run it with `python benchmarks/rigs_scpi.py [rounds]`.
"""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from statistics import median

from assay.clock import LoopThread, SimulatedClock
from rigs.drivers.ac_source import AcSource, Ceilings
from rigs.drivers.visa import open_link, visa_resources
from rigs.premises import Contactor, LoadNode, SupplyNode
from rigs.virtual.ac_source import VirtualAcSource
from rigs.virtual.transport import HOST, ScpiServer

MESSAGE = "MEAS:VOLT:AC?;:STAT:QUES:COND?;:SYST:ERR?"  # what `measure_volts` sends
CEILINGS = Ceilings(max_volts=Decimal(280), max_hertz=Decimal(55))


def median_microseconds(exchange: Callable[[], object], rounds: int) -> float:
    spans = []
    for _ in range(rounds):
        began = time.perf_counter()
        exchange()
        spans.append(time.perf_counter() - began)
    return median(spans) * 1e6


def measure(rounds: int) -> dict[str, float]:
    """Median microseconds per exchange, by way."""
    thread = LoopThread()
    clock = SimulatedClock(datetime(2026, 3, 1, tzinfo=UTC), run=thread.run)
    supply = SupplyNode(clock)
    source = VirtualAcSource(clock, supply, LoadNode(clock, supply, Contactor(clock)))
    try:
        with (
            ScpiServer(source.instrument, clock, thread) as server,
            visa_resources() as resources,
            socket.create_connection((HOST, server.port)) as raw,
        ):
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            octets = MESSAGE.encode("ascii") + b"\n"

            def over_socket() -> bytes:
                raw.sendall(octets)
                return raw.recv(4096)

            link = open_link(resources, server.resource, 2.0)
            driver = AcSource(resources, server.resource, clock, CEILINGS)
            driver.open()
            ways: dict[str, Callable[[], object]] = {
                "raw socket": over_socket,
                "PyVISA": lambda: link.query(MESSAGE),
                "driver": driver.measure_volts,
            }
            figures = {way: median_microseconds(ask, rounds) for way, ask in ways.items()}
            driver.close()
            link.close()
            return figures
    finally:
        thread.close()


def main() -> None:
    figures = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
    for way, microseconds in figures.items():
        ratio = microseconds / figures["raw socket"]
        print(f"{way:12} {microseconds:8.0f} us   {ratio:4.1f} x raw socket")


if __name__ == "__main__":
    main()
