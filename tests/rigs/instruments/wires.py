"""Every way on which a virtual instrument can be reached, by name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import pytest

from assay.clock import Clock, LoopThread
from rigs.virtual.server import InstrumentServer
from rigs.virtual.sessions import Speaker
from rigs.virtual.wires import WIRES

__all__ = ["WIRES", "need", "served"]


def need(wire: str) -> None:
    """Skip where what carries this wire is not installed."""
    if wire not in ("socket", "hislip") and find_spec("serial") is None:
        pytest.skip("pyserial is not installed")


@contextmanager
def served(
    wire: str, speaker: Speaker, clock: Clock, loop_thread: LoopThread, end: bytes = b"\n"
) -> Iterator[InstrumentServer]:
    need(wire)
    with WIRES[wire](speaker, clock, loop_thread, end=end) as server:
        yield server
