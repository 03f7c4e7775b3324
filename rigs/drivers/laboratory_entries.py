"""Chambers, counters, standards, consoles, time, gas and a person, as the registry knows them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from assay.declarations.instrument import Instrument
from assay.verdicts import PlanError
from rigs.capabilities import (
    Chamber,
    EnergyStandard,
    GasFlow,
    MeterConsole,
    Operator,
    PulseCounter,
    TimeSource,
)
from rigs.driver_entry import DriverEntry, Mounting, Surroundings, VirtualPeer
from rigs.drivers.chamber import ClimateLimits, EspecChamber, SimservChamber
from rigs.drivers.console import OpticalPort, SerialConsole
from rigs.drivers.gas_source import GasSource
from rigs.drivers.line_entries import (
    TIMEOUT_S,
    line_settings,
    on_a_serial_line,
    on_a_socket,
    there,
)
from rigs.drivers.operator import ScriptedOperator, TerminalOperator
from rigs.drivers.operator.terminal import CONTROLLING
from rigs.drivers.pulse_counter import ScpiPulseCounter, TimestampingCounter
from rigs.drivers.reference import BinaryEnergyStandard
from rigs.drivers.time_source import SntpSource
from rigs.virtual.chamber import VirtualClimate, VirtualEspec, VirtualSimserv
from rigs.virtual.console import OpticalMeterServer, VirtualConsole, VirtualOpticalMeter
from rigs.virtual.gas_source import VirtualGasSource
from rigs.virtual.pulse_counter import VirtualScpiCounter, VirtualTimestamper
from rigs.virtual.reference import Standard, VirtualBinaryStandard
from rigs.virtual.time_server import VirtualTimeServer
from rigs.virtual.transport import ScpiServer

C = TypeVar("C", bound=SerialConsole)

MAX_GAS_FLOW = Decimal(10)
"""Cubic metres per hour that the largest domestic meter (G6) is made for (recalled)."""

_ROOM = Decimal(23)


def _limits(mounting: Mounting) -> ClimateLimits:
    """PlanError for a chamber without ceiling and floor: nothing else keeps a meter whole."""
    lowest, highest = mounting.ceilings.min_celsius, mounting.ceilings.max_celsius
    if lowest is None or highest is None:
        raise PlanError(f"instruments.{mounting.name}.limits: expected min_celsius and max_celsius")
    return ClimateLimits(min_celsius=lowest, max_celsius=highest)


def _espec(mounting: Mounting) -> EspecChamber:
    mounting.known_options("door_alarm")
    has_door = "door_alarm" in mounting.declared.options
    return EspecChamber(
        mounting.address,
        mounting.clock,
        _limits(mounting),
        door_alarm=mounting.whole("door_alarm") if has_door else None,
        serial=mounting.declared.serial,
        timeout_s=mounting.timeout_s(TIMEOUT_S),
        settings=line_settings(mounting, EspecChamber.settings),
    )


def _simserv(mounting: Mounting) -> SimservChamber:
    mounting.known_options("has_humidity")
    chamber = mounting.declared.transport.unit
    return SimservChamber(
        mounting.address,
        mounting.clock,
        _limits(mounting),
        chamber=1 if chamber is None else chamber,
        has_humidity=bool(mounting.declared.options.get("has_humidity", False)),
        serial=mounting.serial,
        timeout_s=mounting.timeout_s(TIMEOUT_S),
    )


def _virtual_espec(around: Surroundings, _declared: Instrument) -> VirtualPeer:
    climate = VirtualClimate(around.clock, room=_ROOM)
    return on_a_serial_line(VirtualEspec(climate), around, EspecChamber.settings)


def _virtual_simserv(around: Surroundings, declared: Instrument) -> VirtualPeer:
    climate = VirtualClimate(around.clock, room=_ROOM)
    return on_a_socket(VirtualSimserv(climate, serial=declared.serial), around)


def _scpi_counter(mounting: Mounting) -> ScpiPulseCounter:
    mounting.known_options()
    return ScpiPulseCounter(
        mounting.visa(),
        mounting.address,
        mounting.clock,
        serial=mounting.serial,
        timeout_s=mounting.timeout_s(TIMEOUT_S),
    )


def _timestamper(mounting: Mounting) -> TimestampingCounter:
    mounting.known_options()
    return TimestampingCounter(
        mounting.address,
        mounting.clock,
        serial=mounting.serial,
        timeout_s=mounting.timeout_s(TIMEOUT_S),
        settings=line_settings(mounting, TimestampingCounter.settings),
    )


def _virtual_counter(around: Surroundings, declared: Instrument) -> VirtualPeer:
    pulses = there(around.pulses, declared, "the light of a meter")
    counter = around.loop_thread.run(lambda: VirtualScpiCounter(pulses, serial=declared.serial))
    return ScpiServer(counter.instrument, around.clock, around.loop_thread)


def _virtual_timestamper(around: Surroundings, declared: Instrument) -> VirtualPeer:
    pulses = there(around.pulses, declared, "the light of a meter")
    board = VirtualTimestamper(around.clock, pulses, serial=declared.serial)
    return on_a_serial_line(board, around, TimestampingCounter.settings)


def _binary_standard(mounting: Mounting) -> BinaryEnergyStandard:
    mounting.known_options()
    return BinaryEnergyStandard(
        mounting.address,
        mounting.clock,
        serial=mounting.serial,
        timeout_s=mounting.timeout_s(TIMEOUT_S),
        settings=line_settings(mounting, BinaryEnergyStandard.settings),
    )


def _virtual_binary_standard(around: Surroundings, declared: Instrument) -> VirtualPeer:
    load = there(around.load, declared, "a circuit")
    standard = around.loop_thread.run(lambda: Standard(around.clock, load, pulses=around.pulses))
    return on_a_serial_line(
        VirtualBinaryStandard(standard, serial=declared.serial),
        around,
        BinaryEnergyStandard.settings,
    )


def _console(mounting: Mounting) -> SerialConsole:
    return _console_of(SerialConsole, mounting)


def _optical_port(mounting: Mounting) -> OpticalPort:
    return _console_of(OpticalPort, mounting)


def _console_of(driver: type[C], mounting: Mounting) -> C:
    mounting.known_options()
    return driver(
        mounting.address,
        mounting.clock,
        model=mounting.declared.model,
        serial=mounting.declared.serial,
        echo=bool(mounting.declared.transport.echo),
        timeout_s=mounting.timeout_s(TIMEOUT_S),
        settings=line_settings(mounting, driver.settings),
    )


def _virtual_console(around: Surroundings, declared: Instrument) -> VirtualPeer:
    console = VirtualConsole({"serial": lambda: declared.serial})
    return on_a_serial_line(console, around, SerialConsole.settings)


def _virtual_optical_meter(around: Surroundings, declared: Instrument) -> VirtualPeer:
    meter = VirtualOpticalMeter({"0-0:96.1.0*255": lambda: declared.serial})
    return OpticalMeterServer(
        meter, around.clock, around.loop_thread, echoes=bool(declared.transport.echo)
    )


def _time_source(mounting: Mounting) -> SntpSource:
    mounting.known_options()
    return SntpSource(mounting.address, mounting.clock, timeout_s=mounting.timeout_s(TIMEOUT_S))


def _virtual_time_server(around: Surroundings, _declared: Instrument) -> VirtualPeer:
    return VirtualTimeServer(around.clock, around.loop_thread)


def _gas_source(mounting: Mounting) -> GasSource:
    mounting.known_options("max_cubic_metres_per_hour")
    return GasSource(
        mounting.visa(),
        mounting.address,
        mounting.clock,
        mounting.number("max_cubic_metres_per_hour", MAX_GAS_FLOW),
        serial=mounting.serial,
        timeout_s=mounting.timeout_s(TIMEOUT_S),
    )


def _virtual_gas_source(around: Surroundings, declared: Instrument) -> VirtualPeer:
    flow = there(around.gas_flow, declared, "a gas meter")
    source = around.loop_thread.run(
        lambda: VirtualGasSource(around.clock, flow, serial=declared.serial)
    )
    return ScpiServer(source.instrument, around.clock, around.loop_thread)


def _terminal(mounting: Mounting) -> TerminalOperator:
    """The address is a terminal; `terminal` is that of the process."""
    mounting.known_options()
    device = CONTROLLING if mounting.address == "terminal" else Path(mounting.address)
    return TerminalOperator(mounting.record, device=device)


def _script(mounting: Mounting) -> ScriptedOperator:
    """The address is the file of answers."""
    mounting.known_options()
    return ScriptedOperator.from_file(Path(mounting.address), mounting.record)


ESPEC_CHAMBER = DriverEntry(
    kind="climate_chamber", capability=Chamber, factory=_espec, virtual=_virtual_espec
)
SIMSERV_CHAMBER = DriverEntry(
    kind="climate_chamber", capability=Chamber, factory=_simserv, virtual=_virtual_simserv
)
SCPI_COUNTER = DriverEntry(
    kind="pulse_counter",
    capability=PulseCounter,
    factory=_scpi_counter,
    virtual=_virtual_counter,
)
TIMESTAMPER = DriverEntry(
    kind="pulse_counter",
    capability=PulseCounter,
    factory=_timestamper,
    virtual=_virtual_timestamper,
)
BINARY_STANDARD = DriverEntry(
    kind="reference_meter",
    capability=EnergyStandard,
    factory=_binary_standard,
    virtual=_virtual_binary_standard,
)
SERIAL_CONSOLE = DriverEntry(
    kind="meter_console", capability=MeterConsole, factory=_console, virtual=_virtual_console
)
OPTICAL_PORT = DriverEntry(
    kind="optical_reader",
    capability=MeterConsole,
    factory=_optical_port,
    virtual=_virtual_optical_meter,
)
SNTP_SOURCE = DriverEntry(
    kind="time_source",
    capability=TimeSource,
    factory=_time_source,
    virtual=_virtual_time_server,
)
GAS_SOURCE = DriverEntry(
    kind="gas_source", capability=GasFlow, factory=_gas_source, virtual=_virtual_gas_source
)
TERMINAL_OPERATOR = DriverEntry(kind="operator", capability=Operator, factory=_terminal)
SCRIPTED_OPERATOR = DriverEntry(kind="operator", capability=Operator, factory=_script)
