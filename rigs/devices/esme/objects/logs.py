"""The event logs: reading, clearing; and the firmware version."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Tag, octet_string
from rigs.devices.dlms_objects import Access, Call, ItemError, Row

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {
    0x0024: "ECS15a",
    0x0048: "ECS35a",
    0x0049: "ECS35b",
    0x0059: "ECS52",
    0x00B9: "ECS35e",
}
LOG_CLEARED = 0x8F52


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    yield Op.GET, 1, "0-0:0.2.1.255", 2, lambda _: octet_string(meter.firmware_version)
    yield Op.GET_WITH_SELECTION, 7, "0-0:99.98.0.255", 2, meter.event_log.read
    yield Op.ACTION, 7, "0-0:99.98.0.255", 1, clearing(meter, meter.event_log.clear)
    yield Op.GET_WITH_SELECTION, 7, "0-0:99.98.1.255", 2, meter.security_log.read
    yield Op.GET_WITH_SELECTION, 7, "0-0:99.98.4.255", 2, meter.power_event_log.read


class Reporting(Protocol):
    def report(self, code: int) -> None: ...


def clearing(meter: Reporting, clear: Callable[[], None]) -> Access:
    """The method that clears a log; the security log says that it was done (E-170)."""

    def run(call: Call) -> None:
        if call.number(Tag.INTEGER) != 0:
            raise ItemError(Result.OTHER_REASON)
        clear()
        meter.report(LOG_CLEARED)

    return run
