"""Roots and issuing authorities of the small SMKI, and the roll-over of the device authority.

An issuing device authority stops at a number of certificates and a successor takes over;
both stay valid. The number (100,000) comes from the project's requirements, not from
the SMKI texts; lifetimes of authorities other than the issuing one are inferred.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ObjectIdentifier

from assay.gbcs.certificates import (
    NO_END,
    TEST_DEVICE_POLICY,
    TEST_ORGANISATION_POLICY,
    CertificateView,
    DeviceRequest,
    OrganisationRequest,
    Signer,
    build_device,
    build_issuing,
    build_organisation,
    build_root,
    organisation_validity,
    serial_number,
)
from assay.gbcs.certificates.profile import SERIAL_OCTETS

NewKey = Callable[[], ec.EllipticCurvePrivateKey]
RandomOctets = Callable[[int], bytes]


def new_p256_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True, slots=True, kw_only=True)
class SmkiProfile:
    """What differs between environments. Names are short: they travel to devices."""

    organisation_root: str = "OA"
    organisation_issuing: str = "O1"
    device_root: str = "DA"
    device_issuing_prefix: str = "D"
    organisation_policy: ObjectIdentifier = TEST_ORGANISATION_POLICY
    device_policy: ObjectIdentifier = TEST_DEVICE_POLICY
    root_lifetime: timedelta = timedelta(days=50 * 365)
    issuing_lifetime: timedelta = timedelta(days=25 * 365)
    certificates_per_device_authority: int = 100_000
    certificates_per_device: int = 100
    revocation_list_lifetime: timedelta = timedelta(days=1)


class Hierarchy:
    """Holds the authorities' keys and signs; who may have what is decided elsewhere."""

    def __init__(
        self,
        *,
        now: datetime,
        profile: SmkiProfile,
        new_key: NewKey = new_p256_key,
        random_octets: RandomOctets = secrets.token_bytes,
    ) -> None:
        self.profile = profile
        self._new_key = new_key
        self._random_octets = random_octets
        self.organisation_root = self._root(profile.organisation_root, now, 0x00)
        self.organisation_issuing = self._issuing(
            self.organisation_root, profile.organisation_issuing, now, 0x07
        )
        # The public device issuer (CN=E357) has no organizationalUnitName.
        self.device_root = self._root(profile.device_root, now, None)
        self._device_authorities: list[Signer] = []
        self._issued_by_newest = 0
        self._new_device_authority(now)

    @property
    def device_authorities(self) -> tuple[Signer, ...]:
        """Oldest first; the last one issues."""
        return tuple(self._device_authorities)

    @property
    def authorities(self) -> tuple[CertificateView, ...]:
        signers = (self.organisation_root, self.organisation_issuing, self.device_root)
        return tuple(s.certificate for s in (*signers, *self._device_authorities))

    def sign_organisation(self, request: OrganisationRequest, now: datetime) -> CertificateView:
        not_before, not_after = organisation_validity(now)
        return build_organisation(
            request.public_key,
            issuer=self.organisation_issuing,
            eui=request.eui,
            role=request.role,
            usage=request.usage,
            common_name=request.common_name,
            serial=self._serial(),
            not_before=not_before,
            not_after=not_after,
            policy=self.profile.organisation_policy,
        )

    def sign_device(self, request: DeviceRequest, now: datetime) -> CertificateView:
        if self._issued_by_newest >= self.profile.certificates_per_device_authority:
            self._new_device_authority(now)
        self._issued_by_newest += 1
        return build_device(
            request.public_key,
            issuer=self._device_authorities[-1],
            device_id=request.device_id,
            usage=request.usage,
            hardware_type=request.hardware_type,
            serial=self._serial(),
            not_before=_midnight(now),
            policy=self.profile.device_policy,
        )

    def _new_device_authority(self, now: datetime) -> None:
        name = f"{self.profile.device_issuing_prefix}{len(self._device_authorities) + 1}"
        self._device_authorities.append(self._issuing(self.device_root, name, now, None))
        self._issued_by_newest = 0

    def _root(self, name: str, now: datetime, role: int | None) -> Signer:
        key = self._new_key()
        certificate = build_root(
            key,
            common_name=name,
            role=role,
            serial=self._serial(),
            not_before=_midnight(now),
            not_after=min(_midnight(now) + self.profile.root_lifetime, NO_END),
            policy=self._policy(role),
        )
        return Signer(certificate=certificate, private_key=key)

    def _issuing(self, root: Signer, name: str, now: datetime, role: int | None) -> Signer:
        key = self._new_key()
        certificate = build_issuing(
            key.public_key(),
            issuer=root,
            common_name=name,
            role=role,
            serial=self._serial(),
            not_before=_midnight(now),
            not_after=_midnight(now) + self.profile.issuing_lifetime,
            policy=self._policy(role),
        )
        return Signer(certificate=certificate, private_key=key)

    def _policy(self, role: int | None) -> ObjectIdentifier:
        is_device = role is None
        return self.profile.device_policy if is_device else self.profile.organisation_policy

    def _serial(self) -> int:
        return serial_number(self._random_octets(SERIAL_OCTETS))


def _midnight(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
