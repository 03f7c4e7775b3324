"""A small bench: simulated clock, loop thread, premises, virtual source and load, drivers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
import pyvisa

from assay.clock import LoopThread, SimulatedClock
from rigs.drivers.ac_source import AcSource
from rigs.drivers.load_bank import LoadBank
from rigs.drivers.visa import visa_resources
from rigs.virtual.ac_source import VirtualAcSource
from rigs.virtual.load_bank import VirtualLoadBank
from rigs.virtual.transport import ScpiServer
from tests.rigs.instruments.benches import CEILINGS, START, Bench, Premises, wired


@pytest.fixture
def premises() -> Premises:
    return wired(SimulatedClock(START))


@pytest.fixture(scope="session")
def loop_thread() -> Iterator[LoopThread]:
    thread = LoopThread("instruments")
    yield thread
    thread.close()


@pytest.fixture(scope="session")
def resources() -> Iterator[pyvisa.ResourceManager]:
    with visa_resources() as manager:
        yield manager


@pytest.fixture
def bench(loop_thread: LoopThread, resources: pyvisa.ResourceManager) -> Iterator[Bench]:
    clock = SimulatedClock(START, run=loop_thread.run)
    premises = wired(clock)
    source = VirtualAcSource(clock, premises.supply, premises.load)
    bank = VirtualLoadBank(premises.load)
    with (
        ScpiServer(source.instrument, clock, loop_thread) as source_server,
        ScpiServer(bank.instrument, clock, loop_thread) as load_server,
    ):
        supply = AcSource(resources, source_server.resource, clock, CEILINGS, timeout_s=0.25)
        load = LoadBank(resources, load_server.resource, clock, Decimal(6000), timeout_s=0.25)
        yield Bench(
            premises=premises,
            source=source,
            source_server=source_server,
            load_server=load_server,
            resources=resources,
            supply=supply,
            load=load,
        )
        supply.close()
        load.close()
