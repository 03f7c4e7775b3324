"""What one measurement through a driver costs, against a raw socket with the same message.

All ask the same virtual source on this machine, so the figures are the overhead of PyVISA,
pyvisa-py and the driver; an instrument takes far longer than all of them.
Run it with `python benchmarks/rigs/scpi_overhead.py [rounds]`. (A file `benchmarks/rigs.py`
would be taken for the package `rigs` by every script beside it.)
"""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from statistics import median

from assay.clock import LoopThread, SimulatedClock
from rigs.drivers.ac_source import AcSource, Ceilings
from rigs.drivers.visa import open_link, visa_resources
from rigs.premises import Contactor, LoadNode, SupplyNode
from rigs.virtual.ac_source import VirtualAcSource
from rigs.virtual.hislip import HislipServer
from rigs.virtual.pty_server import PtyServer
from rigs.virtual.server import HOST
from rigs.virtual.transport import ScpiServer

MESSAGE = "MEAS:VOLT:AC?;:STAT:QUES:COND?;:SYST:ERR?"  # what `measure_volts` sends
CEILINGS = Ceilings(max_volts=Decimal(280), max_hertz=Decimal(55))


def measure(rounds: int) -> Iterator[str]:
    """A line for each way, with the median of so many exchanges."""
    thread = LoopThread()
    clock = SimulatedClock(datetime(2026, 3, 1, tzinfo=UTC), run=thread.run)
    supply = SupplyNode(clock)
    source = VirtualAcSource(clock, supply, LoadNode(clock, supply, Contactor(clock)))
    speaker = source.instrument
    try:
        with (
            ScpiServer(speaker, clock, thread) as lines,
            HislipServer(speaker, clock, thread) as hislip,
            PtyServer(speaker, clock, thread) as serial,
            visa_resources() as resources,
        ):
            with _raw_socket(lines.port) as ask:
                unit = _median_microseconds(ask, rounds)
            yield _row("raw socket", unit, unit)
            with _raw_terminal(str(serial.path)) as ask:
                yield _row("raw pty", _median_microseconds(ask, rounds), unit)
            for wire, server in (("SOCKET", lines), ("HiSLIP", hislip), ("pty", serial)):
                link = open_link(resources, server.resource, 2.0)
                plain = _median_microseconds(partial(link.query, MESSAGE), rounds)
                link.close()
                yield _row(f"PyVISA, {wire}", plain, unit)
                driver = AcSource(resources, server.resource, clock, CEILINGS)
                driver.open()
                ours = _median_microseconds(driver.measure_volts, rounds)
                driver.close()
                yield _row(f"driver, {wire}", ours, unit)
    finally:
        thread.close()


@contextmanager
def _raw_socket(port: int) -> Iterator[Callable[[], object]]:
    octets = MESSAGE.encode("ascii") + b"\n"
    with socket.create_connection((HOST, port)) as raw:
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def ask() -> bytes:
            raw.sendall(octets)
            return raw.recv(4096)

        yield ask


@contextmanager
def _raw_terminal(path: str) -> Iterator[Callable[[], object]]:
    octets = MESSAGE.encode("ascii") + b"\n"
    line = os.open(path, os.O_RDWR | os.O_NOCTTY)

    def ask() -> bytes:
        os.write(line, octets)
        answer = b""
        while not answer.endswith(b"\n"):
            answer += os.read(line, 4096)
        return answer

    try:
        yield ask
    finally:
        os.close(line)


def _row(way: str, microseconds: float, unit: float) -> str:
    return f"{way:16} {microseconds:8.0f} us   {microseconds / unit:4.1f} x raw socket"


def _median_microseconds(exchange: Callable[[], object], rounds: int) -> float:
    spans = []
    for _ in range(rounds):
        began = time.perf_counter()
        exchange()
        spans.append(time.perf_counter() - began)
    return median(spans) * 1e6


if __name__ == "__main__":
    for line in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 2000):
        print(line)
