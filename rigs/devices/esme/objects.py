"""The DLMS objects of a single-element meter: one row per access, in the order of the use cases.

Numbers that travel unsigned in 32 bits are checked by their type alone: GBCS gives no
narrower range for them in the tables used here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from assay.gbcs.date_time import NEVER, DateTime
from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import (
    Data,
    Tag,
    double_long_unsigned,
    enum,
    integer,
    octet_string,
    structure,
    unsigned,
)
from rigs.devices.dlms_objects import FAILED, Access, Call, ItemError, Row
from rigs.devices.esme.display import MESSAGE_SIZE
from rigs.devices.esme.voltage import AverageThreshold, LastingLevel
from rigs.devices.protected_read import protected_read

if TYPE_CHECKING:
    from rigs.devices.esme.meter import SingleElementMeter

CLOCK = "0-0:1.0.0.255"
LOAD_SWITCH_SCRIPTS = "0-0:10.0.106.255"
VOLTAGE_LOG = "1-0:32.24.0.255"

_COUNT = structure(integer(0), enum(255))
_WATT_HOURS = structure(integer(0), enum(30))
_VAR_HOURS = structure(integer(0), enum(32))
_CLOCK_BASE_OF_HUB = 5
_U32 = Tag.DOUBLE_LONG_UNSIGNED


def rows(meter: SingleElementMeter) -> Iterator[Row]:
    yield from _clock_rows(meter)
    yield from _supply_rows(meter)
    yield from _voltage_rows(meter)
    yield Op.GET, 1, "0-0:0.2.1.255", 2, lambda _: octet_string(meter.firmware_version)
    yield Op.SET, 1, "0-2:96.13.1.255", 2, _show_message(meter)
    yield Op.GET_WITH_SELECTION, 7, "0-0:99.98.0.255", 2, meter.event_log.read
    yield Op.GET_WITH_SELECTION, 7, "0-0:99.98.1.255", 2, meter.security_log.read
    yield Op.GET_WITH_SELECTION, 7, "0-0:99.98.4.255", 2, meter.power_event_log.read
    yield (
        Op.ACTION,
        30,
        "0-0:43.2.8.255",
        1,
        protected_read(
            {(1, "0-0:94.44.34.10", 2): lambda: _import_registers(meter)}, meter.seal.encrypt_for
        ),
    )


def _import_registers(meter: SingleElementMeter) -> Data:
    """Active and reactive import with their units, as a single-element meter has them."""
    return structure(
        double_long_unsigned(meter.import_watt_hours()),
        _WATT_HOURS,
        double_long_unsigned(0),
        _VAR_HOURS,
    )


def _clock_rows(meter: SingleElementMeter) -> Iterator[Row]:
    window: list[tuple[datetime, datetime]] = []

    def set_base(call: Call) -> None:
        if call.number(Tag.ENUM) != _CLOCK_BASE_OF_HUB:
            raise ItemError(Result.OTHER_REASON)

    def set_window(call: Call) -> None:
        window[:] = [_window(call.data)]

    def adjust(call: Call) -> None:
        if call.number(Tag.INTEGER) != 0 or not window:
            raise ItemError(Result.OTHER_REASON)
        meter.set_clock(*window.pop())

    yield Op.SET, 8, CLOCK, 9, set_base
    yield Op.ACTION, 8, CLOCK, 5, set_window
    yield Op.ACTION, 8, CLOCK, 4, adjust
    yield Op.GET, 8, CLOCK, 2, lambda _: octet_string(DateTime.at(meter.clock.now()).octets)
    yield Op.GET, 8, CLOCK, 4, lambda _: unsigned(meter.clock.status)


def _window(data: Data) -> tuple[datetime, datetime]:
    """structure{ FF..FF 8000FF, start, end } (GBCS digest 9.5)."""
    parts = data.value if data.tag == Tag.STRUCTURE else ()
    octets = [part.value for part in parts if part.tag == Tag.OCTET_STRING]
    if len(octets) != 3 or {len(part) for part in octets} != {12}:
        raise ItemError(Result.TYPE_UNMATCHED)
    start, end = DateTime(octets[1]).as_utc(), DateTime(octets[2]).as_utc()
    if octets[0] != NEVER or start is None or end is None:
        raise ItemError(Result.OTHER_REASON)
    return start, end


def _supply_rows(meter: SingleElementMeter) -> Iterator[Row]:
    """One script per use case, so that a code never does what another one stands for."""
    supply = meter.supply
    scripts: Mapping[int, tuple[int, Callable[[], bool]]] = {
        0x004F: (51, supply.enable),
        0x0050: (52, supply.disable),
        0x0051: (54, supply.arm),
    }

    def execute(call: Call) -> None:
        script, act = scripts[call.command.use_case.code]
        if call.number(Tag.LONG_UNSIGNED) != script:
            raise ItemError(Result.OTHER_REASON)
        if not act():
            raise ItemError(FAILED)

    yield Op.ACTION, 9, LOAD_SWITCH_SCRIPTS, 1, execute
    yield Op.GET, 70, "0-0:96.3.10.255", 3, lambda _: enum(supply.state)


def _show_message(meter: SingleElementMeter) -> Access:
    def show(call: Call) -> None:
        octets = call.value(Tag.OCTET_STRING)
        text = octets.decode("utf-8", "replace") if isinstance(octets, bytes) else ""
        if len(text) > MESSAGE_SIZE:
            raise ItemError(Result.OTHER_REASON)
        meter.display.show(text)

    return show


def _voltage_rows(meter: SingleElementMeter) -> Iterator[Row]:
    monitor = meter.voltage
    levels: Mapping[str, LastingLevel] = {
        "0-0:17.0.1.255": monitor.extreme_over,
        "0-0:17.0.2.255": monitor.extreme_under,
        "0-0:17.0.3.255": monitor.sag,
        "0-0:17.0.4.255": monitor.swell,
    }
    averages: Mapping[tuple[str, str], AverageThreshold] = {
        ("1-0:32.35.0.4", "1-0:32.36.0.4"): monitor.average_over,
        ("1-0:32.31.0.4", "1-0:32.32.0.4"): monitor.average_under,
    }
    for obis, level in levels.items():
        yield from _level_rows(meter, obis, level)
    for (threshold_obis, counter_obis), threshold in averages.items():
        yield from _average_rows(threshold_obis, counter_obis, threshold)
    yield Op.GET_WITH_SELECTION, 7, VOLTAGE_LOG, 2, monitor.read_log
    yield Op.GET, 7, VOLTAGE_LOG, 4, lambda _: double_long_unsigned(monitor.average.period_s)
    yield Op.SET, 7, VOLTAGE_LOG, 4, lambda call: monitor.set_average_period(call.number(_U32))


def _level_rows(meter: SingleElementMeter, obis: str, level: LastingLevel) -> Iterator[Row]:
    def set_volts(call: Call) -> None:
        meter.voltage.set_level(level, replace(level.setting, volts=call.number(_U32)))

    def set_period(call: Call) -> None:
        meter.voltage.set_level(level, replace(level.setting, period_s=call.number(_U32)))

    yield Op.GET, 71, obis, 4, lambda _: double_long_unsigned(level.setting.volts)
    yield Op.SET, 71, obis, 4, set_volts
    yield Op.GET, 71, obis, 6, lambda _: double_long_unsigned(level.setting.period_s)
    yield Op.SET, 71, obis, 6, set_period


def _average_rows(
    threshold_obis: str, counter_obis: str, threshold: AverageThreshold
) -> Iterator[Row]:
    def reset(call: Call) -> None:
        if call.number(Tag.INTEGER) != 0:
            raise ItemError(Result.OTHER_REASON)
        threshold.reset_counter()

    yield Op.GET, 1, threshold_obis, 2, lambda _: double_long_unsigned(threshold.volts)
    yield Op.SET, 1, threshold_obis, 2, lambda call: threshold.configure(call.number(_U32))
    yield Op.GET, 3, counter_obis, 2, lambda _: double_long_unsigned(threshold.counter)
    yield Op.GET, 3, counter_obis, 3, lambda _: _COUNT
    yield Op.ACTION, 3, counter_obis, 1, reset
