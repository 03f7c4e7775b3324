"""Whether a certificate may take a cell's place: its profile, its time, and its path to the root.

A device holds no root certificate but the root's key, and gets the authorities in between with
the command. The status that is reported for each fault is inferred: national messages show
noTrustAnchor for a certificate without a path, and nothing for the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assay.gbcs.asn1.credentials import CredentialsStatus
from assay.gbcs.certificates import (
    CertificateKind,
    CertificateUsage,
    CertificateView,
    RemotePathError,
    check_issued_by,
)
from assay.gbcs.trust_anchors import Cell, CellKey, CellName, Role
from rigs.devices.credentials import read_certificate

_USAGES: Mapping[CellKey, CertificateUsage] = {
    CellKey.SIGNATURE: CertificateUsage.DIGITAL_SIGNATURE,
    CellKey.AGREEMENT: CertificateUsage.KEY_AGREEMENT,
    CellKey.TOP_UP: CertificateUsage.KEY_AGREEMENT,
}
_STAND_INS: Mapping[Role, frozenset[Role]] = {
    Role.SUPPLIER: frozenset((Role.ACCESS_CONTROL_BROKER,)),
    Role.NETWORK_OPERATOR: frozenset((Role.ACCESS_CONTROL_BROKER,)),
    Role.LOAD_CONTROLLER: frozenset((Role.ACCESS_CONTROL_BROKER, Role.SUPPLIER)),
}
"""Whose certificates a cell takes beside those of its own role: the broker's before handover and
after a recovery (inferred), a supplier's for load control (national messages)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """What certificates are held against. `at` None leaves validity times out.

    `believes_new_root`: contingency, the one mode in which the root needs no link to the old one.
    """

    root: Cell | None
    authorities: tuple[CertificateView, ...]
    at: datetime | None
    believes_new_root: bool = False

    def status(self, name: CellName, certificate: CertificateView) -> CredentialsStatus:
        """Whether the certificate may fill the cell."""
        if not self._is_for(name, certificate) or not self._is_in_time(certificate):
            return CredentialsStatus.BAD_CERTIFICATE
        has_path = (
            self._is_root_believed(certificate)
            if name.role is Role.ROOT
            else self._has_path(certificate)
        )
        return CredentialsStatus.SUCCESS if has_path else CredentialsStatus.NO_TRUST_ANCHOR

    def _is_for(self, name: CellName, certificate: CertificateView) -> bool:
        if certificate.key_identifier is None:
            return False
        if name.role is Role.ROOT:
            return certificate.kind is CertificateKind.ROOT
        allowed = {name.role, *_STAND_INS.get(name.role, ())}
        return (
            certificate.kind is CertificateKind.ORGANISATION
            and certificate.role in allowed
            and certificate.usage is _USAGES[name.key]
        )

    def _is_in_time(self, certificate: CertificateView) -> bool:
        return self.at is None or certificate.not_before <= self.at <= certificate.not_after

    def _has_path(self, certificate: CertificateView) -> bool:
        if self._is_issued_by_root(certificate):
            return True
        return any(
            authority.kind is CertificateKind.ISSUING
            and _is_issued_by(certificate, authority)
            and self._is_issued_by_root(authority)
            and self._is_in_time(authority)
            for authority in self.authorities
        )

    def _is_issued_by_root(self, certificate: CertificateView) -> bool:
        root = self.root
        return (
            root is not None
            and certificate.authority_key_identifier == root.subject_key_identifier
            and certificate.is_signed_by(root.public_key)
        )

    def _is_root_believed(self, certificate: CertificateView) -> bool:
        if not certificate.is_signed_by(certificate.public_key):
            return False
        if self.believes_new_root:
            return True
        numbers = certificate.public_key.public_numbers()
        return any(
            link.public_key.public_numbers() == numbers
            and self._is_issued_by_root(link)
            and self._is_in_time(link)
            for link in self.authorities
        )


def readable(certificates: Iterable[bytes]) -> tuple[CertificateView, ...]:
    """Those that are certificates; what is none helps no path."""
    views = (read_certificate(der) for der in certificates)
    return tuple(view for view in views if view is not None)


def _is_issued_by(certificate: CertificateView, issuer: CertificateView) -> bool:
    try:
        check_issued_by(certificate, issuer)
    except RemotePathError:
        return False
    return True
