"""Credentials, joins, device logs, firmware activation and gas clock: ASN.1 responses.

The schema knows seven roles and five replacement modes; for others (WAN provider, recovery
modes) the optional element is left out. Key identifiers are the eight octets that devices
report, under the schema's name for a certificate's hash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from assay.mmc import statuses
from assay.mmc.nodes import Node
from assay.mmc.rows.row import Row
from assay.mmc.statuses import asn1_status
from assay.mmc.templates import Reading, Template
from assay.mmc.values import base64, iso

ROLES = {
    "root": "Root",
    "recovery": "Recovery",
    "supplier": "Supplier",
    "networkOperator": "NetworkOperator",
    "accessControlBroker": "ACB",
    "transitionalCoS": "TransCoS",
    "loadController": "LoadController",
}
MODES = {
    "accessControlBrokerByACB": "ACBByACB",
    "supplierBySupplier": "SupplierBySupplier",
    "networkOperatorByNetworkOperator": "NetworkOperatorByNetworkOperator",
    "loadControllerBySupplier": "LoadControllerBySupplier",
    "supplierByTransCoS": "SupplierByTransCoS",
}
_USAGES = {
    ("digitalSignature", "management"): "DigitalSigning",
    ("keyAgreement", "management"): "KeyAgreement",
    ("keyAgreement", "prePaymentTopUp"): "KeyAgreementTopUp",
    ("keyCertSign", "management"): "KeyCertSign",
}
_DEVICE_TYPES = {"type2": "Type2"}


def _optional(name: str, value: Any) -> tuple[Node, ...]:
    return () if value is None else (Node(name, value),)


def _usage(cell: dict[str, Any]) -> str | None:
    return _USAGES.get((cell["key_usage"], cell.get("cell_usage", "management")))


def _key_hash(name: str, key_id: str) -> Node:
    return Node(name, base64(bytes.fromhex(key_id)))


def outcome_node(name: str, outcome: dict[str, Any]) -> Node:
    """An ExecutionOutcome: what became of each certificate, and of the replay counters."""
    mode = outcome["mode"]
    inside = (
        Node("AuthorisingRemotePartyOriginatorCounter", outcome["authorising_counter"]),
        *_optional("CredentialsReplacementMode", MODES.get(mode)),
        *_counter_change(outcome),
        *map(_replacement, outcome["replacements"]),
    )
    return Node(name, inside)


def _counter_change(outcome: dict[str, Any]) -> Iterator[Node]:
    """The schema has room for one change: that of the role whose certificates changed."""
    changes = outcome["counter_changes"]
    replaced = {row["cell"]["role"] for row in outcome["replacements"]}
    chosen = next((row for row in changes if row["role"] in replaced), None)
    change = chosen or (changes[0] if changes else None)
    if change is None:
        return
    top_up = next(iter(change.get("specialist_floor_counters", ())), None)
    inside = (
        *_optional("RemotePartyRole", ROLES.get(change["role"])),
        Node("RemotePartyFloorSeqNumber", change["floor_counter"]),
        *_optional("RemotePartyPrepaymentTopUpFloorSeqNumber", top_up and top_up["counter"]),
    )
    yield Node("RemotePartySeqNumberChange", inside)


def _replacement(row: dict[str, Any]) -> Node:
    cell = row["cell"]
    inside = (
        asn1_status("StatusCode", statuses.CREDENTIALS_STATUS, row["status"]),
        *_optional("CertificateType", _usage(cell)),
        *_optional("RemotePartyRole", ROLES.get(cell["role"])),
        Node("ExistingRemotePartyID", row["existing_subject_id"]),
        Node("NewRemotePartyID", row["replacing_subject_id"]),
        _key_hash("ExistingCertificateHash", row["existing_subject_key_id"]),
        _key_hash("NewCertificateHash", row["replacing_subject_key_id"]),
    )
    return Node("ReplacementOutcome", inside, is_many=True)


def _outcome(reading: Reading) -> Iterator[Node]:
    """Absent where the command was future dated: then alerts tell."""
    outcome = reading.content.typed.value.get("outcome")
    if outcome is not None:
        yield outcome_node("ExecutionOutcome", outcome)


def _details(reading: Reading) -> Iterator[Node]:
    """One element per certificate held, or per role that could not be read."""
    for role in reading.content.typed.value:
        head = (
            *_optional("RemotePartyRole", ROLES.get(role["role"])),
            asn1_status("StatusCode", statuses.CREDENTIALS_STATUS, role["status"]),
        )
        for cell in role.get("cells", ()) or (None,):
            held = () if cell is None else _held(role, cell)
            yield Node("RemotePartyDetails", (*head, *held), is_many=True)


def _held(role: dict[str, Any], cell: dict[str, Any]) -> tuple[Node, ...]:
    return (
        *_optional("RemotePartyFloorSeqNumber", role.get("counter")),
        *_optional("CertificateUsage", _usage(cell)),
        Node("ExistingRemotePartyID", cell["subject_id"]),
        _key_hash("ExistingCertificateHash", cell["subject_key_id"]),
    )


def _status(name: str, table: statuses.AsnTable) -> Template:
    """The whole payload is one status."""

    def build(reading: Reading) -> Iterator[Node]:
        yield asn1_status(name, table, reading.content.typed.value)

    return build


def _failure_or(
    failure: str, table: statuses.AsnTable, key: str, name: str
) -> Callable[[Reading], Iterator[Node]]:
    """A choice of a failure code and DER octets."""

    def build(reading: Reading) -> Iterator[Node]:
        value = reading.content.typed.value
        if key in value:
            yield Node(name, base64(bytes.fromhex(value[key]["der"])))
        else:
            yield asn1_status(failure, table, value["failure"])

    return build


def activation_nodes(outcome: dict[str, Any]) -> tuple[Node, ...]:
    return (
        asn1_status("ActivateImageResponseCode", statuses.ACTIVATION, outcome["result"]),
        Node("FirmwareVersion", outcome["firmware_version"].upper()),
    )


def _activation(reading: Reading) -> tuple[Node, ...]:
    outcome = reading.content.typed.value.get("outcome")
    return () if outcome is None else activation_nodes(outcome)


def device_log_entry(entry: dict[str, Any], *, is_many: bool = False) -> Node:
    kind = entry["device_type"]
    inside = (
        Node("DeviceID", entry["device_id"]),
        Node("DeviceType", _DEVICE_TYPES.get(kind, kind)),
    )
    return Node("LogEntry" if is_many else "DeviceLogEntry", inside, is_many=is_many)


def _device_log(reading: Reading) -> Iterator[Node]:
    entries = reading.content.typed.value.get("entries")
    if entries is not None:
        inside = tuple(device_log_entry(entry, is_many=True) for entry in entries)
        yield Node("DeviceLogEntries", inside)


def _restored(reading: Reading) -> Iterator[Node]:
    for row in reading.content.typed.value["outcomes"]:
        status = asn1_status("joinResponseCode", statuses.JOIN, row["join_response_code"])
        inside = (device_log_entry(row["entry"]), status)
        yield Node("RestoreDeviceLogOutcome", inside, is_many=True)


def _gas_clock(reading: Reading) -> Iterator[Node]:
    value = reading.content.typed.value
    yield from _optional("DeviceTime", iso(value["device_time"]))
    status = asn1_status("GasClockTimeStatus", statuses.CLOCK, value["time_status"])
    yield Node("Gas", (status,))


def _firmware(reading: Reading) -> Iterator[Node]:
    yield Node("FirmwareVersion", reading.content.typed.value["firmware_version"].upper())


_JOIN = (_status("joinResponseCode", statuses.JOIN),)
_UNJOIN = (_status("unjoinResponseCode", statuses.UNJOIN),)
_DETAILS: Row = (_details,)
_OUTCOME: Row = (_outcome,)

ROWS: dict[int, Row] = {
    0x0008: _DETAILS,
    0x011B: _DETAILS,
    0x0102: _OUTCOME,
    0x0103: _OUTCOME,
    0x0104: _OUTCOME,
    0x0107: _OUTCOME,
    0x0126: _OUTCOME,
    0x000A: (
        _failure_or(
            "IssueCredentialsResponseCode", statuses.ISSUE, "request", "CertificationRequest"
        ),
    ),
    0x000B: (_status("UpdateSecurityCredentialsResponseCode", statuses.DEVICE_CERTIFICATE),),
    0x000C: (
        _failure_or(
            "RetrieveDeviceSecurityCredentialsStatusCode",
            statuses.RETRIEVAL,
            "certificate",
            "Certificate",
        ),
    ),
    0x000D: _JOIN,
    0x000E: _JOIN,
    0x00AB: _JOIN,
    0x00AF: _JOIN,
    0x000F: _UNJOIN,
    0x0010: _UNJOIN,
    0x0012: (_activation,),
    0x0013: (_device_log,),
    0x0129: (_firmware,),
    0x007F: (_gas_clock,),
    0x008C: (_restored,),
}


def succeeded(type_name: str, value: Any) -> bool:
    """Whether an ASN.1 response reports no error. Accepting a future date is none, nor is a
    clock that says how reliable it is."""
    check = _CHECKS.get(type_name)
    return value == "success" if check is None else check(value)


def _all_replaced(value: Any) -> bool:
    outcome = value.get("outcome")
    return outcome is None or all(row["status"] == "success" for row in outcome["replacements"])


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "ProvideSecurityCredentialsResponse": lambda roles: all(
        role["status"] == "success" for role in roles
    ),
    "UpdateSecurityCredentialsResponse": _all_replaced,
    "IssueSecurityCredentialsResponse": lambda value: "request" in value,
    "ProvideDeviceCertificateResponse": lambda value: "certificate" in value,
    "ActivateFirmwareResponse": lambda value: (
        "outcome" not in value or value["outcome"]["result"] == "success"
    ),
    "ReadDeviceLogResponse": lambda value: value["result"] == "success",
    "ReadFirmwareVersionResponse": lambda value: value["result"] == "success",
    "SetClockResponse": lambda _: True,
    "RestoreDeviceLogResponse": lambda value: all(
        row["join_response_code"] == "success" for row in value["outcomes"]
    ),
}
