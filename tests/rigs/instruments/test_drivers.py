"""Drivers against instruments on the wire: the contracts, and what a bad bench leads to.

The drivers know only an address, so the same tests are valid for hardware at that address.
"""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
import pyvisa

from assay.clock import Clock, LoopThread, SimulatedClock, WallClock
from assay.verdicts import BenchFault, BenchLost, LimitExceeded
from rigs.capabilities import Load, Step, Supply
from rigs.drivers.ac_source import AcSource
from rigs.drivers.load_bank import LoadBank
from rigs.drivers.scpi import RemoteInstrumentError
from rigs.drivers.source_models import MODELS
from rigs.drivers.visa import open_link, visa_resources
from rigs.premises import Contactor, LoadNode, SupplyNode
from rigs.virtual.ac_source import VirtualAcSource
from rigs.virtual.ac_source_settings import RATINGS
from rigs.virtual.faults import (
    DroppedConnection,
    Effect,
    Fault,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
    QueuedError,
)
from rigs.virtual.transport import ScpiServer
from tests.rigs.instruments.benches import CEILINGS, START, Bench, wired

VOLTS, HERTZ = Decimal(230), Decimal(50)


def step(volts: int, milliseconds: int, hertz: int = 50) -> Step:
    return Step(
        volts=Decimal(volts),
        hertz=Decimal(hertz),
        duration=timedelta(milliseconds=milliseconds),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rig:
    """A supply and the clock that it plays on."""

    supply: Supply
    clock: Clock


@pytest.fixture(params=sorted(RATINGS))
def rig(
    request: pytest.FixtureRequest, loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> Iterator[Rig]:
    """Every model that can be had without hardware, behind its driver."""
    clock = SimulatedClock(START, run=loop_thread.run)
    premises = wired(clock)
    source = VirtualAcSource(clock, premises.supply, premises.load, model=request.param)
    with ScpiServer(source.instrument, clock, loop_thread) as server:
        driver = AcSource(resources, server.resource, clock, CEILINGS)
        yield Rig(supply=driver, clock=clock)
        driver.close()


def test_drivers_are_the_capabilities(bench: Bench) -> None:
    assert isinstance(bench.supply, Supply)
    assert isinstance(bench.load, Load)


def test_every_supply_reports_what_it_was_told(rig: Rig) -> None:
    rig.supply.set_steady(Decimal("207.5"), Decimal("49.9"))
    rig.supply.output(on=True)
    assert rig.supply.measure_volts().value == Decimal("207.5")
    assert rig.supply.measure_hertz().value == Decimal("49.9")
    rig.supply.output(on=False)
    assert rig.supply.measure_volts().value == 0


def test_every_supply_returns_to_steady_after_a_waveform(rig: Rig) -> None:
    rig.supply.set_steady(VOLTS, HERTZ)
    rig.supply.output(on=True)
    rig.supply.play([step(207, 2000), step(253, 2000)])
    seen = []
    for _ in range(3):
        rig.clock.advance(timedelta(seconds=1))
        seen.append(rig.supply.measure_volts().value)
        rig.clock.advance(timedelta(seconds=1))
    assert seen == [207, 253, 230]


def test_every_supply_is_off_when_it_is_safe(rig: Rig) -> None:
    rig.supply.set_steady(VOLTS, HERTZ)
    rig.supply.output(on=True)
    rig.supply.safe()
    assert rig.supply.measure_volts().value == 0


def test_every_supply_knows_what_it_is_and_what_it_may(rig: Rig) -> None:
    assert rig.supply.identify().model in MODELS
    limits = rig.supply.limits()
    assert [limits.max_volts, limits.max_hertz] == [CEILINGS.max_volts, CEILINGS.max_hertz]
    assert limits.max_steps in (99, 100)  # one is kept for the way back to steady


def test_on_wall_time_an_interruption_is_not_shorter_than_programmed(
    loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    clock = WallClock(loop_thread)
    supply = SupplyNode(clock)
    source = VirtualAcSource(clock, supply, LoadNode(clock, supply, Contactor(clock)))
    with ScpiServer(source.instrument, clock, loop_thread) as server:
        driver = AcSource(resources, server.resource, clock, CEILINGS)
        driver.set_steady(VOLTS, HERTZ)
        driver.output(on=True)
        driver.play([step(0, 50)])
        assert clock.wait_until(lambda: len(source.log) == 3, timedelta(seconds=10))
        driver.close()
    _, cut, back = source.log
    assert timedelta(milliseconds=50) <= back.at - cut.at < timedelta(seconds=5)


def test_a_programmed_interruption_of_50_ms_is_50_ms(bench: Bench) -> None:
    bench.supply.set_steady(VOLTS, HERTZ)
    bench.supply.output(on=True)
    bench.supply.play([step(0, 50)])
    bench.premises.clock.advance(timedelta(seconds=1))
    on, cut, back = bench.source.log
    assert [change.volts for change in (on, cut, back)] == [230, 0, 230]
    assert [cut.at, back.at] == [START, START + timedelta(milliseconds=50)]


def test_a_hundred_steps_are_played_as_told(bench: Bench) -> None:
    steps = [step(200 + index % 50, 10 + index) for index in range(100)]
    bench.supply.set_steady(VOLTS, HERTZ)
    bench.supply.output(on=True)
    bench.supply.play(steps)
    bench.premises.clock.advance(timedelta(minutes=1))
    wave = bench.source.log[1:]
    assert [change.volts for change in wave[:-1]] == [step.volts for step in steps]
    lengths = [after.at - before.at for before, after in itertools.pairwise(wave)]
    assert lengths == [step.duration for step in steps]


def test_a_waveform_does_not_begin_while_another_is_played(bench: Bench) -> None:
    bench.supply.play([step(0, 50)])
    with pytest.raises(RemoteInstrumentError, match="-213"):
        bench.supply.play([step(0, 50)])
    bench.supply.stop()
    bench.supply.play([step(0, 50)])


def test_readings_say_what_where_and_when(bench: Bench) -> None:
    bench.supply.set_steady(VOLTS, HERTZ)
    bench.supply.output(on=True)
    bench.premises.clock.advance(timedelta(minutes=1))
    reading = bench.supply.measure_volts()
    assert (reading.quantity, reading.unit) == ("voltage", "V")
    assert reading.at == START + timedelta(minutes=1)
    assert reading.instrument == bench.supply.identify()
    assert reading.instrument.serial == "SIMULATED"


def test_source_and_load_measure_the_same_current(bench: Bench) -> None:
    bench.supply.set_steady(VOLTS, HERTZ)
    bench.supply.output(on=True)
    bench.load.set_watts(Decimal(2000))
    assert bench.supply.measure_amps().value == Decimal("8.695652")
    assert bench.load.measure_amps().value == Decimal("8.695652")
    assert bench.load.measure_watts().value == 2000


def test_the_load_is_dead_behind_an_open_contactor(bench: Bench) -> None:
    bench.supply.set_steady(VOLTS, HERTZ)
    bench.supply.output(on=True)
    bench.load.set_watts(Decimal(2000))
    bench.premises.contactor.open()
    assert bench.load.measure_volts().value == 0
    assert bench.load.measure_amps().value == 0
    assert bench.supply.measure_amps().value == 0
    assert bench.supply.measure_volts().value == 230


def test_a_load_of_no_watts_is_switched_off(bench: Bench) -> None:
    bench.load.set_watts(Decimal(2000))
    bench.load.set_watts(Decimal(0))
    assert bench.load.query("INP?") == ("0",)
    bench.load.set_watts(Decimal(2000))
    bench.load.safe()
    assert bench.load.query("INP?") == ("0",)
    assert bench.premises.load.requested_watts == 0


@pytest.mark.parametrize(
    "stimulate",
    [
        lambda bench: bench.supply.set_steady(Decimal("280.1"), HERTZ),
        lambda bench: bench.supply.set_steady(VOLTS, Decimal("55.1")),
        lambda bench: bench.supply.play([step(230, 50), step(281, 50)]),
        lambda bench: bench.supply.play([step(230, 50, hertz=56)]),
        lambda bench: bench.supply.play([step(230, 0)]),
        lambda bench: bench.supply.play([step(230, 50)] * 101),
        lambda bench: bench.load.set_watts(Decimal(6001)),
    ],
)
def test_nothing_is_sent_above_a_ceiling(bench: Bench, stimulate: Callable[[Bench], None]) -> None:
    bench.supply.open()
    bench.load.open()
    for server in (bench.source_server, bench.load_server):
        server.inject(Fault(effect=DroppedConnection(), times=None))
    with pytest.raises(LimitExceeded):
        stimulate(bench)


@pytest.mark.parametrize(
    "stimulate",
    [
        lambda bench: bench.supply.set_steady(Decimal(-1), HERTZ),
        lambda bench: bench.supply.set_steady(VOLTS, Decimal(0)),
        lambda bench: bench.supply.play([]),
        lambda bench: bench.load.set_watts(Decimal(-1)),
    ],
)
def test_nonsense_is_our_own_mistake(bench: Bench, stimulate: Callable[[Bench], None]) -> None:
    with pytest.raises(ValueError):
        stimulate(bench)


def test_what_the_source_refuses_is_told_with_the_command(bench: Bench) -> None:
    with pytest.raises(RemoteInstrumentError, match=r"FREQ 20.*-222"):
        bench.supply.set_steady(VOLTS, Decimal(20))
    bench.supply.set_steady(VOLTS, HERTZ)


def test_all_errors_of_a_command_are_drained(bench: Bench) -> None:
    with pytest.raises(RemoteInstrumentError, match=r"-113.*then.*-222"):
        bench.supply.command("NONSENSE", "VOLT 999")
    assert bench.supply.query("SYST:ERR:COUN?") == ("0",)


def test_a_query_that_the_source_does_not_know_is_no_time_out(bench: Bench) -> None:
    with pytest.raises(RemoteInstrumentError, match="-113"):
        bench.supply.query("MEAS:HUMIDITY?")


def test_a_source_that_has_tripped_vouches_for_nothing(bench: Bench) -> None:
    bench.supply.set_steady(VOLTS, HERTZ)
    bench.supply.output(on=True)
    bench.supply.command("CURR 5", "CURR:PROT:STAT ON")
    bench.load.set_watts(Decimal(2000))
    with pytest.raises(BenchFault, match="over-current"):
        bench.supply.measure_volts()


def test_reset_is_refused_while_the_output_is_on(bench: Bench) -> None:
    bench.supply.set_steady(VOLTS, HERTZ)
    bench.supply.output(on=True)
    with pytest.raises(BenchFault, match="output is on"):
        bench.supply.reset()
    bench.supply.output(on=False)
    bench.supply.reset()
    assert bench.supply.query("VOLT?") == ("+0.0E+0",)


@pytest.mark.parametrize(
    ("effect", "error"),
    [
        (LateAnswer(delay_s=0.4), BenchLost),
        (NoAnswer(), BenchLost),
        (DroppedConnection(), BenchLost),
        (GarbledAnswer(), RemoteInstrumentError),
        (GarbledAnswer(octets=b"2.3.0;0"), RemoteInstrumentError),
        (GarbledAnswer(octets=b'9.91E37;0;0,"No error"'), RemoteInstrumentError),
        (GarbledAnswer(octets=b"+2.30E+2"), RemoteInstrumentError),
        (QueuedError(), RemoteInstrumentError),
    ],
)
def test_a_faulty_link_is_the_bench_and_the_next_reading_is_right(
    bench: Bench, effect: Effect, error: type[BenchFault]
) -> None:
    """After a late answer the old reading must never be taken for the new one."""
    bench.supply.set_steady(VOLTS, HERTZ)
    bench.supply.output(on=True)
    bench.source_server.inject(Fault(effect=effect, containing="MEAS:VOLT"))
    with pytest.raises(error):
        bench.supply.measure_volts()
    bench.supply.set_steady(Decimal(207), HERTZ)
    assert bench.supply.measure_volts().value == 207


def test_an_instrument_that_is_not_there_is_lost(bench: Bench) -> None:
    bench.source_server.close()
    with pytest.raises(BenchLost, match="refused"):
        bench.supply.open()


def test_a_host_that_is_not_there_is_lost(bench: Bench, resources: pyvisa.ResourceManager) -> None:
    clock = bench.premises.clock
    unknown = AcSource(resources, "TCPIP0::no.such.invalid::5025::SOCKET", clock, CEILINGS)
    with pytest.raises(BenchLost, match="unknown"):
        unknown.open()


def test_a_host_that_takes_no_connection_is_lost(
    bench: Bench, resources: pyvisa.ResourceManager
) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf:
        port = deaf.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            address = f"TCPIP0::127.0.0.1::{port}::SOCKET"
            clock = bench.premises.clock
            silent = AcSource(resources, address, clock, CEILINGS, timeout_s=0.1)
            with pytest.raises(BenchLost):
                silent.open()


@pytest.mark.parametrize("address", ["nonsense", "TCPIP0::127.0.0.1::5025"])
def test_an_address_that_is_none_is_our_own_mistake(
    bench: Bench, resources: pyvisa.ResourceManager, address: str
) -> None:
    with pytest.raises(ValueError, match=r"SOCKET|VISA"):
        AcSource(resources, address, bench.premises.clock, CEILINGS).open()


def test_an_instrument_of_another_kind_is_refused(
    bench: Bench, resources: pyvisa.ResourceManager
) -> None:
    clock = bench.premises.clock
    wrong = AcSource(resources, bench.load_server.resource, clock, CEILINGS)
    with pytest.raises(BenchFault, match="Virtual load bank"):
        wrong.open()


def test_another_serial_number_than_in_the_bench_file_is_refused(
    bench: Bench, resources: pyvisa.ResourceManager
) -> None:
    address, clock = bench.source_server.resource, bench.premises.clock
    with pytest.raises(BenchFault, match="expected serial number US1234"):
        AcSource(resources, address, clock, CEILINGS, serial="US1234").open()


def test_leaving_the_bench_switches_it_off(bench: Bench, resources: pyvisa.ResourceManager) -> None:
    address, clock = bench.source_server.resource, bench.premises.clock
    with (
        pytest.raises(RuntimeError, match="scenario"),
        AcSource(resources, address, clock, CEILINGS) as supply,
    ):
        supply.set_steady(VOLTS, HERTZ)
        supply.output(on=True)
        assert bench.premises.supply.volts == 230
        raise RuntimeError("the scenario went wrong")
    assert bench.premises.supply.volts == 0


def test_making_safe_in_a_dip_lets_nothing_out(bench: Bench) -> None:
    bench.supply.set_steady(VOLTS, HERTZ)
    bench.supply.output(on=True)
    bench.supply.play([step(0, 1000)])
    bench.supply.safe()
    bench.premises.clock.advance(timedelta(minutes=1))
    assert [change.volts for change in bench.source.log[1:] if change.volts] == []


def test_making_safe_survives_a_dropped_connection(bench: Bench) -> None:
    bench.supply.set_steady(VOLTS, HERTZ)
    bench.supply.output(on=True)
    bench.source_server.inject(Fault(effect=DroppedConnection(), containing="OUTP OFF"))
    bench.supply.safe()
    assert bench.premises.supply.volts == 0


def test_making_safe_never_raises_and_says_so_when_it_failed(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.supply.open()
    bench.load.open()
    bench.source_server.close()
    bench.load_server.close()
    bench.supply.safe()
    bench.load.safe()
    assert caplog.text.count("not known to be safe") == 4


def test_errors_from_before_the_connection_are_told_and_not_blamed(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.supply.query("*ESR?")
    bench.supply.close()
    bench.source.instrument.report(-240)
    bench.supply.set_steady(VOLTS, HERTZ)
    assert "Hardware error" in caplog.text


def test_a_driver_refuses_the_loop_thread(bench: Bench, loop_thread: LoopThread) -> None:
    with pytest.raises(ValueError, match="event-loop thread"):
        loop_thread.run(bench.supply.open)


def test_one_bench_does_not_close_the_links_of_another(bench: Bench) -> None:
    with visa_resources() as other:
        neighbour = LoadBank(other, bench.load_server.resource, bench.premises.clock, Decimal(6000))
        neighbour.set_watts(Decimal(100))
    bench.load.set_watts(Decimal(200))
    assert bench.premises.load.requested_watts == 200


def test_a_set_behind_a_set_does_not_stall(bench: Bench, resources: pyvisa.ResourceManager) -> None:
    """With Nagle on, the second waits 40 ms for the acknowledgement of the first."""
    link = open_link(resources, bench.source_server.resource, timeout_s=2)
    spans = []
    for _ in range(12):
        began = time.perf_counter()
        link.write("VOLT 207")
        link.write("VOLT 230")
        link.query("VOLT?")
        spans.append(time.perf_counter() - began)
    link.close()
    assert min(spans) < 0.020
