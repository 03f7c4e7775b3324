"""Auxiliary controllers: types, descriptions, calendar, boost, their logs; commands beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Protocol

from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Data, Tag, boolean, octet_string
from rigs.devices.dated import DatedActivations
from rigs.devices.dlms_objects import FAILED, Call, ItemError, Row
from rigs.devices.esme.auxiliary.calendar import Entry
from rigs.devices.esme.auxiliary.control import AuxiliaryControl
from rigs.devices.esme.auxiliary.controller import Controller, Kind
from rigs.devices.esme.auxiliary.schedule_data import read_days, read_entries, write_entries
from rigs.devices.esme.calendar_data import write_special_days
from rigs.devices.esme.objects.auxiliary_commands import command_rows
from rigs.devices.esme.objects.logs import clearing
from rigs.devices.tariff import SpecialDay

CODES = {
    0x0053: "ECS46a",
    0x0054: "ECS46c",
    0x0055: "ECS47",
    0x005E: "ECS61c",
    0x005F: "ECS62",
    0x00BA: "ECS35f",
    0x00BB: "ECS61a",
    0x00C1: "ECS15c",
    0x00FD: "ECS35g",
    0x011A: "ECS46d",
    0x011C: "ECS61d",
    0x011D: "ECS61e",
    0x011E: "ECS47a",
    0x011F: "ECS47e",
}
DESCRIPTION_SIZE = 22
_LOG = "0-17:99.98.2.255"
_BOOST_LOG = "0-0:99.98.20.255"
_BOOST_AVAILABLE = "0-0:94.44.7.255"


class AuxiliaryDevice(Protocol):
    """What has auxiliary controllers: a meter, or a stand-alone controller."""

    auxiliary: AuxiliaryControl
    dated: DatedActivations
    now: Callable[[], datetime]

    def report(self, code: int) -> None: ...


def rows(meter: AuxiliaryDevice) -> Iterator[Row]:
    control = meter.auxiliary
    for controller in control.controllers.values():
        yield from _controller_rows(control, controller)
    yield from _calendar_rows(meter, control)
    yield from command_rows(control, meter.now)
    yield Op.GET_WITH_SELECTION, 7, _LOG, 2, control.log.read
    yield Op.ACTION, 7, _LOG, 1, clearing(meter, control.log.clear)
    yield Op.GET, 1, _BOOST_AVAILABLE, 2, lambda _: boolean(control.boost.is_available)
    yield Op.GET_WITH_SELECTION, 7, _BOOST_LOG, 2, control.boost_log.read


def _controller_rows(control: AuxiliaryControl, controller: Controller) -> Iterator[Row]:
    number = controller.number

    def describe(call: Call) -> None:
        octets = call.value(Tag.VISIBLE_STRING)
        if not isinstance(octets, bytes) or len(octets) > DESCRIPTION_SIZE:
            raise ItemError(Result.OTHER_REASON)
        controller.description = octets.decode("ascii", "replace")

    def set_type(call: Call) -> None:
        octets = call.value(Tag.OCTET_STRING)
        try:
            control.set_type(number, octets if isinstance(octets, bytes) else b"")
        except ValueError:
            raise ItemError(Result.OTHER_REASON) from None

    def set_boosted(call: Call) -> None:
        control.set_boosted(number, bool(call.number(Tag.BOOLEAN)))

    description, kind = f"0-0:94.44.0.{10 + number}", f"0-0:94.44.0.{20 + number}"
    yield Op.SET, 1, description, 2, describe
    yield Op.GET, 1, description, 2, lambda _: _text(Tag.VISIBLE_STRING, controller.description)
    yield Op.SET, 1, kind, 2, set_type
    yield Op.GET, 1, kind, 2, lambda _: octet_string(controller.type_octets)
    yield Op.GET, 1, f"0-0:94.44.0.{30 + number}", 2, lambda _: _state(control, number)
    yield Op.GET, 70, f"0-{number}:96.3.10.255", 2, lambda _: boolean(_is_on(control, number))
    yield Op.SET, 1, f"0-0:94.44.6.{number}", 2, set_boosted
    yield Op.GET, 1, f"0-0:94.44.6.{number}", 2, lambda _: boolean(controller.is_boosted)


def _text(tag: Tag, text: str) -> Data:
    return Data(tag, text.encode())


def _is_on(control: AuxiliaryControl, number: int) -> bool:
    load = control.load(number)
    return load is not None and load.levels.output > 0


def _state(control: AuxiliaryControl, number: int) -> Data:
    """Levels as JSON, as in the national answer; empty where there is no controller."""
    load = control.load(number)
    if control.controllers[number].kind is Kind.NONE or load is None:
        return _text(Tag.UTF8_STRING, "{}")
    levels = load.levels
    state = {"outputState": levels.output, "inputState": levels.input}
    return _text(Tag.UTF8_STRING, json.dumps(state))


def _calendar_rows(meter: AuxiliaryDevice, control: AuxiliaryControl) -> Iterator[Row]:
    next_entries: list[tuple[Entry, ...]] = []
    next_days: list[tuple[SpecialDay, ...]] = []

    def wait_entries(call: Call) -> None:
        next_entries[:] = [read_entries(call.data)]

    def wait_days(call: Call) -> None:
        next_days[:] = [read_days(call.data)]

    def activate_entries() -> None:
        if not next_entries:
            raise ItemError(FAILED)
        control.set_calendar(entries=next_entries[0])

    def activate_days() -> None:
        if not next_days:
            raise ItemError(FAILED)
        control.set_calendar(special_days=next_days[0])

    def entries(_call: Call) -> Data:
        calendar = control.calendar
        return write_entries(calendar.entries, len(calendar.special_days))

    yield Op.SET, 10, "0-1:12.0.2.255", 2, wait_entries
    yield Op.SET, 11, "0-1:11.0.3.255", 2, wait_days
    yield meter.dated.row(9000, "0-0:94.44.128.26", 6, activate_entries)
    yield meter.dated.row(9000, "0-0:94.44.128.35", 6, activate_days)
    yield Op.GET, 10, "0-0:12.0.2.255", 2, entries
    yield (
        Op.GET,
        11,
        "0-0:11.0.3.255",
        2,
        lambda _: write_special_days(control.calendar.special_days),
    )
