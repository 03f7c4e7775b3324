"""Certificate signing requests (PKCS#10): made by parties and devices, checked by the SMKI.

Reading goes in the order of the SMKI interface design: format and signature first, then
the fields of the profile. Every way to fail has a reason of its own, because the SMKI
has to tell the sender which one it was.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ObjectIdentifier
from cryptography.x509.oid import NameOID, SignatureAlgorithmOID

from assay.gbcs.certificates.build import key_usage_extension, organisation_name
from assay.gbcs.certificates.hardware_module import HardwareModule
from assay.gbcs.certificates.profile import (
    TEST_HARDWARE_TYPE,
    UNIQUE_IDENTIFIER,
    CertificateUsage,
    uncompressed_point,
)
from assay.gbcs.identifiers import Eui64

_ARMOUR = re.compile(r"-----(BEGIN|END) (NEW )?CERTIFICATE REQUEST-----")
_ROLE = re.compile(r"[0-9A-Fa-f]{2}")
_USAGE_BITS = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
)
_LEAF_USAGES: dict[tuple[str, ...], CertificateUsage] = {
    ("digital_signature",): CertificateUsage.DIGITAL_SIGNATURE,
    ("key_agreement",): CertificateUsage.KEY_AGREEMENT,
}


class RequestFault(StrEnum):
    """Why a request is refused; the first five are format, the sixth is the signature."""

    NOT_BASE64 = "not base64 as this interface takes it"
    NOT_PKCS10 = "not a PKCS#10 request"
    VERSION = "version is not 0"
    SIGNATURE_ALGORITHM = "signature algorithm is not ecdsa-with-SHA256"
    PUBLIC_KEY = "public key is not an uncompressed point on P-256"
    SIGNATURE = "signature does not verify with the key in the request"
    SUBJECT = "subject does not have the attributes of the profile"
    ROLE = "organizationalUnitName is not a role of two hex digits"
    UNIQUE_IDENTIFIER = "uniqueIdentifier is not a BIT STRING of 64 bits"
    COMMON_NAME = "commonName is not allowed by the certificate policy"
    KEY_USAGE = "key usage is not one of digitalSignature, keyAgreement"
    NOT_CRITICAL = "an extension that must be critical is not"
    ALTERNATIVE_NAME = "subjectAltName is not one hardwareModuleName of 8 octets"

    @property
    def is_format(self) -> bool:
        """Whether the synchronous check of every interface finds it."""
        return self in _FORMAT_FAULTS


_FORMAT_FAULTS = frozenset(
    {
        RequestFault.NOT_BASE64,
        RequestFault.NOT_PKCS10,
        RequestFault.VERSION,
        RequestFault.SIGNATURE_ALGORITHM,
        RequestFault.PUBLIC_KEY,
        RequestFault.SIGNATURE,
    }
)


class RemoteRequestError(Exception):
    """A certificate request that must be refused; `fault` says why, `seen` what stood there."""

    def __init__(self, fault: RequestFault, seen: object) -> None:
        super().__init__(f"certificate request refused: {fault}; seen {seen}")
        self.fault = fault
        self.seen = seen


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRequest:
    """A request of a remote party, checked."""

    der: bytes
    public_key: ec.EllipticCurvePublicKey
    eui: Eui64
    role: int
    usage: CertificateUsage
    common_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRequest:
    """A request for a device, checked."""

    der: bytes
    public_key: ec.EllipticCurvePublicKey
    device_id: Eui64
    usage: CertificateUsage
    hardware_type: ObjectIdentifier


def build_organisation_request(
    private_key: ec.EllipticCurvePrivateKey,
    *,
    eui: Eui64,
    role: int,
    usage: CertificateUsage,
    common_name: str | None = None,
) -> bytes:
    """DER of the PKCS#10 request."""
    builder = x509.CertificateSigningRequestBuilder()
    builder = builder.subject_name(organisation_name(eui, role, common_name))
    return _sign(builder.add_extension(key_usage_extension(usage), critical=True), private_key)


def build_device_request(
    private_key: ec.EllipticCurvePrivateKey,
    *,
    device_id: Eui64,
    usage: CertificateUsage,
    hardware_type: ObjectIdentifier = TEST_HARDWARE_TYPE,
) -> bytes:
    """DER of the PKCS#10 request."""
    module = HardwareModule(hardware_type=hardware_type, device_id=device_id)
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    builder = builder.add_extension(key_usage_extension(usage), critical=True)
    builder = builder.add_extension(module.to_alternative_name(), critical=True)
    return _sign(builder, private_key)


def read_organisation_request(
    der: bytes, *, common_name_allowed: bool = True
) -> OrganisationRequest:
    """Format and signature, then subject and key usage; RemoteRequestError with the reason."""
    request, public_key = _open(der)
    subject = _subject(request)
    role = _one(subject, NameOID.ORGANIZATIONAL_UNIT_NAME)
    if not isinstance(role, str) or not _ROLE.fullmatch(role):
        raise RemoteRequestError(RequestFault.ROLE, role)
    identifier = _one(subject, UNIQUE_IDENTIFIER)
    if not isinstance(identifier, bytes) or len(identifier) != 9 or identifier[0] != 0:
        shown = identifier.hex() if isinstance(identifier, bytes) else identifier
        raise RemoteRequestError(RequestFault.UNIQUE_IDENTIFIER, shown)
    common_name = subject.get(NameOID.COMMON_NAME, [None])[0]
    if common_name is not None and not common_name_allowed:
        raise RemoteRequestError(RequestFault.COMMON_NAME, common_name)
    extensions = _extensions(request)
    usage = _usage(extensions)
    if not extensions.get_extension_for_class(x509.KeyUsage).critical:
        raise RemoteRequestError(RequestFault.NOT_CRITICAL, "keyUsage")
    return OrganisationRequest(
        der=der,
        public_key=public_key,
        eui=Eui64(identifier[1:]),
        role=int(role, 16),
        usage=usage,
        common_name=None if common_name is None else str(common_name),
    )


def read_device_request(der: bytes) -> DeviceRequest:
    """Format and signature, then the fields; criticality is not looked at (Appendix M 2.3.1.7)."""
    request, public_key = _open(der)
    try:
        subject = request.subject
    except ValueError as error:
        raise RemoteRequestError(RequestFault.NOT_PKCS10, error) from error
    if len(subject.rdns) > 0:
        raise RemoteRequestError(RequestFault.SUBJECT, subject.rfc4514_string())
    extensions = _extensions(request)
    usage = _usage(extensions)
    module = _hardware_module(extensions)
    return DeviceRequest(
        der=der,
        public_key=public_key,
        device_id=module.device_id,
        usage=usage,
        hardware_type=module.hardware_type,
    )


def request_from_portal_text(text: str) -> bytes:
    """Base64 with either PEM header or none, on one line or wrapped, LF or CRLF."""
    return _decode("".join(_ARMOUR.sub("", text).split()), text)


def request_from_web_service_text(text: str) -> bytes:
    """Bare base64: no header, no footer, no white space at all."""
    return _decode(text, text)


def request_to_web_service_text(der: bytes) -> str:
    return base64.b64encode(der).decode("ascii")


def _decode(text: str, shown: str) -> bytes:
    try:
        octets = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise RemoteRequestError(RequestFault.NOT_BASE64, repr(shown[:40])) from error
    if not octets:
        raise RemoteRequestError(RequestFault.NOT_BASE64, "nothing")
    return octets


def _sign(
    builder: x509.CertificateSigningRequestBuilder, private_key: ec.EllipticCurvePrivateKey
) -> bytes:
    if not isinstance(private_key.curve, ec.SECP256R1):
        raise ValueError(f"an SMKI key is on P-256, got {private_key.curve.name}")
    request = builder.sign(private_key, hashes.SHA256(), ecdsa_deterministic=True)
    return request.public_bytes(Encoding.DER)


def _open(der: bytes) -> tuple[x509.CertificateSigningRequest, ec.EllipticCurvePublicKey]:
    try:
        request = x509.load_der_x509_csr(der)
        algorithm = request.signature_algorithm_oid
    except x509.InvalidVersion as error:
        raise RemoteRequestError(RequestFault.VERSION, error.parsed_version) from error
    except ValueError as error:
        raise RemoteRequestError(RequestFault.NOT_PKCS10, error) from error
    if algorithm != SignatureAlgorithmOID.ECDSA_WITH_SHA256:
        raise RemoteRequestError(RequestFault.SIGNATURE_ALGORITHM, algorithm.dotted_string)
    public_key = _public_key(request)
    if not request.is_signature_valid:
        raise RemoteRequestError(RequestFault.SIGNATURE, request.signature.hex())
    return request, public_key


def _public_key(request: x509.CertificateSigningRequest) -> ec.EllipticCurvePublicKey:
    try:
        key = request.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise RemoteRequestError(RequestFault.PUBLIC_KEY, error) from error
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise RemoteRequestError(RequestFault.PUBLIC_KEY, type(key).__name__)
    if not isinstance(key.curve, ec.SECP256R1):
        raise RemoteRequestError(RequestFault.PUBLIC_KEY, key.curve.name)
    if uncompressed_point(key) not in request.tbs_certrequest_bytes:
        raise RemoteRequestError(RequestFault.PUBLIC_KEY, "a compressed point")
    return key


def _subject(
    request: x509.CertificateSigningRequest,
) -> dict[ObjectIdentifier, list[str | bytes | None]]:
    found: dict[ObjectIdentifier, list[str | bytes | None]] = {}
    try:
        for attribute in request.subject:
            found.setdefault(attribute.oid, []).append(attribute.value)
    except ValueError as error:
        raise RemoteRequestError(RequestFault.NOT_PKCS10, error) from error
    allowed = {NameOID.COMMON_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME, UNIQUE_IDENTIFIER}
    needed = allowed - {NameOID.COMMON_NAME}
    is_complete = needed <= found.keys() <= allowed
    if not is_complete or any(len(values) > 1 for values in found.values()):
        raise RemoteRequestError(
            RequestFault.SUBJECT, request.subject.rfc4514_string() or "an empty subject"
        )
    return found


def _one(
    subject: dict[ObjectIdentifier, list[str | bytes | None]], oid: ObjectIdentifier
) -> str | bytes | None:
    return subject[oid][0]


def _extensions(request: x509.CertificateSigningRequest) -> x509.Extensions:
    try:
        return request.extensions
    except (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as error:
        raise RemoteRequestError(RequestFault.NOT_PKCS10, error) from error


def _usage(extensions: x509.Extensions) -> CertificateUsage:
    try:
        value = extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound as error:
        raise RemoteRequestError(RequestFault.KEY_USAGE, "no keyUsage") from error
    bits = tuple(name for name in _USAGE_BITS if getattr(value, name))
    restricted = value.key_agreement and (value.encipher_only or value.decipher_only)
    usage = _LEAF_USAGES.get(bits)
    if usage is None or restricted:
        raise RemoteRequestError(RequestFault.KEY_USAGE, ", ".join(bits) or "no usage")
    return usage


def _hardware_module(extensions: x509.Extensions) -> HardwareModule:
    try:
        names = list(extensions.get_extension_for_class(x509.SubjectAlternativeName).value)
    except x509.ExtensionNotFound as error:
        raise RemoteRequestError(RequestFault.ALTERNATIVE_NAME, "no subjectAltName") from error
    if len(names) != 1 or not isinstance(names[0], x509.OtherName):
        raise RemoteRequestError(RequestFault.ALTERNATIVE_NAME, names)
    try:
        return HardwareModule.from_other_name(names[0].type_id.dotted_string, names[0].value)
    except ValueError as error:
        raise RemoteRequestError(RequestFault.ALTERNATIVE_NAME, error) from error
