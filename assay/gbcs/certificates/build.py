"""Certificates built to the profiles of the SMKI (GBCS 12; see `view` for reading them).

Nothing here draws a random number or looks at a clock: serial numbers and times are
handed in, and the ECDSA nonce is derived from the key (RFC 6979), so the same arguments
always give the same octets.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ObjectIdentifier
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import NameOID

from assay.gbcs.certificates.hardware_module import HardwareModule
from assay.gbcs.certificates.profile import (
    TEST_DEVICE_POLICY,
    TEST_HARDWARE_TYPE,
    TEST_ORGANISATION_POLICY,
    UNIQUE_IDENTIFIER,
    CertificateUsage,
    is_serial_number,
    subject_key_identifier,
)
from assay.gbcs.certificates.view import CertificateView
from assay.gbcs.identifiers import Eui64

NO_END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""notAfter of every device certificate: 99991231235959Z."""

ORGANISATION_YEARS = 10
XML_SIGNING_ROLES = frozenset({0x87, 0x89})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """An authority at work: its certificate and the private key to it."""

    certificate: CertificateView
    private_key: ec.EllipticCurvePrivateKey

    def __post_init__(self) -> None:
        if self.certificate.public_key != self.private_key.public_key():
            raise ValueError(f"the key does not belong to {self.certificate.subject}")


def organisation_validity(issued: datetime) -> tuple[datetime, datetime]:
    """Ten years from the day of issue, 00:00:00 to 23:59:59, as in the test certificates."""
    start = issued.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return start, _years_later(start, ORGANISATION_YEARS) - timedelta(seconds=1)


def build_root(
    private_key: ec.EllipticCurvePrivateKey,
    *,
    common_name: str,
    serial: int,
    not_before: datetime,
    not_after: datetime,
    role: int | None = 0x00,
    policy: ObjectIdentifier = TEST_ORGANISATION_POLICY,
) -> CertificateView:
    """Self-signed; no authorityKeyIdentifier, no path length."""
    name = _authority_name(common_name, role)
    builder = _start(name, private_key.public_key(), serial, not_before, not_after)
    builder = _authority_extensions(builder, private_key.public_key(), None, policy)
    return _sign(builder.issuer_name(name), private_key)


def build_issuing(
    public_key: ec.EllipticCurvePublicKey,
    *,
    issuer: Signer,
    common_name: str,
    serial: int,
    not_before: datetime,
    not_after: datetime,
    role: int | None = 0x07,
    policy: ObjectIdentifier = TEST_ORGANISATION_POLICY,
) -> CertificateView:
    """An issuing authority under a root: path length 0. Device authorities have no role."""
    name = _authority_name(common_name, role)
    builder = _start(name, public_key, serial, not_before, not_after)
    builder = _authority_extensions(builder, public_key, 0, policy)
    return _issue(builder, issuer)


def build_organisation(
    public_key: ec.EllipticCurvePublicKey,
    *,
    issuer: Signer,
    eui: Eui64,
    role: int,
    usage: CertificateUsage,
    serial: int,
    not_before: datetime,
    not_after: datetime,
    common_name: str | None = None,
    policy: ObjectIdentifier = TEST_ORGANISATION_POLICY,
) -> CertificateView:
    """A remote party's certificate. The subject is what its certificate request held."""
    builder = _start(
        organisation_name(eui, role, common_name), public_key, serial, not_before, not_after
    )
    builder = builder.add_extension(key_usage_extension(usage), critical=True)
    builder = builder.add_extension(_key_identifier(public_key), critical=False)
    builder = builder.add_extension(_policies(policy), critical=True)
    return _issue(builder, issuer)


def build_xml_signing(
    public_key: ec.EllipticCurvePublicKey,
    *,
    issuer: Signer,
    eui: Eui64,
    role: int,
    serial: int,
    not_before: datetime,
    not_after: datetime,
    policy: ObjectIdentifier = TEST_ORGANISATION_POLICY,
) -> CertificateView:
    """For signing DUIS XML: role 87 for Users, 89 for the DSP; always digitalSignature."""
    if role not in XML_SIGNING_ROLES:
        raise ValueError(f"an XML signing certificate has role 87 or 89, got {role:02X}")
    return build_organisation(
        public_key,
        issuer=issuer,
        eui=eui,
        role=role,
        usage=CertificateUsage.DIGITAL_SIGNATURE,
        serial=serial,
        not_before=not_before,
        not_after=not_after,
        policy=policy,
    )


def build_device(
    public_key: ec.EllipticCurvePublicKey,
    *,
    issuer: Signer,
    device_id: Eui64,
    usage: CertificateUsage,
    serial: int,
    not_before: datetime,
    hardware_type: ObjectIdentifier = TEST_HARDWARE_TYPE,
    policy: ObjectIdentifier = TEST_DEVICE_POLICY,
) -> CertificateView:
    """Empty subject; the device is named by a critical hardwareModuleName; no end date."""
    module = HardwareModule(hardware_type=hardware_type, device_id=device_id)
    builder = _start(x509.Name([]), public_key, serial, not_before, NO_END)
    builder = builder.add_extension(key_usage_extension(usage), critical=True)
    builder = builder.add_extension(_key_identifier(public_key), critical=False)
    builder = builder.add_extension(module.to_alternative_name(), critical=True)
    builder = builder.add_extension(_policies(policy), critical=True)
    return _issue(builder, issuer)


def organisation_name(eui: Eui64, role: int, common_name: str | None) -> x509.Name:
    """[CN], OU with two hex digits, uniqueIdentifier as a BIT STRING of 64 bits."""
    if not 0 <= role <= 0xFF:
        raise ValueError(f"a role is one octet, got {role}")
    attributes: list[x509.NameAttribute[str | bytes]] = []
    if common_name is not None:
        attributes.append(x509.NameAttribute(NameOID.COMMON_NAME, common_name))
    attributes.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, f"{role:02X}"))
    no_unused_bits = b"\x00"
    attributes.append(
        x509.NameAttribute(UNIQUE_IDENTIFIER, no_unused_bits + bytes(eui), _ASN1Type.BitString)
    )
    return x509.Name(attributes)


def key_usage_extension(usage: CertificateUsage) -> x509.KeyUsage:
    signs_certificates = usage is CertificateUsage.CERTIFICATE_SIGNING
    return x509.KeyUsage(
        digital_signature=usage is CertificateUsage.DIGITAL_SIGNATURE,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=usage is CertificateUsage.KEY_AGREEMENT,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _authority_name(common_name: str, role: int | None) -> x509.Name:
    attributes: list[x509.NameAttribute[str | bytes]] = []
    if role is not None:
        attributes.append(
            x509.NameAttribute(
                NameOID.ORGANIZATIONAL_UNIT_NAME, f"{role:02X}", _ASN1Type.PrintableString
            )
        )
    attributes.append(
        x509.NameAttribute(NameOID.COMMON_NAME, common_name, _ASN1Type.PrintableString)
    )
    return x509.Name(attributes)


def _start(
    subject: x509.Name,
    public_key: ec.EllipticCurvePublicKey,
    serial: int,
    not_before: datetime,
    not_after: datetime,
) -> x509.CertificateBuilder:
    if not isinstance(public_key.curve, ec.SECP256R1):
        raise ValueError(f"an SMKI key is on P-256, got {public_key.curve.name}")
    if not is_serial_number(serial):
        raise ValueError(f"a serial number has 16 octets and is positive, got {serial:x}")
    for name, moment in (("not_before", not_before), ("not_after", not_after)):
        if moment.tzinfo is None:
            raise ValueError(f"{name} needs a time zone, got {moment.isoformat()}")
    if not_after < not_before:
        raise ValueError(f"validity ends at {not_after} before it begins at {not_before}")
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(public_key)
        .serial_number(serial)
        .not_valid_before(not_before.replace(microsecond=0))
        .not_valid_after(not_after.replace(microsecond=0))
    )


def _authority_extensions(
    builder: x509.CertificateBuilder,
    public_key: ec.EllipticCurvePublicKey,
    path_length: int | None,
    policy: ObjectIdentifier,
) -> x509.CertificateBuilder:
    usage = key_usage_extension(CertificateUsage.CERTIFICATE_SIGNING)
    constraints = x509.BasicConstraints(ca=True, path_length=path_length)
    builder = builder.add_extension(usage, critical=True)
    builder = builder.add_extension(constraints, critical=True)
    builder = builder.add_extension(_key_identifier(public_key), critical=False)
    return builder.add_extension(_policies(policy), critical=True)


def _issue(builder: x509.CertificateBuilder, issuer: Signer) -> CertificateView:
    identifier = subject_key_identifier(issuer.certificate.public_key)
    by_key_alone = x509.AuthorityKeyIdentifier(identifier, None, None)
    builder = builder.add_extension(by_key_alone, critical=False)
    name = issuer.certificate.to_cryptography().subject
    return _sign(builder.issuer_name(name), issuer.private_key)


def _sign(
    builder: x509.CertificateBuilder, private_key: ec.EllipticCurvePrivateKey
) -> CertificateView:
    certificate = builder.sign(private_key, hashes.SHA256(), ecdsa_deterministic=True)
    return CertificateView.from_der(certificate.public_bytes(Encoding.DER))


def _key_identifier(public_key: ec.EllipticCurvePublicKey) -> x509.SubjectKeyIdentifier:
    return x509.SubjectKeyIdentifier(subject_key_identifier(public_key))


def _policies(policy: ObjectIdentifier) -> x509.CertificatePolicies:
    return x509.CertificatePolicies([x509.PolicyInformation(policy, None)])


def _years_later(moment: datetime, years: int) -> datetime:
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:  # 29 February
        return moment.replace(year=moment.year + years, month=3, day=1)
