"""Requests for certificates: what is built reads, and every fault has its own reason."""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Callable

import pytest
from asn1crypto import csr as asn1_csr
from asn1crypto import keys
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.gbcs.certificates import (
    TEST_HARDWARE_TYPE,
    CertificateUsage,
    RemoteRequestError,
    RequestFault,
    build_device_request,
    build_organisation_request,
    read_device_request,
    read_organisation_request,
    request_from_portal_text,
    request_from_web_service_text,
    request_to_web_service_text,
)
from assay.gbcs.certificates.hardware_module import HardwareModule
from assay.gbcs.identifiers import Eui64

KEY = ec.derive_private_key(21, ec.SECP256R1())
SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
SIGNATURE = CertificateUsage.DIGITAL_SIGNATURE
LEAF_USAGES = (SIGNATURE, CertificateUsage.KEY_AGREEMENT)
ORGANISATION_CSR = build_organisation_request(KEY, eui=SUPPLIER, role=2, usage=SIGNATURE)
DEVICE_CSR = build_device_request(KEY, device_id=METER, usage=SIGNATURE)

euis = st.binary(min_size=8, max_size=8).map(Eui64)
usages = st.sampled_from(LEAF_USAGES)

Attribute = x509.NameAttribute[str | bytes]


def role_attribute(text: str = "02") -> Attribute:
    return x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, text)


def identifier_attribute(bits: bytes = b"\x00" + SUPPLIER) -> Attribute:
    return x509.NameAttribute(NameOID.X500_UNIQUE_IDENTIFIER, bits, _ASN1Type.BitString)


def key_usage(*names: str) -> x509.KeyUsage:
    bits = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(**bits | dict.fromkeys(names, True))


def request(
    *attributes: Attribute,
    usage: x509.KeyUsage | None = None,
    critical: bool = True,
    name: x509.GeneralName | None = None,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = KEY,
    digest: hashes.HashAlgorithm | None = None,
) -> bytes:
    builder = x509.CertificateSigningRequestBuilder(x509.Name(attributes))
    if usage is not None:
        builder = builder.add_extension(usage, critical=critical)
    if name is not None:
        builder = builder.add_extension(x509.SubjectAlternativeName([name]), critical=critical)
    signed = builder.sign(key, digest or hashes.SHA256())  # type: ignore[arg-type]
    return signed.public_bytes(Encoding.DER)


SIGNING = key_usage("digital_signature")
GOOD = (role_attribute(), identifier_attribute())
METER_NAME = HardwareModule(hardware_type=TEST_HARDWARE_TYPE, device_id=METER)
_DER = METER_NAME.to_der()
SERIAL_OF_7_OCTETS = bytes([_DER[0], _DER[1] - 1]) + _DER[2:-10] + b"\x04\x07" + METER[:7]
METER_OTHER_NAME = x509.OtherName(x509.ObjectIdentifier("1.3.6.1.5.5.7.8.4"), METER_NAME.to_der())


def refusal(read: Callable[[bytes], object], der: bytes) -> RequestFault:
    with pytest.raises(RemoteRequestError) as caught:
        read(der)
    return caught.value.fault


@given(eui=euis, role=st.integers(0, 0xFF), usage=usages, name=st.sampled_from([None, "SUPPLIER"]))
@settings(max_examples=40)
def test_an_organisation_request_reads_as_it_was_built(
    eui: Eui64, role: int, usage: CertificateUsage, name: str | None
) -> None:
    der = build_organisation_request(KEY, eui=eui, role=role, usage=usage, common_name=name)
    read = read_organisation_request(der)
    assert (read.eui, read.role, read.usage, read.common_name) == (eui, role, usage, name)
    assert read.public_key == KEY.public_key()


@given(device_id=euis, usage=usages)
@settings(max_examples=40)
def test_a_device_request_reads_as_it_was_built(device_id: Eui64, usage: CertificateUsage) -> None:
    read = read_device_request(build_device_request(KEY, device_id=device_id, usage=usage))
    assert (read.device_id, read.usage) == (device_id, usage)
    assert read.hardware_type == TEST_HARDWARE_TYPE
    assert read.public_key == KEY.public_key()


@given(place=st.integers(0), bit=st.integers(0, 7))
@settings(max_examples=150)
def test_no_bit_of_a_request_can_be_changed(place: int, bit: int) -> None:
    octets = bytearray(DEVICE_CSR)
    octets[place % len(octets)] ^= 1 << bit
    assert refusal(read_device_request, bytes(octets)).is_format


@pytest.mark.parametrize(
    ("der", "fault"),
    [
        (b"", RequestFault.NOT_PKCS10),
        (DEVICE_CSR[:-1], RequestFault.NOT_PKCS10),
        (request(role_attribute(), usage=SIGNING), RequestFault.SUBJECT),
        (request(identifier_attribute(), usage=SIGNING), RequestFault.SUBJECT),
        (
            request(*GOOD, x509.NameAttribute(NameOID.COUNTRY_NAME, "GB"), usage=SIGNING),
            RequestFault.SUBJECT,
        ),
        (request(*GOOD, role_attribute("03"), usage=SIGNING), RequestFault.SUBJECT),
        (request(role_attribute("2"), GOOD[1], usage=SIGNING), RequestFault.ROLE),
        (request(role_attribute("0x"), GOOD[1], usage=SIGNING), RequestFault.ROLE),
        (
            request(GOOD[0], identifier_attribute(b"\x00" + SUPPLIER[:7]), usage=SIGNING),
            RequestFault.UNIQUE_IDENTIFIER,
        ),
        (
            request(GOOD[0], identifier_attribute(b"\x01" + SUPPLIER), usage=SIGNING),
            RequestFault.UNIQUE_IDENTIFIER,
        ),
        (
            request(
                GOOD[0],
                x509.NameAttribute(NameOID.X500_UNIQUE_IDENTIFIER, "90-B3-D5-1F-30-01-00-00"),
                usage=SIGNING,
            ),
            RequestFault.UNIQUE_IDENTIFIER,
        ),
        (request(*GOOD), RequestFault.KEY_USAGE),
        (
            request(*GOOD, usage=key_usage("digital_signature", "key_agreement")),
            RequestFault.KEY_USAGE,
        ),
        (request(*GOOD, usage=key_usage("key_cert_sign")), RequestFault.KEY_USAGE),
        (
            request(*GOOD, usage=key_usage("key_agreement", "encipher_only")),
            RequestFault.KEY_USAGE,
        ),
        (request(*GOOD, usage=SIGNING, critical=False), RequestFault.NOT_CRITICAL),
    ],
)
def test_a_faulty_organisation_request_is_refused_with_its_reason(
    der: bytes, fault: RequestFault
) -> None:
    assert refusal(read_organisation_request, der) is fault


@pytest.mark.parametrize(
    ("der", "fault"),
    [
        (request(*GOOD, usage=SIGNING, name=METER_OTHER_NAME), RequestFault.SUBJECT),
        (request(usage=SIGNING), RequestFault.ALTERNATIVE_NAME),
        (
            request(usage=SIGNING, name=x509.DNSName("meter.example")),
            RequestFault.ALTERNATIVE_NAME,
        ),
        (
            request(
                usage=SIGNING,
                name=x509.OtherName(METER_OTHER_NAME.type_id, SERIAL_OF_7_OCTETS),
            ),
            RequestFault.ALTERNATIVE_NAME,
        ),
        (
            request(
                usage=SIGNING,
                name=x509.OtherName(x509.ObjectIdentifier("1.2.3"), METER_NAME.to_der()),
            ),
            RequestFault.ALTERNATIVE_NAME,
        ),
        (request(name=METER_OTHER_NAME), RequestFault.KEY_USAGE),
    ],
)
def test_a_faulty_device_request_is_refused_with_its_reason(
    der: bytes, fault: RequestFault
) -> None:
    assert refusal(read_device_request, der) is fault


def test_criticality_is_not_looked_at_in_device_requests() -> None:
    der = request(usage=SIGNING, name=METER_OTHER_NAME, critical=False)
    assert read_device_request(der).device_id == METER


def test_a_key_on_another_curve_is_refused() -> None:
    key = ec.derive_private_key(22, ec.SECP384R1())
    der = request(*GOOD, usage=SIGNING, key=key)
    assert refusal(read_organisation_request, der) is RequestFault.PUBLIC_KEY


def test_another_digest_is_refused() -> None:
    der = request(*GOOD, usage=SIGNING, digest=hashes.SHA384())
    assert refusal(read_organisation_request, der) is RequestFault.SIGNATURE_ALGORITHM


def test_an_rsa_key_is_refused() -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    der = request(*GOOD, usage=SIGNING, key=key)
    assert refusal(read_organisation_request, der) is RequestFault.SIGNATURE_ALGORITHM


def test_a_signature_by_another_key_is_refused() -> None:
    parsed = asn1_csr.CertificationRequest.load(ORGANISATION_CSR)
    signed = parsed["certification_request_info"].dump()
    stranger = ec.derive_private_key(23, ec.SECP256R1())
    parsed["signature"] = stranger.sign(signed, ec.ECDSA(hashes.SHA256()))
    der = parsed.dump(force=True)
    assert refusal(read_organisation_request, der) is RequestFault.SIGNATURE


def test_a_compressed_point_is_refused() -> None:
    parsed = asn1_csr.CertificationRequest.load(ORGANISATION_CSR)
    info = parsed["certification_request_info"]
    point = KEY.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    info["subject_pk_info"]["public_key"] = keys.ECPointBitString(point)
    signature = KEY.sign(info.dump(force=True), ec.ECDSA(hashes.SHA256()))
    der = asn1_csr.CertificationRequest(
        {
            "certification_request_info": info,
            "signature_algorithm": parsed["signature_algorithm"],
            "signature": signature,
        }
    ).dump(force=True)
    with pytest.raises(RemoteRequestError, match="compressed point") as caught:
        read_organisation_request(der)
    assert caught.value.fault is RequestFault.PUBLIC_KEY


def test_another_version_is_refused() -> None:
    version_0 = bytes.fromhex("020100")
    der = ORGANISATION_CSR.replace(version_0, bytes.fromhex("020101"), 1)
    assert refusal(read_organisation_request, der) is RequestFault.VERSION


def test_a_common_name_is_refused_where_the_policy_forbids_it() -> None:
    der = build_organisation_request(
        KEY, eui=SUPPLIER, role=2, usage=SIGNATURE, common_name="SUPPLIER"
    )
    with pytest.raises(RemoteRequestError, match="SUPPLIER") as caught:
        read_organisation_request(der, common_name_allowed=False)
    assert caught.value.fault is RequestFault.COMMON_NAME


BARE = base64.b64encode(ORGANISATION_CSR).decode()


@pytest.mark.parametrize("header", ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST", None])
@pytest.mark.parametrize("width", [64, 76, 10_000])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_portal_takes_every_way_to_write_base64(
    header: str | None, width: int, line_end: str
) -> None:
    lines = textwrap.wrap(BARE, width)
    if header is not None:
        lines = [f"-----BEGIN {header}-----", *lines, f"-----END {header}-----"]
    assert request_from_portal_text(line_end.join(lines) + line_end) == ORGANISATION_CSR


def test_web_services_take_bare_base64() -> None:
    text = request_to_web_service_text(ORGANISATION_CSR)
    assert request_from_web_service_text(text) == ORGANISATION_CSR


@pytest.mark.parametrize(
    "text",
    [
        "",
        BARE + "\n",
        BARE[:64] + "\n" + BARE[64:],
        f"-----BEGIN CERTIFICATE REQUEST-----{BARE}-----END CERTIFICATE REQUEST-----",
        BARE[:-1],
        "é" + BARE,
    ],
)
def test_web_services_take_nothing_but_bare_base64(text: str) -> None:
    with pytest.raises(RemoteRequestError) as caught:
        request_from_web_service_text(text)
    assert caught.value.fault is RequestFault.NOT_BASE64
