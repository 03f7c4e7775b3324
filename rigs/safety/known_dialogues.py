"""What makes the instruments of our own drivers safe, once they have said who they are.

A driver of somebody else's says it itself, in a method `safe_dialogue`; one that says nothing
is made safe by its own `safe` alone, which a watchdog cannot call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol, runtime_checkable

from rigs.driver_entry import Mounting
from rigs.drivers.ac_source import AcSource
from rigs.drivers.chamber.espec import EspecChamber
from rigs.drivers.chamber.simserv import SimservChamber
from rigs.drivers.chamber.simserv_commands import ANSWER_END, START_OUTPUT, Command, Request
from rigs.drivers.gas_source import GasSource
from rigs.drivers.load_bank import LoadBank
from rigs.drivers.relays.lcus import LcusRelays, lcus_frame
from rigs.drivers.relays.modbus import TCP_PORT, ModbusRelays
from rigs.drivers.scpi import ScpiDriver
from rigs.drivers.source_models import MODELS
from rigs.drivers.visa_settings import line_settings, serial_line
from rigs.safety.dialogue import Exchange, SafeDialogue, scpi_dialogue
from rigs.safety.modbus_dialogue import open_all_coils
from rigs.safety.wire import is_reachable

_OFF = r"\+?0|OFF"

# Nothing that these do can hurt anybody: they measure, listen, or ask a person.
WITHOUT_OUTPUT: frozenset[str] = frozenset(
    {"reference_meter", "pulse_counter", "sniffer", "time_source", "operator", "meter_console"}
    | {"camera", "optical_reader"}
)


@runtime_checkable
class KnowsItsDialogue(Protocol):
    """A driver that says how its instrument is made safe without it."""

    def safe_dialogue(self) -> SafeDialogue | None: ...


def dialogue_of(driver: object, mounting: Mounting) -> SafeDialogue | None:
    """None where only the driver can do it. The instrument may be asked who it is."""
    if isinstance(driver, KnowsItsDialogue):
        return driver.safe_dialogue()
    build = next((make for kind, make in _BUILDERS.items() if isinstance(driver, kind)), None)
    if build is None or not is_reachable(mounting.address):
        return None
    return build(driver, mounting)


def is_only_known_to_its_driver(driver: object) -> bool:
    """Whether the driver has to switch off itself, as it remembers what it cannot read back."""
    return isinstance(driver, LcusRelays)


def _ac_source(driver: AcSource, mounting: Mounting) -> SafeDialogue:
    commands = MODELS[driver.opened().model].commands
    # In this order: a wave that is stopped in a dip would let the steady level out.
    off = (commands.output_off, *commands.stop)
    return _scpi(mounting, off, commands.output_query)


def _load_bank(_driver: LoadBank, mounting: Mounting) -> SafeDialogue:
    return _scpi(mounting, ("INP OFF",), "INP?")


def _gas_source(_driver: GasSource, mounting: Mounting) -> SafeDialogue:
    return _scpi(mounting, ("OUTP OFF",), "OUTP?")


def _scpi(mounting: Mounting, off: tuple[str, ...], question: str) -> SafeDialogue:
    settings = line_settings(mounting.declared.transport, ScpiDriver.line)
    return scpi_dialogue(
        mounting.address, off, question, _OFF, end=settings.end, **serial_line(settings)
    )


def _lcus(driver: LcusRelays, mounting: Mounting) -> SafeDialogue:
    frames = [lcus_frame(number, False) for number in range(1, driver.count() + 1)]
    return _octets(driver, mounting, *(Exchange(send=each) for each in frames))


def _modbus(driver: ModbusRelays, mounting: Mounting) -> SafeDialogue:
    is_tcp = mounting.address.startswith("tcp://")
    unit = mounting.declared.transport.unit
    opened = open_all_coils(driver.count(), 1 if unit is None else unit, is_tcp=is_tcp)
    dialogue = replace(_octets(driver, mounting, *opened), verifies=True)
    if is_tcp and not dialogue.address.removeprefix("tcp://").count(":"):
        return replace(dialogue, address=f"{dialogue.address}:{TCP_PORT}")
    return dialogue


def _espec(driver: EspecChamber, mounting: Mounting) -> SafeDialogue:
    off = Exchange(send=b"POWER,OFF\r\n", end=b"\r\n", expects="^OK")
    return _octets(driver, mounting, off)


def _simserv(driver: SimservChamber, mounting: Mounting) -> SafeDialogue:
    unit = mounting.declared.transport.unit
    arguments = (str(START_OUTPUT), "0")
    request = Request(Command.SET_OUTPUT, 1 if unit is None else unit, arguments)
    off = Exchange(send=request.to_bytes(), end=ANSWER_END, expects="^1")
    return _octets(driver, mounting, off)


def _octets(driver: Any, mounting: Mounting, *exchanges: Exchange) -> SafeDialogue:
    """Of a driver on a bare line, with the settings of the file or else its own."""
    declared, usual = mounting.declared.transport, driver.settings
    return SafeDialogue(
        address=mounting.address,
        exchanges=exchanges,
        verifies=False,
        baud=declared.baud or usual.baud,
        data_bits=declared.data_bits or usual.data_bits,
        parity=declared.parity or usual.parity,
        stop_bits=declared.stop_bits or usual.stop_bits,
    )


_BUILDERS: Mapping[type, Callable[..., SafeDialogue]] = {
    AcSource: _ac_source,
    LoadBank: _load_bank,
    GasSource: _gas_source,
    LcusRelays: _lcus,
    ModbusRelays: _modbus,
    EspecChamber: _espec,
    SimservChamber: _simserv,
}
