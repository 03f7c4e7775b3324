"""CS02a and CS02f (Provide Security Credential Details) as frozen values, for code.

A command names the authorising cell and the roles to read; a response has one entry per
role, in the order asked, with the counter and the cells, or a status that tells why not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assay.gbcs.asn1 import codec
from assay.gbcs.asn1.codec import Asn1Payload
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import CellKey, CellName, Role, TrustAnchors

Json = Any
COMMAND_TYPE = "ProvideSecurityCredentialsCommand"
RESPONSE_TYPE = "ProvideSecurityCredentialsResponse"


class CredentialsStatus(StrEnum):
    SUCCESS = "success"
    BAD_CERTIFICATE = "badCertificate"
    NO_TRUST_ANCHOR = "noTrustAnchor"
    INSUFFICIENT_MEMORY = "insufficientMemory"
    TRUST_ANCHOR_NOT_FOUND = "trustAnchorNotFound"
    RESOURCES_BUSY = "resourcesBusy"
    OTHER = "other"


_ROLES: dict[str, Role] = {
    "root": Role.ROOT,
    "recovery": Role.RECOVERY,
    "supplier": Role.SUPPLIER,
    "networkOperator": Role.NETWORK_OPERATOR,
    "accessControlBroker": Role.ACCESS_CONTROL_BROKER,
    "transitionalCoS": Role.TRANSITIONAL_COS,
    "wanProvider": Role.WAN_PROVIDER,
    "issuingAuthority": Role.ISSUING_AUTHORITY,
    "loadController": Role.LOAD_CONTROLLER,
    "other": Role.OTHER,
}
_CELL_KEYS: dict[tuple[str, str | None], CellKey] = {
    ("digitalSignature", None): CellKey.SIGNATURE,
    ("keyAgreement", None): CellKey.AGREEMENT,
    ("keyAgreement", "prePaymentTopUp"): CellKey.TOP_UP,
}
_CELL_FORMS = {key: form for form, key in _CELL_KEYS.items()}
_CERTIFICATE_SIGNING = "keyCertSign"
"""Of the root's cell alone, in national messages: it is the one that signs certificates."""


def cell_name(form: Json) -> CellName | None:
    """The cell that an ASN.1 value names; None for one of a kind that no device has."""
    role, key = _role(form["role"]), _cell_key(form)
    if not isinstance(role, Role) or key is None:
        return None
    signs_certificates = form["key_usage"] == _CERTIFICATE_SIGNING
    return CellName(role, key) if signs_certificates == (role is Role.ROOT) else None


def cell_form(name: CellName) -> dict[str, Json]:
    """The ASN.1 value that names a cell."""
    return {"role": int(name.role), **_cell_form(name.role, name.key)}


def role_of(form: str | int) -> int:
    """The number of a role, which ASN.1 values name where they can."""
    return _role(form)


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialsRequest:
    """What CS02a asks. The broker with a MAC authorises by its key-agreement cell."""

    authorising_cell: CellName
    roles: tuple[int, ...]

    def to_payload(self) -> bytes:
        """The octets of the command's payload."""
        value = {
            "authorising_cell": cell_form(self.authorising_cell),
            "roles": [int(role) for role in self.roles],
        }
        return codec.encode(Asn1Payload(COMMAND_TYPE, value))

    @classmethod
    def from_payload(cls, octets: bytes) -> CredentialsRequest | None:
        """None where the authorising cell is of a kind that no device has.

        Raises:
            RemoteGbcsError: octets that are no such command.
        """
        value = codec.decode(COMMAND_TYPE, octets).value
        cell = cell_name(value["authorising_cell"])
        if cell is None:
            return None
        return cls(authorising_cell=cell, roles=tuple(map(_role, value["roles"])))


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCredentials:
    """Whose certificate a cell holds, and its key identifier."""

    key: CellKey
    subject_id: Eui64
    subject_key_id: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleCredentials:
    """One role's entry; counter and cells only where `status` is success."""

    role: int
    status: CredentialsStatus = CredentialsStatus.SUCCESS
    counter: int | None = None
    cells: tuple[CellCredentials, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialsResponse:
    """The answer to CS02a or CS02f."""

    roles: tuple[RoleCredentials, ...]

    @classmethod
    def of_device(cls, anchors: TrustAnchors, roles: Iterable[int]) -> CredentialsResponse:
        """What a device answers: the cells it holds, trustAnchorNotFound for the rest."""
        return cls(roles=tuple(_held(anchors, role) for role in roles))

    def to_payload(self) -> bytes:
        """The octets of the response's payload, lengths in shortest form."""
        value = [_role_form(entry) for entry in self.roles]
        return codec.encode(Asn1Payload(RESPONSE_TYPE, value))

    @classmethod
    def from_payload(cls, octets: bytes) -> CredentialsResponse:
        """Cells of a kind that no device has, and statuses without a name, read as OTHER or
        are left out; the JSON form keeps them.

        Raises:
            RemoteGbcsError: octets that are no such response.
        """
        value = codec.decode(RESPONSE_TYPE, octets).value
        return cls(roles=tuple(_role_credentials(entry) for entry in value))


def _role(form: str | int) -> int:
    return _ROLES[form] if isinstance(form, str) else form


def _cell_key(form: Json) -> CellKey | None:
    usage = form.get("cell_usage")
    if form["key_usage"] == _CERTIFICATE_SIGNING:
        return CellKey.SIGNATURE
    return _CELL_KEYS.get((form["key_usage"], None if usage == "management" else usage))


def _cell_form(role: int, key: CellKey) -> dict[str, Json]:
    if role == Role.ROOT:
        return {"key_usage": _CERTIFICATE_SIGNING}
    key_usage, cell_usage = _CELL_FORMS[key]
    form: dict[str, Json] = {"key_usage": key_usage}
    if cell_usage is not None:
        form["cell_usage"] = cell_usage
    return form


def _held(anchors: TrustAnchors, role: int) -> RoleCredentials:
    cells = anchors.holds(Role(role)) if role in Role._value2member_map_ else []
    if not cells:
        return RoleCredentials(role=role, status=CredentialsStatus.TRUST_ANCHOR_NOT_FOUND)
    return RoleCredentials(
        role=role,
        counter=anchors.counters.get(Role(role), 0),
        cells=tuple(
            CellCredentials(
                key=key, subject_id=cell.eui, subject_key_id=cell.subject_key_identifier
            )
            for key, cell in cells
        ),
    )


def _role_form(entry: RoleCredentials) -> dict[str, Json]:
    form: dict[str, Json] = {"role": int(entry.role), "status": entry.status.value}
    if entry.counter is not None:
        form["counter"] = entry.counter
    if entry.cells:
        form["cells"] = [
            {
                **_cell_form(entry.role, cell.key),
                "subject_id": cell.subject_id.hyphenated,
                "subject_key_id": cell.subject_key_id.hex(),
            }
            for cell in entry.cells
        ]
    return form


def _role_credentials(form: Json) -> RoleCredentials:
    status = form["status"]
    return RoleCredentials(
        role=_role(form["role"]),
        status=CredentialsStatus(status) if isinstance(status, str) else CredentialsStatus.OTHER,
        counter=form.get("counter"),
        cells=tuple(
            CellCredentials(
                key=key,
                subject_id=Eui64.from_text(cell["subject_id"]),
                subject_key_id=bytes.fromhex(cell["subject_key_id"]),
            )
            for cell in form.get("cells", ())
            if (key := _cell_key(cell)) is not None and "-" in cell["subject_id"]
        ),
    )
