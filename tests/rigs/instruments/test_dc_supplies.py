"""DC supplies behind their drivers: the contract, the two languages, and what a bad wire does."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

import pytest
import pyvisa
from hypothesis import given
from hypothesis import strategies as st

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import BenchFault, BenchLost, LimitExceeded
from rigs.capabilities import DcLimits, DcSupply
from rigs.drivers.dc_models import DC_MODELS, genesys_limits
from rigs.drivers.dc_source import DcSource
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.genesys import GenesysSource, checksum
from rigs.safety.dialogue import SafeDialogue
from rigs.safety.wire import hold
from rigs.virtual.dc_stage import DcStage
from rigs.virtual.dp800 import DP800_RATINGS, VirtualDp800
from rigs.virtual.faults import (
    DroppedConnection,
    Effect,
    Fault,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
)
from rigs.virtual.genesys import END, VirtualGenesys
from rigs.virtual.server import InstrumentServer
from tests.rigs.instruments.benches import START
from tests.rigs.instruments.wires import WIRES, served

CEILINGS = DcLimits(max_volts=Decimal(20), max_amps=Decimal(2))
TIMEOUT_S = 0.25
OHMS = Decimal(10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rig:
    """One supply on one wire, with a resistor of 10 ohms at its output."""

    supply: DcSource | GenesysSource
    stage: DcStage
    server: InstrumentServer
    virtual: VirtualDp800 | VirtualGenesys


@contextmanager
def rigol(wire: str, loop_thread: LoopThread, resources: pyvisa.ResourceManager) -> Iterator[Rig]:
    clock = SimulatedClock(START, run=loop_thread.run)
    virtual = VirtualDp800(clock, ohms=OHMS)
    with served(wire, virtual.instrument, clock, loop_thread) as server:
        supply = DcSource(resources, server.resource, clock, CEILINGS, timeout_s=TIMEOUT_S)
        yield Rig(supply=supply, stage=virtual.stages[0], server=server, virtual=virtual)
        supply.close()


@contextmanager
def genesys(
    wire: str,
    loop_thread: LoopThread,
    resources: pyvisa.ResourceManager,
    *,
    has_checksum: bool = False,
) -> Iterator[Rig]:
    clock = SimulatedClock(START, run=loop_thread.run)
    virtual = VirtualGenesys(clock, ohms=OHMS)
    with served(wire, virtual, clock, loop_thread, end=END) as server:
        supply = GenesysSource(
            resources,
            server.resource,
            clock,
            CEILINGS,
            has_checksum=has_checksum,
            timeout_s=TIMEOUT_S,
        )
        yield Rig(supply=supply, stage=virtual.stage, server=server, virtual=virtual)
        supply.close()


# A Genesys is a serial instrument; some have a LAN card, none HiSLIP.
WAYS = [
    *itertools.product(["rigol"], WIRES),
    *itertools.product(["genesys"], ["socket", "pty", "serial_over_tcp"]),
]


@contextmanager
def built(
    maker: str, wire: str, loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> Iterator[Rig]:
    build = rigol if maker == "rigol" else genesys
    with build(wire, loop_thread, resources) as rig:
        yield rig


@pytest.fixture(params=["rigol", "genesys"])
def rig(
    request: pytest.FixtureRequest, loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> Iterator[Rig]:
    with built(request.param, "socket", loop_thread, resources) as rig:
        yield rig


@pytest.mark.parametrize(("maker", "wire"), WAYS)
def test_every_supply_reports_what_it_was_told_on_every_wire(
    maker: str, wire: str, loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    with built(maker, wire, loop_thread, resources) as rig:
        assert isinstance(rig.supply, DcSupply)
        rig.supply.set_level(Decimal("12.5"), Decimal(2))
        assert not rig.supply.is_on()
        rig.supply.output(on=True)
        assert rig.supply.is_on()
        assert rig.supply.measure_volts().value == Decimal("12.5")
        assert rig.supply.measure_amps().value == Decimal("1.25")
        rig.supply.safe()
        assert not rig.supply.is_on()
        assert [change.volts for change in rig.stage.log] == [Decimal("12.5"), 0]


def test_a_supply_limits_the_current(rig: Rig) -> None:
    rig.supply.set_level(Decimal(12), Decimal("0.5"))
    rig.supply.output(on=True)
    assert rig.supply.measure_amps().value == Decimal("0.5")
    assert rig.supply.measure_volts().value == 5


@pytest.mark.parametrize(
    ("volts", "amps"), [(Decimal("20.1"), Decimal(1)), (Decimal(12), Decimal("2.1"))]
)
def test_nothing_is_sent_above_a_ceiling(rig: Rig, volts: Decimal, amps: Decimal) -> None:
    rig.supply.open()
    rig.server.inject(Fault(effect=DroppedConnection(), times=None))
    with pytest.raises(LimitExceeded):
        rig.supply.set_level(volts, amps)


@pytest.mark.parametrize(("volts", "amps"), [(-1, 1), (1, 0)])
def test_nonsense_is_our_own_mistake(rig: Rig, volts: int, amps: int) -> None:
    with pytest.raises(ValueError, match="volts from 0"):
        rig.supply.set_level(Decimal(volts), Decimal(amps))


def test_limits_are_the_lesser_of_what_it_can_and_what_it_may(
    loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    clock = SimulatedClock(START, run=loop_thread.run)
    virtual = VirtualDp800(clock)
    with served("socket", virtual.instrument, clock, loop_thread) as server:
        third = DcSource(resources, server.resource, clock, CEILINGS, channel=3)
        assert third.limits() == DcLimits(max_volts=Decimal(5), max_amps=Decimal(2))
        third.close()
        fourth = DcSource(resources, server.resource, clock, CEILINGS, channel=4)
        with pytest.raises(BenchFault, match="expected a channel"):
            fourth.limits()
        fourth.close()


def test_channels_do_not_touch_one_another(
    loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    clock = SimulatedClock(START, run=loop_thread.run)
    virtual = VirtualDp800(clock)
    with served("socket", virtual.instrument, clock, loop_thread) as server:
        second = DcSource(resources, server.resource, clock, CEILINGS, channel=2)
        second.set_level(Decimal(9), Decimal(1))
        second.output(on=True)
        assert [stage.volts for stage in virtual.stages] == [0, 9, 0]
        second.close()


FAULTS: list[tuple[Effect, type[BenchFault]]] = [
    (LateAnswer(delay_s=0.3), BenchLost),
    (NoAnswer(), BenchLost),
    (DroppedConnection(), BenchLost),
    (GarbledAnswer(), RemoteInstrumentError),
    (GarbledAnswer(octets=b"OK"), RemoteInstrumentError),
]


@pytest.mark.parametrize(
    ("maker", "wire"), [("rigol", "socket"), ("genesys", "socket"), ("genesys", "pty")]
)
@pytest.mark.parametrize(("effect", "error"), FAULTS)
def test_a_faulty_wire_is_the_bench_and_the_next_reading_is_right(
    effect: Effect,
    error: type[BenchFault],
    maker: str,
    wire: str,
    loop_thread: LoopThread,
    resources: pyvisa.ResourceManager,
) -> None:
    with built(maker, wire, loop_thread, resources) as rig:
        rig.supply.set_level(Decimal(12), Decimal(2))
        rig.supply.output(on=True)
        for query in ("MEAS", "STT?"):
            rig.server.inject(Fault(effect=effect, containing=query))
        with pytest.raises(error):
            rig.supply.measure_volts()
        rig.supply.set_level(Decimal(9), Decimal(2))
        assert rig.supply.measure_volts().value == 9


def test_every_dp800_that_can_be_had_without_hardware_is_known_to_the_driver() -> None:
    assert DP800_RATINGS.keys() <= DC_MODELS.keys()
    for model, ratings in DP800_RATINGS.items():
        channels = DC_MODELS[model].channels.values()
        assert [(each.max_volts, each.max_amps) for each in channels] == list(ratings)


@pytest.mark.parametrize(
    ("name", "volts_and_amps"),
    [("GEN100-15", (100, 15)), ("GENH12.5-60", (Decimal("12.5"), 60)), ("GEN", None)],
)
def test_the_name_of_a_genesys_says_what_it_gives(
    name: str, volts_and_amps: tuple[Decimal, Decimal] | None
) -> None:
    limits = genesys_limits(name)
    assert (limits and (limits.max_volts, limits.max_amps)) == volts_and_amps


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20))
def test_a_checksum_is_the_low_byte_of_the_sum(text: str) -> None:
    assert int(checksum(text), 16) == sum(ord(each) for each in text) % 256
    assert len(checksum(text)) == 2


def test_a_genesys_with_checksums_is_understood(
    loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    with genesys("socket", loop_thread, resources, has_checksum=True) as rig:
        rig.supply.set_level(Decimal(12), Decimal(2))
        rig.supply.output(on=True)
        assert rig.supply.measure_volts().value == 12
        rig.server.inject(Fault(effect=GarbledAnswer(octets=b"OK$00"), containing="OUT"))
        with pytest.raises(RemoteInstrumentError, match="checksum 9A"):
            rig.supply.output(on=False)


def answers(virtual: VirtualGenesys, *messages: str) -> list[str]:
    heard: list[str] = []
    for message in messages:
        virtual.handle(message, heard.append)
    return heard


@pytest.fixture
def bare() -> VirtualGenesys:
    """Without a wire, and with a clock on which 10 ms pass between two looks."""
    ticks = itertools.count()
    return VirtualGenesys(SimulatedClock(START), monotonic=lambda: next(ticks) / 100)


@pytest.mark.parametrize(
    ("messages", "heard"),
    [
        (["PV 12"], [""]),
        (["ADR 05", "PV 12"], ["", ""]),
        (["ADR 06", "PV 12", "PV?"], ["OK", "OK", "12.000"]),
        (["ADR 06", "ADR 05", "PV?"], ["OK", "", ""]),
        (["ADR 06", "PV"], ["OK", "C02"]),
        (["ADR 06", "PV twelve"], ["OK", "C03"]),
        (["ADR 06", "PV 106"], ["OK", "C05"]),
        (["ADR 06", "OVP 10", "PV 12"], ["OK", "OK", "E01"]),
        (["ADR 06", "PV 12", "OVP 12"], ["OK", "OK", "E04"]),
        (["ADR 06", "VOLT 12"], ["OK", "C01"]),
        (["ADR 06", "OUT MAYBE"], ["OK", "C03"]),
        (["ADR 06", "PV 12$00"], ["OK", "C04$A7"]),
        (["adr 06", "pv 7", "rst", "pv?"], ["OK", "OK", "OK", "0.000"]),
    ],
)
def test_the_gen_language(bare: VirtualGenesys, messages: list[str], heard: list[str]) -> None:
    assert answers(bare, *messages) == heard


def test_a_genesys_loses_what_comes_too_soon() -> None:
    now = [0.0]
    hurried = VirtualGenesys(SimulatedClock(START), monotonic=lambda: now[0])
    assert answers(hurried, "ADR 06", "PV?") == ["OK", ""]
    now[0] = 0.006
    assert answers(hurried, "PV?") == ["0.000"]


def test_a_genesys_that_has_tripped_vouches_for_nothing(
    loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    with genesys("socket", loop_thread, resources) as rig:
        rig.supply.set_level(Decimal(12), Decimal(2))
        rig.supply.output(on=True)
        assert isinstance(rig.virtual, VirtualGenesys)
        loop_thread.run(rig.virtual.trip)
        with pytest.raises(BenchFault, match="over-voltage"):
            rig.supply.measure_volts()
        with pytest.raises(RemoteInstrumentError, match="E07"):
            rig.supply.output(on=True)


def test_another_bus_address_does_not_answer(
    loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    clock = SimulatedClock(START, run=loop_thread.run)
    with served("socket", VirtualGenesys(clock), clock, loop_thread, end=END) as server:
        stranger = GenesysSource(
            resources, server.resource, clock, CEILINGS, bus_address=7, timeout_s=0.1
        )
        with pytest.raises(BenchLost, match="ADR 07"):
            stranger.open()


@pytest.mark.parametrize("has_checksum", [False, True])
def test_a_genesys_is_made_safe_without_its_driver(
    has_checksum: bool, loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    with genesys("socket", loop_thread, resources, has_checksum=has_checksum) as rig:
        rig.supply.set_level(Decimal(12), Decimal(2))
        rig.supply.output(on=True)
        dialogue = rig.supply.safe_dialogue()
        assert dialogue is not None
        hold(SafeDialogue.from_json(dialogue.to_json()), timeout_s=2)
        assert rig.stage.volts == 0


def test_a_rigol_is_made_safe_without_its_driver(
    loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    with rigol("hislip", loop_thread, resources) as rig:
        rig.supply.set_level(Decimal(12), Decimal(2))
        rig.supply.output(on=True)
        dialogue = rig.supply.safe_dialogue()
        assert dialogue is not None
        hold(dialogue, timeout_s=2)
        assert rig.stage.volts == 0
