"""Voltage thresholds, counters and log of one phase.

Numbers that travel unsigned in 32 bits are checked by their type alone: GBCS gives no
narrower range for them in the tables used here. The codes for polyphase meters are known to
the device type as a whole: a single-phase meter reads them and reports the objects of the
phases it does not have as undefined, item by item (GBCS digest 9.1, steps 1 and 6).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Tag, double_long_unsigned, enum, integer, structure
from rigs.devices.dlms_objects import Call, ItemError, Row
from rigs.devices.esme.voltage import AverageThreshold, LastingLevel

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {
    0x0039: "ECS23",
    0x003C: "ECS26b",
    0x0045: "ECS29a",
    0x00AE: "ECS29b",
    0x00BC: "ECS23b",
    0x00D1: "ECS29c",
    0x00D2: "ECS29d",
    0x00D3: "ECS29e",
    0x00D4: "ECS29f",
}
VOLTAGE_LOG = "1-0:32.24.0.255"

_COUNT = structure(integer(0), enum(255))
_U32 = Tag.DOUBLE_LONG_UNSIGNED


def rows(meter: ElectricityMeter) -> Iterator[Row]:
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


def _level_rows(meter: ElectricityMeter, obis: str, level: LastingLevel) -> Iterator[Row]:
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
