"""Requests about the inventory: 8.2 to 8.4, 8.6 and 12.2. The checks have passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from assay.dcc.dsp.answer import Answer, Handler, acknowledged
from assay.dcc.dsp.answers import SUCCESS
from assay.dcc.dsp.examination import Examination
from assay.dcc.inventory import (
    Device,
    DeviceStatus,
    DeviceType,
    LifecycleEvent,
    MeteringPoints,
)
from assay.dcc.inventory.queries import matching, to_content
from assay.duis.responses import DccOnlyResponse
from assay.duis.values import Content, Value, field, find
from assay.gbcs.certificates import CertificateUsage, RemotePartyRole
from assay.gbcs.identifiers import Eui64

STATUS_EVENTS: Mapping[str, LifecycleEvent] = MappingProxyType(
    {
        DeviceStatus.PENDING: LifecycleEvent.SET_PENDING,
        DeviceStatus.INSTALLED_NOT_COMMISSIONED: LifecycleEvent.SET_INSTALLED,
        DeviceStatus.COMMISSIONED: LifecycleEvent.SET_COMMISSIONED,
        DeviceStatus.WITHDRAWN: LifecycleEvent.SET_WITHDRAWN,
    }
)
"""What 8.4 may set a status to."""
_DETAILS: Mapping[str, str] = {
    "DeviceManufacturer": "manufacturer",
    "DeviceModel": "model",
    "SMETSCHTSVersion": "smets_chts_version",
    "FirmwareVersion": "firmware_version",
    "ESMEVariant": "esme_variant",
}
_POINTS: Mapping[str, str] = {
    "ImportMPxN": "imports",
    "SecondaryImportMPAN": "secondary_import",
    "ExportMPAN": "exports",
}


def device_of(examination: Examination) -> Device:
    """The device that the body names; the checks have seen that it is known."""
    return examination.books.inventory[field(examination.body, "DeviceID", Eui64)]


def with_its_proxy(examination: Examination, device: Device) -> tuple[Device, ...]:
    """A hub with the gas proxy function that goes with it; any other device alone."""
    if device.device_type is not DeviceType.CHF:
        return (device,)
    behind = examination.books.inventory.behind(device.device_id)
    return (device, *(one for one in behind if one.device_type is DeviceType.GPF))


def requested_status(body: Content) -> str | None:
    """The status that 8.4 asks for, if it asks for one."""
    to_hub = find(body, "UpdateDeviceStatusCH", str)
    return to_hub if to_hub is not None else find(body, "UpdateDeviceStatusExceptCH", str)


def _read_inventory(examination: Examination) -> Answer:
    products = examination.books.estate.products

    def listing(device: Device) -> str | None:
        product = products.find(device) if products is not None else None
        return product.status.value if product is not None else None

    devices = matching(examination.books.inventory, examination.body)
    content = to_content(devices, listing)
    return SUCCESS, DccOnlyResponse(srv="8.2", element="DSPInventory", content=content)


def _pre_notify(examination: Examination) -> Answer:
    examination.books.inventory.pre_notify(pre_notified(examination), examination.at)
    return acknowledged(examination)


def pre_notified(examination: Examination) -> Device:
    """The device as 12.2 describes it."""
    body = examination.body
    return Device(
        device_id=field(body, "DeviceID", Eui64),
        device_type=DeviceType(field(body, "DeviceType", str)),
        manufacturer=field(body, "DeviceManufacturer", str),
        model=field(body, "DeviceModel", str),
        smets_chts_version=find(body, "SMETSCHTSVersion", str),
        firmware_version=find(body, "FirmwareVersion", str),
        esme_variant=find(body, "ESMEVariant", str),
        gas_proxy=find(body, "AssociatedGPFDeviceID", Eui64),
        notified_by=examination.user.eui,
    )


def _decommission(examination: Examination) -> Answer:
    """8.3. The hub still has it in its log: 8.11 Remove is the user's own affair."""
    for device in with_its_proxy(examination, device_of(examination)):
        examination.books.estate.leave(LifecycleEvent.DECOMMISSIONED, device, examination.at)
    return acknowledged(examination)


def _update_inventory(examination: Examination) -> Answer:
    body, device = examination.body, device_of(examination)
    status = requested_status(body)
    if status is not None:
        _set_status(examination, device, STATUS_EVENTS[status])
    elif "DeleteDevice" in body:
        estate = examination.books.estate
        estate.take_out(device, LifecycleEvent.DELETED, examination.at)
    elif "UpdateMPxN" in body:
        points = replace(device.points, **_named(body["UpdateMPxN"], _POINTS))
        examination.books.inventory.enter(replace(device, points=points))
    else:
        details = _named(body["UpdateDeviceDetails"], _DETAILS)
        examination.books.inventory.enter(replace(device, **details))
        examination.books.estate.measure(device.device_id, examination.at)
    return acknowledged(examination)


def _set_status(examination: Examination, device: Device, event: LifecycleEvent) -> None:
    inventory, at = examination.books.inventory, examination.at
    for one in with_its_proxy(examination, device):
        if event is LifecycleEvent.SET_WITHDRAWN:
            examination.books.estate.leave(event, one, at)
        elif inventory.happened(event, one.device_id, at) and event is LifecycleEvent.SET_PENDING:
            fresh = replace(inventory[one.device_id], hub=None, joined_with=frozenset(), duty=None)
            inventory.enter(fresh)


def _named(content: Value, names: Mapping[str, str]) -> dict[str, Any]:
    """The texts inside an element, under our names."""
    inner = content if isinstance(content, Mapping) else {}
    return {names[name]: field(inner, name, str) for name in inner}


def _opt_in(examination: Examination) -> Answer:
    """8.6: the meter comes (back) to the DCC; the answer brings the broker's certificates."""
    body, device = examination.body, device_of(examination)
    points = MeteringPoints(**_named(body["MPxNs"], _POINTS))
    inventory = examination.books.inventory
    inventory.enter(replace(device, points=points))
    inventory.happened(LifecycleEvent.OPTED_IN, device.device_id, examination.at)
    content: dict[str, Value] = {"DeviceID": device.device_id}
    for element, usage in (
        ("DSPBrokerSecurityCredentialsDigitalSigning", CertificateUsage.DIGITAL_SIGNATURE),
        ("DSPBrokerSecurityCredentialsKeyAgreement", CertificateUsage.KEY_AGREEMENT),
    ):
        content[element] = _broker_certificate(examination, usage)
    return SUCCESS, DccOnlyResponse(srv="8.6", element="DSPOptIn", content=content)


def _broker_certificate(examination: Examination, usage: CertificateUsage) -> bytes:
    books = examination.books
    der = books.trust.certificate_in_use(
        books.broker.eui, RemotePartyRole.ACCESS_CONTROL_BROKER, usage
    )
    if der is None:
        raise LookupError(f"the broker has no {usage} certificate in use")
    return der


INVENTORY_HANDLERS: Mapping[str, Handler] = {
    "8.2": _read_inventory,
    "8.3": _decommission,
    "8.4": _update_inventory,
    "8.6": _opt_in,
    "12.2": _pre_notify,
}
