"""What a scenario gets on a source that cannot do what it asks: not applicable, never a fault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
import pyvisa

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import LimitExceeded, NotApplicable
from fixtures.instruments import Instruments
from fixtures.power import START_UP, Power
from fixtures.timeline import Timeline
from rigs.capabilities import Button, Step
from rigs.drivers.ac_source import AcSource
from rigs.virtual.sources import SOURCES, VirtualSource
from tests.rigs.instruments.benches import CEILINGS, START, wired
from tests.rigs.instruments.wires import served

MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyASource:
    """A bench with nothing else on it."""

    supply: AcSource


@dataclass(frozen=True, slots=True)
class NoButton:
    def press(self) -> None:
        raise AssertionError("nobody presses a button here")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    power: Power
    source: VirtualSource

    def lengths_of_cuts(self) -> list[timedelta]:
        return [
            back.at - cut.at
            for cut, back in pairwise(self.source.log)
            if not cut.volts and back.volts
        ]


@contextmanager
def site(
    model: str, loop_thread: LoopThread, resources: pyvisa.ResourceManager, folder: Path
) -> Iterator[Site]:
    clock = SimulatedClock(START, run=loop_thread.run)
    premises = wired(clock)
    source = SOURCES[model](clock, premises.supply, premises.load)
    with served("socket", source.instrument, clock, loop_thread) as server:
        supply = AcSource(resources, server.resource, clock, CEILINGS, timeout_s=0.5)
        power = Power(
            clock=clock,
            instruments=cast(Instruments, OnlyASource(supply=supply)),
            button=cast(Button, NoButton()),
            timeline=Timeline(folder),
            read_register=lambda: 0,
        )
        power.set_supply(Decimal(230))
        yield Site(power=power, source=source)
        supply.close()


def step(volts: int, *, is_ramp: bool = False) -> Step:
    return Step(volts=Decimal(volts), hertz=Decimal(50), duration=50 * MILLISECOND, is_ramp=is_ramp)


@pytest.mark.parametrize("model", ["6843A", "5001iX", "61504", "PCR4000LE"])
def test_a_short_interruption_is_as_long_as_asked_for(
    model: str, loop_thread: LoopThread, resources: pyvisa.ResourceManager, tmp_path: Path
) -> None:
    with site(model, loop_thread, resources, tmp_path) as here:
        here.power.interrupt(50 * MILLISECOND)
        assert here.lengths_of_cuts() == [50 * MILLISECOND]
        assert here.power.back_at - here.power.lost_at == 50 * MILLISECOND


def test_a_short_interruption_is_not_applicable_on_a_source_without_a_list(
    loop_thread: LoopThread, resources: pyvisa.ResourceManager, tmp_path: Path
) -> None:
    with (
        site("AC6804B", loop_thread, resources, tmp_path) as here,
        pytest.raises(NotApplicable, match="this source plays no waveform"),
    ):
        here.power.interrupt(50 * MILLISECOND)
    assert [change.volts for change in here.source.log] == [230]


def test_a_long_interruption_is_switched_by_hand_on_a_source_without_a_list(
    loop_thread: LoopThread, resources: pyvisa.ResourceManager, tmp_path: Path
) -> None:
    with site("AC6804B", loop_thread, resources, tmp_path) as here:
        here.power.interrupt(timedelta(minutes=5))
        assert here.lengths_of_cuts() == [timedelta(minutes=5)]
        assert here.power.clock.now() == START + timedelta(minutes=5) + START_UP


@pytest.mark.parametrize(
    ("model", "steps", "start_phase", "reason"),
    [
        ("61504", [step(0)], Decimal(90), "no given phase"),
        ("AC6804B", [step(207, is_ramp=True)], None, "no waveform"),
        ("PCR4000LE", [step(0)] * 600, None, "599 steps"),
    ],
)
def test_a_wave_that_a_source_cannot_play_is_not_applicable(
    model: str,
    steps: list[Step],
    start_phase: Decimal | None,
    reason: str,
    loop_thread: LoopThread,
    resources: pyvisa.ResourceManager,
    tmp_path: Path,
) -> None:
    with (
        site(model, loop_thread, resources, tmp_path) as here,
        pytest.raises(NotApplicable, match=f"a wave: .*{reason}"),
    ):
        here.power.play("a wave", steps, start_phase=start_phase)


def test_a_level_above_the_ceiling_is_the_bench_and_not_the_sources_weakness(
    loop_thread: LoopThread, resources: pyvisa.ResourceManager, tmp_path: Path
) -> None:
    with site("6843A", loop_thread, resources, tmp_path) as here, pytest.raises(LimitExceeded):
        here.power.play("too much", [step(281)])
