"""Relay boards and what they move, as the registry knows them.

Options of a board: `relays`, how many it has; `inputs`, for one that reads contacts; and for a
virtual one `relay_1` and so on, what hangs on a contact: an interference or a button by its name.
Options of `relay_tamper`: the number of the relay for each interference, by its name. Options of
`relay_button`: `relay`, and `held_ms`.
"""

from __future__ import annotations

import re
from datetime import timedelta

from assay.declarations.instrument import Instrument
from assay.verdicts import PlanError
from rigs.capabilities import Button, Relays, Tamper
from rigs.driver_entry import DriverEntry, Mounting, Surroundings
from rigs.drivers.line_entries import TIMEOUT_S, line_settings, on_a_serial_line, on_a_socket
from rigs.drivers.relays import LcusRelays, ModbusRelays, RelayButton, RelayTamper
from rigs.premises_tamper import Interference
from rigs.virtual.octet_server import OctetServer
from rigs.virtual.relays import Contacts, ModbusFraming, VirtualLcusBoard, VirtualModbusBoard
from rigs.virtual.relays.contacts import Moved, interferes, presses

_WIRED = re.compile(r"relay_(\d+)")
_USUAL_RELAYS = 8
_USUAL_PRESS_MS = 500


def _lcus(mounting: Mounting) -> LcusRelays:
    _check_board_options(mounting, "relays")
    return LcusRelays(
        mounting.address,
        mounting.clock,
        count=mounting.whole("relays", _USUAL_RELAYS),
        serial=mounting.declared.serial,
        timeout_s=mounting.timeout_s(TIMEOUT_S),
    )


def _modbus(mounting: Mounting) -> ModbusRelays:
    _check_board_options(mounting, "relays", "inputs")
    unit = mounting.declared.transport.unit
    return ModbusRelays(
        mounting.address,
        mounting.clock,
        count=mounting.whole("relays", _USUAL_RELAYS),
        inputs=mounting.whole("inputs", 0),
        unit=1 if unit is None else unit,
        serial=mounting.declared.serial,
        timeout_s=mounting.timeout_s(TIMEOUT_S),
        settings=line_settings(mounting, ModbusRelays.settings),
    )


def _check_board_options(mounting: Mounting, *known: str) -> None:
    wired = (name for name in mounting.declared.options if _WIRED.fullmatch(name))
    mounting.known_options(*known, *wired)


def _virtual_lcus(around: Surroundings, declared: Instrument) -> OctetServer:
    return on_a_serial_line(
        VirtualLcusBoard(_contacts(around, declared)), around, LcusRelays.settings
    )


def _virtual_modbus_rtu(around: Surroundings, declared: Instrument) -> OctetServer:
    board = _modbus_board(around, declared, ModbusFraming.RTU)
    return on_a_serial_line(board, around, ModbusRelays.settings)


def _virtual_modbus_tcp(around: Surroundings, declared: Instrument) -> OctetServer:
    return on_a_socket(_modbus_board(around, declared, ModbusFraming.TCP), around)


def _modbus_board(
    around: Surroundings, declared: Instrument, framing: ModbusFraming
) -> VirtualModbusBoard:
    unit = declared.transport.unit
    return VirtualModbusBoard(
        _contacts(around, declared), framing, unit=1 if unit is None else unit
    )


def _contacts(around: Surroundings, declared: Instrument) -> Contacts:
    count = declared.options.get("relays", _USUAL_RELAYS)
    contacts = Contacts(int(count))
    for option, what in declared.options.items():
        wired = _WIRED.fullmatch(option)
        if wired is not None:
            contacts.wire(int(wired[1]), _moved(around, str(what)))
    return contacts


def _moved(around: Surroundings, what: str) -> Moved:
    if around.tamper is not None and what in list(Interference):
        return interferes(around.tamper, what)
    press = around.buttons.get(what)
    if press is None:
        known = [*Interference, *around.buttons]
        raise PlanError(
            f"a virtual relay moves {what!r}, expected one of {', '.join(known)} at these premises"
        )
    return presses(press)


def _tamper(mounting: Mounting) -> RelayTamper:
    names = tuple(mounting.declared.options)
    unknown = sorted(set(names) - set(Interference))
    if unknown or not names:
        raise PlanError(
            f"instruments.{mounting.name}.options: expected the relay of each interference, one "
            f"of {', '.join(Interference)}, seen {', '.join(unknown) or 'none'}"
        )
    return RelayTamper(_board(mounting), {name: mounting.whole(name) for name in names})


def _button(mounting: Mounting) -> RelayButton:
    mounting.known_options("relay", "held_ms")
    return RelayButton(
        _board(mounting),
        mounting.whole("relay"),
        mounting.clock,
        held=timedelta(milliseconds=mounting.whole("held_ms", _USUAL_PRESS_MS)),
    )


def _board(mounting: Mounting) -> Relays:
    board = mounting.instrument(mounting.address)
    if not isinstance(board, Relays):
        raise PlanError(
            f"instruments.{mounting.name}.address: expected the name of a relay board, "
            f"seen {mounting.address!r}"
        )
    return board


LCUS_RELAYS = DriverEntry(kind="relays", capability=Relays, factory=_lcus, virtual=_virtual_lcus)
MODBUS_RTU_RELAYS = DriverEntry(
    kind="relays", capability=Relays, factory=_modbus, virtual=_virtual_modbus_rtu
)
MODBUS_TCP_RELAYS = DriverEntry(
    kind="relays", capability=Relays, factory=_modbus, virtual=_virtual_modbus_tcp
)
RELAY_TAMPER = DriverEntry(kind="tamper_actuator", capability=Tamper, factory=_tamper)
RELAY_BUTTON = DriverEntry(kind="button_presser", capability=Button, factory=_button)
