"""What tampering does to the supply (ECS81)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import Tag
from rigs.devices.dlms_objects import Access, Call, Row

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {0x0068: "ECS81"}


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    yield Op.SET, 1, "0-0:94.44.0.4", 2, _set_state(meter)


def _set_state(meter: ElectricityMeter) -> Access:
    def set_state(call: Call) -> None:
        meter.tamper.locks_supply = bool(call.number(Tag.BOOLEAN))

    return set_state
