"""What the DSP asks the SMKI: certificates by name or by party, and whether they hold now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from assay.dcc.pki.authority import Smki
from assay.dcc.pki.repository import CertificateStatus
from assay.gbcs.certificates import (
    CertificateUsage,
    CertificateView,
    RemotePartyRole,
    RemotePathError,
)
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import PrivateKey, PublicKey

_SIGNATURE = CertificateUsage.DIGITAL_SIGNATURE
_AGREEMENT = CertificateUsage.KEY_AGREEMENT


@dataclass(slots=True)
class Trust:
    """The SMKI on the bench's clock: nothing that has expired or was revoked is believed."""

    smki: Smki
    now: Callable[[], datetime]

    def find_x509(self, issuer: str, serial: int) -> x509.Certificate | None:
        return self.smki.repository.find_x509(issuer, serial)

    def problem(self, issuer: str, serial: int, usage: CertificateUsage = _SIGNATURE) -> str | None:
        """Why the named certificate may not be relied on now; None where it may."""
        certificate = self.smki.repository.find_certificate(issuer, serial)
        if certificate is None:
            return f"no certificate of {issuer} with serial {serial} is known"
        return self._problem(certificate, usage)

    def certificate(self, issuer: str, serial: int) -> CertificateView | None:
        return self.smki.repository.find_certificate(issuer, serial)

    def signing_certificates(self, party: Eui64, role: RemotePartyRole) -> list[CertificateView]:
        """All that the party ever had in the role, whatever their state."""
        found = self.smki.repository.search(self.now(), eui=party, role=role, usage=_SIGNATURE)
        return [lodged.certificate for lodged in found]

    def certificate_of_key(self, party: Eui64, key_id: bytes) -> bytes | None:
        """DER of the party's certificate with this key identifier; None where there is none."""
        found = self.smki.repository.search(self.now(), eui=party)
        named = (one.certificate for one in found if one.certificate.key_identifier == key_id)
        certificate = next(named, None)
        return certificate.der if certificate is not None else None

    def certificate_in_use(
        self, party: Eui64, role: RemotePartyRole | None, usage: CertificateUsage
    ) -> bytes | None:
        """DER of the newest one in use; None where there is none. Devices have no role."""
        found = self.smki.repository.search(
            self.now(), eui=party, role=role, usage=usage, status=CertificateStatus.IN_USE
        )
        return found[-1].certificate.der if found else None

    def put_device_certificate_in_use(self, der: bytes) -> None:
        """The device has it in use now; one that the repository does not know changes nothing."""
        certificate = CertificateView.from_der(der)
        known = self.smki.repository.search(self.now(), eui=certificate.eui)
        if any(one.certificate == certificate for one in known):
            self.smki.repository.put_in_use(certificate.reference)

    def problem_of(self, certificate: CertificateView) -> str | None:
        return self._problem(certificate, _SIGNATURE)

    def device_key(self, device: Eui64, usage: CertificateUsage) -> PublicKey | None:
        """The key of the device's certificate in use."""
        certificate = self.device_certificate(device, usage)
        return certificate.public_key if certificate is not None else None

    def device_certificate(self, device: Eui64, usage: CertificateUsage) -> CertificateView | None:
        """The newest one in use; device certificates are never revoked."""
        found = self.smki.repository.search(
            self.now(), eui=device, usage=usage, status=CertificateStatus.IN_USE
        )
        return found[-1].certificate if found else None

    def _problem(self, certificate: CertificateView, usage: CertificateUsage) -> str | None:
        try:
            self.smki.check(certificate, at=self.now(), usage=usage)
        except RemotePathError as error:
            return str(error)
        return None


@dataclass(slots=True)
class BrokerKeys:
    """The access control broker's key agreement, with the secret shared with each certificate."""

    eui: Eui64
    private_key: PrivateKey
    trust: Trust
    _secrets: dict[CertificateView, bytes] = field(default_factory=dict, init=False)

    def secret_with(self, device: Eui64) -> bytes | None:
        """Z of the broker's and the device's keys; None for a device without a certificate."""
        certificate = self.trust.device_certificate(device, _AGREEMENT)
        if certificate is None:
            return None
        secret = self._secrets.get(certificate)
        if secret is None:
            secret = self.private_key.exchange(ec.ECDH(), certificate.public_key)
            self._secrets[certificate] = secret
        return secret
