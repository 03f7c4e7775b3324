"""One stick on an ether, on a simulated clock, served on a pseudo-terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assay.clock import LoopThread, SimulatedClock
from assay.gbcs.identifiers import Eui64
from rigs.virtual.ether import Ether
from rigs.virtual.ncp import Ncp, NcpServer, PtyNcpServer
from tests.rigs.ncp.radio_node import RadioNode

STICK = Eui64(bytes.fromhex("0011223344556677"))
METER = Eui64(bytes.fromhex("90b3d51f30000001"))
PAN = 0x1A2B
CHANNEL = 15
NETWORK_KEY = bytes(range(16))


@dataclass
class Air:
    """The bench of these tests."""

    loop: LoopThread
    clock: SimulatedClock
    ether: Ether
    ncp: Ncp
    server: NcpServer

    def node(self, eui: Eui64, link_key: bytes, **options: Any) -> RadioNode:
        return self.loop.run(lambda: RadioNode(self.ether, self.clock, eui, link_key, **options))

    def on_loop(self, action: Callable[[], Any]) -> Any:
        return self.loop.run(action)

    def until(
        self, condition: Callable[[], bool], step: timedelta = timedelta(milliseconds=5)
    ) -> None:
        """Let simulated time pass, in small steps, as the host software does not hold it."""
        end = self.clock.now() + timedelta(seconds=60)
        while not condition():
            assert self.clock.now() < end, "waited in vain"
            self.clock.advance(step)
            time.sleep(0.0005)


@pytest.fixture
def air() -> Iterator[Air]:
    loop = LoopThread()
    clock = SimulatedClock(datetime(2026, 3, 1, tzinfo=UTC), run=loop.run)
    ether = Ether(clock)
    ncp = loop.run(lambda: Ncp(ether, ether.node("stick"), clock, STICK))
    server = PtyNcpServer(ncp, clock, loop)
    try:
        yield Air(loop, clock, ether, ncp, server)
    finally:
        server.close()
        loop.close()
