"""What suppliers show on the display."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Tag
from rigs.devices.dlms_objects import Access, Call, ItemError, Row
from rigs.devices.esme.display import MESSAGE_SIZE

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {0x0021: "ECS10"}


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    yield Op.SET, 1, "0-2:96.13.1.255", 2, _show_message(meter)


def _show_message(meter: ElectricityMeter) -> Access:
    def show(call: Call) -> None:
        octets = call.value(Tag.OCTET_STRING)
        text = octets.decode("utf-8", "replace") if isinstance(octets, bytes) else ""
        if len(text) > MESSAGE_SIZE:
            raise ItemError(Result.OTHER_REASON)
        meter.display.show(text)

    return show
