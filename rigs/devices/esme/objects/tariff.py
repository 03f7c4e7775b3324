"""The tariff of a meter, or of its primary element: setting, reading, registers, block counters.

Every part of a new tariff has its own activation attribute (E-059, E-064). The registers are
sensitive: read through class 30, encrypted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from assay.gbcs.dlms.access import Op, Result
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
from rigs.devices.esme import price_data
from rigs.devices.esme.objects import element_tariff
from rigs.devices.esme.objects.element_tariff import ElementObjects, active_value, next_value
from rigs.devices.protected_read import protected_read
from rigs.devices.tariff import ELECTRICITY, Currency, Part, Rate, Tariff

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {
    0x0019: "ECS01a",
    0x001D: "ECS05",
    0x0029: "ECS17d",
    0x002A: "ECS17e",
    0x003A: "ECS24",
    0x003D: "ECS26c",
    0x004B: "ECS38",
    0x00A2: "ECS01b",
    0x00DB: "ECS48",
}

_FIRST_BLOCK_SCRIPT = 101
_SCRIPTS = {number: Rate(number) for number in range(1, ELECTRICITY.times_of_use + 1)} | {
    _FIRST_BLOCK_SCRIPT + at: Rate(at + 1, is_block=True)
    for at in range(ELECTRICITY.block_times_of_use)
}
OBJECTS = ElementObjects(
    calendar="0-0:13.0.0.255",
    next_special_days="0-1:11.0.0.255",
    special_days="0-0:11.0.0.255",
    special_days_activation="0-0:94.44.128.29",
    price_matrix="0-0:19.20.0.255",
    active_price="0-0:94.44.1.7",
    prices=price_data.energy_prices("1-0:1.8.0.255"),
    scripts=_SCRIPTS,
)
STANDING_CHARGE = "0-0:19.20.4.255"
CURRENCY = "0-0:94.44.2.0"
THRESHOLD_ACTIVATION = "0-0:63.1.1.255"
SCRIPTS = "0-0:10.0.100.255"
RESET_BLOCK_COUNTERS = 0x63
DAILY_RESET = "0-0:15.1.0.255"
EVERY_MIDNIGHT = structure(octet_string(bytes(4)), octet_string(b"\xff" * 5))
OFFSET, OFFSET_LIMIT, OFFSET_NUMBER = "0-0:94.44.0.0", "0-0:94.44.0.1", "0-0:94.44.0.2"
TIME_OF_USE_REGISTERS = "0-0:94.44.34.1"
BLOCK_REGISTERS = "0-0:94.44.34.2"


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    yield from element_tariff.rows(meter.tariffs.primary, OBJECTS, meter.dated)
    yield from _thresholds(meter)
    yield from _charges(meter)
    yield from _registers(meter)
    yield from _offset(meter)


def _thresholds(meter: ElectricityMeter) -> Iterator[Row]:
    element = meter.tariffs.primary
    for number in range(1, element.sizes.block_times_of_use + 1):
        next_obis, obis = (f"0-0:16.{place}.{10 + number}.255" for place in (1, 0))
        yield Op.SET, 21, next_obis, 2, next_value(element, _set_thresholds(number))
        yield Op.GET, 21, obis, 2, active_value(element, _get_thresholds(number))
    yield element_tariff.activation(
        element, meter.dated, 9000, THRESHOLD_ACTIVATION, 6, Part.THRESHOLDS
    )


def _set_thresholds(number: int) -> Callable[[Tariff, Data], Tariff]:
    def change(tariff: Tariff, data: Data) -> Tariff:
        thresholds = price_data.read_thresholds(data, ELECTRICITY)
        return replace(tariff, thresholds=tariff.thresholds.with_time_of_use(number, thresholds))

    return change


def _get_thresholds(number: int) -> Callable[[Tariff], Data]:
    return lambda tariff: price_data.write_thresholds(
        tariff.thresholds.for_time_of_use(number), ELECTRICITY
    )


def _charges(meter: ElectricityMeter) -> Iterator[Row]:
    element = meter.tariffs.primary

    def standing_charge(tariff: Tariff, data: Data) -> Tariff:
        return replace(tariff, standing_charge=price_data.read_standing_charge(data))

    def currency(tariff: Tariff, data: Data) -> Tariff:
        if data.tag != Tag.BOOLEAN:
            raise ItemError(Result.TYPE_UNMATCHED)
        return replace(tariff, currency=Currency.POUND if data.value else Currency.EURO)

    def read_standing_charge(tariff: Tariff) -> Data:
        return price_data.write_standing_charge(tariff.standing_charge)

    def read_currency(tariff: Tariff) -> Data:
        return boolean(tariff.currency is Currency.POUND)

    yield Op.SET, 113, STANDING_CHARGE, 6, next_value(element, standing_charge)
    yield Op.GET, 113, STANDING_CHARGE, 5, active_value(element, read_standing_charge)
    yield Op.SET, 9000, CURRENCY, 4, next_value(element, currency)
    yield Op.GET, 9000, CURRENCY, 2, active_value(element, read_currency)
    for class_id, obis, attribute, part in (
        (113, STANDING_CHARGE, 7, Part.STANDING_CHARGE),
        (9000, CURRENCY, 6, Part.CURRENCY),
    ):
        yield element_tariff.activation(element, meter.dated, class_id, obis, attribute, part)


def _registers(meter: ElectricityMeter) -> Iterator[Row]:
    def execute(call: Call) -> None:
        if call.number(Tag.LONG_UNSIGNED) != RESET_BLOCK_COUNTERS:
            raise ItemError(Result.OTHER_REASON)
        meter.tariffs.primary.reset_block_counters()

    def reset_daily(call: Call) -> None:
        if call.data not in (array(EVERY_MIDNIGHT), array()):
            raise ItemError(Result.OTHER_REASON)
        meter.tariffs.is_reset_daily = call.data == array(EVERY_MIDNIGHT)

    yield Op.ACTION, 9, SCRIPTS, 1, execute
    yield Op.SET, 22, DAILY_RESET, 4, reset_daily
    for class_30, obis, read in (
        ("0-0:43.2.9.255", TIME_OF_USE_REGISTERS, time_of_use_registers),
        ("0-0:43.2.10.255", BLOCK_REGISTERS, block_registers),
    ):
        attributes = {(1, obis, 2): lambda read=read: read(meter)}
        yield Op.ACTION, 30, class_30, 1, protected_read(attributes, meter.seal.encrypt_for)


def time_of_use_registers(meter: ElectricityMeter) -> Data:
    """An array of 48, and one of 4 where there is a secondary element."""
    return structure(*(_watt_hours(one.times_of_use()) for one in meter.tariffs.elements))


def block_registers(meter: ElectricityMeter) -> Data:
    """An array of 64: for each block its registers, then its counters."""
    return structure(_watt_hours(meter.tariffs.primary.blocks()))


def _watt_hours(values: list[int]) -> Data:
    return array(*map(double_long_unsigned, values))


def _offset(meter: ElectricityMeter) -> Iterator[Row]:
    offset = meter.tariffs.offset

    def set_limit(call: Call) -> None:
        try:
            offset.set_limit(call.number(Tag.LONG_UNSIGNED))
        except ValueError:
            raise ItemError(Result.OTHER_REASON) from None

    yield Op.GET, 1, OFFSET, 2, lambda _: long_unsigned(offset.seconds())
    yield Op.GET, 1, OFFSET_NUMBER, 2, lambda _: long_unsigned(offset.number)
    yield Op.GET, 1, OFFSET_LIMIT, 2, lambda _: long_unsigned(offset.limit_s)
    yield Op.SET, 1, OFFSET_LIMIT, 2, set_limit
