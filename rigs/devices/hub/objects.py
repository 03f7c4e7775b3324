"""The DLMS objects of a communications hub function."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Data, Tag, array, octet_string, structure
from assay.gbcs.identifiers import Eui64
from rigs.devices.dlms_objects import FAILED, Call, ItemError, Row
from rigs.devices.hub.device_log import DeviceLogFullError, LogEntry
from rigs.devices.hub.link_key import SIZE

if TYPE_CHECKING:
    from rigs.devices.hub.hub import VirtualHub

DEVICE_LOG = "0-0:30.3.0.255"
_INSTALL_CODE = 1


def rows(hub: VirtualHub) -> Iterator[Row]:
    def add(call: Call) -> None:
        try:
            hub.device_log.add(_entry(call.data))
        except DeviceLogFullError:
            raise ItemError(FAILED) from None

    def remove(call: Call) -> None:
        device_id = call.value(Tag.OCTET_STRING)
        if not isinstance(device_id, bytes) or len(device_id) != 8:
            raise ItemError(Result.TYPE_UNMATCHED)
        if not hub.device_log.remove(Eui64(device_id)):
            raise ItemError(FAILED)

    def set_timeout(call: Call) -> None:
        hub.joining.timeout = timedelta(seconds=call.number(Tag.LONG_UNSIGNED))

    yield Op.ACTION, 104, DEVICE_LOG, 1, add
    yield Op.ACTION, 104, DEVICE_LOG, 2, remove
    yield Op.SET, 104, DEVICE_LOG, 3, set_timeout
    yield Op.SET, 104, DEVICE_LOG, 2, lambda call: hub.joining.allow(bool(call.number(Tag.BOOLEAN)))
    yield Op.GET_WITH_SELECTION, 7, "0-0:99.98.0.255", 2, hub.event_log.read


def _entry(data: Data) -> LogEntry:
    """structure{ device id, kind of key (1), install code, device type } (CCS01)."""
    tags = (Tag.OCTET_STRING, Tag.ENUM, Tag.OCTET_STRING, Tag.ENUM)
    if data.tag != Tag.STRUCTURE or tuple(part.tag for part in data.value) != tags:
        raise ItemError(Result.TYPE_UNMATCHED)
    device_id, key_kind, install_code, device_type = (part.value for part in data.value)
    if len(device_id) != 8 or len(install_code) != SIZE or key_kind != _INSTALL_CODE:
        raise ItemError(Result.OTHER_REASON)
    return LogEntry(device_id=Eui64(device_id), install_code=install_code, device_type=device_type)


def backup(hub: VirtualHub) -> Data:
    """structure{ time, network, array of { device, key hash } }, as CS14 carries it."""
    devices = (
        structure(octet_string(entry.device_id), octet_string(hub.key_hash(entry)))
        for entry in hub.device_log.entries
    )
    return structure(
        octet_string(DateTime.at(hub.now()).octets),
        octet_string(hub.network_id),
        array(*devices),
    )
