"""A source of gas flow: what passes is what the valve lets through, and its volume is exact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
import pyvisa

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import BenchFault, BenchLost, LimitExceeded
from rigs.capabilities import GasFlow as GasFlowCapability
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.gas_source import GasSource
from rigs.premises_gas import GasFlow, GasValve
from rigs.virtual.faults import (
    DroppedConnection,
    Effect,
    Fault,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
    QueuedError,
)
from rigs.virtual.gas_source import VirtualGasSource
from rigs.virtual.transport import ScpiServer

TIMEOUT_S = 0.2
HOUR = timedelta(hours=1)


@dataclass
class Bench:
    source: GasSource
    flow: GasFlow
    valve: GasValve
    server: ScpiServer


@pytest.fixture
def bench(
    clock: SimulatedClock, loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> Iterator[Bench]:
    valve = GasValve(clock)
    flow = GasFlow(clock, valve)
    with ScpiServer(VirtualGasSource(clock, flow).instrument, clock, loop_thread) as server:
        source = GasSource(resources, server.resource, clock, Decimal(10), timeout_s=TIMEOUT_S)
        yield Bench(source, flow, valve, server)
        source.close()


def test_the_flow_that_was_set_passes_the_meter(bench: Bench, clock: SimulatedClock) -> None:
    assert isinstance(bench.source, GasFlowCapability)
    bench.source.set_flow(Decimal("2.5"))
    bench.source.reset_volume()
    clock.advance(2 * HOUR)
    assert bench.flow.cubic_metres_per_hour == Decimal("2.5")
    volume = bench.source.measure_volume()
    assert (volume.value, volume.unit) == (Decimal(5), "m3")


def test_nothing_passes_a_shut_valve(
    bench: Bench, clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    bench.source.set_flow(Decimal(6))
    clock.advance(HOUR)
    loop_thread.run(bench.valve.open)  # a valve that is open to a contactor is shut
    clock.advance(HOUR)
    assert bench.source.measure_flow().value == 0
    assert bench.source.measure_volume().value == 6


def test_safe_stops_the_flow(bench: Bench) -> None:
    bench.source.set_flow(Decimal(6))
    bench.source.safe()
    assert bench.flow.requested == 0


def test_a_flow_above_the_ceiling_is_never_sent(bench: Bench) -> None:
    with pytest.raises(LimitExceeded, match="10 m3/h"):
        bench.source.set_flow(Decimal(11))
    assert bench.flow.requested == 0


@pytest.mark.parametrize(
    ("effect", "error"),
    [
        (NoAnswer(), BenchLost),
        (LateAnswer(delay_s=1.5 * TIMEOUT_S), BenchLost),
        (DroppedConnection(), BenchLost),
        (GarbledAnswer(), RemoteInstrumentError),
        (QueuedError(), RemoteInstrumentError),
    ],
    ids=["none", "late", "dropped", "garbled", "queued"],
)
def test_a_fault_of_the_line_is_the_benchs_fault_and_passes(
    bench: Bench, effect: Effect, error: type[BenchFault]
) -> None:
    bench.server.inject(Fault(effect=effect, containing="VOL?"))
    with pytest.raises(error):
        bench.source.measure_volume()
    assert bench.source.measure_volume().value == 0
