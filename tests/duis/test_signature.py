from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree
from signxml.verifier import XMLVerifier

from assay.duis import (
    CertificateUnknownError,
    DigestMismatchError,
    RemoteDocumentError,
    RemoteSignatureError,
    Request,
    RequestId,
    SignatureMismatchError,
    SignatureMissingError,
    SignatureStructureError,
    build_request,
    is_issued_by,
    parse_request,
    parse_response,
    remove_signature,
    sign,
    verify,
)
from assay.duis.signature import FindCertificate
from assay.gbcs.identifiers import Eui64

Issue = Callable[[], tuple[ec.EllipticCurvePrivateKey, x509.Certificate]]

REQUEST = Request(
    request_id=RequestId(Eui64(bytes(8)), Eui64(bytes(7) + b"\x01"), 1),
    command_variant=4,
    srv="7.2",
    body={},
)
PLAIN = build_request(REQUEST)


@pytest.fixture(scope="module")
def signer(issue: Issue) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    return issue()


@pytest.fixture(scope="module")
def certificate(signer: tuple[ec.EllipticCurvePrivateKey, x509.Certificate]) -> x509.Certificate:
    return signer[1]


@pytest.fixture(scope="module")
def signed(signer: tuple[ec.EllipticCurvePrivateKey, x509.Certificate]) -> bytes:
    return sign(PLAIN, *signer)


def knowing(*certificates: x509.Certificate) -> FindCertificate:
    def find(issuer: str, serial: int) -> x509.Certificate | None:
        for certificate in certificates:
            if certificate.serial_number == serial and is_issued_by(certificate, issuer):
                return certificate
        return None

    return find


def test_what_we_sign_we_verify(signed: bytes, certificate: x509.Certificate) -> None:
    document = verify(signed, knowing(certificate))
    assert document.certificate == certificate
    assert document.content == PLAIN
    assert parse_request(document.content) == REQUEST


def test_an_independent_library_verifies_what_we_sign(
    signed: bytes, certificate: x509.Certificate
) -> None:
    result = XMLVerifier().verify(signed, x509_cert=certificate)
    assert result.signed_data == PLAIN


def test_a_signed_document_is_valid_by_the_schema(
    signed: bytes, duis_schema: etree.XMLSchema
) -> None:
    duis_schema.assertValid(etree.fromstring(signed))


@pytest.mark.parametrize("tail", ["", "\n  ", "<!-- note -->"])
def test_layout_of_the_signed_document_is_kept(
    signer: tuple[ec.EllipticCurvePrivateKey, x509.Certificate], tail: str
) -> None:
    lines = PLAIN.replace(b"><", b">\n  <")
    laid_out = lines.replace(b"</sr:Request>", tail.encode() + b"</sr:Request>")
    signed = sign(laid_out, *signer)
    assert parse_request(verify(signed, knowing(signer[1])).content) == REQUEST
    XMLVerifier().verify(signed, x509_cert=signer[1])


def test_white_space_behind_the_signature_is_part_of_what_was_signed(
    signed: bytes, certificate: x509.Certificate
) -> None:
    moved = signed.replace(b"</ds:Signature>", b"</ds:Signature>\n")
    with pytest.raises(DigestMismatchError):
        verify(moved, knowing(certificate))


def test_unused_namespace_declarations_are_signed_too(
    signer: tuple[ec.EllipticCurvePrivateKey, x509.Certificate],
) -> None:
    signed = sign(PLAIN.replace(b" schemaVersion", b' xmlns:x="urn:x" schemaVersion'), *signer)
    verify(signed, knowing(signer[1]))
    with pytest.raises(DigestMismatchError):
        verify(signed.replace(b' xmlns:x="urn:x"', b""), knowing(signer[1]))


def test_a_signed_document_is_not_signed_twice(
    signed: bytes, signer: tuple[ec.EllipticCurvePrivateKey, x509.Certificate]
) -> None:
    with pytest.raises(ValueError, match="seen a Signature"):
        sign(signed, *signer)
    assert remove_signature(signed) == PLAIN


def test_only_a_p_256_key_signs(certificate: x509.Certificate) -> None:
    with pytest.raises(ValueError, match="secp384r1"):
        sign(PLAIN, ec.generate_private_key(ec.SECP384R1()), certificate)


# What is wrong has its own error


def test_no_signature(certificate: x509.Certificate) -> None:
    with pytest.raises(SignatureMissingError):
        verify(PLAIN, knowing(certificate))


def test_a_changed_document(signed: bytes, certificate: x509.Certificate) -> None:
    changed = signed.replace(b"DisableSupply", b"EnableSupply")
    with pytest.raises(DigestMismatchError):
        verify(changed, knowing(certificate))


def test_another_key(issue: Issue, certificate: x509.Certificate) -> None:
    key, _ = issue()
    with pytest.raises(SignatureMismatchError):
        verify(sign(PLAIN, key, certificate), knowing(certificate))


def test_a_changed_digest_is_caught_by_the_signature(
    signed: bytes, certificate: x509.Certificate
) -> None:
    other = PLAIN.replace(b"DisableSupply", b"EnableSupply")
    transplanted = sign_with_digest_of(other, signed)
    with pytest.raises(SignatureMismatchError):
        verify(transplanted, knowing(certificate))


def sign_with_digest_of(content: bytes, signed: bytes) -> bytes:
    """The signature of `signed`, its digest corrected, on another document."""
    signature = signature_of(signed)
    old = signature.split(b"<ds:DigestValue>")[1].split(b"<")[0]
    signature = signature.replace(old, b64encode(sha256(content).digest()))
    return content.replace(b"</sr:Request>", signature + b"</sr:Request>")


def test_an_unknown_certificate(signed: bytes) -> None:
    with pytest.raises(CertificateUnknownError):
        verify(signed, knowing())


def test_a_store_that_answers_with_another_certificate_is_not_believed(
    signed: bytes, issue: Issue
) -> None:
    _, other = issue()
    with pytest.raises(CertificateUnknownError):
        verify(signed, lambda _issuer, _serial: other)


STRUCTURE = {
    "other digest": (b"xmlenc#sha256", b"xmlenc#sha512"),
    "other signature method": (b"ecdsa-sha256", b"hmac-sha256"),
    "other canonicalisation": (b"xml-exc-c14n#", b"xml-exc-c14n#WithComments"),
    "other transform": (b"#enveloped-signature", b"#base64"),
    "second transform": (
        b"</ds:Transforms>",
        b'<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms>',
    ),
    "no transform": (
        b'<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature">'
        b"</ds:Transform>",
        b"",
    ),
    "second reference": (
        b"</ds:Reference></ds:SignedInfo>",
        b'</ds:Reference><ds:Reference URI="#x"/></ds:SignedInfo>',
    ),
    "reference to a part": (b'URI=""', b'URI="#part"'),
    "object": (b"</ds:Signature>", b"<ds:Object/></ds:Signature>"),
    "prefix list": (
        b"</ds:CanonicalizationMethod>",
        b'<x xmlns="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="sr"/>'
        b"</ds:CanonicalizationMethod>",
    ),
    "certificate in place of its name": (b"X509IssuerSerial", b"X509Certificate"),
    "identifier": (b"<ds:SignedInfo", b'<ds:SignedInfo Id="x"'),
    "serial number that is none": (b"<ds:X509SerialNumber>", b"<ds:X509SerialNumber>x"),
    "no issuer": (b"<ds:KeyInfo>", b"<ds:KeyInfo/><ds:KeyInfo>"),
}


@pytest.mark.parametrize(("good", "bad"), STRUCTURE.values(), ids=STRUCTURE.keys())
def test_another_form_of_signature_is_refused(
    signed: bytes, certificate: x509.Certificate, good: bytes, bad: bytes
) -> None:
    assert good in signed
    with pytest.raises(SignatureStructureError, match="expected"):
        verify(signed.replace(good, bad), knowing(certificate))


def signature_of(signed: bytes) -> bytes:
    start, end = signed.index(b"<ds:Signature "), signed.index(b"</ds:Signature>")
    return signed[start:end] + b"</ds:Signature>"


def test_two_signatures_are_refused(signed: bytes, certificate: x509.Certificate) -> None:
    doubled = signed.replace(b"</sr:Request>", signature_of(signed) + b"</sr:Request>")
    with pytest.raises(SignatureStructureError, match="one Signature, seen 2"):
        verify(doubled, knowing(certificate))


def test_a_signature_before_the_body_is_refused(
    signed: bytes, certificate: x509.Certificate
) -> None:
    signature = signature_of(signed)
    moved = signed.replace(signature, b"").replace(b"<sr:Body>", signature + b"<sr:Body>")
    with pytest.raises(SignatureStructureError, match="last child"):
        verify(moved, knowing(certificate))


def test_a_signed_document_wrapped_in_another_is_refused(
    signed: bytes, certificate: x509.Certificate
) -> None:
    evil = PLAIN.replace(b"DisableSupply", b"EnableSupply")
    inner = signed[signed.index(b"<sr:Request") :]
    wrapped = evil.replace(b"</sr:Request>", inner + b"</sr:Request>")
    with pytest.raises(SignatureStructureError, match="last child"):
        verify(wrapped, knowing(certificate))


@pytest.mark.parametrize("value", [b"!", b"AAAA", b64encode(bytes(64))])
def test_a_signature_value_that_is_none(
    signed: bytes, certificate: x509.Certificate, value: bytes
) -> None:
    old = signed.split(b"<ds:SignatureValue>")[1].split(b"<")[0]
    with pytest.raises(SignatureMismatchError):
        verify(signed.replace(old, value), knowing(certificate))


# Issuer names


@pytest.mark.parametrize("text", ["CN=Z1,OU=07", "OU=07,CN=Z1", "cn=Z1, ou=07", " CN=Z1 ; OU=07 "])
def test_issuers_are_compared_by_value(certificate: x509.Certificate, text: str) -> None:
    assert is_issued_by(certificate, text)


@pytest.mark.parametrize(
    "text", ["CN=Z1", "CN=Z1,OU=7", "CN=Z1,OU=07,OU=07", "CN=z1,OU=07", "Z1", ""]
)
def test_another_issuer_is_another_issuer(certificate: x509.Certificate, text: str) -> None:
    assert not is_issued_by(certificate, text)


# The public samples


def _outcome(xml: bytes, find: FindCertificate) -> str:
    try:
        parse_response(verify(xml, find).content)
    except RemoteDocumentError:
        return "refused"
    except RemoteSignatureError as problem:
        return problem.reason
    return "verified"


def _expected(entry: dict[str, object]) -> str:
    result = entry["result"]
    if result == "unsigned":
        return "missing"
    if not isinstance(result, dict):
        return "refused"
    if result["serial"] is None:
        return "structure"
    if result["cert_file"] is None:
        return "unknown certificate"
    if not result["digest_ok"]:
        return "digest"
    return "verified" if result["signature_ok"] else "signature"


def test_the_public_samples_come_out_as_recorded(shared: Path) -> None:
    folder = shared / "reference/duis"
    known = [
        x509.load_pem_x509_certificate(path.read_bytes())
        for path in (folder / "certs").glob("*.pem")
    ]
    recorded = json.loads((folder / "signed/expected.json").read_text())
    outcomes = {
        name: _outcome((folder / "signed" / name).read_bytes(), knowing(*known))
        for name in recorded
    }
    assert outcomes == {name: _expected(entry) for name, entry in recorded.items()}
    assert sorted(outcomes.values()).count("verified") == 6


def test_a_public_request_can_be_signed_once_its_placeholder_is_gone(
    shared: Path, signer: tuple[ec.EllipticCurvePrivateKey, x509.Certificate]
) -> None:
    folder = shared / "reference/duis/requests"
    template = (folder / "12.2_DEVICE_PRE_NOTIFICATION_REQUEST_DUIS.XML").read_bytes()
    signed = sign(remove_signature(template), *signer)
    verified = verify(signed, knowing(signer[1]))
    assert parse_request(verified.content) == parse_request(template)
    XMLVerifier().verify(signed, x509_cert=signer[1])
