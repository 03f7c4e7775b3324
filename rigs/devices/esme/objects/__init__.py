"""The DLMS objects of an electricity meter: one module for each area of its functions.

A module has `rows` (operation, class, OBIS code, attribute or method, what it does; a thin table
over the parts of the meter) and `CODES`, the use cases that these rows serve. An area is added
by adding its module to AREAS.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from rigs.devices.dlms_objects import Row
from rigs.devices.esme.objects import (
    alerts,
    auxiliary,
    billing,
    clock,
    demand,
    identity,
    load_limit,
    logs,
    payment,
    payment_configuration,
    profiles,
    registers,
    supply,
    tamper,
    tariff,
    tariff_secondary,
    user_interface,
    voltage,
)

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

AREAS = (
    alerts,
    auxiliary,
    billing,
    clock,
    demand,
    identity,
    load_limit,
    logs,
    payment,
    payment_configuration,
    profiles,
    registers,
    supply,
    tamper,
    tariff,
    tariff_secondary,
    user_interface,
    voltage,
)

CODES: Mapping[int, str] = MappingProxyType(
    {code: name for area in AREAS for code, name in area.CODES.items()}
)
"""Message code and name of every DLMS use case that the meter knows."""


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    for area in AREAS:
        yield from area.rows(meter)
