"""A certificate as it is read: every field that GBCS and DUIS use, and where it departs.

Reading is tolerant, because the public test certificates are not all built to the
profile (NULL algorithm parameters, roles in decimal, missing key identifiers). Nothing
is tolerated silently: each liberty is listed in `departures`, and whoever must be
strict asks for an empty list.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from asn1crypto import core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from assay.gbcs.certificates.errors import RemoteCertificateError
from assay.gbcs.certificates.extensions import Extensions
from assay.gbcs.certificates.names import (
    COMMON_NAME,
    ORGANIZATIONAL_UNIT,
    UNIQUE_IDENTIFIER,
    attributes,
    first_text,
    is_bit_string,
    rfc2253_text,
)
from assay.gbcs.certificates.profile import (
    CertificateKind,
    CertificateReference,
    CertificateUsage,
    is_serial_number,
    uncompressed_point,
)
from assay.gbcs.identifiers import Eui64

_PEM = re.compile(r"-----BEGIN CERTIFICATE-----\s*([A-Za-z0-9+/=\s]+?)\s*-----END CERTIFICATE-----")
_ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2"
_EC_PUBLIC_KEY = "1.2.840.10045.2.1"

# What asn1crypto lets through when octets are cut or tags are changed.
_UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CertificateView:
    """One certificate, read. Two views are equal when their DER is.

    `eui` is None for authorities only; `role` is None for devices and for authorities
    whose name carries no organizationalUnitName. `issuer` and `subject` are RFC 2253 text.
    """

    der: bytes
    kind: CertificateKind = field(compare=False)
    eui: Eui64 | None = field(compare=False)
    role: int | None = field(compare=False)
    common_name: str | None = field(compare=False)
    usage: CertificateUsage = field(compare=False)
    serial: int = field(compare=False)
    issuer: str = field(compare=False)
    subject: str = field(compare=False)
    not_before: datetime = field(compare=False)
    not_after: datetime = field(compare=False)
    public_key: ec.EllipticCurvePublicKey = field(compare=False)
    key_identifier: bytes | None = field(compare=False)
    authority_key_identifier: bytes | None = field(compare=False)
    policies: tuple[str, ...] = field(compare=False)
    path_length: int | None = field(compare=False)
    departures: tuple[str, ...] = field(compare=False)
    _signed: bytes = field(compare=False)
    _signature: bytes = field(compare=False)
    _point: bytes = field(compare=False)

    def __repr__(self) -> str:
        """One line: the octets of a certificate help nobody in a failure message."""
        who = self.subject if self.eui is None else self.eui
        role = "" if self.role is None else f" role {self.role:02X}"
        return f"<{self.kind} certificate of {who}{role}, {self.usage}, {self.reference}>"

    @classmethod
    def from_der(cls, der: bytes) -> CertificateView:
        """Raises RemoteCertificateError for anything that is no SMKI certificate."""
        return _Reading(der).view()

    @classmethod
    def from_pem(cls, pem: str | bytes) -> CertificateView:
        """The first certificate of the text."""
        text = pem if isinstance(pem, str) else pem.decode("ascii", "replace")
        found = _PEM.search(text)
        if found is None:
            raise RemoteCertificateError(
                f"expected a BEGIN CERTIFICATE block, got {text[:40].strip()!r}"
            )
        try:
            return cls.from_der(base64.b64decode("".join(found[1].split()), validate=True))
        except binascii.Error as error:
            raise RemoteCertificateError(f"certificate block is not base64: {error}") from error

    @property
    def reference(self) -> CertificateReference:
        return CertificateReference(self.issuer, self.serial)

    @property
    def role_text(self) -> str | None:
        """The role as two hex digits, as organizationalUnitName holds it."""
        return None if self.role is None else f"{self.role:02X}"

    def is_signed_by(self, public_key: ec.EllipticCurvePublicKey) -> bool:
        return _verifies(self._signed, self._signature, uncompressed_point(public_key))

    def is_signed_under(self, issuer: CertificateView) -> bool:
        """The same by the key of a certificate, whose point is at hand."""
        return _verifies(self._signed, self._signature, issuer._point)

    def to_pem(self) -> str:
        lines = base64.encodebytes(self.der).decode("ascii").replace("\n", "")
        body = "\n".join(lines[i : i + 64] for i in range(0, len(lines), 64))
        return f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n"

    def to_cryptography(self) -> x509.Certificate:
        """For callers of that library; RemoteCertificateError where it is stricter than we are."""
        try:
            return _load(self.der)
        except ValueError as error:
            raise RemoteCertificateError(f"{self.reference}: {error}") from error


@lru_cache(maxsize=8192)
def _verifies(signed: bytes, signature: bytes, point: bytes) -> bool:
    """Kept: the same few certificates are checked for every message, and this never changes."""
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    try:
        key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=8192)
def _load(der: bytes) -> x509.Certificate:
    """Kept for the same reason: the library reads the key anew for each object it makes."""
    return x509.load_der_x509_certificate(der)


class _Reading:
    """One pass over one certificate, which gathers the liberties that it takes."""

    def __init__(self, der: bytes) -> None:
        self._der = bytes(der)
        self._departures: list[str] = []

    def view(self) -> CertificateView:
        try:
            certificate = asn1_x509.Certificate.load(self._der, strict=True)
            return self._read(certificate)
        except _UNREADABLE as error:
            first_line = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise RemoteCertificateError(f"not an X.509 certificate: {first_line}") from error

    def _read(self, certificate: asn1_x509.Certificate) -> CertificateView:
        tbs = certificate["tbs_certificate"]
        self._check_algorithms(certificate)
        extensions = Extensions(tbs, self._departures.append)
        public_key = self._public_key(tbs["subject_public_key_info"])
        subject = attributes(tbs["subject"])
        device_id = extensions.device_id()
        usage = extensions.usage()
        is_authority, path_length = extensions.basic_constraints(usage)
        kind = self._kind(tbs, is_authority, device_id)
        if kind is CertificateKind.ISSUING and path_length != 0:
            self._depart(f"path length of an issuing authority is not 0: {path_length}")
        serial: int = tbs["serial_number"].native
        if not is_serial_number(serial):
            self._depart(f"serial number is not 16 positive octets: {serial:x}")
        key_identifier = extensions.key_identifier(public_key)
        return CertificateView(
            der=self._der,
            kind=kind,
            eui=device_id if kind is CertificateKind.DEVICE else self._party(kind, subject),
            role=self._role(subject),
            common_name=first_text(subject, COMMON_NAME),
            usage=usage,
            serial=serial,
            issuer=rfc2253_text(tbs["issuer"]),
            subject=rfc2253_text(tbs["subject"]),
            not_before=_time(tbs["validity"]["not_before"]),
            not_after=_time(tbs["validity"]["not_after"]),
            public_key=public_key,
            key_identifier=key_identifier,
            authority_key_identifier=extensions.authority_key_identifier(kind),
            policies=extensions.policies(),
            path_length=path_length,
            departures=tuple(self._departures),
            _signed=tbs.dump(),
            _signature=certificate["signature_value"].native,
            _point=uncompressed_point(public_key),
        )

    def _depart(self, what: str) -> None:
        self._departures.append(what)

    def _check_algorithms(self, certificate: asn1_x509.Certificate) -> None:
        tbs = certificate["tbs_certificate"]
        for place, algorithm in (
            ("signature algorithm", certificate["signature_algorithm"]),
            ("algorithm inside the signed part", tbs["signature"]),
        ):
            oid = algorithm["algorithm"].dotted
            if oid != _ECDSA_WITH_SHA256:
                raise RemoteCertificateError(f"{place}: expected ecdsa-with-SHA256, got {oid}")
            if not isinstance(algorithm["parameters"], core.Void):
                self._depart(f"{place} carries parameters, the profile has none")
        version = tbs["version"].native
        if version != "v3":
            raise RemoteCertificateError(f"version: expected v3, got {version}")

    def _public_key(self, info: Any) -> ec.EllipticCurvePublicKey:
        oid = info["algorithm"]["algorithm"].dotted
        if oid != _EC_PUBLIC_KEY:
            raise RemoteCertificateError(f"public key: expected P-256, got algorithm {oid}")
        try:
            key = load_der_public_key(info.dump())
        except UnsupportedAlgorithm as error:
            raise RemoteCertificateError(f"public key: expected P-256, got {error}") from error
        if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
            curve = getattr(getattr(key, "curve", None), "name", type(key).__name__)
            raise RemoteCertificateError(f"public key: expected P-256, got {curve}")
        return key

    def _kind(
        self, tbs: asn1_x509.TbsCertificate, is_authority: bool, device_id: Eui64 | None
    ) -> CertificateKind:
        if is_authority:
            is_root = rfc2253_text(tbs["issuer"]) == rfc2253_text(tbs["subject"])
            return CertificateKind.ROOT if is_root else CertificateKind.ISSUING
        if device_id is None:
            return CertificateKind.ORGANISATION
        if len(tbs["subject"].chosen) > 0:
            self._depart("a device certificate has a subject")
        return CertificateKind.DEVICE

    def _party(self, kind: CertificateKind, subject: dict[str, list[Any]]) -> Eui64 | None:
        if kind is not CertificateKind.ORGANISATION:
            return None
        values = subject.get(UNIQUE_IDENTIFIER, [])
        if len(values) != 1 or not is_bit_string(values[0]):
            raise RemoteCertificateError(
                "subject: expected one uniqueIdentifier that is a BIT STRING (or, for a "
                f"device, a hardwareModuleName); got {len(values)}"
            )
        contents: bytes = values[0].contents
        if not subject.get(ORGANIZATIONAL_UNIT):
            self._depart("an organisation has no role")
        if len(contents) != 9 or contents[0] != 0:
            raise RemoteCertificateError(
                f"uniqueIdentifier: expected 64 bits, got {8 * len(contents) - 8 - contents[0]}"
            )
        return Eui64(contents[1:])

    def _role(self, subject: dict[str, list[Any]]) -> int | None:
        text = first_text(subject, ORGANIZATIONAL_UNIT)
        if text is None:
            return None
        if re.fullmatch(r"[0-9A-Fa-f]{2}", text):
            return int(text, 16)
        if re.fullmatch(r"[0-9]{3}", text) and int(text) <= 0xFF:
            self._depart(f"role is written in decimal: {text}")
            return int(text)
        raise RemoteCertificateError(
            f"organizationalUnitName: expected a role as two hex digits, got {text!r}"
        )


def _time(value: asn1_x509.Time) -> datetime:
    moment: datetime = value.native
    return moment.astimezone(UTC)
