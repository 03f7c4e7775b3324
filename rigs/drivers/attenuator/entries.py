"""Attenuators, as the registry knows them.

A Mini-Circuits one is at `http://host[:port]` or `telnet://host[:port]`; a virtual one has the
option `wire`, `http` or `telnet`, and the range of its model. For JFW and Weinschel the options
`maximum_db`, `step_db` and `channels` state what was built or hung on the bus; for Weinschel
`first_address` too. A Vaunix one has the file of the maker's library as its address.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from assay.declarations.instrument import Instrument
from assay.verdicts import BenchLost, PlanError
from rigs.capabilities import Attenuator, AttenuatorRange
from rigs.driver_entry import DriverEntry, Mounting, Surroundings
from rigs.drivers.attenuator.http_link import HttpLink
from rigs.drivers.attenuator.jfw import JfwAttenuator
from rigs.drivers.attenuator.line_links import LineLink
from rigs.drivers.attenuator.mini_circuits import MiniCircuitsAttenuator
from rigs.drivers.attenuator.models import MODELS
from rigs.drivers.attenuator.vaunix import VaunixAttenuator
from rigs.drivers.attenuator.vaunix_library import CLibrary
from rigs.drivers.attenuator.weinschel import WeinschelAttenuator
from rigs.drivers.line_entries import line_settings
from rigs.drivers.octet_line import SerialSettings
from rigs.virtual.attenuator import (
    AttenuatorHardware,
    HttpAttenuatorServer,
    SerialAttenuatorServer,
    TelnetAttenuatorServer,
    VirtualJfw,
    VirtualMiniCircuits,
    VirtualWeinschel,
)
from rigs.virtual.server import InstrumentServer

TIMEOUT_S = 2.0
USUAL_MODEL = "RCDAT-6000-110"
_WIRE = "wire"
_SERVERS: Mapping[str, type[HttpAttenuatorServer] | type[TelnetAttenuatorServer]] = {
    "http": HttpAttenuatorServer,
    "telnet": TelnetAttenuatorServer,
}
_BUILT = ("maximum_db", "step_db", "channels")
_FIRST_ADDRESS = "first_address"


def _mini_circuits(mounting: Mounting) -> MiniCircuitsAttenuator:
    mounting.known_options(_WIRE)
    wire = HttpLink if mounting.address.startswith("http:") else LineLink
    link = wire(mounting.address, mounting.clock, timeout_s=mounting.timeout_s(TIMEOUT_S))
    return MiniCircuitsAttenuator(link, mounting.clock, serial=mounting.declared.serial)


def _jfw(mounting: Mounting) -> JfwAttenuator:
    mounting.known_options(*_BUILT)
    return JfwAttenuator(
        _line(mounting), mounting.clock, _range(mounting), serial=mounting.declared.serial
    )


def _weinschel(mounting: Mounting) -> WeinschelAttenuator:
    mounting.known_options(*_BUILT, _FIRST_ADDRESS)
    limits = _range(mounting)
    first = mounting.whole(_FIRST_ADDRESS, 1)
    return WeinschelAttenuator(
        _line(mounting),
        mounting.clock,
        limits,
        addresses=range(first, first + limits.channels),
        serial=mounting.declared.serial,
    )


def _vaunix(mounting: Mounting) -> VaunixAttenuator:
    """BenchLost where the library is not there, or is not the one."""
    mounting.known_options()
    try:
        library = CLibrary.load(Path(mounting.address))
    except (OSError, AttributeError) as error:
        raise BenchLost(
            f"instruments.{mounting.name}.address: expected the library of the maker, "
            f"{mounting.address} cannot be used: {error}"
        ) from error
    return VaunixAttenuator(library, mounting.clock, serial=mounting.declared.serial)


def _line(mounting: Mounting) -> LineLink:
    return LineLink(
        mounting.address,
        mounting.clock,
        settings=line_settings(mounting, SerialSettings()),
        timeout_s=mounting.timeout_s(TIMEOUT_S),
    )


def _range(mounting: Mounting) -> AttenuatorRange:
    return AttenuatorRange(
        minimum=Decimal(0),
        maximum=mounting.number("maximum_db", Decimal(95)),
        step=mounting.number("step_db", Decimal(1)),
        channels=mounting.whole("channels", 1),
    )


def _virtual_mini_circuits(around: Surroundings, declared: Instrument) -> InstrumentServer:
    model = declared.model if declared.model in MODELS else USUAL_MODEL
    wire = declared.options.get(_WIRE, "http")
    if wire not in _SERVERS:
        raise PlanError(f"the option {_WIRE}: expected one of {', '.join(_SERVERS)}, got {wire!r}")
    hardware = _hardware(around, MODELS[model].range)
    speaker = VirtualMiniCircuits(hardware, model=model, serial=declared.serial)
    return _SERVERS[str(wire)](speaker, around.clock, around.loop_thread)


def _virtual_jfw(around: Surroundings, declared: Instrument) -> InstrumentServer:
    hardware = _hardware(around, _declared_range(around, declared))
    speaker = VirtualJfw(hardware, serial=declared.serial)
    return SerialAttenuatorServer(speaker, around.clock, around.loop_thread)


def _virtual_weinschel(around: Surroundings, declared: Instrument) -> InstrumentServer:
    limits = _declared_range(around, declared)
    first = int(declared.options.get(_FIRST_ADDRESS, 1))
    speaker = VirtualWeinschel(
        _hardware(around, limits),
        channel_of={first + index: index + 1 for index in range(limits.channels)},
        serial=declared.serial,
    )
    return SerialAttenuatorServer(speaker, around.clock, around.loop_thread)


def _declared_range(around: Surroundings, declared: Instrument) -> AttenuatorRange:
    return _range(
        Mounting(name="virtual", declared=declared, address="virtual", clock=around.clock)
    )


def _hardware(around: Surroundings, limits: AttenuatorRange) -> AttenuatorHardware:
    return around.loop_thread.run(
        lambda: AttenuatorHardware(around.clock, limits, around.attenuated)
    )


MINI_CIRCUITS = DriverEntry(
    kind="rf_attenuator",
    capability=Attenuator,
    factory=_mini_circuits,
    virtual=_virtual_mini_circuits,
)
JFW = DriverEntry(kind="rf_attenuator", capability=Attenuator, factory=_jfw, virtual=_virtual_jfw)
WEINSCHEL = DriverEntry(
    kind="rf_attenuator", capability=Attenuator, factory=_weinschel, virtual=_virtual_weinschel
)
VAUNIX = DriverEntry(kind="rf_attenuator", capability=Attenuator, factory=_vaunix)
