"""Half-hour profiles, daily consumption and the daily read logs.

What the household imports is sensitive: these logs are read through class 30, encrypted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.gbcs.dlms.access import Op
from rigs.devices.dlms_objects import Row
from rigs.devices.protected_read import protected_read

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {
    0x0033: "ECS21a",
    0x0034: "ECS21b",
    0x0035: "ECS21c",
    0x0036: "ECS22a",
    0x0037: "ECS22b",
    0x0038: "ECS22c",
    0x0060: "ECS66",
}


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    profiles, daily = meter.metering.profiles, meter.metering.daily
    for obis, log in (
        ("0-0:98.1.10.255", daily.export),
        ("0-0:99.1.1.255", profiles.export),
        ("0-0:99.1.2.255", profiles.reactive_import),
    ):
        yield Op.GET_WITH_SELECTION, 7, obis, 2, log.read
    for collection, obis, log in (
        ("0-0:43.2.4.255", "0-0:99.1.3.255", daily.consumption),
        ("0-0:43.2.5.255", "0-0:98.1.9.255", daily.registers),
        ("0-0:43.2.6.255", "0-0:98.1.8.255", daily.prepayment),
        ("0-0:43.2.7.255", "0-0:99.1.0.255", profiles.active_import),
    ):
        logs = {(7, obis, 2): log.buffer}
        yield Op.ACTION, 30, collection, 1, protected_read({}, meter.seal.encrypt_for, logs)
