"""What the meter is, its metering points, and the date of the change of tenancy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Data, Tag, boolean, octet_string
from rigs.devices.dlms_objects import Call, ItemError, Row
from rigs.devices.esme.identity import MPAN_SIZE

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {
    0x0022: "ECS12",
    0x003F: "ECS26e",
    0x004C: "ECS39a",
    0x004D: "ECS39b",
    0x004E: "ECS40",
    0x00F9: "ECS26m",
}
_IMPORT_MPANS, _EXPORT_MPAN = "0-0:94.44.34.11", "1-0:0.0.2.255"
_MANUFACTURER_WITH_BLANK = 0x00F9
"""ECS26m has the manufacturer in four octets, the older ECS26e in three."""


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    identity = meter.identity

    def manufacturer(call: Call) -> Data:
        size = 4 if call.command.use_case.code == _MANUFACTURER_WITH_BLANK else 3
        return octet_string(identity.manufacturer.ljust(size).encode())

    def set_import(call: Call) -> None:
        identity.import_mpans = _mpan(call, identity.import_sizes)

    def set_export(call: Call) -> None:
        identity.export_mpan = _mpan(call, (MPAN_SIZE,))

    yield Op.GET, 1, "0-0:96.1.1.255", 2, lambda _: octet_string(identity.device_id)
    yield Op.GET, 1, "0-0:96.1.2.255", 2, lambda _: octet_string(identity.variant.encode())
    yield Op.GET, 1, "0-0:96.1.4.255", 2, lambda _: octet_string(identity.model)
    yield Op.GET, 1, "0-0:96.1.6.255", 2, manufacturer
    yield Op.GET, 1, "0-0:94.44.0.4", 2, lambda _: boolean(meter.tamper.locks_supply)
    yield Op.GET, 1, _IMPORT_MPANS, 2, lambda _: octet_string(identity.import_mpans)
    yield Op.SET, 1, _IMPORT_MPANS, 2, set_import
    yield Op.GET, 1, _EXPORT_MPAN, 2, lambda _: octet_string(identity.export_mpan)
    yield Op.SET, 1, _EXPORT_MPAN, 2, set_export
    yield Op.SET, 1, "0-0:94.44.3.2", 2, lambda call: _restrict(meter, call)


def _mpan(call: Call, sizes: tuple[int, ...]) -> bytes:
    octets = call.value(Tag.OCTET_STRING)
    if not isinstance(octets, bytes):
        raise ItemError(Result.TYPE_UNMATCHED)
    if len(octets) not in sizes or not octets.isdigit():
        raise ItemError(Result.OTHER_REASON)
    return octets


def _restrict(meter: ElectricityMeter, call: Call) -> None:
    """Carried out at once, whether the date is past or future (GBCS digest 10.6)."""
    octets = call.value(Tag.OCTET_STRING)
    if not isinstance(octets, bytes) or len(octets) != 12:
        raise ItemError(Result.TYPE_UNMATCHED)
    since = DateTime(octets).as_utc()
    if since is None:
        raise ItemError(Result.OTHER_REASON)
    meter.metering.tenancy.restrict(since)
