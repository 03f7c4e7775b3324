"""The tariff of a twin-element meter's secondary element.

The codes are known to the device type as a whole: a meter with one element reports the objects
as undefined, item by item.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rigs.devices.dlms_objects import Row
from rigs.devices.esme import price_data
from rigs.devices.esme.objects import element_tariff
from rigs.devices.esme.objects.element_tariff import ElementObjects
from rigs.devices.tariff import SECONDARY_ELEMENT, Rate

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {
    0x00B7: "ECS01c",
    0x00BD: "ECS24b",
    0x00C7: "ECS01d",
}
_BEFORE_FIRST_SCRIPT = 200
OBJECTS = ElementObjects(
    calendar="0-0:13.0.1.255",
    next_special_days="0-1:11.0.1.255",
    special_days="0-0:11.0.1.255",
    special_days_activation="0-0:94.44.128.30",
    price_matrix="0-0:19.20.5.255",
    active_price="0-0:94.44.1.8",
    prices=price_data.energy_prices("1-20:1.8.0.255"),
    scripts={
        _BEFORE_FIRST_SCRIPT + number: Rate(number)
        for number in range(1, SECONDARY_ELEMENT.times_of_use + 1)
    },
)


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    secondary = meter.tariffs.secondary
    if secondary is not None:
        yield from element_tariff.rows(secondary, OBJECTS, meter.dated)
