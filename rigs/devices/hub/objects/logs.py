"""A hub's event log and security log, read by date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.gbcs.dlms.access import Op
from rigs.devices.dlms_objects import Row

if TYPE_CHECKING:
    from rigs.devices.hub.hub import VirtualHub

CODES = {0x0093: "ECS35c", 0x0094: "ECS35d"}


def rows(hub: VirtualHub) -> Iterator[Row]:
    yield Op.GET_WITH_SELECTION, 7, "0-0:99.98.0.255", 2, hub.event_log.read
    yield Op.GET_WITH_SELECTION, 7, "0-0:99.98.1.255", 2, hub.security_log.read
