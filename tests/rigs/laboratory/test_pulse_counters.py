"""Pulse counters: every pulse is counted at its time, and one that is lost on the way is missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
import pyvisa

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import BenchFault, BenchLost, NotApplicable
from rigs.capabilities import PulseCounter
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.pulse_counter import ScpiPulseCounter, TimestampingCounter
from rigs.premises_pulses import PulseOutput
from rigs.virtual.faults import (
    Effect,
    Fault,
    NoAnswer,
    QueuedError,
)
from rigs.virtual.octet_pty import PtyOctetServer
from rigs.virtual.pulse_counter import VirtualScpiCounter, VirtualTimestamper
from rigs.virtual.transport import ScpiServer
from tests.rigs.laboratory.line_faults import line_faults

TIMEOUT_S = 0.2
MINUTE = timedelta(minutes=1)


@pytest.fixture
def output(clock: SimulatedClock, loop_thread: LoopThread) -> PulseOutput:
    """1,000 pulses for a kilowatt-hour at 3.6 kW: one in a second."""
    output = PulseOutput(clock, 1000)
    loop_thread.run(lambda: output.register(Decimal(3600)))
    return output


@pytest.fixture
def board(clock: SimulatedClock, output: PulseOutput) -> VirtualTimestamper:
    return VirtualTimestamper(clock, output)


@pytest.fixture
def board_server(
    board: VirtualTimestamper, clock: SimulatedClock, loop_thread: LoopThread
) -> Iterator[PtyOctetServer]:
    with PtyOctetServer(board, clock, loop_thread, baud=115_200) as server:
        yield server


@pytest.fixture
def stamper(board_server: PtyOctetServer, clock: SimulatedClock) -> Iterator[TimestampingCounter]:
    driver = TimestampingCounter(board_server.resource, clock, timeout_s=TIMEOUT_S)
    yield driver
    driver.close()


@pytest.fixture
def totaliser_server(
    output: PulseOutput, clock: SimulatedClock, loop_thread: LoopThread
) -> Iterator[ScpiServer]:
    with ScpiServer(VirtualScpiCounter(output).instrument, clock, loop_thread) as server:
        yield server


@pytest.fixture
def totaliser(
    totaliser_server: ScpiServer, clock: SimulatedClock, resources: pyvisa.ResourceManager
) -> Iterator[ScpiPulseCounter]:
    driver = ScpiPulseCounter(resources, totaliser_server.resource, clock, timeout_s=TIMEOUT_S)
    yield driver
    driver.close()


@pytest.mark.parametrize("name", ["stamper", "totaliser"])
def test_a_counter_counts_from_when_it_was_armed(
    name: str, clock: SimulatedClock, request: pytest.FixtureRequest
) -> None:
    counter = request.getfixturevalue(name)
    assert isinstance(counter, PulseCounter)
    clock.advance(MINUTE)
    counter.arm()
    assert counter.count() == 0
    clock.advance(MINUTE)
    assert counter.count() == 60
    counter.arm()
    clock.advance(2 * MINUTE)
    assert counter.count() == 120


def test_each_pulse_has_its_time(clock: SimulatedClock, stamper: TimestampingCounter) -> None:
    stamper.arm()
    began = clock.now()
    clock.advance(timedelta(seconds=3.5))
    assert list(stamper.timestamps()) == [began + timedelta(seconds=n) for n in (1, 2, 3)]
    clock.advance(timedelta(seconds=1))
    assert stamper.identify().model == "virtual-timestamper"
    assert len(stamper.timestamps()) == 4


def test_two_counters_watch_one_light(
    clock: SimulatedClock, stamper: TimestampingCounter, totaliser: ScpiPulseCounter
) -> None:
    stamper.arm()
    clock.advance(MINUTE)
    totaliser.arm()
    clock.advance(MINUTE)
    assert (stamper.count(), totaliser.count()) == (120, 60)


def test_a_totaliser_says_that_it_notes_no_times(totaliser: ScpiPulseCounter) -> None:
    with pytest.raises(NotApplicable, match="no times"):
        totaliser.timestamps()


def test_a_pulse_that_is_lost_on_the_way_is_found(
    clock: SimulatedClock, board: VirtualTimestamper, stamper: TimestampingCounter
) -> None:
    board.misses = 7
    stamper.arm()
    clock.advance(timedelta(seconds=10))
    with pytest.raises(BenchFault, match="10 pulses, 9 have come"):
        stamper.count()


def test_a_counter_that_was_never_armed_counts_nothing(stamper: TimestampingCounter) -> None:
    with pytest.raises(BenchFault, match="armed"):
        stamper.count()


@line_faults(late_s=1.5 * TIMEOUT_S)
@pytest.mark.parametrize(
    ("name", "server", "question"),
    [("stamper", "board_server", "S"), ("totaliser", "totaliser_server", "DATA?")],
)
def test_a_fault_of_the_line_is_the_benchs_fault_and_passes_when_armed_again(
    name: str,
    server: str,
    question: str,
    effect: Effect,
    error: type[BenchFault],
    clock: SimulatedClock,
    request: pytest.FixtureRequest,
) -> None:
    counter = request.getfixturevalue(name)
    counter.arm()
    request.getfixturevalue(server).inject(Fault(effect=effect, containing=question))
    with pytest.raises(error):
        counter.count()
    counter.arm()
    clock.advance(timedelta(seconds=5))
    assert counter.count() == 5


def test_a_lost_line_may_have_cost_pulses(
    clock: SimulatedClock, board_server: PtyOctetServer, stamper: TimestampingCounter
) -> None:
    stamper.arm()
    board_server.inject(Fault(effect=NoAnswer(), containing="S"))
    with pytest.raises(BenchLost):
        stamper.count()
    clock.advance(MINUTE)
    with pytest.raises(BenchFault, match="armed"):
        stamper.count()


def test_an_error_in_the_counters_queue_is_told(
    totaliser: ScpiPulseCounter, totaliser_server: ScpiServer
) -> None:
    totaliser.arm()
    totaliser_server.inject(Fault(effect=QueuedError(number=-240), containing="DATA?"))
    with pytest.raises(RemoteInstrumentError, match="-240"):
        totaliser.count()
