"""What the tests of attenuators are made of: benches of each family, driver and peer on a wire."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from assay.clock import LoopThread, SimulatedClock
from rigs.capabilities import AttenuatorRange
from rigs.drivers.attenuator import (
    AttenuatorDriver,
    JfwAttenuator,
    MiniCircuitsAttenuator,
    VaunixAttenuator,
    WeinschelAttenuator,
)
from rigs.drivers.attenuator.line_links import LineLink
from rigs.drivers.attenuator.vaunix_library import CLibrary
from rigs.virtual.attenuator import (
    AttenuatorHardware,
    HttpAttenuatorServer,
    TelnetAttenuatorServer,
    VirtualJfw,
    VirtualLabBrick,
    VirtualLdaLibrary,
    VirtualMiniCircuits,
    VirtualWeinschel,
)
from rigs.virtual.faults import Fault
from rigs.virtual.pty_server import PtyServer

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
TIMEOUT_S = 0.2
LIMITS = AttenuatorRange(minimum=Decimal(0), maximum=Decimal(90), step=Decimal("0.25"), channels=1)
TWO_CHANNELS = AttenuatorRange(minimum=Decimal(0), maximum=Decimal(63), step=Decimal(1), channels=2)


@dataclass(slots=True)
class Paths:
    """The decibels in each channel's path, and every change of them."""

    decibels: dict[int, Decimal] = field(default_factory=dict)
    changes: list[tuple[int, Decimal]] = field(default_factory=list)

    def changed(self, channel: int, decibels: Decimal) -> None:
        self.decibels[channel] = decibels
        self.changes.append((channel, decibels))


@dataclass(frozen=True, slots=True, kw_only=True)
class AttenuatorBench:
    """One attenuator: its driver, what is really inside, and where faults are injected."""

    driver: AttenuatorDriver
    hardware: AttenuatorHardware
    inject: Callable[[Fault], None]
    clear_faults: Callable[[], None]
    answered: str
    """In one message with an answer, and in that one alone, whenever a level is set."""
    address: str = ""


@contextmanager
def http(loop_thread: LoopThread, clock: SimulatedClock, paths: Paths) -> Iterator[AttenuatorBench]:
    hardware = AttenuatorHardware(clock, LIMITS, paths.changed)
    speaker = VirtualMiniCircuits(hardware, model="RCDAT-8000-90")
    with HttpAttenuatorServer(speaker, clock, loop_thread) as server:
        driver = MiniCircuitsAttenuator.over_http(server.resource, clock, timeout_s=TIMEOUT_S)
        yield AttenuatorBench(
            address=server.resource,
            driver=driver,
            answered="SETATT",
            hardware=hardware,
            inject=server.inject,
            clear_faults=server.clear_faults,
        )


@contextmanager
def telnet(
    loop_thread: LoopThread, clock: SimulatedClock, paths: Paths
) -> Iterator[AttenuatorBench]:
    hardware = AttenuatorHardware(clock, LIMITS, paths.changed)
    speaker = VirtualMiniCircuits(hardware, model="RCDAT-8000-90")
    with TelnetAttenuatorServer(speaker, clock, loop_thread) as server:
        link = LineLink(server.resource, clock, timeout_s=TIMEOUT_S)
        driver = MiniCircuitsAttenuator(link, clock)
        yield AttenuatorBench(
            driver=driver,
            answered="SETATT",
            hardware=hardware,
            inject=server.inject,
            clear_faults=server.clear_faults,
        )
        driver.close()


@contextmanager
def on_a_serial_line(
    speaker: VirtualJfw | VirtualWeinschel,
    drive: Callable[[LineLink], AttenuatorDriver],
    answered: str,
    loop_thread: LoopThread,
    clock: SimulatedClock,
) -> Iterator[AttenuatorBench]:
    with PtyServer(speaker, clock, loop_thread, baud_rate=9600) as server:
        driver = drive(LineLink(str(server.path), clock, timeout_s=TIMEOUT_S))
        yield AttenuatorBench(
            driver=driver,
            answered=answered,
            hardware=speaker.hardware,
            inject=server.inject,
            clear_faults=server.clear_faults,
        )
        driver.close()


def jfw(
    loop_thread: LoopThread, clock: SimulatedClock, paths: Paths
) -> AbstractContextManager[AttenuatorBench]:
    return on_a_serial_line(
        VirtualJfw(AttenuatorHardware(clock, TWO_CHANNELS, paths.changed)),
        lambda link: JfwAttenuator(link, clock, TWO_CHANNELS),
        "SA",
        loop_thread,
        clock,
    )


def weinschel(
    loop_thread: LoopThread, clock: SimulatedClock, paths: Paths
) -> AbstractContextManager[AttenuatorBench]:
    hardware = AttenuatorHardware(clock, TWO_CHANNELS, paths.changed)
    return on_a_serial_line(
        VirtualWeinschel(hardware, channel_of={4: 1, 7: 2}),
        lambda link: WeinschelAttenuator(link, clock, TWO_CHANNELS, addresses=(4, 7)),
        "DEVICE?",
        loop_thread,
        clock,
    )


@contextmanager
def vaunix(
    loop_thread: LoopThread, clock: SimulatedClock, paths: Paths
) -> Iterator[AttenuatorBench]:
    limits = AttenuatorRange(
        minimum=Decimal(0), maximum=Decimal(90), step=Decimal("0.05"), channels=1
    )
    hardware = AttenuatorHardware(clock, limits, paths.changed)
    library = VirtualLdaLibrary([VirtualLabBrick(hardware)], loop_thread)
    driver = VaunixAttenuator(CLibrary(library.functions), clock)
    yield AttenuatorBench(
        driver=driver,
        answered="SetAttenuationHR",
        hardware=hardware,
        inject=library.inject,
        clear_faults=library.clear_faults,
    )
    driver.close()


FAMILIES = {
    "Mini-Circuits over HTTP": http,
    "Mini-Circuits over Telnet": telnet,
    "JFW on a serial line": jfw,
    "Weinschel on a serial line": weinschel,
    "Vaunix through its library": vaunix,
}
