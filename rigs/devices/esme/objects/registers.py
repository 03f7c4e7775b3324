"""The energy registers, and the power that is imported now.

What the household imports is sensitive: read through class 30, encrypted.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import (
    Data,
    Tag,
    array,
    double_long_unsigned,
    enum,
    integer,
    structure,
)
from rigs.devices.dlms_objects import Call, ItemError, Row
from rigs.devices.esme.metering.power_levels import PowerThresholds
from rigs.devices.esme.registers import EnergyRegister
from rigs.devices.protected_read import protected_read

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {
    0x0026: "ECS17a",
    0x0027: "ECS17b",
    0x0028: "ECS17c",
    0x0040: "ECS26f",
    0x0047: "ECS34",
}

WATTS = structure(integer(0), enum(27))
WATT_HOURS = structure(integer(0), enum(30))
VAR_HOURS = structure(integer(0), enum(32))
_U32 = Tag.DOUBLE_LONG_UNSIGNED
_POWER_THRESHOLDS = "0-0:16.0.0.255"


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    for obis, register, unit in (
        ("1-0:2.8.0.255", meter.flows.active_export, WATT_HOURS),
        ("1-0:4.8.0.255", meter.flows.reactive_export, VAR_HOURS),
    ):
        yield from _register_rows(meter, obis, register, unit)
    yield (
        Op.ACTION,
        30,
        "0-0:43.2.8.255",
        1,
        protected_read(
            {(1, "0-0:94.44.34.10", 2): lambda: _import_registers(meter)}, meter.seal.encrypt_for
        ),
    )
    yield Op.GET, 1, "0-0:94.44.34.20", 2, lambda _: _power(meter)
    yield Op.GET, 21, _POWER_THRESHOLDS, 2, lambda _: _thresholds(meter.metering.power_thresholds)
    yield Op.SET, 21, _POWER_THRESHOLDS, 2, lambda call: _set_thresholds(meter, call)


def _register_rows(
    meter: ElectricityMeter, obis: str, register: EnergyRegister, unit: Data
) -> Iterator[Row]:
    def read(_: Call) -> Data:
        return double_long_unsigned(register.watt_hours(meter.bench_now()))

    yield Op.GET, 3, obis, 2, read
    yield Op.GET, 3, obis, 3, lambda _: unit


def _import_registers(meter: ElectricityMeter) -> Data:
    """Active and reactive import with their units; a second element's at the end."""
    now, flows = meter.bench_now(), meter.flows
    values = (
        double_long_unsigned(flows.active_import.watt_hours(now)),
        WATT_HOURS,
        double_long_unsigned(flows.reactive_import.watt_hours(now)),
        VAR_HOURS,
    )
    if not meter.variant.is_twin:
        return structure(*values)
    return structure(*values, double_long_unsigned(flows.secondary_import.watt_hours(now)))


def _power(meter: ElectricityMeter) -> Data:
    """Active power import of the meter with its unit, and that of the primary element."""
    flows = meter.flows
    return structure(_whole(flows.active_power()), WATTS, _whole(flows.primary_power()))


def _whole(watts: Decimal) -> Data:
    return double_long_unsigned(int(watts))


def _thresholds(thresholds: PowerThresholds) -> Data:
    return array(
        double_long_unsigned(thresholds.low_medium), double_long_unsigned(thresholds.medium_high)
    )


def _set_thresholds(meter: ElectricityMeter, call: Call) -> None:
    data = call.data
    if data.tag != Tag.ARRAY or [part.tag for part in data.value] != [_U32, _U32]:
        raise ItemError(Result.TYPE_UNMATCHED)
    try:
        thresholds = PowerThresholds(*(part.value for part in data.value))
    except ValueError:
        raise ItemError(Result.OTHER_REASON) from None
    meter.metering.power_thresholds = thresholds
