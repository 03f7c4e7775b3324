"""Whether a certificate chains to a root: leaf under issuing authority under root.

The chain of the SMKI has exactly these three, so the check is a list of rules and no
search. Time may be left out: GBCS lets a credential update say so (CS02b), and a replay
of recorded messages meets certificates that have expired.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from enum import StrEnum

from assay.gbcs.certificates.profile import CertificateKind, CertificateReference, CertificateUsage
from assay.gbcs.certificates.view import CertificateView


class PathFault(StrEnum):
    NOT_AN_AUTHORITY = "is not an authority of the kind expected here"
    NOT_A_LEAF = "is an authority, where a leaf was expected"
    ISSUER_NAME = "names another issuer"
    AUTHORITY_KEY = "identifies another key of its issuer"
    SIGNATURE = "is not signed by its issuer's key"
    NOT_YET_VALID = "is not valid yet"
    EXPIRED = "has expired"
    USAGE = "is for another key usage"
    REVOKED = "is revoked"


class RemotePathError(Exception):
    """A certificate that does not chain; `fault` says why, `where` which certificate it is."""

    def __init__(self, fault: PathFault, where: CertificateView, detail: str = "") -> None:
        name = where.eui or where.subject or where.reference
        super().__init__(f"certificate of {name} ({where.reference}) {fault}{detail}")
        self.fault = fault
        self.where = where


def check_path(
    leaf: CertificateView,
    issuing: CertificateView,
    root: CertificateView,
    *,
    at: datetime | None,
    usage: CertificateUsage | None = None,
    revoked: Set[CertificateReference] = frozenset(),
) -> None:
    """Raise RemotePathError at the first rule broken, from the root down to the leaf.

    `at` None leaves validity times out; `usage` None takes any. `root` is the trust
    anchor: it is believed, so only its kind and its own signature are looked at.
    """
    if root.kind is not CertificateKind.ROOT:
        raise RemotePathError(PathFault.NOT_AN_AUTHORITY, root)
    if issuing.kind is not CertificateKind.ISSUING:
        raise RemotePathError(PathFault.NOT_AN_AUTHORITY, issuing)
    if leaf.kind in (CertificateKind.ROOT, CertificateKind.ISSUING):
        raise RemotePathError(PathFault.NOT_A_LEAF, leaf)
    if not root.is_signed_under(root):
        raise RemotePathError(PathFault.SIGNATURE, root)
    for certificate, issuer in ((issuing, root), (leaf, issuing)):
        check_issued_by(certificate, issuer)
    for certificate in (root, issuing, leaf):
        _check_state(certificate, at, revoked)
    if usage is not None and leaf.usage is not usage:
        raise RemotePathError(PathFault.USAGE, leaf, f": expected {usage}, is {leaf.usage}")


def check_issued_by(certificate: CertificateView, issuer: CertificateView) -> None:
    """Name, key identifier and signature. Names compare by value, whatever string type they use."""
    if certificate.issuer != issuer.subject:
        detail = f": expected {issuer.subject}, names {certificate.issuer}"
        raise RemotePathError(PathFault.ISSUER_NAME, certificate, detail)
    if certificate.authority_key_identifier != issuer.key_identifier:
        raise RemotePathError(PathFault.AUTHORITY_KEY, certificate)
    if not certificate.is_signed_under(issuer):
        raise RemotePathError(PathFault.SIGNATURE, certificate)


def _check_state(
    certificate: CertificateView, at: datetime | None, revoked: Set[CertificateReference]
) -> None:
    if certificate.reference in revoked:
        raise RemotePathError(PathFault.REVOKED, certificate)
    if at is None:
        return
    if at < certificate.not_before:
        detail = f" at {at.isoformat()}: valid from {certificate.not_before.isoformat()}"
        raise RemotePathError(PathFault.NOT_YET_VALID, certificate, detail)
    if at > certificate.not_after:
        detail = f" at {at.isoformat()}: valid to {certificate.not_after.isoformat()}"
        raise RemotePathError(PathFault.EXPIRED, certificate, detail)
