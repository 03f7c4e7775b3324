"""Vaunix: which device is meant, status words, ramps, and a library that is really in C."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import BenchFault, BenchLost
from rigs.drivers.attenuator import VaunixAttenuator
from rigs.drivers.attenuator.vaunix_library import PREFIX, SIGNATURES, CLibrary
from rigs.drivers.errors import RemoteInstrumentError
from rigs.virtual.attenuator import AttenuatorHardware, VirtualLabBrick, VirtualLdaLibrary
from rigs.virtual.faults import Fault, QueuedError
from tests.rigs.attenuator.kit import LIMITS, Paths

BODIES = {
    "GetNumDevices": "return 1;",
    "GetDevInfo": "a[0] = 7; return 1;",
    "GetSerialNumber": "return a == 7 ? 27042 : (int)0x80030000;",
    "GetModelNameA": 'strcpy(b, "LDA-602"); return 7;',
    "GetNumChannels": "return 1;",
    "GetMaxAttenuationHR": "return 20 * 60;",
    "GetMinAttenStepHR": "return 10;",
    "SetAttenuationHR": "if (b > 1200) return (int)0x80010000; level = b; return 0;",
    "GetAttenuationHR": "return level;",
}
"""Of the functions that do something; the others return 0."""
C_TYPES = {
    "c_uint": "unsigned int",
    "c_int": "int",
    "c_bool": "bool",
    "c_char_p": "char *",
    "LP_c_uint": "unsigned int *",
}


@pytest.fixture
def library_in_c(tmp_path: Path) -> Path:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler here")
    lines = ["#include <stdbool.h>", "#include <string.h>", "static int level = 1200;"]
    for name, types in SIGNATURES.items():
        arguments = ", ".join(
            f"{C_TYPES[each.__name__]} {letter}" for each, letter in zip(types, "ab", strict=False)
        )
        body = BODIES.get(name, "return 0;")
        lines.append(f"int {PREFIX}{name}({arguments or 'void'}) {{ {body} }}")
    source, library = tmp_path / "lda.c", tmp_path / "lda.so"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [compiler, "-shared", "-fPIC", "-o", str(library), str(source)]
    subprocess.run(command, check=True)
    return library


def test_a_library_in_c_is_driven_as_the_virtual_one_is(
    library_in_c: Path, clock: SimulatedClock
) -> None:
    driver = VaunixAttenuator(CLibrary.load(library_in_c), clock, serial="27042")
    with driver:
        assert driver.opened().model == "LDA-602"
        assert driver.range().maximum == 60 and driver.range().step == Decimal("0.5")
        assert driver.set_attenuation(Decimal("12.7")) == Decimal("12.5")
    assert driver.attenuation() == 60


@pytest.fixture
def library(loop_thread: LoopThread, clock: SimulatedClock, paths: Paths) -> VirtualLdaLibrary:
    bricks = [
        VirtualLabBrick(AttenuatorHardware(clock, LIMITS, paths.changed), serial=serial)
        for serial in (27001, 27002)
    ]
    return VirtualLdaLibrary(bricks, loop_thread)


def test_of_several_the_serial_number_says_which(
    library: VirtualLdaLibrary, clock: SimulatedClock
) -> None:
    functions = CLibrary(library.functions)
    assert VaunixAttenuator(functions, clock, serial="27002").open().serial == "27002"
    with pytest.raises(BenchFault, match="which one is meant"):
        VaunixAttenuator(functions, clock).open()
    with pytest.raises(BenchLost, match="found 27001, 27002"):
        VaunixAttenuator(functions, clock, serial="9").open()


def test_one_that_is_unplugged_is_a_lost_bench(
    library: VirtualLdaLibrary, clock: SimulatedClock
) -> None:
    driver = VaunixAttenuator(CLibrary(library.functions), clock, serial="27001")
    driver.set_attenuation(Decimal(3))
    library.unplug(27001)
    with pytest.raises(BenchFault, match="0x80030000"):
        driver.set_attenuation(Decimal(4))
    with pytest.raises(BenchLost, match="not connected"):
        driver.set_attenuation(Decimal(4))


def test_the_top_bit_of_a_status_is_an_error_with_its_number(
    library: VirtualLdaLibrary, clock: SimulatedClock
) -> None:
    driver = VaunixAttenuator(CLibrary(library.functions), clock, serial="27001")
    driver.open()
    library.inject(Fault(effect=QueuedError(), containing="SetAttenuationHR"))
    with pytest.raises(RemoteInstrumentError, match=r"SetAttenuationHR.*0x80010000"):
        driver.set_attenuation(Decimal(4))


@pytest.mark.parametrize(
    ("start", "stop", "expected"),
    [(10, 13, [10, 11, 12, 13, 13, 13]), (13, 10, [13, 12, 11, 10, 10, 10])],
    ids=["upwards", "downwards"],
)
def test_a_ramp_is_played_once_and_holds_its_end(
    library: VirtualLdaLibrary,
    clock: SimulatedClock,
    start: int,
    stop: int,
    expected: list[int],
) -> None:
    driver = VaunixAttenuator(CLibrary(library.functions), clock, serial="27001")
    driver.ramp(Decimal(start), Decimal(stop), Decimal(1), timedelta(milliseconds=100))
    seen = []
    for _ in expected:
        seen.append(driver.attenuation())
        clock.advance(timedelta(milliseconds=100))
    assert seen == expected
