"""Attenuators from a bench file: driver and virtual peer by name."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assay.clock import LoopThread, SimulatedClock
from assay.declarations.instrument import Instrument
from assay.verdicts import BenchLost, PlanError
from rigs.capabilities import Attenuator
from rigs.driver_entry import Mounting, Surroundings
from rigs.drivers.attenuator import AttenuatorDriver
from rigs.registry import OWN, Registry
from tests.rigs.attenuator.kit import Paths

REGISTRY = Registry(OWN)


def declared(driver: str, model: str = "any", **options: object) -> Instrument:
    return Instrument.model_validate(
        {
            "kind": "rf_attenuator",
            "driver": driver,
            "model": model,
            "address": "virtual",
            "serial": "2001",
            "calibration": "virtual",
            "options": options,
        }
    )


@pytest.mark.parametrize(
    ("instrument", "maximum", "channels"),
    [
        (declared("mini_circuits_attenuator", "RCDAT-8000-90"), 90, 1),
        (declared("mini_circuits_attenuator", "RC4DAT-6G-95"), 95, 4),
        (declared("mini_circuits_attenuator", wire="telnet"), 110, 1),
        (declared("jfw_attenuator", maximum_db=63, step_db=0.5, channels=2), 63, 2),
        (declared("weinschel_attenuator", maximum_db=81, channels=3, first_address=5), 81, 3),
    ],
    ids=["RCDAT", "RC4DAT", "usual over Telnet", "JFW", "Weinschel"],
)
def test_a_declared_attenuator_acts_on_the_path_of_each_channel(
    loop_thread: LoopThread,
    clock: SimulatedClock,
    paths: Paths,
    instrument: Instrument,
    maximum: int,
    channels: int,
) -> None:
    around = Surroundings(clock=clock, loop_thread=loop_thread, attenuated=paths.changed)
    entry = REGISTRY.entry_for("path", instrument)
    assert entry.virtual is not None
    peer = entry.virtual(around, instrument)
    try:
        mounting = Mounting(name="path", declared=instrument, address=peer.resource, clock=clock)
        driver = REGISTRY.make(mounting)
        assert isinstance(driver, AttenuatorDriver) and isinstance(driver, Attenuator)
        with driver:
            assert driver.opened().serial == "2001"
            assert driver.range().maximum == maximum
            for channel in range(1, channels + 1):
                driver.set_attenuation(Decimal(channel), channel)
            assert paths.decibels == {each: each for each in range(1, channels + 1)}
        assert set(paths.decibels.values()) == {maximum}
    finally:
        peer.close()


def test_a_wire_that_nobody_knows_is_refused(
    loop_thread: LoopThread, clock: SimulatedClock
) -> None:
    instrument = declared("mini_circuits_attenuator", wire="pigeon")
    entry = REGISTRY.entry_for("path", instrument)
    assert entry.virtual is not None
    with pytest.raises(PlanError, match="pigeon"):
        entry.virtual(Surroundings(clock=clock, loop_thread=loop_thread), instrument)


def test_a_library_that_is_not_there_is_a_lost_bench(clock: SimulatedClock, tmp_path: Path) -> None:
    instrument = declared("vaunix_attenuator")
    mounting = Mounting(
        name="path", declared=instrument, address=str(tmp_path / "lda.so"), clock=clock
    )
    with pytest.raises(BenchLost, match=r"instruments\.path\.address"):
        REGISTRY.make(mounting)
