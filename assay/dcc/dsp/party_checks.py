"""Checks on form and sender: schema, signature, user (duis.md 7, steps 3 to 6)."""

from __future__ import annotations

from assay.dcc.dsp.check import Basis, Check, Refusal
from assay.dcc.dsp.door import Door
from assay.dcc.dsp.examination import Examination
from assay.gbcs.certificates import RemotePartyRole


def _schema(examination: Examination) -> Refusal | None:
    problem = examination.received.schema_problem
    return Refusal("E48", problem) if problem is not None else None


def _schema_version(examination: Examination) -> Refusal | None:
    supported = examination.books.settings.schema_versions
    seen = examination.request.schema_version
    if seen in supported:
        return None
    return Refusal("E48", f"schemaVersion: expected {' or '.join(supported)}, seen {seen}")


def _signature(examination: Examination) -> Refusal | None:
    received = examination.received
    if received.signer is None:
        return Refusal("E49", received.signature_problem or "the signer is not in the repository")
    return None


def _signer(examination: Examination) -> Refusal | None:
    """The certificate holds now, is for XML, and is the originator's."""
    signer = examination.received.signer
    if signer is None:
        return Refusal("E49", "the signer is not known")
    originator = examination.received.request_id.originator
    if signer.eui != originator:
        return Refusal("E49", f"signer: expected {originator}, seen {signer.eui}")
    if signer.role != RemotePartyRole.XML_SIGNING:
        seen = "none" if signer.role is None else f"{signer.role:02X}"
        return Refusal("E49", f"role of the signer: expected 87 (XML signing), seen {seen}")
    problem = examination.books.trust.problem_of(signer)
    return Refusal("E49", problem) if problem is not None else None


def _originator(examination: Examination) -> Refusal | None:
    originator = examination.received.request_id.originator
    user = examination.books.registration.user(originator)
    if user is None or not user.roles:
        return Refusal("E1", f"{originator} is no user in any role")
    caller = examination.caller
    if caller is not None and caller != user.connection:
        return Refusal("E1", f"TLS identity: expected {user.connection}, seen {caller}")
    examination.known_user = user
    return None


def _user_status(examination: Examination) -> Refusal | None:
    user = examination.user
    if user.is_non_gateway and examination.door is not Door.GATEWAY:
        return None
    if user.is_live and not user.is_non_gateway:
        return None
    return Refusal("E3", f"user {user.eui} is not live")


PARTY_CHECKS: tuple[Check, ...] = (
    Check(name="schema", codes=("E48",), basis=Basis.INFERRED, examine=_schema),
    Check(name="schema version", codes=("E48",), basis=Basis.INFERRED, examine=_schema_version),
    Check(name="XML signature", codes=("E49",), basis=Basis.INFERRED, examine=_signature),
    Check(name="signer", codes=("E49",), basis=Basis.INFERRED, examine=_signer),
    Check(name="originator", codes=("E1",), basis=Basis.PUBLISHED, examine=_originator),
    Check(name="user status", codes=("E3",), basis=Basis.PUBLISHED, examine=_user_status),
)
