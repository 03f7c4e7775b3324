"""What changed credentials change: who is told, what is cancelled, which duty is done.

A device says in the outcome of CS02b whose credentials it put in whose place; that is believed,
not what was asked. An outcome comes in the response, or later in an alert (future dated).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assay.dcc.dsp.alert_codes import CancellationCause
from assay.dcc.dsp.effect import Effect, body_of
from assay.dcc.dsp.estate import Estate
from assay.dcc.dsp.outcome import SUCCESS, asn1_value
from assay.dcc.inventory import LifecycleEvent, Obligation
from assay.dcc.inventory.duties import discharged_by
from assay.duis.requests import Request
from assay.duis.values import Content, Value, field, find
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64

_ROLES: Mapping[str, str] = {
    "supplier": "Supplier",
    "networkOperator": "NetworkOperator",
    "accessControlBroker": "ACB",
    "transitionalCoS": "TransCoS",
    "recovery": "Recovery",
    "root": "Root",
    "loadController": "LoadController",
}
_CERTIFICATE_TYPES: Mapping[tuple[str, str | None], str] = {
    ("digitalSignature", None): "DigitalSigning",
    ("keyAgreement", None): "KeyAgreement",
    ("keyAgreement", "prePaymentTopUp"): "KeyAgreementTopUp",
}
_OBLIGATIONS: Mapping[str, Obligation] = {
    "supplier": Obligation.SUPPLIER_CREDENTIALS,
    "networkOperator": Obligation.OPERATOR_CREDENTIALS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """One cell whose credentials were replaced."""

    role: str
    certificate_type: str | None
    before: Eui64
    after: Eui64
    key_id: bytes


def credentials_replaced(estate: Estate, device_id: Eui64, message: Message, at: datetime) -> str:
    """Of a response or alert that carries an outcome of CS02b or CS02g."""
    value = asn1_value(message)
    outcome = value.get("outcome") if isinstance(value, Mapping) else None
    if not isinstance(outcome, Mapping):
        return f"{device_id}: nothing replaced yet"
    cells = tuple(_replaced(outcome))
    for role in dict.fromkeys(cell.role for cell in cells):
        of_role = [cell for cell in cells if cell.role == role]
        _tell_of_credentials(estate, device_id, role, of_role, outcome)
        _recovered(estate, device_id, of_role, at)
        obligation = _OBLIGATIONS.get(role)
        if obligation is not None and any(cell.after != estate.broker for cell in of_role):
            discharge(estate, device_id, obligation)
    _supplier_changed(estate, device_id, cells)
    return f"{device_id}: {len(cells)} credentials replaced"


def of_response(estate: Estate, request: Request, response: Message, at: datetime) -> str:
    """6.15.1, 6.21, 6.23."""
    return credentials_replaced(estate, request.request_id.target, response, at)


def opted_out(estate: Estate, request: Request, response: Message, at: datetime) -> str | None:
    """8.5: another broker's key is on the device, which leaves the DCC."""
    credentials_replaced(estate, request.request_id.target, response, at)
    device = estate.inventory[request.request_id.target]
    if not estate.leave(LifecycleEvent.OPTED_OUT, device, at):
        return None
    return f"{device.device_id} opted out"


def device_certificate_updated(
    estate: Estate, request: Request, response: Message, at: datetime
) -> str | None:
    """6.15.2: the device signs and agrees with the new key from now on."""
    der = field(body_of(request), "DeviceCertificate", bytes)
    estate.trust.put_device_certificate_in_use(der)
    return duty_done(estate, request, response, at)


def duty_done(estate: Estate, request: Request, _: Message, __: datetime) -> str | None:
    """6.15.2, 6.24.2: the device's own certificates are looked after."""
    role = find(body_of(request), "RemotePartyRole", str)
    obligation = discharged_by(request.srv, role)
    if obligation is None:
        return None
    return discharge(estate, request.request_id.target, obligation)


def discharge(estate: Estate, device_id: Eui64, obligation: Obligation) -> str | None:
    device = estate.inventory.find(device_id)
    if device is None or device.duty is None or obligation not in device.duty.owed:
        return None
    estate.inventory.enter(replace(device, duty=device.duty.without(obligation)))
    return f"{device_id}: {obligation}, done"


def _replaced(outcome: Mapping[str, Any]) -> Iterator[Replaced]:
    for entry in outcome["replacements"]:
        if entry["status"] != SUCCESS:
            continue
        before, after = _party(entry["existing_subject_id"]), _party(entry["replacing_subject_id"])
        cell = entry["cell"]
        if before is None or after is None or not isinstance(cell["role"], str):
            continue
        usage = cell.get("cell_usage")
        yield Replaced(
            role=cell["role"],
            certificate_type=_CERTIFICATE_TYPES.get(
                (cell["key_usage"], None if usage == "management" else usage)
            ),
            before=before,
            after=after,
            key_id=bytes.fromhex(entry["replacing_subject_key_id"]),
        )


def _party(text: str) -> Eui64 | None:
    """None for an identifier that is no EUI-64."""
    try:
        return Eui64.from_text(text)
    except ValueError:
        return None


def _supplier_changed(estate: Estate, device_id: Eui64, cells: tuple[Replaced, ...]) -> None:
    """N27 to each supplier that lost the device; what it had planned there is cancelled."""
    losing = {
        cell.before
        for cell in cells
        if cell.role == "supplier" and cell.before not in (cell.after, estate.broker)
    }
    for party in sorted(losing):
        cause = CancellationCause.CHANGE_OF_SUPPLIER
        estate.cancellation.cancel(cause, device_id, party.__eq__)
        device = estate.inventory.find(device_id)
        if device is not None:
            estate.alerts.supplier_changed(device, party)


def _recovered(estate: Estate, device_id: Eui64, cells: list[Replaced], at: datetime) -> None:
    if all(cell.after == estate.broker for cell in cells):
        event = LifecycleEvent.BROKER_CREDENTIALS_PLACED
    elif any(cell.before == estate.broker for cell in cells):
        event = LifecycleEvent.OWN_CREDENTIALS_PLACED
    else:
        return
    estate.inventory.happened(event, device_id, at)


def _tell_of_credentials(
    estate: Estate,
    device_id: Eui64,
    role: str,
    cells: list[Replaced],
    outcome: Mapping[str, Any],
) -> None:
    """N42; certificates that the repository does not know are left out, as there is no hash."""
    certificates: list[Content] = []
    for cell in cells:
        der = estate.trust.certificate_of_key(cell.after, cell.key_id)
        if der is not None and cell.certificate_type is not None:
            certificates.append(
                {
                    "CertificateType": cell.certificate_type,
                    "CertificateHash": hashlib.sha256(der).digest(),
                }
            )
    name = _ROLES.get(role)
    if name is not None and certificates:
        parties = [party for cell in cells for party in (cell.before, cell.after)]
        counters = _counters(outcome, role)
        estate.alerts.credentials_updated(device_id, parties, name, certificates, counters)


def _counters(outcome: Mapping[str, Any], role: str) -> Content | None:
    change = next((one for one in outcome["counter_changes"] if one["role"] == role), None)
    if change is None:
        return None
    content: dict[str, Value] = {"RemotePartyFloorSeqNumber": change["floor_counter"]}
    special = change.get("specialist_floor_counters")
    if special:
        content["RemotePartyPrepaymentTopUpFloorSeqNumber"] = special[0]["counter"]
    return content


CREDENTIAL_EFFECTS: Mapping[str, Effect] = {
    "6.15.1": of_response,
    "6.15.2": device_certificate_updated,
    "6.21": of_response,
    "6.23": of_response,
    "6.24.2": duty_done,
    "8.5": opted_out,
}
