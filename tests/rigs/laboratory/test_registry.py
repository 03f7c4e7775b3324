"""Drivers by name: ours and those of others, each held to what its kind promises."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import pytest
import pyvisa

from assay.clock import LoopThread, SimulatedClock
from assay.declarations.instrument import Ceilings, Instrument
from assay.verdicts import PlanError
from rigs.capabilities import Operator, Relays, Tamper
from rigs.driver_entry import DriverEntry, Mounting, Surroundings
from rigs.premises import Contactor, SupplyNode
from rigs.premises_circuits import single_phase
from rigs.premises_gas import GasFlow, GasValve
from rigs.premises_pulses import PulseOutput
from rigs.premises_tamper import Interference, TamperNode
from rigs.registry import GROUP, OWN, Registry, known_drivers

LIMITS = Ceilings(
    max_volts=Decimal(280),
    max_hertz=Decimal(55),
    max_watts=Decimal(6000),
    min_celsius=Decimal(-40),
    max_celsius=Decimal(85),
)
REGISTRY = Registry(OWN)
WITH_A_PEER = [name for name in REGISTRY.names() if REGISTRY.entry(name).virtual is not None]


@runtime_checkable
class Closing(Protocol):
    """A driver that holds a link between two calls."""

    def close(self) -> None: ...


def declared(kind: str, driver: str, address: str = "virtual", **options: object) -> Instrument:
    """An instrument as a bench file has it; one that measures nothing has no calibration."""
    calibration: object = "virtual" if address == "virtual" else "none"
    return Instrument.model_validate(
        {
            "kind": kind,
            "driver": driver,
            "model": "any",
            "address": address,
            "serial": "1",
            "calibration": calibration,
            "options": options,
        }
    )


@pytest.fixture
def around(clock: SimulatedClock, loop_thread: LoopThread) -> Surroundings:
    supply, contactor = SupplyNode(clock), Contactor(clock)
    circuits = single_phase(clock, supply, contactor)
    return Surroundings(
        clock=clock,
        loop_thread=loop_thread,
        supply=supply,
        load=circuits.loads[0],
        circuits=circuits,
        pulses=PulseOutput(clock, 1000),
        gas_flow=GasFlow(clock, GasValve(clock)),
        tamper=TamperNode(clock),
    )


@pytest.fixture
def mount(clock: SimulatedClock, loop_thread: LoopThread, resources: pyvisa.ResourceManager) -> Any:
    def build(it: Instrument, address: str | None = None, /, **more: Any) -> Mounting:
        return Mounting(
            name="it",
            declared=it,
            address=it.address if address is None else address,
            clock=clock,
            loop_thread=loop_thread,
            resources=resources,
            ceilings=LIMITS,
            **more,
        )

    return build


def test_our_drivers_are_declared_as_entry_points() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text())
    assert project["project"]["entry-points"][GROUP] == dict(OWN)


@pytest.mark.parametrize("name", REGISTRY.names())
def test_every_name_leads_to_a_driver(name: str) -> None:
    assert isinstance(REGISTRY.entry(name), DriverEntry)


@pytest.mark.parametrize("name", WITH_A_PEER)
def test_every_driver_finds_its_own_peer(name: str, around: Surroundings, mount: Any) -> None:
    if name == "ember_stick":
        pytest.importorskip("bellows")
    entry = REGISTRY.entry(name)
    instrument = declared(entry.kind, name)
    assert entry.virtual is not None
    peer = entry.virtual(around, instrument)
    try:
        driver: Any = REGISTRY.make(mount(instrument, peer.resource))
        try:
            assert driver.identify() is not None
            driver.safe()
        finally:
            if isinstance(driver, Closing):
                driver.close()
    finally:
        peer.close()


def test_an_unknown_driver_is_told_with_those_that_are_known(mount: Any) -> None:
    with pytest.raises(
        PlanError, match=r"instruments\.it\.driver: unknown driver 'nameless'.*sntp"
    ):
        REGISTRY.make(mount(declared("relays", "nameless")))


def test_a_driver_of_another_kind_is_refused(mount: Any) -> None:
    with pytest.raises(PlanError, match="sntp drives a time_source, the instrument is a relays"):
        REGISTRY.make(mount(declared("relays", "sntp")))


@dataclass
class HalfABoard:
    """A driver of somebody else's that forgot to read back and to be made safe."""

    address: str

    def identify(self) -> None: ...

    def count(self) -> int:
        return 1

    def switch(self, number: int, closed: bool) -> None: ...


FORGETFUL = DriverEntry(
    kind="relays", capability=Relays, factory=lambda mounting: HalfABoard(mounting.address)
)
NO_ENTRY = "text"


def found(name: str, attribute: str) -> EntryPoint:
    return EntryPoint(name=name, value=f"{__name__}:{attribute}", group=GROUP)


def test_a_driver_of_others_is_found_and_held_to_its_capability(mount: Any) -> None:
    registry = Registry(OWN, [found("forgetful", "FORGETFUL")])
    with pytest.raises(PlanError, match="should be a Relays and lacks is_closed, safe"):
        registry.make(mount(declared("relays", "forgetful")))


@pytest.mark.parametrize(
    ("point", "problem"),
    [
        (found("theirs", "NO_ENTRY"), "expected a DriverEntry"),
        (found("theirs", "NOTHING"), "cannot be loaded"),
        (EntryPoint(name="theirs", value="no_such_package:X", group=GROUP), "cannot be loaded"),
    ],
    ids=["no entry", "no attribute", "no module"],
)
def test_a_broken_driver_harms_nobody_until_it_is_asked_for(
    point: EntryPoint, problem: str
) -> None:
    registry = Registry(OWN, [point])
    assert registry.entry("sntp").kind == "time_source"
    with pytest.raises(PlanError, match=problem):
        registry.entry("theirs")


def test_one_name_belongs_to_one_driver() -> None:
    Registry(OWN, [EntryPoint(name="sntp", value=OWN["sntp"], group=GROUP)])
    with pytest.raises(PlanError, match=r"sntp: .* claims the name"):
        Registry(OWN, [found("sntp", "FORGETFUL")])


def test_the_known_drivers_are_ours_at_least() -> None:
    assert set(OWN) <= set(known_drivers().names())


def test_an_option_that_a_driver_does_not_know_is_told(mount: Any) -> None:
    with pytest.raises(PlanError, match="unknown colour; the driver sntp knows none"):
        REGISTRY.make(mount(declared("time_source", "sntp", colour="red")))


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({}, "expected a whole number .*seen none"),
        ({"relay": "two"}, "expected a whole number .*seen 'two'"),
    ],
)
def test_an_option_of_the_wrong_kind_is_told(
    options: dict[str, object], problem: str, mount: Any
) -> None:
    board = object.__new__(HalfRelays)
    button = declared("button_presser", "relay_button", "board", **options)
    with pytest.raises(PlanError, match=problem):
        REGISTRY.make(mount(button, instrument=lambda _: board))


class HalfRelays:
    """Enough of a board to be taken for one; nothing is moved in these tests."""

    def identify(self) -> None: ...

    def count(self) -> int:
        return 1

    def switch(self, number: int, closed: bool) -> None: ...

    def is_closed(self, number: int) -> bool:
        return number == 0

    def safe(self) -> None: ...


def test_a_cover_is_moved_through_the_board_that_the_file_names(
    around: Surroundings, mount: Any
) -> None:
    board = declared(
        "relays", "modbus_tcp_relays", relays=2, relay_2=str(Interference.TERMINAL_COVER)
    )
    entry = REGISTRY.entry("modbus_tcp_relays")
    assert entry.virtual is not None
    peer = entry.virtual(around, board)
    relays: Any = REGISTRY.make(mount(board, peer.resource))
    actuator = declared("tamper_actuator", "relay_tamper", "board", **{"terminal cover removed": 2})
    tamper = REGISTRY.make(mount(actuator, instrument={"board": relays}.__getitem__))
    assert isinstance(tamper, Tamper)
    seen: list[tuple[Interference, bool]] = []
    assert around.tamper is not None
    around.tamper.listen(lambda _at, change: seen.append(change))
    tamper.begin(Interference.TERMINAL_COVER)
    tamper.end(Interference.TERMINAL_COVER)
    relays.close()
    peer.close()
    assert seen == [(Interference.TERMINAL_COVER, True), (Interference.TERMINAL_COVER, False)]


def test_an_interference_that_nobody_knows_is_told_before_the_run(mount: Any) -> None:
    actuator = declared("tamper_actuator", "relay_tamper", "board", hammer=1)
    with pytest.raises(PlanError, match="seen hammer"):
        REGISTRY.make(mount(actuator, instrument=lambda _: object.__new__(HalfRelays)))


def test_an_actuator_works_through_a_board_and_nothing_else(mount: Any) -> None:
    actuator = declared("button_presser", "relay_button", "clock", relay=1)
    with pytest.raises(PlanError, match="expected the name of a relay board, seen 'clock'"):
        REGISTRY.make(mount(actuator, instrument=lambda _: object()))


def test_a_chamber_without_limits_is_refused(clock: SimulatedClock) -> None:
    chamber = declared("climate_chamber", "espec_chamber")
    mounting = Mounting(name="it", declared=chamber, address="/dev/null", clock=clock)
    with pytest.raises(PlanError, match="min_celsius and max_celsius"):
        REGISTRY.make(mounting)


@pytest.fixture
def script(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "answers.toml"
    path.write_text('[[answer]]\nto = "cover"\nsay = "done"\n')
    yield path


def test_a_script_stands_in_for_a_person(script: Path, mount: Any) -> None:
    recorded: list[tuple[str, str]] = []
    person = declared("operator", "scripted_operator", str(script))
    operator = REGISTRY.make(mount(person, record=lambda *said: recorded.append(said)))
    assert isinstance(operator, Operator)
    operator.confirm("take the cover off")
    assert recorded[0][1] == "done"


def test_simulated_time_stands_still_while_a_driver_talks(
    around: Surroundings, mount: Any, clock: SimulatedClock
) -> None:
    entry = REGISTRY.entry("sntp")
    assert entry.virtual is not None
    peer = entry.virtual(around, declared("time_source", "sntp"))
    began = clock.now()
    source: Any = REGISTRY.make(mount(declared("time_source", "sntp"), peer.resource))
    assert source.measure_offset().offset == timedelta(0)
    peer.close()
    assert clock.now() == began
