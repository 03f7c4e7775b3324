"""What a bench makes of a measured link: verdicts, evidence, and what it cannot tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import BenchFault, NonConformity, NotApplicable
from fixtures.boxed_link import VirtualBoxedLink
from fixtures.link_margin import LinkMargin
from fixtures.timeline import Timeline
from rigs.capabilities import Attenuator, Band
from rigs.devices.radio import RadioFrontEnd
from rigs.drivers.attenuator import MiniCircuitsAttenuator
from rigs.virtual.attenuator import (
    AttenuatorHardware,
    HttpAttenuatorServer,
    VirtualMiniCircuits,
)
from rigs.virtual.faults import DroppedConnection, Fault, GarbledAnswer, NoAnswer, QueuedError
from tests.rigs.link_margin.links import TURRET

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLANTED = {Band.GHZ_2_4: Decimal("109.2"), Band.SUB_GHZ: Decimal("124.2")}
"""Power less sensitivity, and 4.2 dB more as frames are repeated (`chance_of_exchange`)."""


@pytest.fixture(scope="module")
def loop_thread() -> Iterator[LoopThread]:
    thread = LoopThread("link margin")
    yield thread
    thread.close()


@pytest.fixture
def bench(loop_thread: LoopThread, tmp_path: Path) -> Any:
    """Builds a desk: a front end of the device, a declared attenuator or none, a link or none."""
    clock = SimulatedClock(START, run=loop_thread.run)

    def build(
        front_end: RadioFrontEnd | None = None,
        declared: Attenuator | None = None,
        has_link: bool = True,
    ) -> LinkMargin:
        front = front_end or RadioFrontEnd()
        link = VirtualBoxedLink(clock, loop_thread, lambda: front, seed=1)
        return LinkMargin(
            clock=clock,
            loop_thread=loop_thread,
            timeline=Timeline(tmp_path / "evidence"),
            declared=declared,
            link=link if has_link else None,
        )

    return build


@pytest.mark.parametrize("band", Band)
def test_the_path_loss_is_that_of_the_ether_and_on_record(bench: Any, band: Band) -> None:
    desk = bench()
    desk.measure(band)
    assert abs(desk.result.path_loss - PLANTED[band]) <= 1
    (entry,) = desk.timeline.entries
    assert entry.lane == "han"
    assert band.value in entry.title
    assert len(entry.detail["steps"]) == len(desk.result.steps)
    picture = desk.timeline.folder / entry.attachment
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_less_than_the_limit_beyond_all_uncertainty_is_a_failure_of_the_device(bench: Any) -> None:
    desk = bench(RadioFrontEnd(hears_less_db=25))
    desk.measure(Band.GHZ_2_4)
    with pytest.raises(NonConformity, match=r"93 dB.*8\d\.\d+ dB \(U"):
        desk.require_path_loss("RADIO-MARGIN-2.4", Decimal(93))


def test_within_the_uncertainty_of_the_limit_nothing_is_decided(bench: Any) -> None:
    desk = bench()
    desk.measure(Band.GHZ_2_4)
    with pytest.raises(BenchFault, match="not to be decided"):
        desk.require_path_loss("RADIO-MARGIN-2.4", desk.result.path_loss)


def test_a_dead_radio_is_a_failure_of_the_device(bench: Any) -> None:
    desk = bench(RadioFrontEnd(sends_less_db=90))
    desk.measure(Band.GHZ_2_4)
    with pytest.raises(NonConformity, match="fewer answered"):
        desk.require_path_loss("RADIO-MARGIN-2.4", Decimal(93))


@pytest.mark.parametrize("band", Band)
def test_a_bench_without_attenuator_or_radios_makes_it_not_applicable(
    bench: Any, band: Band
) -> None:
    with pytest.raises(NotApplicable, match="no RF attenuator"):
        bench(has_link=False).measure(band)


def test_nothing_is_decided_before_it_is_measured(bench: Any) -> None:
    with pytest.raises(BenchFault, match="no link was measured"):
        bench().require_path_loss("RADIO-MARGIN-2.4", Decimal(93))


@pytest.mark.parametrize(
    "effect",
    [NoAnswer(), GarbledAnswer(), QueuedError(), DroppedConnection()],
    ids=lambda effect: type(effect).__name__,
)
@pytest.mark.parametrize("spares", [0, 1, 9, 20])
def test_a_fault_of_the_attenuator_on_the_way_is_the_benchs_never_the_devices(
    bench: Any, loop_thread: LoopThread, effect: Any, spares: int
) -> None:
    """Wherever it strikes, and even for a device that would fail; the path is isolated after it."""
    desk = bench(RadioFrontEnd(hears_less_db=25))
    assert isinstance(desk.link, VirtualBoxedLink)
    link, clock = desk.link, desk.clock
    hardware = loop_thread.run(lambda: AttenuatorHardware(clock, TURRET, link.attenuated))
    speaker = VirtualMiniCircuits(hardware, model="RCDAT-8000-90")
    with HttpAttenuatorServer(speaker, clock, loop_thread) as server:
        driver = MiniCircuitsAttenuator.over_http(server.resource, clock, timeout_s=0.2)
        with driver:
            desk.declared = driver
            server.inject(Fault(effect=effect, containing="ATT", spares=spares))
            with pytest.raises(BenchFault):
                desk.measure(Band.GHZ_2_4)
            server.clear_faults()
        assert hardware.level() == TURRET.maximum
