"""The event logs and the firmware version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import octet_string
from rigs.devices.dlms_objects import Row

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {0x0048: "ECS35a", 0x0049: "ECS35b", 0x0059: "ECS52", 0x00B9: "ECS35e"}


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    yield Op.GET, 1, "0-0:0.2.1.255", 2, lambda _: octet_string(meter.firmware_version)
    yield Op.GET_WITH_SELECTION, 7, "0-0:99.98.0.255", 2, meter.event_log.read
    yield Op.GET_WITH_SELECTION, 7, "0-0:99.98.1.255", 2, meter.security_log.read
    yield Op.GET_WITH_SELECTION, 7, "0-0:99.98.4.255", 2, meter.power_event_log.read
