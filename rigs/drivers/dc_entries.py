"""DC supplies as the registry knows them."""

from __future__ import annotations

from decimal import Decimal

from assay.declarations.instrument import Instrument as Declared
from rigs.capabilities import DcLimits, DcSupply
from rigs.driver_entry import DriverEntry, Mounting, Surroundings
from rigs.drivers.dc_models import genesys_limits
from rigs.drivers.dc_source import DcSource
from rigs.drivers.genesys import GenesysSource
from rigs.drivers.visa_settings import line_settings
from rigs.drivers.wires import WIRE, served_on
from rigs.virtual.dp800 import DP800_RATINGS, VirtualDp800
from rigs.virtual.genesys import END, VirtualGenesys
from rigs.virtual.server import InstrumentServer

TIMEOUT_S = 5.0
USUAL_DP800 = "DP832A"
USUAL_GENESYS = DcLimits(max_volts=Decimal(100), max_amps=Decimal(15))
_UNBOUNDED = Decimal("Infinity")  # the driver knows what its model can do


def _ceilings(mounting: Mounting) -> DcLimits:
    volts, amps = mounting.ceilings.max_volts, mounting.ceilings.max_amps
    return DcLimits(
        max_volts=_UNBOUNDED if volts is None else volts,
        max_amps=_UNBOUNDED if amps is None else amps,
    )


def _scpi(mounting: Mounting) -> DcSource:
    mounting.known_options(WIRE, "channel")
    return DcSource(
        mounting.visa(),
        mounting.address,
        mounting.clock,
        _ceilings(mounting),
        channel=mounting.whole("channel", 1),
        serial=mounting.serial,
        timeout_s=mounting.timeout_s(TIMEOUT_S),
        settings=line_settings(mounting.declared.transport, DcSource.line),
    )


def _genesys(mounting: Mounting) -> GenesysSource:
    """The bus address is the transport's `unit`; the option `checksum` is "on" or "off"."""
    mounting.known_options(WIRE, "checksum")
    unit = mounting.declared.transport.unit
    return GenesysSource(
        mounting.visa(),
        mounting.address,
        mounting.clock,
        _ceilings(mounting),
        bus_address=6 if unit is None else unit,
        has_checksum=mounting.text("checksum", "off") == "on",
        serial=mounting.serial,
        timeout_s=mounting.timeout_s(TIMEOUT_S),
        settings=line_settings(mounting.declared.transport, GenesysSource.line),
    )


def _virtual_dp800(around: Surroundings, declared: Declared) -> InstrumentServer:
    model = declared.model if declared.model in DP800_RATINGS else USUAL_DP800
    supply = around.loop_thread.run(lambda: VirtualDp800(around.clock, model=model))
    return served_on(declared, supply.instrument, around)


def _virtual_genesys(around: Surroundings, declared: Declared) -> InstrumentServer:
    rating = genesys_limits(declared.model) or USUAL_GENESYS
    unit = declared.transport.unit
    supply = around.loop_thread.run(
        lambda: VirtualGenesys(
            around.clock,
            max_volts=rating.max_volts,
            max_amps=rating.max_amps,
            bus_address=6 if unit is None else unit,
        )
    )
    return served_on(declared, supply, around, end=END)


DC_SOURCE = DriverEntry(
    kind="dc_source", capability=DcSupply, factory=_scpi, virtual=_virtual_dp800
)
GENESYS_SOURCE = DriverEntry(
    kind="dc_source", capability=DcSupply, factory=_genesys, virtual=_virtual_genesys
)
