"""Energy reference standards: two languages say the same of one circuit, exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
import pyvisa
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import BenchFault
from rigs.capabilities import EnergyStandard, ReferenceMeter
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.reference import BinaryEnergyStandard
from rigs.drivers.reference.packets import Packet
from rigs.drivers.reference_meter import EnergyReference
from rigs.premises import Contactor, SupplyNode
from rigs.premises_circuits import Circuits, Mains, single_phase, three_phases
from rigs.premises_pulses import PulseOutput
from rigs.virtual.faults import (
    Effect,
    Fault,
)
from rigs.virtual.octet_pty import PtyOctetServer
from rigs.virtual.reference import Standard, VirtualBinaryStandard
from rigs.virtual.reference_meter import VirtualReferenceMeter
from rigs.virtual.transport import ScpiServer
from tests.rigs.laboratory.line_faults import line_faults

TIMEOUT_S = 0.2
HOUR = timedelta(hours=1)
VOLTS, HERTZ = Decimal(230), Decimal(50)


@dataclass
class Circuit:
    """What is measured: one phase or three, with the light of a meter that reads 0.7 % too much."""

    circuits: Circuits
    pulses: PulseOutput
    feed: Callable[[Decimal, Decimal], None]

    def draw(self, watts: int, reactive: int = 0) -> None:
        for load in self.circuits.loads:
            load.request(Decimal(watts), Decimal(reactive))
        total = Decimal(watts) * len(self.circuits.loads)
        self.pulses.register(total * Decimal("1.007"))


def circuit(clock: SimulatedClock, phases: int) -> Circuit:
    contactor = Contactor(clock)
    if phases == 1:
        supply = SupplyNode(clock)
        built, feed = single_phase(clock, supply, contactor), supply.feed
    else:
        mains = Mains(clock)
        built, feed = three_phases(clock, mains, contactor), mains.feed
    feed(VOLTS, HERTZ)
    return Circuit(circuits=built, pulses=PulseOutput(clock, 1000), feed=feed)


@dataclass
class Bench:
    reference: EnergyReference | BinaryEnergyStandard
    server: ScpiServer | PtyOctetServer
    question: str
    """What a fault has to look for to hit a reading."""


Start = Callable[
    [SimulatedClock, LoopThread, pyvisa.ResourceManager, Circuit, bool],
    AbstractContextManager[Bench],
]


@contextmanager
def scpi(
    clock: SimulatedClock,
    loop_thread: LoopThread,
    resources: pyvisa.ResourceManager,
    wired: Circuit,
    sees_light: bool,
) -> Iterator[Bench]:
    peer = VirtualReferenceMeter(
        clock,
        wired.circuits.loads[0],
        circuits=wired.circuits,
        pulses=wired.pulses if sees_light else None,
    )
    with ScpiServer(peer.instrument, clock, loop_thread) as server:
        driver = EnergyReference(resources, server.resource, clock, timeout_s=TIMEOUT_S)
        yield Bench(driver, server, "MEAS:ENER?")
        driver.close()


@contextmanager
def binary(
    clock: SimulatedClock,
    loop_thread: LoopThread,
    _resources: pyvisa.ResourceManager,
    wired: Circuit,
    sees_light: bool,
) -> Iterator[Bench]:
    standard = Standard(
        clock,
        wired.circuits.loads[0],
        circuits=wired.circuits,
        pulses=wired.pulses if sees_light else None,
    )
    peer = VirtualBinaryStandard(standard)
    with PtyOctetServer(peer, clock, loop_thread, baud=57_600) as server:
        driver = BinaryEnergyStandard(server.resource, clock, timeout_s=TIMEOUT_S)
        yield Bench(driver, server, "READ_ENERGY")
        driver.close()


@pytest.fixture(params=[scpi, binary])
def start(request: pytest.FixtureRequest) -> Start:
    chosen: Start = request.param
    return chosen


@pytest.fixture
def wired(clock: SimulatedClock, loop_thread: LoopThread) -> Circuit:
    return loop_thread.run(lambda: circuit(clock, 1))


@pytest.fixture
def bench(
    start: Start,
    clock: SimulatedClock,
    loop_thread: LoopThread,
    resources: pyvisa.ResourceManager,
    wired: Circuit,
) -> Iterator[Bench]:
    with start(clock, loop_thread, resources, wired, True) as opened:
        yield opened


def test_a_standard_has_both_capabilities(bench: Bench) -> None:
    assert isinstance(bench.reference, EnergyStandard)
    assert isinstance(bench.reference, ReferenceMeter)
    assert bench.reference.identify().maker == "Assay"


def test_energy_counts_from_start_to_stop(
    bench: Bench, wired: Circuit, clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    loop_thread.run(lambda: wired.draw(2300, -1000))
    bench.reference.stop()
    bench.reference.zero()
    clock.advance(HOUR)
    bench.reference.start()
    clock.advance(HOUR)
    run = bench.reference.stop()
    clock.advance(HOUR)
    assert run.active.value == 2300
    assert run.reactive.value == -1000
    assert bench.reference.measure_energy().value == 2300
    (phase,) = run.phases
    assert phase.volts.value == VOLTS
    assert phase.amps.value == pytest.approx(Decimal("10.9043"), abs=Decimal("0.001"))
    assert phase.power_factor.value == pytest.approx(Decimal("-0.917075"), abs=Decimal("0.00001"))


def test_a_reset_counts_on_after_a_stop(
    bench: Bench, wired: Circuit, clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    loop_thread.run(lambda: wired.draw(1000))
    bench.reference.stop()
    bench.reference.reset_energy()
    clock.advance(HOUR)
    assert bench.reference.measure_energy().value == 1000


def test_every_phase_is_measured(
    start: Start,
    clock: SimulatedClock,
    loop_thread: LoopThread,
    resources: pyvisa.ResourceManager,
) -> None:
    wired = loop_thread.run(lambda: circuit(clock, 3))
    with start(clock, loop_thread, resources, wired, True) as bench:
        loop_thread.run(lambda: wired.draw(1000))
        bench.reference.reset_energy()
        clock.advance(HOUR)
        run = bench.reference.stop()
    assert run.active.value == 3000
    assert len(run.phases) == 3


def test_the_error_of_a_meter_is_found_by_its_light(
    bench: Bench, wired: Circuit, loop_thread: LoopThread
) -> None:
    loop_thread.run(lambda: wired.draw(2300))
    error = bench.reference.error_percent(pulses=50, constant=1000)
    assert error.unit == "%"
    assert error.value == pytest.approx(Decimal("0.7"), abs=Decimal("0.0001"))


def test_the_load_may_change_between_the_pulses(
    bench: Bench, wired: Circuit, clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    loop_thread.run(lambda: wired.draw(2300))
    clock.call_later(timedelta(seconds=20), lambda: wired.draw(700))
    error = bench.reference.error_percent(pulses=50, constant=1000)
    assert error.value == pytest.approx(Decimal("0.7"), abs=Decimal("0.0001"))


def test_pulses_that_stop_coming_are_the_benchs_fault(
    bench: Bench, wired: Circuit, clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    loop_thread.run(lambda: wired.draw(2300))
    clock.call_later(timedelta(seconds=5), lambda: wired.feed(Decimal(0), Decimal(0)))
    clock.call_later(timedelta(seconds=5), lambda: wired.pulses.register(Decimal(0)))
    with pytest.raises(BenchFault, match="expected 50 pulses of the meter, seen 2"):
        bench.reference.error_percent(pulses=50, constant=1000)


def test_a_standard_without_an_eye_refuses(
    start: Start,
    clock: SimulatedClock,
    loop_thread: LoopThread,
    resources: pyvisa.ResourceManager,
    wired: Circuit,
) -> None:
    with (
        start(clock, loop_thread, resources, wired, False) as bench,
        pytest.raises(RemoteInstrumentError),
    ):
        bench.reference.error_percent(pulses=1, constant=1000)


@line_faults(late_s=1.5 * TIMEOUT_S)
def test_a_fault_of_the_line_is_the_benchs_fault_and_passes(
    bench: Bench, effect: Effect, error: type[BenchFault]
) -> None:
    before = bench.reference.measure_energy().value
    bench.server.inject(Fault(effect=effect, containing=bench.question))
    with pytest.raises(error):
        bench.reference.measure_energy()
    assert bench.reference.measure_energy().value == before


@settings(deadline=None)
@given(st.integers(0, 255), st.binary(max_size=512))
def test_a_packet_is_read_as_it_was_written(kind: int, data: bytes) -> None:
    assert Packet.from_bytes(Packet(kind, data).to_bytes()) == Packet(kind, data)


@settings(deadline=None)
@given(st.binary(max_size=40), st.data())
def test_a_packet_with_one_wrong_octet_is_none(data: bytes, draw: st.DataObject) -> None:
    octets = bytearray(Packet(1, data).to_bytes())
    at = draw.draw(st.integers(0, len(octets) - 1))
    octets[at] ^= draw.draw(st.integers(1, 255))
    try:
        assert Packet.from_bytes(bytes(octets)) is None
    except ValueError:
        assert at in (0, 2, 3)  # no packet begins so, or none is so long


def test_what_came_with_a_wrong_sum_is_asked_for_again(
    clock: SimulatedClock, loop_thread: LoopThread, wired: Circuit
) -> None:
    """A line that turns over one bit of the first request."""

    class NoisyLine(VirtualBinaryStandard):
        spoilt = 0

        def answer(self, request: bytes) -> bytes:
            if request[1] == 0x03 and not self.spoilt:
                self.spoilt += 1
                return super().answer(request[:-1] + bytes((request[-1] ^ 1,)))
            return super().answer(request)

    peer = NoisyLine(Standard(clock, wired.circuits.loads[0]))
    with PtyOctetServer(peer, clock, loop_thread) as server:
        driver = BinaryEnergyStandard(server.resource, clock, timeout_s=TIMEOUT_S)
        driver.zero()
        driver.close()
    assert peer.spoilt == 1
