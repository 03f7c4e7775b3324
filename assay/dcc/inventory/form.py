"""How the inventory is kept: one record for each device, found by whatever a request names.

A national inventory holds millions of devices, and every request asks who is behind a hub:
no look-up may grow with the inventory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from assay.dcc.inventory.device import (
    Device,
    DeviceStatus,
    DeviceType,
    HubLog,
    MeteringPoints,
    Property,
    StatusEntry,
)
from assay.dcc.inventory.duties import Duty, Obligation
from assay.dcc.store.contract import BookForm

PENDING_PERIOD = timedelta(days=365)
"""A device that was pre-notified and never came is taken out after that ("over a year")."""


class By(StrEnum):
    """What devices are looked up by; the value names the column."""

    HUB = "hub"
    IMPORT = "import_mpxn"
    SECONDARY_IMPORT = "secondary_import_mpan"
    EXPORT = "export_mpan"
    UPRN = "uprn"
    ADDRESS = "address"
    POST_CODE = "post_code"
    STATUS = "status"
    MODEL = "model"


NUMBERS = (By.IMPORT, By.SECONDARY_IMPORT, By.EXPORT)


def device_key(device_id: bytes) -> str:
    return device_id.hex()


def address_key(post_code: str | None, address_identifier: str | None) -> str | None:
    if post_code is None or address_identifier is None:
        return None
    return f"{post_code}/{address_identifier}"


def model_key(manufacturer: str, model: str) -> str:
    return f"{manufacturer}/{model}"


def upkeep_due(device: Device) -> datetime | None:
    """When the DCC has to look at the device by itself: a year of waiting, or a duty not done."""
    since = device.status_since
    if device.status is DeviceStatus.PENDING and since is not None:
        return since + PENDING_PERIOD
    if device.duty is not None and not device.duty.is_noted:
        return device.duty.due
    return None


_COLUMNS: Mapping[By, Callable[[Device], str | None]] = {
    By.HUB: lambda device: device_key(device.hub) if device.hub is not None else None,
    By.IMPORT: lambda device: device.points.imports,
    By.SECONDARY_IMPORT: lambda device: device.points.secondary_import,
    By.EXPORT: lambda device: device.points.exports,
    By.UPRN: lambda device: str(device.place.uprn) if device.place.uprn is not None else None,
    By.ADDRESS: lambda device: address_key(device.place.post_code, device.place.address_identifier),
    By.POST_CODE: lambda device: device.place.post_code,
    By.STATUS: lambda device: device.status.value if device.status is not None else None,
    By.MODEL: lambda device: model_key(device.manufacturer, device.model),
}

DEVICES: BookForm[Device] = BookForm(
    name="device",
    record=Device,
    key=lambda device: device_key(device.device_id),
    columns={by.value: column for by, column in _COLUMNS.items()},
    due=upkeep_due,
    parts=(
        Device,
        DeviceStatus,
        DeviceType,
        Duty,
        HubLog,
        MeteringPoints,
        Obligation,
        Property,
        StatusEntry,
    ),
)
