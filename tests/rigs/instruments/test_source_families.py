"""Every family of AC sources on every wire: the same driver, the same waveform at the meter."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import pyvisa

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import BenchFault, BenchLost, LimitExceeded
from rigs.capabilities import Step, Supply
from rigs.drivers.ac_source import AcSource
from rigs.drivers.scpi import RemoteInstrumentError
from rigs.drivers.source_models import MODELS
from rigs.virtual.faults import (
    DroppedConnection,
    Effect,
    Fault,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
    QueuedError,
)
from rigs.virtual.server import InstrumentServer
from rigs.virtual.sources import SOURCES, VirtualSource
from tests.rigs.instruments.benches import CEILINGS, START, Premises, wired
from tests.rigs.instruments.wires import WIRES, served

VOLTS, HERTZ = Decimal(230), Decimal(50)
FAMILIES = ("6843A", "5001iX", "61504", "PCR4000LE")
PLAIN = ("AC6804B", "PCR1000MA")
MILLISECOND = timedelta(milliseconds=1)
CYCLE = 20 * MILLISECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Rig:
    """One source on one wire; `seen` is what the meter's terminals have had, and when."""

    premises: Premises
    source: VirtualSource
    server: InstrumentServer
    supply: AcSource
    seen: list[tuple[datetime, Decimal]]

    def switch_on(self) -> None:
        self.supply.set_steady(VOLTS, HERTZ)
        self.supply.output(on=True)

    def wait(self, span: timedelta) -> None:
        self.premises.clock.advance(span)


@contextmanager
def rig_of(
    model: str, wire: str, loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> Iterator[Rig]:
    clock = SimulatedClock(START, run=loop_thread.run)
    premises = wired(clock)
    seen: list[tuple[datetime, Decimal]] = []
    premises.supply.listen(lambda at, volts: seen.append((at, volts)))
    source = SOURCES[model](clock, premises.supply, premises.load)
    with served(wire, source.instrument, clock, loop_thread) as server:
        supply = AcSource(resources, server.resource, clock, CEILINGS, timeout_s=0.25)
        try:
            yield Rig(premises=premises, source=source, server=server, supply=supply, seen=seen)
        finally:
            supply.close()


@pytest.fixture(params=WIRES)
def wire(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(params=FAMILIES)
def rig(
    request: pytest.FixtureRequest, loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> Iterator[Rig]:
    with rig_of(request.param, "socket", loop_thread, resources) as built:
        yield built


@pytest.fixture(params=PLAIN)
def plain(
    request: pytest.FixtureRequest, loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> Iterator[Rig]:
    with rig_of(request.param, "socket", loop_thread, resources) as built:
        yield built


def step(volts: int, milliseconds: int, *, is_ramp: bool = False) -> Step:
    return Step(
        volts=Decimal(volts),
        hertz=HERTZ,
        duration=milliseconds * MILLISECOND,
        is_ramp=is_ramp,
    )


@pytest.mark.parametrize("model", FAMILIES)
def test_50_ms_programmed_are_50_ms_at_the_meter(
    model: str, wire: str, loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    with rig_of(model, wire, loop_thread, resources) as rig:
        rig.switch_on()
        rig.wait(timedelta(seconds=1))
        rig.supply.play([step(0, 50)])
        rig.wait(timedelta(seconds=1))
    _, (cut_at, cut), (back_at, back) = rig.seen
    assert [cut, back] == [0, VOLTS]
    assert abs(back_at - cut_at - 50 * MILLISECOND) <= MILLISECOND
    assert [change.at for change in rig.source.log[1:]] == [cut_at, back_at]


@pytest.mark.parametrize("model", SOURCES)
def test_every_source_reports_what_it_was_told(
    model: str, loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    with rig_of(model, "hislip", loop_thread, resources) as rig:
        assert isinstance(rig.supply, Supply)
        rig.supply.set_steady(Decimal("207.5"), Decimal("49.9"))
        rig.supply.output(on=True)
        assert rig.supply.measure_volts().value == Decimal("207.5")
        assert rig.supply.measure_hertz().value == Decimal("49.9")
        assert rig.supply.is_on()
        rig.supply.safe()
        assert rig.supply.measure_volts().value == 0
        assert not rig.supply.is_on()


def test_every_model_that_can_be_had_without_hardware_is_known_to_the_driver() -> None:
    assert SOURCES.keys() <= MODELS.keys()
    assert {MODELS[model].manual for model in SOURCES} == {
        model.manual for model in MODELS.values()
    }


def test_a_wave_of_many_steps_is_played_as_told_and_ends_at_the_steady_level(rig: Rig) -> None:
    steps = [step(200 + index % 30, 10 + index) for index in range(60)]
    rig.switch_on()
    rig.supply.play(steps)
    rig.wait(timedelta(minutes=1))
    wave = rig.source.log[1:]
    assert [change.volts for change in wave] == [*(each.volts for each in steps), VOLTS]
    lengths = [after.at - before.at for before, after in itertools.pairwise(wave)]
    assert lengths == [each.duration for each in steps]
    assert rig.supply.measure_volts().value == VOLTS


@pytest.mark.parametrize("last_volts", [230, 207])
def test_a_wave_is_repeated_as_often_as_told(rig: Rig, last_volts: int) -> None:
    """Whether or not a round ends where the wave began."""
    rig.switch_on()
    rig.supply.play([step(0, 40), step(last_volts, 100)], count=3)
    rig.wait(timedelta(seconds=5))
    assert [volts for _, volts in rig.seen[1:]].count(Decimal(0)) == 3
    assert rig.seen[-1] == (START + 3 * 140 * MILLISECOND, VOLTS) or last_volts == 230
    assert rig.supply.measure_volts().value == VOLTS


def test_a_ramp_rises_evenly_and_arrives_in_time(rig: Rig) -> None:
    rig.switch_on()
    rig.supply.play([step(130, 1000, is_ramp=True), step(130, 500)])
    seen = []
    for _ in range(10):
        rig.wait(100 * MILLISECOND)
        seen.append(rig.supply.measure_volts().value)
    # A piece lasts a cycle and stands at the level of its middle: 1 V off at most.
    assert all(abs(volts - (230 - 10 * index)) <= 1 for index, volts in enumerate(seen, start=1))
    rig.wait(timedelta(seconds=2))
    _, (began_at, _), *_, (arrived_at, _), (back_at, back) = rig.seen
    assert (began_at, back_at, back) == (START, START + 1500 * MILLISECOND, VOLTS)
    assert arrived_at == START + 1000 * MILLISECOND


@pytest.mark.parametrize("degrees", [0, 90, 217, 359])
@pytest.mark.parametrize("model", ["6843A", "5001iX"])
def test_a_wave_starts_at_the_phase_that_was_asked_for(
    degrees: int, model: str, loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    with rig_of(model, "socket", loop_thread, resources) as rig:
        rig.switch_on()
        rig.wait(timedelta(seconds=1) + 3 * MILLISECOND)
        rig.supply.play([step(0, 50)], start_phase=Decimal(degrees))
        rig.wait(timedelta(seconds=1))
    on_at, cut_at, back_at = (at for at, _ in rig.seen)
    into_cycle = (cut_at - on_at) % CYCLE
    assert abs(into_cycle - CYCLE * degrees / 360) <= timedelta(microseconds=1)
    assert back_at - cut_at == 50 * MILLISECOND


def test_a_phase_is_forgotten_by_the_next_wave() -> None:
    wave = MODELS["6843A"].commands.wave
    assert wave is not None
    assert wave.without_phase
    assert wave.with_phase


def test_a_wave_does_not_begin_while_another_is_played(rig: Rig) -> None:
    rig.switch_on()
    rig.supply.play([step(0, 50)])
    with pytest.raises(RemoteInstrumentError):
        rig.supply.play([step(0, 50)])
    rig.supply.stop()
    rig.supply.play([step(0, 50)])


def test_stopping_in_a_dip_lets_the_steady_level_out(rig: Rig) -> None:
    rig.switch_on()
    rig.supply.play([step(0, 1000)])
    rig.wait(100 * MILLISECOND)
    rig.supply.stop()
    assert [volts for _, volts in rig.seen] == [VOLTS, 0, VOLTS]


def test_making_safe_in_a_dip_lets_nothing_out(rig: Rig) -> None:
    rig.switch_on()
    rig.supply.play([step(0, 1000)])
    rig.supply.safe()
    rig.wait(timedelta(minutes=1))
    assert not any(volts for _, volts in rig.seen[1:])


def test_limits_say_what_a_source_without_a_list_cannot_do(plain: Rig) -> None:
    limits = plain.supply.limits()
    assert (limits.max_steps, limits.phase_control, limits.ramps) == (0, False, False)
    reason = limits.cannot_play([step(0, 50)])
    assert reason == "this source plays no waveform by itself"
    plain.switch_on()
    with pytest.raises(LimitExceeded, match="plays no waveform"):
        plain.supply.play([step(0, 50)])


@pytest.mark.parametrize(
    ("steps", "start_phase", "count", "reason"),
    [
        ([step(0, 50)] * 120, None, 1, "plays 99 steps, asked for 120"),
        ([step(0, 50)], Decimal(90), 1, "at no given phase"),
        ([step(0, 50)], None, 70_000, "65535 times"),
        ([Step(volts=VOLTS, hertz=HERTZ, duration=timedelta(0))], None, 1, "steps of 0:00:00"),
        ([Step(volts=VOLTS, hertz=HERTZ, duration=timedelta(days=2))], None, 1, "2 days"),
    ],
)
def test_limits_say_why_a_wave_cannot_be_played(
    steps: list[Step],
    start_phase: Decimal | None,
    count: int,
    reason: str,
    loop_thread: LoopThread,
    resources: pyvisa.ResourceManager,
) -> None:
    with rig_of("61504", "socket", loop_thread, resources) as rig:
        said = rig.supply.limits().cannot_play(steps, start_phase=start_phase, count=count)
        assert said is not None
        assert reason in said


def test_a_value_from_before_a_change_is_not_taken_for_one_after_it(plain: Rig) -> None:
    plain.switch_on()
    assert plain.supply.measure_volts().value == VOLTS
    plain.supply.set_steady(Decimal(207), HERTZ)
    assert plain.supply.measure_volts().value == 207


def test_a_reset_source_is_left_alone_until_it_listens(
    loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    with rig_of("61504", "socket", loop_thread, resources) as rig:
        rig.supply.set_steady(VOLTS, HERTZ)
        rig.supply.reset()
        assert rig.premises.clock.now() == START + timedelta(seconds=7)
        assert rig.supply.query("VOLT:AC?") == ("+0.0E+0",)


def test_a_source_that_is_still_resetting_does_not_answer(
    loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    with rig_of("61504", "socket", loop_thread, resources) as rig:
        rig.supply.tell("*RST")
        with pytest.raises(BenchLost, match="ERR"):
            rig.supply.query("SYST:ERR?")


FAULTS: list[tuple[Effect, type[BenchFault]]] = [
    (LateAnswer(delay_s=0.3), BenchLost),
    (NoAnswer(), BenchLost),
    (DroppedConnection(), BenchLost),
    (GarbledAnswer(), RemoteInstrumentError),
    (GarbledAnswer(octets=b"2.3.0;0"), RemoteInstrumentError),
    (GarbledAnswer(octets=b"+2.30E+2"), RemoteInstrumentError),
    (QueuedError(), RemoteInstrumentError),
]


@pytest.mark.parametrize("wire", ["socket", "hislip", "pty"])
@pytest.mark.parametrize(("effect", "error"), FAULTS)
def test_a_faulty_wire_is_the_bench_and_the_next_reading_is_right(
    effect: Effect,
    error: type[BenchFault],
    wire: str,
    loop_thread: LoopThread,
    resources: pyvisa.ResourceManager,
) -> None:
    """After a late answer the old reading must never be taken for the new one."""
    with rig_of("6843A", wire, loop_thread, resources) as rig:
        rig.switch_on()
        rig.server.inject(Fault(effect=effect, containing="MEAS:VOLT"))
        with pytest.raises(error):
            rig.supply.measure_volts()
        rig.supply.set_steady(Decimal(207), HERTZ)
        assert rig.supply.measure_volts().value == 207


def test_making_safe_survives_a_lost_wire(
    wire: str, loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    with rig_of("6843A", wire, loop_thread, resources) as rig:
        rig.switch_on()
        rig.server.inject(Fault(effect=DroppedConnection(), containing="OUTP OFF"))
        rig.supply.safe()
        assert rig.premises.supply.volts == 0


def test_nobody_at_the_other_end_is_a_lost_bench(
    wire: str, loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    with rig_of("6843A", wire, loop_thread, resources) as rig:
        rig.supply.open()
        rig.server.close()
        with pytest.raises(BenchLost):
            rig.supply.measure_volts()
        with pytest.raises(BenchLost):
            rig.supply.measure_volts()
