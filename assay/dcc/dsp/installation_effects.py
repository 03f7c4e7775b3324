"""What installing changes: device logs of hubs and meters, commissioning, restored logs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from assay.dcc.dsp.access_checks import claimed_points
from assay.dcc.dsp.alerts import HUB_LOG_RESTORED, PROXY_LOG_RESTORED, RestoredLog
from assay.dcc.dsp.effect import Effect, body_of
from assay.dcc.dsp.estate import Estate
from assay.dcc.inventory import Device, DeviceStatus, DeviceType, LifecycleEvent
from assay.duis.requests import Request
from assay.duis.values import field
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64

_IN_LOG_OF_ITS_OWN = (DeviceType.CHF, DeviceType.GPF)
_JOINABLE = (DeviceType.ESME, DeviceType.GSME, DeviceType.GPF)


def device_log_updated(estate: Estate, request: Request, _: Message, at: datetime) -> str:
    """8.11: the device is on the hub's list, or off it."""
    body = body_of(request)
    hub, device = request.request_id.target, field(body, "DeviceID", Eui64)
    if field(body, "RequestType", str) == "Remove":
        return _removed(estate, device, hub)
    claimed = claimed_points(body)
    estate.inventory.happened(LifecycleEvent.ADDED, device, at)
    estate.inventory.associate(device, hub, claimed if claimed.numbers else None)
    window = timedelta(seconds=field(body, "AddDeviceToCHFWhitelist/JoinTimePeriod", int))
    estate.joining.open(request.request_id, device, window + estate.settings.join_grace)
    return f"{device} added to {hub}"


def _removed(estate: Estate, device_id: Eui64, hub: Eui64) -> str:
    device = estate.inventory[device_id]
    if device.device_type is DeviceType.PPMID:
        estate.alerts.ppmid_removed(device, hub)  # while the hub still says whose it is
    estate.inventory.dissociate(device_id)
    return f"{device_id} removed from {hub}"


def commissioned(estate: Estate, request: Request, _: Message, at: datetime) -> str | None:
    """8.1.1: the meter is commissioned, and everyone registered hears of it."""
    device = request.request_id.target
    if not estate.inventory.happened(LifecycleEvent.COMMISSION_ANSWERED, device, at):
        return None
    told = estate.alerts.meter_commissioned(estate.inventory[device])
    return f"{device} commissioned, {len(told)} parties told"


def joined(estate: Estate, request: Request, _: Message, at: datetime) -> str:
    """8.7.x: two devices know each other; one that lives behind a meter is commissioned by it."""
    target = request.request_id.target
    other = field(body_of(request), "OtherDeviceID", Eui64)
    estate.inventory.joined(target, other)
    for device, partner in ((target, other), (other, target)):
        if _is_commissioned_meter(estate, partner):
            estate.inventory.happened(LifecycleEvent.JOIN_ANSWERED, device, at)
    return f"{target} joined with {other}"


def _is_commissioned_meter(estate: Estate, device_id: Eui64) -> bool:
    device = estate.inventory.find(device_id)
    return (
        device is not None
        and device.device_type in _JOINABLE
        and device.status is DeviceStatus.COMMISSIONED
    )


def unjoined(estate: Estate, request: Request, _: Message, __: datetime) -> str:
    """8.8.x: the device's log does not name the other any more."""
    target = request.request_id.target
    other = field(body_of(request), "OtherDeviceID", Eui64)
    estate.inventory.unjoined(target, other)
    return f"{target} not joined with {other} any more"


def hub_log_restored(estate: Estate, request: Request, _: Message, __: datetime) -> str:
    """8.12.1: what was behind the old hub is behind the new one; N30."""
    new, old = request.request_id.target, field(body_of(request), "OldCHFID", Eui64)
    moved = [
        device
        for device in estate.inventory.behind(old)
        if device.device_type not in _IN_LOG_OF_ITS_OWN
    ]
    for device in moved:
        estate.inventory.associate(device.device_id, new, None)
    _inherit_log(estate, new, old)
    told = _tell_restored(estate, HUB_LOG_RESTORED, old, new)
    return f"log of {old} restored on {new}: {len(moved)} devices, {told} parties told"


def proxy_log_restored(estate: Estate, request: Request, _: Message, __: datetime) -> str:
    """8.12.2: the new gas proxy function is joined with what the old one was; N31."""
    new, old = request.request_id.target, field(body_of(request), "OldGPFID", Eui64)
    _inherit_log(estate, new, old)
    hubs = [estate.inventory.find(device_id) for device_id in (old, new)]
    old_hub, new_hub = (device.hub if device is not None else None for device in hubs)
    told = 0
    if old_hub is not None and new_hub is not None:
        restored = RestoredLog(old_hub=old_hub, new_hub=new_hub, old_proxy=old, new_proxy=new)
        device = estate.inventory[new]
        told = len(estate.alerts.log_restored(PROXY_LOG_RESTORED, restored, device))
    return f"log of {old} restored on {new}, {told} parties told"


def _inherit_log(estate: Estate, new: Eui64, old: Eui64) -> None:
    before, after = estate.inventory.find(old), estate.inventory.find(new)
    if before is not None and after is not None:
        estate.inventory.enter(replace(after, log=before.log, joined_with=before.joined_with))


def _tell_restored(estate: Estate, code: str, old: Eui64, new: Eui64) -> int:
    """Nobody where the inventory knows no gas proxy function of one hub: the body names both."""
    old_proxy, new_proxy = _proxy_of(estate, old), _proxy_of(estate, new)
    if old_proxy is None or new_proxy is None:
        return 0
    restored = RestoredLog(old_hub=old, new_hub=new, old_proxy=old_proxy, new_proxy=new_proxy)
    return len(estate.alerts.log_restored(code, restored, estate.inventory[new]))


def _proxy_of(estate: Estate, hub: Eui64) -> Eui64 | None:
    def is_proxy(device: Device) -> bool:
        return device.device_type is DeviceType.GPF

    found = next(filter(is_proxy, estate.inventory.behind(hub)), None)
    return found.device_id if found is not None else None


INSTALLATION_EFFECTS: Mapping[str, Effect] = {
    "8.1.1": commissioned,
    "8.7.1": joined,
    "8.7.2": joined,
    "8.8.1": unjoined,
    "8.8.2": unjoined,
    "8.11": device_log_updated,
    "8.12.1": hub_log_restored,
    "8.12.2": proxy_log_restored,
}
