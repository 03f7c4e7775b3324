"""The radio stick as the registry knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assay.declarations.instrument import Instrument
from assay.gbcs.identifiers import Eui64
from assay.verdicts import PlanError
from rigs.capabilities.radio import Coordinator
from rigs.driver_entry import DriverEntry, Mounting, Surroundings
from rigs.virtual.ether import Ether
from rigs.virtual.ncp import Ncp, PtyNcpServer

if TYPE_CHECKING:
    from rigs.drivers.coordinator.driver import EmberCoordinator

COMMAND_TIMEOUT_S = 4.0
VIRTUAL_EUI = "00-DB-12-34-56-78-9A-01"
NODE = "stick"
"""Its antenna on the ether."""


def _coordinator(mounting: Mounting) -> EmberCoordinator:
    """The address is a device (`/dev/ttyUSB0`) or a serial server (`socket://host:port`)."""
    # bellows and what it stands on are loaded by benches that have a stick, and by no others.
    from rigs.drivers.coordinator.driver import EmberCoordinator
    from rigs.drivers.coordinator.stick import EmberStick

    mounting.known_options("eui")
    if mounting.loop_thread is None:
        raise ValueError(f"{mounting.name} is driven on the loop thread, and none was lent")
    stick = EmberStick(
        mounting.address,
        mounting.clock,
        command_patience_s=mounting.timeout_s(COMMAND_TIMEOUT_S),
    )
    is_virtual = mounting.declared.is_virtual
    return EmberCoordinator(stick, mounting.clock, mounting.loop_thread, is_virtual=is_virtual)


def _virtual(around: Surroundings, declared: Instrument) -> PtyNcpServer:
    """A stick on the bench's ether, or on one of its own (`server.ncp.ether`).

    Option: `eui`, its EUI-64.
    """
    text = declared.options.get("eui", VIRTUAL_EUI)
    try:
        eui = Eui64.from_text(str(text))
    except ValueError as error:
        raise PlanError(f"the stick's option eui: {error}") from error

    def make() -> Ncp:
        ether = Ether(around.clock) if around.ether is None else around.ether
        return Ncp(ether, ether.node(NODE), around.clock, eui)

    return PtyNcpServer(around.loop_thread.run(make), around.clock, around.loop_thread)


EMBER_STICK = DriverEntry(
    kind="radio", capability=Coordinator, factory=_coordinator, virtual=_virtual
)
