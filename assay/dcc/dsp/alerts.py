"""DCC alerts: which body says what, to whom. Codes and bodies are those of `duis.dcc_alerts`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assay.dcc.access import responsible_parties
from assay.dcc.dsp.answers import Answers, Letter
from assay.dcc.inventory import Device, Inventory
from assay.dcc.registration import Registration
from assay.duis.catalogue import UserRole
from assay.duis.dcc_alerts import DCC_ALERTS
from assay.duis.identifiers import RequestId
from assay.duis.values import Content, Value
from assay.gbcs.identifiers import Eui64

UNDELIVERED, UNANSWERED = "N12", "N13"
JOINED, NOT_JOINED = "N24", "N25"
METER_IDENTITY = "N16"
POWER_OUTAGE = "AD1"


@dataclass(slots=True, kw_only=True)
class DccAlerts:
    """Builds alerts and hands them over for delivery."""

    answers: Answers
    inventory: Inventory
    registration: Registration
    deliver: Callable[[Letter], None]
    now: Callable[[], datetime]

    def command_failed(self, code: str, request_id: RequestId, device: Eui64) -> None:
        """To the requester: not delivered (N12), not answered (N13)."""
        self._raise(
            request_id.originator, code, {"CommandRequestID": request_id, "DeviceID": device}
        )

    def device_log_result(self, code: str, request_id: RequestId) -> None:
        """To the requester of 8.11: the device has joined (N24), or not in time (N25)."""
        self._raise(request_id.originator, code, {"UpdateHANDeviceLogServiceRequestID": request_id})

    def meter_commissioned(self, device: Device) -> tuple[Eui64, ...]:
        """N16 to everyone registered at the meter's metering points; who got it.

        Nobody where the inventory has no import metering point: the body needs one.
        """
        if device.points.imports is None:
            return ()
        content: dict[str, Value] = {
            "DeviceID": device.device_id,
            "DeviceStatusChange": {"MeterIdentity": _identity(device)},
        }
        roles = _roles_told(METER_IDENTITY)
        parties = responsible_parties(device.points.numbers, roles, self.registration, self.now())
        for party in parties:
            self._raise(party, METER_IDENTITY, content)
        return parties

    def power_lost(self, hub: Eui64, since: datetime) -> tuple[Eui64, ...]:
        """AD1 for each import metering point behind the hub; who got one."""
        numbers = {
            device.points.imports: None
            for device in self.inventory.behind(hub)
            if device.points.imports is not None
        }
        told: list[Eui64] = []
        for mpxn in numbers:
            content: dict[str, Value] = {
                "CommsHubDeviceID": hub,
                "StartDateTime": since,
                "MPxN": mpxn,
            }
            roles = _roles_told(POWER_OUTAGE)
            for party in responsible_parties((mpxn,), roles, self.registration, self.now()):
                self._raise(party, POWER_OUTAGE, content)
                told.append(party)
        return tuple(told)

    def _raise(self, party: Eui64, code: str, content: Content) -> None:
        element = DCC_ALERTS[code].element
        if element is None:
            raise ValueError(f"DCC alert {code}: which body it has is not established")
        self.deliver(self.answers.dcc_alert(party, code, element, content))


def _roles_told(code: str) -> tuple[UserRole, ...]:
    return tuple(UserRole(word) for word in DCC_ALERTS[code].recipients)


def _identity(device: Device) -> Content:
    points = device.points
    numbers = {
        "ImportMPxN": points.imports,
        "SecondaryImportMPAN": points.secondary_import,
        "ExportMPAN": points.exports,
    }
    identity: dict[str, Value] = {
        "MeterMPxNs": {name: value for name, value in numbers.items() if value is not None}
    }
    if device.esme_variant is not None:
        identity["ESMEVariant"] = device.esme_variant
    return identity
