"""Maximum demand: three registers with their reset, and the daily window of the third."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING

from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Obis, Op, Result
from assay.gbcs.dlms.data import (
    Data,
    Tag,
    array,
    boolean,
    double_long_unsigned,
    long_unsigned,
    octet_string,
    structure,
)
from rigs.devices.dlms_objects import Call, ItemError, Row
from rigs.devices.esme.metering.demand import DailyWindow, MaximumDemand
from rigs.devices.esme.objects.registers import WATTS

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {0x002B: "ECS18a", 0x002C: "ECS18b", 0x004A: "ECS37", 0x005A: "ECS57"}
WINDOW = "0-0:12.0.0.255"
_START, _STOP = 1, 2
"""Selectors of the script by which a window begins and ends."""
_SCRIPT_TABLE = Obis.from_text("0-0:10.128.100.255")
_ANY_TIME_LATE = 0xFFFF
_EVERY_WEEKDAY = Data(Tag.BIT_STRING, "1111111")
_NO_SPECIAL_DAY = Data(Tag.BIT_STRING, "")
_FIRST_DATE, _LAST_DATE = bytes.fromhex("000001FFFF"), bytes.fromhex("FFFFFFFFFF")


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    demands = meter.metering.demands
    for reset_obis, obis, demand in (
        ("0-0:94.44.5.1", "1-0:1.6.0.255", demands.active_import),
        ("0-0:94.44.5.0", "1-0:1.6.1.255", demands.configurable),
        ("0-0:94.44.5.2", "1-0:2.6.0.255", demands.active_export),
    ):
        yield from _demand_rows(meter, reset_obis, obis, demand)
    yield Op.GET, 10, WINDOW, 2, lambda _: entries_of(demands.window)
    yield Op.SET, 10, WINDOW, 2, lambda call: demands.set_window(window_of(call.data))


def _demand_rows(
    meter: ElectricityMeter, reset_obis: str, obis: str, demand: MaximumDemand
) -> Iterator[Row]:
    def reset(call: Call) -> None:
        if call.number(Tag.INTEGER) != 0:
            raise ItemError(Result.OTHER_REASON)
        demand.reset(meter.now())

    yield Op.GET, 1, reset_obis, 2, lambda _: _stamp(demand.last_reset)
    yield Op.GET, 4, obis, 2, lambda _: double_long_unsigned(demand.watts)
    yield Op.GET, 4, obis, 3, lambda _: WATTS
    yield Op.GET, 4, obis, 5, lambda _: _stamp(demand.reached)
    yield Op.ACTION, 4, obis, 1, reset


def _stamp(at: datetime) -> Data:
    return octet_string(DateTime.at(at).octets)


def entries_of(window: DailyWindow) -> Data:
    """The schedule of two entries that says this."""
    return array(_entry(0, _START, window.start), _entry(1, _STOP, window.stop))


def _entry(index: int, script: int, switch: time) -> Data:
    return structure(
        long_unsigned(index),
        boolean(True),
        octet_string(_SCRIPT_TABLE),
        long_unsigned(script),
        octet_string(bytes((switch.hour, switch.minute, switch.second, 0))),
        long_unsigned(_ANY_TIME_LATE),
        _EVERY_WEEKDAY,
        _NO_SPECIAL_DAY,
        octet_string(_FIRST_DATE),
        octet_string(_LAST_DATE),
    )


def window_of(data: Data) -> DailyWindow:
    """
    Raises:
        ItemError: entries of other types, or other than one start and one end of every day.
    """
    model = entries_of(DailyWindow(time(0), time(0)))
    if data.tag != Tag.ARRAY or any(
        entry.tag != Tag.STRUCTURE
        or [part.tag for part in entry.value] != [part.tag for part in model.value[0].value]
        for entry in data.value
    ):
        raise ItemError(Result.TYPE_UNMATCHED)
    switches = {entry.value[3].value: _time(entry.value[4].value) for entry in data.value}
    if set(switches) != {_START, _STOP} or len(data.value) != len(model.value):
        raise ItemError(Result.OTHER_REASON)
    fixed = [entry.value[2].value == _SCRIPT_TABLE for entry in data.value]
    if not all(fixed):
        raise ItemError(Result.OTHER_REASON)
    return DailyWindow(switches[_START], switches[_STOP])


def _time(octets: bytes) -> time:
    if len(octets) != 4:
        raise ItemError(Result.TYPE_UNMATCHED)
    try:
        return time(*octets[:3])
    except ValueError:
        raise ItemError(Result.OTHER_REASON) from None
