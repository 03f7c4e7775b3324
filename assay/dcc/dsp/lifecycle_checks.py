"""Checks of the requests that change the inventory: a table of variant and question.

Most six-digit codes have no public meaning and are never raised; where none fits, the
generic code of the same kind stands in (inferred).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assay.dcc.dsp.check import Refusal
from assay.dcc.dsp.examination import Examination
from assay.dcc.dsp.firmware_requests import all_rejected
from assay.dcc.dsp.inventory_requests import STATUS_EVENTS, pre_notified, requested_status
from assay.dcc.dsp.responsibility import is_registered, is_responsible
from assay.dcc.inventory import Device, DeviceType, LifecycleEvent
from assay.duis.values import Content, field, find
from assay.gbcs.identifiers import Eui64

Question = Callable[[Examination], Refusal | None]

_ONLY_ESME = ("SecondaryImportMPAN", "ExportMPAN")


def pre_notification(examination: Examination) -> Refusal | None:
    """Neither identifier is known, a hub and its gas proxy function differ, and the model is on
    the Central Products List where one is held."""
    device = pre_notified(examination)
    if device.device_id == device.gas_proxy:
        return Refusal("E120201", f"hub and gas proxy function are both {device.device_id}")
    inventory, products = examination.books.inventory, examination.books.estate.products
    known = [one for one in (device.device_id, device.gas_proxy) if one in inventory]
    if known:
        return Refusal("E120201", f"device {known[0]} is in the inventory already")
    if products is None or not device.device_type.has_status or products.is_listed(device):
        return None
    model = f"{device.manufacturer} {device.model}, firmware {device.firmware_version}"
    return Refusal("E48", f"Central Products List: expected the model in force, seen {model}")


def decommissioning(examination: Examination) -> Refusal | None:
    return _device_and_event(examination, LifecycleEvent.DECOMMISSIONED)


def opt_in(examination: Examination) -> Refusal | None:
    return _device_and_event(examination, LifecycleEvent.OPTED_IN)


def update(examination: Examination) -> Refusal | None:
    """8.4: the device, its kind, and the status that it is in."""
    problem = _device(examination)
    if problem is not None:
        return problem
    body, device = examination.body, _named(examination)
    status = requested_status(body)
    if status is not None:
        return _status(examination, device, status)
    if "DeleteDevice" in body:
        return _deletion(examination, device)
    return _details(body, device)


def _status(examination: Examination, device: Device, status: str) -> Refusal | None:
    is_hub = device.device_type in (DeviceType.CHF, DeviceType.GPF)
    if ("UpdateDeviceStatusCH" in examination.body) is not is_hub:
        return Refusal("E11", f"UpdateDeviceStatus: not the form for a {device.device_type}")
    return _event(examination, device, STATUS_EVENTS[status])


def _deletion(examination: Examination, device: Device) -> Refusal | None:
    if not device.device_type.has_status:
        return None
    return _event(examination, device, LifecycleEvent.DELETED)


def _details(body: Content, device: Device) -> Refusal | None:
    if device.device_type is DeviceType.ESME:
        return None
    names = [f"UpdateMPxN/{name}" for name in _ONLY_ESME] + ["UpdateDeviceDetails/ESMEVariant"]
    wrong = [name for name in names if find(body, name, str) is not None]
    if wrong:
        return Refusal("E11", f"{wrong[0]}: expected for an ESME, seen a {device.device_type}")
    if "UpdateMPxN" in body and not device.is_meter:
        return Refusal("E11", f"UpdateMPxN: expected for a meter, seen a {device.device_type}")
    return None


def hub_installed(examination: Examination) -> Refusal | None:
    """8.14.1, 8.14.2: a hub, at a metering point of the user's."""
    problem = _hub(examination)
    if problem is not None:
        return problem
    mpxn = field(examination.body, "MPxN", str)
    if is_registered(examination, (mpxn,)):
        return None
    return Refusal("E4", f"{examination.user.eui} is not registered for {mpxn}")


def hub_returned(examination: Examination) -> Refusal | None:
    """8.14.3, 8.14.4."""
    problem = _hub(examination)
    return problem if problem is not None else _responsibility(examination)


def _hub(examination: Examination) -> Refusal | None:
    device = _found(examination)
    if device is None:
        return _unknown(examination)
    if device.device_type is DeviceType.CHF:
        return None
    return Refusal("E11", f"device type: expected CHF, seen {device.device_type}")


def _device_and_event(examination: Examination, event: LifecycleEvent) -> Refusal | None:
    problem = _device(examination)
    return problem if problem is not None else _event(examination, _named(examination), event)


def _device(examination: Examination) -> Refusal | None:
    if _found(examination) is None:
        return _unknown(examination)
    return _responsibility(examination)


def _responsibility(examination: Examination) -> Refusal | None:
    device = _named(examination)
    if is_responsible(examination, device):
        return None
    return Refusal("E4", f"{examination.user.eui} is not responsible for {device.device_id}")


def _event(examination: Examination, device: Device, event: LifecycleEvent) -> Refusal | None:
    if examination.books.inventory.may_happen(event, device.device_id):
        return None
    status = device.status.value if device.status is not None else "none"
    return Refusal("E5", f"{event}: not of a {device.device_type} in status {status}")


def _unknown(examination: Examination) -> Refusal:
    device_id = field(examination.body, "DeviceID", Eui64)
    return Refusal("E19", f"device {device_id} is not in the inventory")


def _found(examination: Examination) -> Device | None:
    return examination.books.inventory.find(field(examination.body, "DeviceID", Eui64))


def _named(examination: Examination) -> Device:
    return examination.books.inventory[field(examination.body, "DeviceID", Eui64)]


LIFECYCLE_CHECKS: Mapping[str, Question] = {
    "8.3": decommissioning,
    "8.4": update,
    "8.6": opt_in,
    "8.14.1": hub_installed,
    "8.14.2": hub_installed,
    "8.14.3": hub_returned,
    "8.14.4": hub_returned,
    "11.1": all_rejected,
    "11.4": all_rejected,
    "12.2": pre_notification,
}
