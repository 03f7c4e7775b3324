"""Voltage thresholds, counters and logs: of each phase, or one for all where GBCS has but one.

Numbers that travel unsigned in 32 bits are checked by their type alone: GBCS gives no
narrower range for them in the tables used here. The codes for polyphase meters are known to
the device type as a whole: a single-phase meter reads them and reports the objects of the
phases it does not have as undefined, item by item (GBCS digest 9.1, steps 1 and 6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Tag, double_long_unsigned, enum, integer, structure
from rigs.devices.dlms_objects import Access, Call, ItemError, Row
from rigs.devices.esme.voltage import AverageThreshold, LastingLevel
from rigs.devices.esme.voltage_monitor import VoltageMonitor
from rigs.devices.esme.voltage_settings import Level

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {
    0x0039: "ECS23",
    0x003C: "ECS26b",
    0x0045: "ECS29a",
    0x00AE: "ECS29b",
    0x00BC: "ECS23b",
    0x00C6: "ECS26k",
    0x00D1: "ECS29c",
    0x00D2: "ECS29d",
    0x00D3: "ECS29e",
    0x00D4: "ECS29f",
}
_Level = Callable[[VoltageMonitor], LastingLevel]
_LEVELS: Mapping[str, _Level] = {
    "0-0:17.0.1.255": lambda monitor: monitor.extreme_over,
    "0-0:17.0.2.255": lambda monitor: monitor.extreme_under,
    "0-0:17.0.3.255": lambda monitor: monitor.sag,
    "0-0:17.0.4.255": lambda monitor: monitor.swell,
}
_GROUPS = (32, 52, 72)
"""Value group C of a voltage, phase by phase."""

_COUNT = structure(integer(0), enum(255))
_U32 = Tag.DOUBLE_LONG_UNSIGNED


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    for obis, level in _LEVELS.items():
        yield from _level_rows(meter, obis, level)
    for group, monitor in zip(_GROUPS, meter.phases.monitors, strict=False):
        averages = ((35, 36, monitor.average_over), (31, 32, monitor.average_under))
        for threshold_group, counter_group, threshold in averages:
            yield from _average_rows(
                f"1-0:{group}.{threshold_group}.0.4", f"1-0:{group}.{counter_group}.0.4", threshold
            )
        yield from _log_rows(f"1-0:{group}.24.0.255", monitor)


def _level_rows(meter: ElectricityMeter, obis: str, level: _Level) -> Iterator[Row]:
    def set_volts(call: Call) -> None:
        volts = call.number(_U32)
        meter.phases.set_level(level, lambda setting: replace(setting, volts=volts))

    def set_period(call: Call) -> None:
        seconds = call.number(_U32)
        meter.phases.set_level(level, lambda setting: replace(setting, period_s=seconds))

    def read(number: Callable[[Level], int]) -> Access:
        return lambda _: double_long_unsigned(number(level(meter.voltage).setting))

    yield Op.GET, 71, obis, 4, read(lambda setting: setting.volts)
    yield Op.SET, 71, obis, 4, set_volts
    yield Op.GET, 71, obis, 6, read(lambda setting: setting.period_s)
    yield Op.SET, 71, obis, 6, set_period


def _log_rows(obis: str, monitor: VoltageMonitor) -> Iterator[Row]:
    yield Op.GET_WITH_SELECTION, 7, obis, 2, monitor.read_log
    yield Op.GET, 7, obis, 4, lambda _: double_long_unsigned(monitor.average.period_s)
    yield Op.SET, 7, obis, 4, lambda call: monitor.set_average_period(call.number(_U32))


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
