"""Read Inventory (8.2): which devices a query is about, and how the answer is written."""

from __future__ import annotations

from assay.dcc.inventory.device import Device, Property
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
        found = [device for device in inventory.devices if _is_at(device, query)]
    hubs = {device.hub for device in found if device.hub is not None}
    others = [d for d in inventory.devices if d.hub in hubs and d not in found]
    return tuple([*found, *others][:MAX_DEVICES])


def _is_at(device: Device, query: Content) -> bool:
    mpxn = find(query, "MPxN", str)
    if mpxn is not None:
        return mpxn in device.points.numbers
    uprn = find(query, "UPRN", int)
    if uprn is not None:
        return device.place.uprn == uprn
    return (
        device.place.post_code is not None
        and device.place.post_code == find(query, "PropertyFilter/PostCode", str)
        and device.place.address_identifier == find(query, "PropertyFilter/AddressIdentifier", str)
    )


def to_content(devices: tuple[Device, ...]) -> Content:
    """The content of DSPInventory."""
    return {"Device": tuple(_device(device) for device in devices)}


def _device(device: Device) -> dict[str, Value]:
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
        "DateCommissioned": date,
        "ImportMPxN": device.points.imports,
        "SecondaryImportMPAN": device.points.secondary_import,
        "ExportMPAN": device.points.exports,
        "ESMEVariant": device.esme_variant,
        "UPRN": device.place.uprn,
        "PropertyFilter": _address(device.place),
        "DeviceGBCSVersion": device.gbcs_version,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _address(place: Property) -> Content | None:
    if place.post_code is None or place.address_identifier is None:
        return None
    return {"PostCode": place.post_code, "AddressIdentifier": place.address_identifier}
