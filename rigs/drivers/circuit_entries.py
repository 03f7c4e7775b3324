"""Source, load and reference standard in the circuit of a meter, as the registry knows them."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from assay.declarations.instrument import Instrument as Declared
from rigs.capabilities import EnergyStandard, Load, Supply
from rigs.driver_entry import DriverEntry, Mounting, Surroundings
from rigs.drivers.ac_source import AcSource, Ceilings
from rigs.drivers.line_entries import there
from rigs.drivers.load_bank import LoadBank
from rigs.drivers.reference_meter import EnergyReference
from rigs.drivers.visa_settings import line_settings
from rigs.drivers.wires import WIRE, served_on
from rigs.virtual.load_bank import VirtualLoadBank
from rigs.virtual.reference_meter import VirtualReferenceMeter
from rigs.virtual.scpi import Instrument
from rigs.virtual.server import InstrumentServer
from rigs.virtual.sources import SOURCES
from rigs.virtual.transport import ScpiServer

TIMEOUT_S = 5.0
MAX_LOAD_WATTS = Decimal(25_000)
USUAL_SOURCE = "6843A"
_UNBOUNDED = Decimal("Infinity")  # the driver knows what its model can do


class _Modelled(Protocol):
    """A virtual instrument behind a SCPI server."""

    @property
    def instrument(self) -> Instrument: ...


def _ac_source(mounting: Mounting) -> AcSource:
    mounting.known_options(WIRE)
    ceilings = mounting.ceilings
    return AcSource(
        mounting.visa(),
        mounting.address,
        mounting.clock,
        Ceilings(
            max_volts=_UNBOUNDED if ceilings.max_volts is None else ceilings.max_volts,
            max_hertz=_UNBOUNDED if ceilings.max_hertz is None else ceilings.max_hertz,
        ),
        serial=mounting.serial,
        timeout_s=mounting.timeout_s(TIMEOUT_S),
        settings=line_settings(mounting.declared.transport, AcSource.line),
    )


def _load_bank(mounting: Mounting) -> LoadBank:
    mounting.known_options()
    return LoadBank(
        mounting.visa(),
        mounting.address,
        mounting.clock,
        MAX_LOAD_WATTS if mounting.ceilings.max_watts is None else mounting.ceilings.max_watts,
        serial=mounting.declared.serial,
        timeout_s=mounting.timeout_s(TIMEOUT_S),
    )


def _energy_reference(mounting: Mounting) -> EnergyReference:
    mounting.known_options()
    return EnergyReference(
        mounting.visa(),
        mounting.address,
        mounting.clock,
        serial=mounting.declared.serial,
        timeout_s=mounting.timeout_s(TIMEOUT_S),
    )


def _virtual_source(around: Surroundings, declared: Declared) -> InstrumentServer:
    """The model that the file names, where there is a virtual one, on the wire of its options."""
    supply = there(around.supply, declared, "a circuit")
    load = there(around.load, declared, "a circuit")
    build = SOURCES.get(declared.model, SOURCES[USUAL_SOURCE])
    source = around.loop_thread.run(lambda: build(around.clock, supply, load))
    server = served_on(declared, source.instrument, around)
    server.output_log = source.log
    return server


def _virtual_load(around: Surroundings, declared: Declared) -> ScpiServer:
    load = there(around.load, declared, "a circuit")
    serial = declared.serial
    return _served(
        around.loop_thread.run(
            lambda: VirtualLoadBank(load, max_watts=MAX_LOAD_WATTS, serial=serial)
        ),
        around,
    )


def _virtual_reference(around: Surroundings, declared: Declared) -> ScpiServer:
    load = there(around.load, declared, "a circuit")
    serial = declared.serial
    return _served(
        around.loop_thread.run(
            lambda: VirtualReferenceMeter(around.clock, load, pulses=around.pulses, serial=serial)
        ),
        around,
    )


def _served(model: _Modelled, around: Surroundings) -> ScpiServer:
    return ScpiServer(model.instrument, around.clock, around.loop_thread)


AC_SOURCE = DriverEntry(
    kind="ac_source", capability=Supply, factory=_ac_source, virtual=_virtual_source
)
LOAD_BANK = DriverEntry(
    kind="load_bank", capability=Load, factory=_load_bank, virtual=_virtual_load
)
ENERGY_REFERENCE = DriverEntry(
    kind="reference_meter",
    capability=EnergyStandard,
    factory=_energy_reference,
    virtual=_virtual_reference,
)
