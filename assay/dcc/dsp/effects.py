"""What a successful, authentic response changes in the DCC: a table by variant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from assay.dcc.dsp.access_checks import claimed_points
from assay.dcc.dsp.alerts import DccAlerts
from assay.dcc.dsp.joining import Joining
from assay.dcc.inventory import Inventory, LifecycleEvent
from assay.dcc.settings import DccSettings
from assay.duis.requests import Request, SignedPreCommand
from assay.duis.values import Content, field
from assay.gbcs.dlms.access import Response, decode_payload
from assay.gbcs.envelope import Message
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.identifiers import Eui64


@dataclass(slots=True, kw_only=True)
class Effects:
    inventory: Inventory
    joining: Joining
    alerts: DccAlerts
    settings: DccSettings

    def apply(self, request: Request, response: Message, at: datetime) -> str | None:
        """In words what changed; None where this response changes nothing."""
        effect = _EFFECTS.get(request.srv)
        if effect is None or not is_success(response):
            return None
        return effect(self, request, at)

    def device_log_updated(self, request: Request, at: datetime) -> str:
        """8.11: the device is on the hub's list, or off it."""
        body = _body(request)
        hub, device = request.request_id.target, field(body, "DeviceID", Eui64)
        if field(body, "RequestType", str) == "Remove":
            self.inventory.dissociate(device)
            return f"{device} removed from {hub}"
        claimed = claimed_points(body)
        self.inventory.happened(LifecycleEvent.ADDED, device, at)
        self.inventory.associate(device, hub, claimed if claimed.numbers else None)
        window = timedelta(seconds=field(body, "AddDeviceToCHFWhitelist/JoinTimePeriod", int))
        self.joining.open(request.request_id, device, window + self.settings.join_grace)
        return f"{device} added to {hub}"

    def commissioned(self, request: Request, at: datetime) -> str | None:
        """8.1.1: the meter is commissioned, and everyone registered hears of it."""
        device = request.request_id.target
        if not self.inventory.happened(LifecycleEvent.COMMISSION_ANSWERED, device, at):
            return None
        told = self.alerts.meter_commissioned(self.inventory[device])
        return f"{device} commissioned, {len(told)} parties told"


def is_success(response: Message) -> bool:
    """Whether every item of a DLMS response succeeded."""
    try:
        payload = decode_payload(response.payload)
    except RemoteGbcsError:
        return False
    return isinstance(payload, Response) and all(item.result == 0 for item in payload.items)


def _body(request: Request) -> Content:
    if isinstance(request.body, SignedPreCommand):
        raise ValueError(f"{request.request_id}: expected what was asked, got what was signed")
    return request.body


_EFFECTS: Mapping[str, Callable[[Effects, Request, datetime], str | None]] = {
    "8.1.1": Effects.commissioned,
    "8.11": Effects.device_log_updated,
}
