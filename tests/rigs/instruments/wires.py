"""Every way on which a virtual instrument can be reached, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec

import pytest

from assay.clock import Clock, LoopThread
from rigs.virtual.hislip import HislipServer
from rigs.virtual.pty_server import PtyServer
from rigs.virtual.server import InstrumentServer
from rigs.virtual.sessions import Speaker
from rigs.virtual.transport import ScpiServer


class SerialDeviceServer(ScpiServer):
    """The TCP port of a box with a serial line behind it."""

    @property
    def resource(self) -> str:
        return self.serial_resource


WIRES: Mapping[str, Callable[..., InstrumentServer]] = {
    "SOCKET": ScpiServer,
    "HiSLIP": HislipServer,
    "pty": PtyServer,
    "serial over TCP": SerialDeviceServer,
}


def need(wire: str) -> None:
    """Skip where what carries this wire is not installed."""
    if wire not in ("SOCKET", "HiSLIP") and find_spec("serial") is None:
        pytest.skip("pyserial is not installed")


@contextmanager
def served(
    wire: str, speaker: Speaker, clock: Clock, loop_thread: LoopThread, end: bytes = b"\n"
) -> Iterator[InstrumentServer]:
    need(wire)
    with WIRES[wire](speaker, clock, loop_thread, end=end) as server:
        yield server
