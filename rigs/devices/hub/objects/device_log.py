"""The hub's device log: added to, removed from, restored, read, and backed up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from assay.gbcs.date_time import NEVER, DateTime
from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import (
    Data,
    Tag,
    array,
    integer,
    octet_string,
    structure,
    unsigned,
)
from assay.gbcs.identifiers import Eui64
from rigs.devices.dlms_objects import FAILED, Call, ItemError, Row
from rigs.devices.hub.communications import NOT_SUB_GHZ, Heard
from rigs.devices.hub.device_log import DeviceLogFullError, LogEntry
from rigs.devices.hub.link_key import SIZE

if TYPE_CHECKING:
    from rigs.devices.hub.hub import VirtualHub

CODES = {
    0x0001: "CCS01",
    0x0002: "CCS02",
    0x0003: "CCS03",
    0x0004: "CCS05CCS04",
    0x010F: "CCS06",
    0x00FE: "CCS07",
}
DEVICE_LOG, HISTORIC_LOG = "0-0:30.3.0.255", "0-0:30.3.1.255"
_INSTALL_CODE = 1
_ANY_TYPE = 0
_JOINED, _NOT_JOINED = "11001000", "00000000"
"""Authorised, reporting, with smart energy; the bits are those of the national answer."""
_RSSI = (-35, -50, -100)
_LINK_QUALITY = (2, 39, 247)
_HOPS, _FAILURES, _SUCCESSES, _APPLICATION, _STACK = 1, 0, 100, 1, 1
"""No radio is modelled: a use case needs none of these, so they are the national answer's."""


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

    def restore(call: Call) -> None:
        network_id, entries = _restored(call.data)
        try:
            hub.restore(network_id, entries)
        except DeviceLogFullError:
            raise ItemError(FAILED) from None

    def set_timeout(call: Call) -> None:
        hub.joining.timeout = timedelta(seconds=call.number(Tag.LONG_UNSIGNED))

    def allow_joining(call: Call) -> None:
        hub.joining.allow(bool(call.number(Tag.BOOLEAN)))

    def active_devices(_: Call) -> Data:
        return array(
            *(_active(hub, entry, hub.communications.of(entry.device_id)) for entry in _kept(hub))
        )

    yield Op.ACTION, 104, DEVICE_LOG, 1, add
    yield Op.ACTION, 104, DEVICE_LOG, 2, remove
    yield Op.ACTION, 104, DEVICE_LOG, 5, restore
    yield Op.SET, 104, DEVICE_LOG, 3, set_timeout
    yield Op.SET, 104, DEVICE_LOG, 2, allow_joining
    yield Op.GET, 104, DEVICE_LOG, 4, active_devices
    yield Op.ACTION, 104, DEVICE_LOG, 4, lambda _: backup(hub)
    yield Op.ACTION, 104, HISTORIC_LOG, 4, lambda _: _log(hub, hub.historic_log.entries)


def backup(hub: VirtualHub) -> Data:
    """structure{ time, network, array of { device, key hash } }, as CS14 carries it."""
    return _log(hub, ((entry.device_id, hub.key_hash(entry)) for entry in hub.device_log.entries))


def _log(hub: VirtualHub, devices: Iterable[tuple[Eui64, bytes]]) -> Data:
    return structure(
        octet_string(DateTime.at(hub.now()).octets),
        octet_string(hub.network_id),
        array(*(structure(octet_string(one), octet_string(hashed)) for one, hashed in devices)),
    )


def _kept(hub: VirtualHub) -> tuple[LogEntry, ...]:
    return hub.device_log.entries


def _active(hub: VirtualHub, entry: LogEntry, heard: Heard | None) -> Data:
    """One device as CCS05 and CCS06 list it; only the first, the fourth and the ninth are asked
    for: the device, its sub-GHz signal, and when it was last heard."""
    strongest, average, weakest = _RSSI
    if heard is not None:
        average = heard.dbm if heard.dbm is not None else NOT_SUB_GHZ
    at = DateTime.at(heard.at).octets if heard is not None else NEVER
    return structure(
        octet_string(entry.device_id),
        Data(Tag.BIT_STRING, _JOINED if hub.is_listed(entry.device_id) else _NOT_JOINED),
        integer(strongest),
        integer(average),
        integer(weakest),
        *(unsigned(number) for number in _LINK_QUALITY),
        octet_string(at),
        *(unsigned(n) for n in (_HOPS, _FAILURES, _SUCCESSES, _APPLICATION, _STACK)),
    )


def _entry(data: Data) -> LogEntry:
    """structure{ device id, kind of key (1), install code, device type } (CCS01)."""
    tags = (Tag.OCTET_STRING, Tag.ENUM, Tag.OCTET_STRING, Tag.ENUM)
    if data.tag != Tag.STRUCTURE or tuple(part.tag for part in data.value) != tags:
        raise ItemError(Result.TYPE_UNMATCHED)
    device_id, key_kind, install_code, device_type = (part.value for part in data.value)
    if len(device_id) != 8 or len(install_code) != SIZE or key_kind != _INSTALL_CODE:
        raise ItemError(Result.OTHER_REASON)
    return LogEntry(device_id=Eui64(device_id), install_code=install_code, device_type=device_type)


def _restored(data: Data) -> tuple[Eui64, tuple[LogEntry, ...]]:
    """structure{ network, array of { device, key hash } } (CCS03)."""
    if data.tag != Tag.STRUCTURE or len(data.value) != 2:
        raise ItemError(Result.TYPE_UNMATCHED)
    network, devices = data.value
    if (network.tag, devices.tag) != (Tag.OCTET_STRING, Tag.ARRAY):
        raise ItemError(Result.TYPE_UNMATCHED)
    if len(network.value) != 8:
        raise ItemError(Result.OTHER_REASON)
    return Eui64(network.value), tuple(_restored_entry(device) for device in devices.value)


def _restored_entry(data: Data) -> LogEntry:
    tags = (Tag.OCTET_STRING, Tag.OCTET_STRING)
    if data.tag != Tag.STRUCTURE or tuple(part.tag for part in data.value) != tags:
        raise ItemError(Result.TYPE_UNMATCHED)
    device_id, key_hash = (part.value for part in data.value)
    if len(device_id) != 8 or len(key_hash) not in (0, SIZE):
        raise ItemError(Result.OTHER_REASON)
    return LogEntry(
        device_id=Eui64(device_id),
        install_code=b"",
        device_type=_ANY_TYPE,
        restored_hash=key_hash,
    )
