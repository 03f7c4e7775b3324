"""The DLMS objects of a communications hub function, by area, and the use cases they answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rigs.devices.dlms_objects import Row
from rigs.devices.hub.objects import device_log, identity, logs, sub_ghz

if TYPE_CHECKING:
    from rigs.devices.hub.hub import VirtualHub

from rigs.devices.hub.objects.device_log import backup

__all__ = ["CODES", "SUB_GHZ_CODES", "backup", "rows"]

CODES: Mapping[int, str] = {**device_log.CODES, **identity.CODES, **logs.CODES}
SUB_GHZ_CODES = sub_ghz.CODES


def rows(hub: VirtualHub) -> Iterator[Row]:
    yield from device_log.rows(hub)
    yield from identity.rows(hub)
    yield from logs.rows(hub)
    if hub.sub_ghz is not None:
        yield from sub_ghz.rows(hub.sub_ghz)
