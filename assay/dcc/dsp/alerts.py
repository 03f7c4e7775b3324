"""DCC alerts: which body says what, to whom. Codes and bodies are those of `duis.dcc_alerts`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assay.dcc.access import responsible_parties
from assay.dcc.dsp.alert_codes import failure_code
from assay.dcc.dsp.answers import SUCCESS, Answers, Letter
from assay.dcc.inventory import Device, DeviceType, Inventory
from assay.dcc.inventory.queries import numbers_around
from assay.dcc.registration import Registration
from assay.dcc.settings import DccSettings
from assay.duis.catalogue import UserRole
from assay.duis.dcc_alerts import DCC_ALERTS
from assay.duis.identifiers import RequestId
from assay.duis.values import CalendarDate, Content, Value
from assay.gbcs.identifiers import Eui64

UNDELIVERED, UNANSWERED = "N12", "N13"
JOINED, NOT_JOINED = "N24", "N25"
METER_IDENTITY = "N16"
POWER_OUTAGE = "AD1"
METER_LEFT = "N2"
REMOVED = "N8"
HUB_DECOMMISSIONED = "N9"
SUSPENDED, RESTORED = "N28", "N29"
NOT_REGISTERED, SUPPLIER_CHANGED = "N26", "N27"
HUB_LOG_RESTORED, PROXY_LOG_RESTORED = "N30", "N31"
PPMID_ALERT, PPMID_REMOVED = "N39", "N43"
CREDENTIALS_UPDATED = "N42"
VERSION_MISMATCH = "N999"

_REGISTERED_PARTIES = (
    UserRole.IMPORT_SUPPLIER,
    UserRole.GAS_SUPPLIER,
    UserRole.ELECTRICITY_DISTRIBUTOR,
    UserRole.GAS_TRANSPORTER,
)
_SUPPLIERS = (UserRole.IMPORT_SUPPLIER, UserRole.GAS_SUPPLIER)
_RECIPIENTS: Mapping[str, tuple[UserRole, ...]] = {
    "responsible parties": _REGISTERED_PARTIES,
    "responsible suppliers": _SUPPLIERS,
}
"""Who is meant by the words of the table of alerts (inferred)."""


_TYPE_1 = (DeviceType.HCALCS, DeviceType.PPMID)
_MAX_ASSOCIATED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredLog:
    """Which hub and gas proxy function took the place of which."""

    old_hub: Eui64
    new_hub: Eui64
    old_proxy: Eui64
    new_proxy: Eui64


@dataclass(slots=True, kw_only=True)
class DccAlerts:
    """Builds alerts and hands them over for delivery."""

    answers: Answers
    inventory: Inventory
    registration: Registration
    deliver: Callable[[Letter], None]
    now: Callable[[], datetime]
    settings: DccSettings

    def command_failed(
        self,
        code: str,
        request_id: RequestId,
        device: Eui64,
        schedule_id: int | None = None,
    ) -> None:
        """To the requester: not delivered (N12), not answered (N13), not carried out."""
        content: dict[str, Value] = {"CommandRequestID": request_id, "DeviceID": device}
        if schedule_id is not None:
            content["DSPScheduleID"] = schedule_id
        failure = None
        if self.settings.alerts_carry_failure_codes:
            failure = failure_code(code, is_scheduled=schedule_id is not None)
        self._raise(request_id.originator, code, content, failure or SUCCESS)

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

    def device_changed(
        self, code: str, device: Device, change: str, *, content: Value = None
    ) -> tuple[Eui64, ...]:
        """A DeviceStatusChangeEvent of one kind, to the responsible parties; who got it."""
        body: Content = {"DeviceID": device.device_id, "DeviceStatusChange": {change: content}}
        return self._raise_to_responsible(code, device, body)

    def meter_left(self, device: Device, associated: Iterable[Device]) -> tuple[Eui64, ...]:
        """N2: decommissioned or withdrawn, with the Type 1 devices that it leaves behind.

        Nobody where the inventory has no import metering point: the body needs one.
        """
        if device.points.imports is None:
            return ()
        others = [
            {"DeviceID": other.device_id, "DeviceType": other.device_type.value}
            for other in associated
            if other.device_type in _TYPE_1 and other.device_id != device.device_id
        ]
        content: dict[str, Value] = {"MeterDecommissionOrWithdrawal": _numbers(device)}
        if others:
            content["AssociatedType1Device"] = tuple(others[:_MAX_ASSOCIATED])
        change = "MeterDecommissioningOrWithdrawal"
        return self.device_changed(METER_LEFT, device, change, content=content)

    def schedule_removed(self, code: str, owner: Eui64, device: Eui64, schedule_id: int) -> None:
        self._raise(owner, code, {"DeviceID": device, "DSPScheduleID": schedule_id})

    def firmware_not_distributed(
        self, code: str, request_id: RequestId, devices: Sequence[Eui64]
    ) -> None:
        """To the requester of 11.1 or 11.4."""
        content: Content = {"UpdateFirmwareRequestID": request_id, "MeterIDs": tuple(devices)}
        self._raise(request_id.originator, code, content)

    def not_registered(self, request_id: RequestId) -> None:
        """N26, to the requester of 6.23."""
        content = {"ChangeOfSupplierServiceRequestID": request_id}
        self._raise(request_id.originator, NOT_REGISTERED, content)

    def supplier_changed(self, device: Device, losing: Eui64) -> bool:
        """N27, to the supplier whose credentials were replaced; False where it is no user, or
        the inventory has no metering point to name."""
        if device.points.imports is None or self.registration.user(losing) is None:
            return False
        change: Content = {
            "DeviceID": device.device_id,
            "DeviceType": device.device_type.value,
            "MPxNs": _numbers(device),
        }
        self._raise(losing, SUPPLIER_CHANGED, {"DeviceChangeOfSupplier": change})
        return True

    def log_restored(self, code: str, restored: RestoredLog, device: Device) -> tuple[Eui64, ...]:
        """N30 for a hub's log, N31 for a gas proxy function's; who got it."""
        at = self.now()
        ids: Content = {
            "OldCHFDeviceID": restored.old_hub,
            "NewCHFDeviceID": restored.new_hub,
            "OldGPFDeviceID": restored.old_proxy,
            "NewGPFDeviceID": restored.new_proxy,
        }
        log = "CHFDeviceLog" if code == HUB_LOG_RESTORED else "GPFDeviceLog"
        content: Content = {"RestoredDate": CalendarDate(at.year, at.month, at.day), log: ids}
        old = self.inventory.find(restored.old_hub)
        return self._raise_to_responsible(code, device, content, old)

    def ppmid_alert(
        self, device: Device, alert_code: int, at: datetime | None, upgrade: Content | None
    ) -> tuple[Eui64, ...]:
        """N39: what a PPMID told the broker; who got it."""
        content: dict[str, Value] = {
            "DeviceID": device.device_id,
            "DeviceAlertCode": alert_code.to_bytes(2, "big"),
        }
        if at is not None:
            content["Timestamp"] = at
        if upgrade is not None:
            content["PPMIDFirmwareUpgradeAlert"] = upgrade
        return self._raise_to_responsible(PPMID_ALERT, device, content)

    def ppmid_removed(self, device: Device, hub: Eui64) -> tuple[Eui64, ...]:
        content: Content = {"PPMIDDeviceID": device.device_id, "CHFDeviceID": hub}
        return self._raise_to_responsible(PPMID_REMOVED, device, content)

    def credentials_updated(
        self,
        device: Eui64,
        parties: Iterable[Eui64],
        role: str,
        certificates: Sequence[Content],
        counters: Content | None,
    ) -> None:
        """N42, to the parties that the credentials name, each once."""
        content: dict[str, Value] = {"DeviceID": device, "RemotePartyRole": role}
        if counters is not None:
            content["RemotePartySeqNumberChange"] = counters
        content["Certificates"] = tuple(certificates)
        for party in dict.fromkeys(parties):
            if self.registration.user(party) is not None:
                self._raise(party, CREDENTIALS_UPDATED, content)

    def _raise_to_responsible(
        self, code: str, device: Device, content: Content, other: Device | None = None
    ) -> tuple[Eui64, ...]:
        """To who is registered for the premises of either; else to the user that made the device
        known."""
        numbers = numbers_around(self.inventory, device)
        if other is not None:
            numbers += numbers_around(self.inventory, other)
        roles = _roles_told(code)
        parties = responsible_parties(numbers, roles, self.registration, self.now())
        if not parties and device.notified_by is not None:
            parties = (device.notified_by,)
        for party in parties:
            self._raise(party, code, content)
        return parties

    def _raise(
        self, party: Eui64, code: str, content: Content, response_code: str = SUCCESS
    ) -> None:
        element = DCC_ALERTS[code].element
        if element is None:
            raise ValueError(f"DCC alert {code}: which body it has is not established")
        user = self.registration.user(party)
        version = user.duis_version if user is not None else None
        if version is not None and self.settings.is_alert_beyond(code, version):
            code, content = VERSION_MISMATCH, _mismatch(code, content, version)
            element = DCC_ALERTS[code].element or ""
        self.deliver(self.answers.dcc_alert(party, code, element, content, response_code))


def _mismatch(code: str, content: Content, version: str) -> Content:
    """What can be said of an alert to a user whose version does not have it."""
    device, request = content.get("DeviceID"), content.get("CommandRequestID")
    known: dict[str, Value] = {"DCCAlertCode": code, "DeviceID": device, "RequestID": request}
    alert = {name: value for name, value in known.items() if value is not None}
    return {"DCCAlertVersionMismatch": alert, "ServiceUserDUISVersion": version}


def _roles_told(code: str) -> tuple[UserRole, ...]:
    recipients = DCC_ALERTS[code].recipients
    return tuple(
        role
        for word in recipients
        for role in (_RECIPIENTS[word] if word in _RECIPIENTS else (UserRole(word),))
    )


def _identity(device: Device) -> Content:
    identity: dict[str, Value] = {"MeterMPxNs": _numbers(device)}
    if device.esme_variant is not None:
        identity["ESMEVariant"] = device.esme_variant
    return identity


def _numbers(device: Device) -> Content:
    points = device.points
    numbers = {
        "ImportMPxN": points.imports,
        "SecondaryImportMPAN": points.secondary_import,
        "ExportMPAN": points.exports,
    }
    return {name: value for name, value in numbers.items() if value is not None}
