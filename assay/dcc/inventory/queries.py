"""Read Inventory (8.2): which devices a query is about, and how the answer is written."""

from __future__ import annotations

from collections.abc import Callable

from assay.dcc.inventory.device import Device, Property
from assay.dcc.inventory.form import By, address_key
from assay.dcc.inventory.store import Inventory
from assay.duis.values import CalendarDate, Content, Value, find
from assay.gbcs.identifiers import Eui64

MAX_DEVICES = 17
"""A premises holds no more (schema, DSPInventory)."""


def matching(inventory: Inventory, query: Content) -> tuple[Device, ...]:
    """The devices of the premises in question; the one that was asked for comes first.

    That a query by device shows the whole premises is seen in public samples of answers.
    """
    device_id = find(query, "DeviceID", Eui64)
    if device_id is not None:
        found = [device] if (device := inventory.find(device_id)) is not None else []
    else:
        found = list(_named(inventory, query))
    known = {device.device_id for device in found}
    hubs = dict.fromkeys(device.hub for device in found if device.hub is not None)
    others = [d for hub in hubs for d in inventory.behind(hub) if d.device_id not in known]
    return tuple([*found, *others][:MAX_DEVICES])


def _named(inventory: Inventory, query: Content) -> tuple[Device, ...]:
    mpxn = find(query, "MPxN", str)
    if mpxn is not None:
        return inventory.at_number(mpxn)
    uprn = find(query, "UPRN", int)
    if uprn is not None:
        return inventory.by(By.UPRN, str(uprn))
    post_code = find(query, "PropertyFilter/PostCode", str)
    address = find(query, "PropertyFilter/AddressIdentifier", str)
    key = address_key(post_code, address)
    return inventory.by(By.ADDRESS, key) if key is not None else ()


def numbers_around(inventory: Inventory, device: Device) -> tuple[str, ...]:
    """The metering points that a device belongs to: its own; of anything but a meter also those
    of the meters behind its hub."""
    numbers = dict.fromkeys(device.points.numbers)
    if not device.is_meter and device.hub is not None:
        for other in inventory.behind(device.hub):
            numbers |= dict.fromkeys(other.points.numbers)
    return tuple(numbers)


def _unlisted(_: Device) -> None:
    return None


def to_content(
    devices: tuple[Device, ...], listing: Callable[[Device], str | None] = _unlisted
) -> Content:
    """The content of DSPInventory; `listing` tells the status on the Central Products List."""
    return {"Device": tuple(_device(device, listing(device)) for device in devices)}


def _device(device: Device, listing: str | None) -> dict[str, Value]:
    commissioned = device.commissioned_on
    date = None
    if commissioned is not None:
        date = CalendarDate(commissioned.year, commissioned.month, commissioned.day)
    fields: dict[str, Value] = {
        "DeviceID": device.device_id,
        "DeviceType": device.device_type.value,
        "DeviceStatus": device.status.value if device.status is not None else None,
        "DeviceManufacturer": device.manufacturer,
        "DeviceModel": device.model,
        "SMETSCHTSVersion": device.smets_chts_version,
        "DeviceFirmwareVersion": device.firmware_version,
        "DeviceFirmwareVersionStatus": listing if device.firmware_version is not None else None,
        "CPLStatus": listing,
        "DateCommissioned": date,
        "ImportMPxN": device.points.imports,
        "SecondaryImportMPAN": device.points.secondary_import,
        "ExportMPAN": device.points.exports,
        "ESMEVariant": device.esme_variant,
        "UPRN": device.place.uprn,
        "PropertyFilter": _address(device.place),
        "CSPRegion": device.csp_region,
        "DeviceGBCSVersion": device.gbcs_version,
        "HANVariant": device.han_variant,
        "Connectivity": device.connectivity,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _address(place: Property) -> Content | None:
    if place.post_code is None or place.address_identifier is None:
        return None
    return {"PostCode": place.post_code, "AddressIdentifier": place.address_identifier}
