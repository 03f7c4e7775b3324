"""The clock: setting it from the hub's time within a window, and reading it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from assay.gbcs.date_time import NEVER, DateTime
from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Data, Tag, octet_string, unsigned
from rigs.devices.dlms_objects import Call, ItemError, Row

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {0x0062: "ECS70"}
CLOCK = "0-0:1.0.0.255"
_CLOCK_BASE_OF_HUB = 5


def rows(meter: ElectricityMeter) -> Iterator[Row]:
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
