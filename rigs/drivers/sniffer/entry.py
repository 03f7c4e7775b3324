"""The sniffer as the registry knows it; what kind of input it has is in its address."""

from __future__ import annotations

from pathlib import Path

from assay.declarations.instrument import Instrument
from assay.verdicts import PlanError
from rigs.capabilities.radio import Sniffer
from rigs.driver_entry import DriverEntry, Mounting, Surroundings
from rigs.drivers.sniffer.driver import SnifferDriver
from rigs.virtual.sniffer import PcapStreamServer

TIMEOUT_S = 2.0


def _sniffer(mounting: Mounting) -> SnifferDriver:
    """Options: `folder` for captures, and `shares_clock` where a tool on this host stamps them."""
    mounting.known_options("folder", "shares_clock")
    shares_clock = mounting.declared.options.get("shares_clock", mounting.declared.is_virtual)
    if not isinstance(shares_clock, bool):
        raise PlanError(
            f"instruments.{mounting.name}.options.shares_clock: expected true or false, "
            f"seen {shares_clock!r}"
        )
    return SnifferDriver(
        mounting.address,
        mounting.clock,
        folder=Path(mounting.text("folder", "captures")),
        name=mounting.name,
        serial=mounting.declared.serial,
        timeout_s=mounting.timeout_s(TIMEOUT_S),
        shares_clock=shares_clock,
    )


def _virtual(around: Surroundings, _declared: Instrument) -> PcapStreamServer:
    """It hears the bench's ether, or what its `hear` is given."""
    server, ether = PcapStreamServer(around.clock, around.loop_thread), around.ether
    if ether is not None:
        around.loop_thread.run(lambda: ether.taps.append(server.hear))
    return server


SNIFFER = DriverEntry(kind="sniffer", capability=Sniffer, factory=_sniffer, virtual=_virtual)
