"""The SMKI repository: certificates lodged, found again by party, by serial and by issuer.

Status letters are those of the repository's web service. When a certificate passes from
one to the next is inferred: the first of its kind is in use at once, a later one is
pending until it is switched into use, which puts its predecessor out of use.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from cryptography import x509

from assay.gbcs.certificates import (
    CertificateReference,
    CertificateUsage,
    CertificateView,
)
from assay.gbcs.identifiers import Eui64


class CertificateStatus(StrEnum):
    PENDING = "P"
    IN_USE = "I"
    NOT_IN_USE = "N"
    EXPIRED = "E"
    REVOKED = "R"


@dataclass(frozen=True, slots=True, kw_only=True)
class LodgedCertificate:
    """A certificate with its state. `top_up` cannot be read from a certificate, so it is kept."""

    certificate: CertificateView
    status: CertificateStatus
    lodged_at: datetime
    top_up: bool = False

    def status_at(self, now: datetime) -> CertificateStatus:
        """Revoked stands; whatever else it was, past its end it is expired."""
        if self.status is CertificateStatus.REVOKED or now <= self.certificate.not_after:
            return self.status
        return CertificateStatus.EXPIRED

    def as_of(self, now: datetime) -> LodgedCertificate:
        status = self.status_at(now)
        return self if status is self.status else replace(self, status=status)


_Purpose = tuple[Eui64 | None, int | None, CertificateUsage, bool]


@dataclass(slots=True)
class Repository:
    """Lodges and finds; it never issues and never judges."""

    _lodged: dict[CertificateReference, LodgedCertificate] = field(default_factory=dict)
    _by_eui: dict[Eui64, list[CertificateReference]] = field(default_factory=dict)
    _by_serial: dict[int, list[CertificateReference]] = field(default_factory=dict)

    def lodge(
        self, certificate: CertificateView, *, now: datetime, top_up: bool = False
    ) -> LodgedCertificate:
        """ValueError if the issuer has used this serial before."""
        reference = certificate.reference
        if reference in self._lodged:
            raise ValueError(f"{reference} is lodged already")
        is_first = self._in_use(_purpose(certificate, top_up)) is None
        status = CertificateStatus.IN_USE if is_first else CertificateStatus.PENDING
        lodged = LodgedCertificate(
            certificate=certificate, status=status, lodged_at=now, top_up=top_up
        )
        self._lodged[reference] = lodged
        self._by_serial.setdefault(certificate.serial, []).append(reference)
        if certificate.eui is not None:
            self._by_eui.setdefault(certificate.eui, []).append(reference)
        return lodged

    def put_in_use(self, reference: CertificateReference) -> None:
        """Switch a pending certificate into use; KeyError for an unknown one."""
        lodged = self._lodged[reference]
        if lodged.status is CertificateStatus.REVOKED:
            raise ValueError(f"{reference} is revoked")
        predecessor = self._in_use(_purpose(lodged.certificate, lodged.top_up))
        if predecessor is not None:
            self._set_status(predecessor, CertificateStatus.NOT_IN_USE)
        self._set_status(reference, CertificateStatus.IN_USE)

    def revoke(self, reference: CertificateReference) -> None:
        self._set_status(reference, CertificateStatus.REVOKED)

    def search(
        self,
        now: datetime,
        *,
        eui: Eui64 | None = None,
        role: int | None = None,
        usage: CertificateUsage | None = None,
        status: CertificateStatus | None = None,
    ) -> tuple[LodgedCertificate, ...]:
        """All that match what is given, in the order of lodging, with the status as of `now`."""
        references = self._lodged if eui is None else self._by_eui.get(eui, [])
        current = (
            lodged.as_of(now)
            for lodged in map(self._lodged.__getitem__, references)
            if (role is None or lodged.certificate.role == role)
            and (usage is None or lodged.certificate.usage is usage)
        )
        return tuple(lodged for lodged in current if status is None or lodged.status is status)

    def by_reference(self, reference: CertificateReference) -> LodgedCertificate | None:
        return self._lodged.get(reference)

    def by_serial(self, serial: int) -> LodgedCertificate | None:
        """The first lodged under this serial: serials are random, so issuers do not collide."""
        references = self._by_serial.get(serial)
        return self._lodged[references[0]] if references else None

    def find_certificate(self, issuer: str, serial: int) -> CertificateView | None:
        """As an XML signature names it: issuer in RFC 2253 text, serial number."""
        found = self._lodged.get(CertificateReference(issuer, serial))  # as we write it ourselves
        if found is None:
            found = self._lodged.get(CertificateReference.from_text(issuer, serial))
        return None if found is None else found.certificate

    def find_x509(self, issuer: str, serial: int) -> x509.Certificate | None:
        """The same for the DUIS signature, which works on the library's type."""
        found = self.find_certificate(issuer, serial)
        return None if found is None else found.to_cryptography()

    def count_for(self, eui: Eui64) -> int:
        return len(self._by_eui.get(eui, ()))

    def __iter__(self) -> Iterator[LodgedCertificate]:
        return iter(self._lodged.values())

    def _in_use(self, purpose: _Purpose) -> CertificateReference | None:
        eui = purpose[0]
        for reference in self._by_eui.get(eui, ()) if eui is not None else ():
            lodged = self._lodged[reference]
            is_same = _purpose(lodged.certificate, lodged.top_up) == purpose
            if is_same and lodged.status is CertificateStatus.IN_USE:
                return reference
        return None

    def _set_status(self, reference: CertificateReference, status: CertificateStatus) -> None:
        self._lodged[reference] = replace(self._lodged[reference], status=status)


def _purpose(certificate: CertificateView, top_up: bool) -> _Purpose:
    return certificate.eui, certificate.role, certificate.usage, top_up
