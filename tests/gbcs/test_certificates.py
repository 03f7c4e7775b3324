"""Certificates of the SMKI: the public ones read, ours are built to the profile."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import algos, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.gbcs.certificates import (
    TEST_DEVICE_POLICY,
    TEST_ORGANISATION_POLICY,
    CertificateKind,
    CertificateReference,
    CertificateUsage,
    CertificateView,
    RemoteCertificateError,
    Signer,
    build_device,
    build_issuing,
    build_organisation,
    build_root,
    build_xml_signing,
    organisation_validity,
    serial_number,
    subject_key_identifier,
)
from assay.gbcs.identifiers import Eui64

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
START, END = organisation_validity(NOW)
SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")

LEAF_USAGES = (CertificateUsage.DIGITAL_SIGNATURE, CertificateUsage.KEY_AGREEMENT)

euis = st.binary(min_size=8, max_size=8).map(Eui64)
serials = st.binary(min_size=16, max_size=16).map(serial_number)
keys = st.integers(1, P256_ORDER - 1).map(
    lambda scalar: ec.derive_private_key(scalar, ec.SECP256R1())
)
common_names = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=16
)
instants = st.datetimes(datetime(1990, 1, 1), datetime(2180, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)


def private_key(scalar: int) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(scalar, ec.SECP256R1())


def serial(number: int) -> int:
    return serial_number(number.to_bytes(16, "big"))


ROOT_KEY, ISSUING_KEY, LEAF_KEY = private_key(11), private_key(12), private_key(13)
ROOT = build_root(ROOT_KEY, common_name="ZA", serial=serial(1), not_before=START, not_after=END)
ISSUING = build_issuing(
    ISSUING_KEY.public_key(),
    issuer=Signer(certificate=ROOT, private_key=ROOT_KEY),
    common_name="Z1",
    serial=serial(2),
    not_before=START,
    not_after=END,
)
ISSUER = Signer(certificate=ISSUING, private_key=ISSUING_KEY)
DEVICE_ISSUER = Signer(
    certificate=build_issuing(
        ISSUING_KEY.public_key(),
        issuer=Signer(certificate=ROOT, private_key=ROOT_KEY),
        common_name="E357",
        role=None,
        serial=serial(7),
        not_before=START,
        not_after=END,
    ),
    private_key=ISSUING_KEY,
)


def supplier_certificate(
    usage: CertificateUsage = CertificateUsage.KEY_AGREEMENT,
) -> CertificateView:
    return build_organisation(
        LEAF_KEY.public_key(),
        issuer=ISSUER,
        eui=SUPPLIER,
        role=0x02,
        usage=usage,
        serial=serial(3),
        not_before=START,
        not_after=END,
        common_name="SUPPLIER",
    )


def meter_certificate() -> CertificateView:
    return build_device(
        LEAF_KEY.public_key(),
        issuer=DEVICE_ISSUER,
        device_id=METER,
        usage=CertificateUsage.DIGITAL_SIGNATURE,
        serial=serial(4),
        not_before=START,
    )


def certificates_in(folder: Path) -> list[Path]:
    found = [p for p in sorted(folder.glob("*.pem")) if b"BEGIN CERTIFICATE" in p.read_bytes()]
    assert found, f"no certificates in {folder}"
    return found


def test_every_public_certificate_reads(shared: Path) -> None:
    folders = (shared / "rtds" / "keys", shared / "reference" / "duis" / "certs")
    for path in (p for folder in folders for p in certificates_in(folder)):
        view = CertificateView.from_pem(path.read_bytes())
        assert view.eui is not None, path
        assert subject_key_identifier(view.public_key) == view.key_identifier, path


def test_public_device_certificates_bear_the_name_and_usage_of_their_file(shared: Path) -> None:
    for path in certificates_in(shared / "rtds" / "keys"):
        if not path.name.startswith("00db"):
            continue
        eui, usage = path.stem.split("-")
        view = CertificateView.from_pem(path.read_bytes())
        assert view.kind is CertificateKind.DEVICE
        assert (view.eui, view.role) == (Eui64.from_text(eui), None)
        assert view.usage is LEAF_USAGES[("ds", "ka").index(usage)]
        assert view.not_after == datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
        assert view.issuer == "CN=E357"
        assert view.departures == ()


@pytest.mark.parametrize(
    ("name", "role", "departures"),
    [
        ("Z1-supplier-ds.pem", 0x02, ()),
        ("xml-sign-90B3D51F30010000-ds.pem", 0x87, ("authorityKeyIdentifier is missing",)),
        (
            "dsp-xml-sign-90B3D51F30000002-ds-pre-1.4.1.pem",
            0x89,
            ("role is written in decimal: 137", "authorityKeyIdentifier is missing"),
        ),
    ],
)
def test_public_certificates_that_depart_from_the_profile_say_so(
    shared: Path, name: str, role: int, departures: tuple[str, ...]
) -> None:
    folder = shared / "reference" / "duis" / "certs"
    view = CertificateView.from_pem((folder / name).read_bytes())
    assert view.issuer == "CN=Z1,OU=07"
    assert view.role == role
    assert view.departures == departures


def test_a_certificate_with_null_algorithm_parameters_reads_and_says_so() -> None:
    # Two of the public test certificates are encoded so, and `cryptography` refuses them.
    parsed = asn1_x509.Certificate.load(supplier_certificate().der)
    algorithm = algos.SignedDigestAlgorithm(
        {"algorithm": "sha256_ecdsa", "parameters": core.Null()}
    )
    tbs = parsed["tbs_certificate"]
    tbs["signature"] = algorithm
    signed = tbs.dump(force=True)
    odd = asn1_x509.Certificate(
        {
            "tbs_certificate": tbs,
            "signature_algorithm": algorithm,
            "signature_value": ISSUING_KEY.sign(signed, ec.ECDSA(hashes.SHA256())),
        }
    ).dump(force=True)

    view = CertificateView.from_der(odd)

    assert (view.eui, view.role) == (SUPPLIER, 0x02)
    assert view.is_signed_by(ISSUING.public_key)
    assert view.departures == (
        "signature algorithm carries parameters, the profile has none",
        "algorithm inside the signed part carries parameters, the profile has none",
    )
    with pytest.raises(RemoteCertificateError, match="ExtraData"):
        view.to_cryptography()


@given(
    key=keys,
    eui=euis,
    role=st.integers(0, 0xFF),
    usage=st.sampled_from(LEAF_USAGES),
    number=serials,
    issued=instants,
    common_name=st.none() | common_names,
)
@settings(max_examples=40)
def test_an_organisation_certificate_reads_as_it_was_built(
    key: ec.EllipticCurvePrivateKey,
    eui: Eui64,
    role: int,
    usage: CertificateUsage,
    number: int,
    issued: datetime,
    common_name: str | None,
) -> None:
    not_before, not_after = organisation_validity(issued)
    view = build_organisation(
        key.public_key(),
        issuer=ISSUER,
        eui=eui,
        role=role,
        usage=usage,
        serial=number,
        not_before=not_before,
        not_after=not_after,
        common_name=common_name,
    )
    assert view.kind is CertificateKind.ORGANISATION
    assert (view.eui, view.role, view.usage, view.common_name) == (eui, role, usage, common_name)
    assert view.reference == CertificateReference("CN=Z1,OU=07", number)
    assert (view.not_before, view.not_after) == (not_before, not_after)
    assert view.public_key == key.public_key()
    assert view.departures == ()
    assert CertificateView.from_pem(view.to_pem()) == view


@given(key=keys, device_id=euis, usage=st.sampled_from(LEAF_USAGES), number=serials)
@settings(max_examples=40)
def test_a_device_certificate_reads_as_it_was_built(
    key: ec.EllipticCurvePrivateKey, device_id: Eui64, usage: CertificateUsage, number: int
) -> None:
    view = build_device(
        key.public_key(),
        issuer=ISSUER,
        device_id=device_id,
        usage=usage,
        serial=number,
        not_before=START,
    )
    assert view.kind is CertificateKind.DEVICE
    assert (view.eui, view.role, view.usage, view.serial) == (device_id, None, usage, number)
    assert view.subject == ""
    assert view.departures == ()


def test_the_same_arguments_give_the_same_octets() -> None:
    assert supplier_certificate().der == supplier_certificate().der


def test_an_organisation_certificate_has_the_extensions_of_the_profile_and_no_more() -> None:
    certificate = supplier_certificate().to_cryptography()
    assert [(e.oid._name, e.critical) for e in certificate.extensions] == [
        ("keyUsage", True),
        ("subjectKeyIdentifier", False),
        ("certificatePolicies", True),
        ("authorityKeyIdentifier", False),
    ]
    by = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    assert by.key_identifier == ISSUING.key_identifier
    assert by.authority_cert_issuer is None
    assert by.authority_cert_serial_number is None


def test_a_unique_identifier_is_a_bit_string_of_64_bits() -> None:
    encoded = bytes.fromhex("0603 55042d 0309 00") + SUPPLIER  # OID 2.5.4.45, then 03 09 00
    assert encoded in supplier_certificate().der


def test_a_device_certificate_has_an_empty_subject_and_a_critical_name() -> None:
    certificate = meter_certificate().to_cryptography()
    assert len(certificate.subject.rdns) == 0
    name = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert name.critical
    assert b"\x18\x0f99991231235959Z" in certificate.public_bytes(Encoding.DER)


def test_authorities_sign_certificates_and_lists_and_leaves_do_not() -> None:
    assert (ROOT.kind, ISSUING.kind) == (CertificateKind.ROOT, CertificateKind.ISSUING)
    assert ROOT.usage is ISSUING.usage is CertificateUsage.CERTIFICATE_SIGNING
    assert (ROOT.path_length, ISSUING.path_length) == (None, 0)
    assert (ROOT.authority_key_identifier, ISSUING.authority_key_identifier) == (
        None,
        ROOT.key_identifier,
    )
    assert supplier_certificate().path_length is None


def test_policies_tell_organisations_from_devices() -> None:
    assert supplier_certificate().policies == (TEST_ORGANISATION_POLICY.dotted_string,)
    assert meter_certificate().policies == (TEST_DEVICE_POLICY.dotted_string,)


def test_certificates_are_as_large_as_the_public_ones() -> None:
    assert 387 <= len(supplier_certificate().der) <= 434
    assert 410 <= len(meter_certificate().der) <= 421


def test_an_xml_signing_certificate_is_for_roles_87_and_89_only() -> None:
    with pytest.raises(ValueError, match="87 or 89, got 02"):
        build_xml_signing(
            LEAF_KEY.public_key(),
            issuer=ISSUER,
            eui=SUPPLIER,
            role=0x02,
            serial=serial(5),
            not_before=START,
            not_after=END,
        )


@given(st.binary(min_size=16, max_size=16))
def test_a_serial_number_is_16_octets_and_positive(octets: bytes) -> None:
    encoded = serial_number(octets).to_bytes(16, "big")
    assert 0x40 <= encoded[0] < 0x80


@given(keys)
def test_a_key_identifier_is_8_octets_that_begin_with_4(key: ec.EllipticCurvePrivateKey) -> None:
    identifier = subject_key_identifier(key.public_key())
    assert len(identifier) == 8
    assert identifier[0] >> 4 == 4


def test_organisation_certificates_run_for_ten_years_of_whole_days() -> None:
    assert organisation_validity(datetime(2024, 2, 29, 15, 30, tzinfo=UTC)) == (
        datetime(2024, 2, 29, tzinfo=UTC),
        datetime(2034, 2, 28, 23, 59, 59, tzinfo=UTC),
    )


@pytest.mark.parametrize("number", [0, 1, 1 << 118, 1 << 127])
def test_a_serial_number_of_another_length_is_refused_before_signing(number: int) -> None:
    with pytest.raises(ValueError, match="serial number"):
        build_root(ROOT_KEY, common_name="ZA", serial=number, not_before=START, not_after=END)


def test_a_signer_needs_the_key_of_its_certificate() -> None:
    with pytest.raises(ValueError, match="does not belong to CN=Z1,OU=07"):
        Signer(certificate=ISSUING, private_key=ROOT_KEY)


def test_references_compare_without_blanks_around_separators() -> None:
    expected = CertificateReference("CN=Z1,OU=07", 42)
    assert CertificateReference.from_text("CN = Z1, OU=07", "42") == expected


def test_a_tls_certificate_is_not_taken_for_one_of_the_smki() -> None:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "server")])
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    server = (
        x509.CertificateBuilder(name, name, LEAF_KEY.public_key(), serial(6), START, END)
        .add_extension(usage, critical=True)
        .sign(LEAF_KEY, hashes.SHA256())
    )
    with pytest.raises(RemoteCertificateError, match="uniqueIdentifier"):
        CertificateView.from_der(server.public_bytes(Encoding.DER))


Extension = tuple[x509.ExtensionType, bool]

_USAGE_BITS = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def key_usage(*names: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{bit: bit in names for bit in _USAGE_BITS})


def profile_extensions() -> dict[str, Extension]:
    policy = x509.PolicyInformation(TEST_ORGANISATION_POLICY, None)
    return {
        "usage": (key_usage("key_agreement"), True),
        "identifier": (
            x509.SubjectKeyIdentifier(subject_key_identifier(LEAF_KEY.public_key())),
            False,
        ),
        "policies": (x509.CertificatePolicies([policy]), True),
        "authority": (x509.AuthorityKeyIdentifier(ISSUING.key_identifier, None, None), False),
    }


def signed_with(extensions: dict[str, Extension]) -> bytes:
    """A supplier's certificate with these extensions, whatever the profile says."""
    subject = supplier_certificate().to_cryptography().subject
    issuer = ISSUING.to_cryptography().subject
    builder = x509.CertificateBuilder(issuer, subject, LEAF_KEY.public_key(), serial(8), START, END)
    for extension, critical in extensions.values():
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(ISSUING_KEY, hashes.SHA256()).public_bytes(Encoding.DER)


@pytest.mark.parametrize(
    ("changes", "departure"),
    [
        ({}, None),
        ({"usage": (key_usage("key_agreement"), False)}, "key_usage is not critical"),
        (
            {"identifier": (x509.SubjectKeyIdentifier(bytes(8)), False)},
            "subjectKeyIdentifier 0000000000000000 is not derived from the public key",
        ),
        (
            {"constraints": (x509.BasicConstraints(ca=False, path_length=None), True)},
            "a leaf carries basicConstraints",
        ),
        (
            {
                "authority": (
                    x509.AuthorityKeyIdentifier(
                        ISSUING.key_identifier,
                        [x509.DirectoryName(ROOT.to_cryptography().subject)],
                        ISSUING.serial,
                    ),
                    False,
                )
            },
            "authorityKeyIdentifier names issuer and serial",
        ),
        (
            {"purpose": (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), False)},
            "extension extended_key_usage is not in the profile",
        ),
    ],
)
def test_each_departure_from_the_profile_is_listed(
    changes: dict[str, Extension], departure: str | None
) -> None:
    view = CertificateView.from_der(signed_with(profile_extensions() | changes))
    assert view.departures == (() if departure is None else (departure,))


@pytest.mark.parametrize(
    ("missing", "departure"),
    [
        ("identifier", "subjectKeyIdentifier is missing"),
        ("policies", "certificatePolicies is missing"),
        ("authority", "authorityKeyIdentifier is missing"),
    ],
)
def test_each_missing_extension_is_listed(missing: str, departure: str) -> None:
    extensions = profile_extensions()
    del extensions[missing]
    assert CertificateView.from_der(signed_with(extensions)).departures == (departure,)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"usage": (key_usage("digital_signature", "key_agreement"), True)}, "keyUsage"),
        ({"usage": (key_usage("key_cert_sign", "crl_sign"), True)}, "without basicConstraints"),
        (
            {"constraints": (x509.BasicConstraints(ca=True, path_length=None), True)},
            "cA True with usage keyAgreement",
        ),
        (
            {"name": (x509.SubjectAlternativeName([x509.DNSName("a.example")]), True)},
            "single otherName",
        ),
        (
            {"purpose": (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), True)},
            "critical extension extended_key_usage is not in the profile",
        ),
    ],
)
def test_what_no_profile_allows_is_refused(changes: dict[str, Extension], complaint: str) -> None:
    with pytest.raises(RemoteCertificateError, match=complaint):
        CertificateView.from_der(signed_with(profile_extensions() | changes))


def test_an_extension_that_stands_twice_is_refused() -> None:
    parsed = asn1_x509.Certificate.load(supplier_certificate().der)
    tbs = parsed["tbs_certificate"]
    tbs["extensions"].append(tbs["extensions"][0].copy())
    doubled = asn1_x509.Certificate(
        {
            "tbs_certificate": tbs,
            "signature_algorithm": parsed["signature_algorithm"],
            "signature_value": ISSUING_KEY.sign(tbs.dump(force=True), ec.ECDSA(hashes.SHA256())),
        }
    ).dump(force=True)
    with pytest.raises(RemoteCertificateError, match="key_usage stands twice"):
        CertificateView.from_der(doubled)


def test_a_key_on_another_curve_is_refused() -> None:
    subject = supplier_certificate().to_cryptography().subject
    issuer = ISSUING.to_cryptography().subject
    key = ec.derive_private_key(13, ec.SECP384R1()).public_key()
    builder = x509.CertificateBuilder(issuer, subject, key, serial(9), START, END)
    for extension, critical in profile_extensions().values():
        builder = builder.add_extension(extension, critical=critical)
    der = builder.sign(ISSUING_KEY, hashes.SHA256()).public_bytes(Encoding.DER)
    with pytest.raises(RemoteCertificateError, match="P-256, got secp384r1"):
        CertificateView.from_der(der)


@pytest.mark.parametrize("text", ["", "no certificate", "-----BEGIN CERTIFICATE-----"])
def test_text_without_a_certificate_is_the_senders_fault(text: str) -> None:
    with pytest.raises(RemoteCertificateError, match="BEGIN CERTIFICATE"):
        CertificateView.from_pem(text)


@given(place=st.integers(0), flip=st.integers(1, 255), cut=st.booleans())
@settings(max_examples=150)
def test_damaged_octets_are_refused_or_no_longer_signed(place: int, flip: int, cut: bool) -> None:
    octets = bytearray(meter_certificate().der)
    place %= len(octets)
    if cut:
        del octets[place:]
    else:
        octets[place] ^= flip
    try:
        view = CertificateView.from_der(bytes(octets))
    except RemoteCertificateError:
        return
    assert not view.is_signed_by(ISSUING.public_key)
