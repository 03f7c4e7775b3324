"""The XML signature of DUIS (clause 3.4.1.4): enveloped, ECDSA P-256 with SHA-256.

The recipe was proved on public samples. Its one trap: SignedInfo is canonicalised
exclusively, the document inclusively, because the Reference names no canonicalisation and
XML-DSig then means inclusive C14N 1.0.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from hmac import compare_digest
from typing import TypeAlias

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from lxml import etree

from assay.duis.content import escape
from assay.duis.document import SIGNATURE_TAG, CanonicalXml, parse_document
from assay.duis.errors import (
    CertificateUnknownError,
    DigestMismatchError,
    RemoteDocumentError,
    SignatureMismatchError,
)
from assay.duis.issuer import is_issued_by, issuer_text
from assay.duis.signature_form import SIGNED_INFO, read_form, signature_element

__all__ = [
    "FindCertificate",
    "VerifiedDocument",
    "is_issued_by",
    "remove_signature",
    "sign",
    "sign_canonical",
    "verify",
]

FindCertificate: TypeAlias = Callable[[str, int], x509.Certificate | None]
"""Issuer name as RFC 2253 text and serial number -> certificate, None if unknown."""

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_COORDINATE = 32  # octets of r and of s
_ECDSA = ec.ECDSA(hashes.SHA256())


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedDocument:
    """The octets that the digest covered (canonical, without the Signature) and who signed.

    Read `content`, or `root`, which is the tree that `content` was written from; never the
    octets that came off the wire.
    """

    content: CanonicalXml
    root: etree._Element = field(compare=False)
    certificate: x509.Certificate


def sign(xml: bytes, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> bytes:
    """The document in canonical form, with the Signature as last child of its root.

    ValueError if it is signed already (`remove_signature` first), is no document, or the key
    is not P-256. Whether key and certificate belong together is the caller's matter.
    """
    root = _parse_ours(xml)
    if next(root.iter(SIGNATURE_TAG), None) is not None:
        raise ValueError("expected an unsigned document, seen a Signature")
    return sign_canonical(_canonical(root), key, certificate)


def sign_canonical(
    content: CanonicalXml, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate
) -> bytes:
    """What `build_request` and `build_response` wrote, which need not be parsed again for it.

    ValueError if the key is not P-256.
    """
    if not isinstance(key.curve, ec.SECP256R1):
        raise ValueError(f"expected a P-256 key, seen {key.curve.name}")
    signed_info = SIGNED_INFO.format(digest=b64encode(sha256(content).digest()).decode())
    r, s = decode_dss_signature(key.sign(signed_info.encode(), _ECDSA))
    raw = r.to_bytes(_COORDINATE, "big") + s.to_bytes(_COORDINATE, "big")
    element = signature_element(
        signed_info=signed_info,
        value=b64encode(raw).decode(),
        issuer=escape(issuer_text(certificate)),
        serial=certificate.serial_number,
    )
    end = content.rindex(b"</")
    return b"".join((_DECLARATION, content[:end], element.encode(), content[end:]))


def verify(xml: bytes, find_certificate: FindCertificate) -> VerifiedDocument:
    """Check the signature; RemoteDocumentError or a RemoteSignatureError otherwise.

    Says nothing about validity, revocation or the right of the signer: the caller's part.
    """
    root = parse_document(xml)
    form = read_form(root)
    signed_info = etree.tostring(form.signed_info, method="c14n", exclusive=True)
    certificate = _certificate(find_certificate, form.issuer, form.serial)
    _take_out(root, form.signature)
    content = _canonical(root)
    digest = b64encode(sha256(content).digest()).decode()
    if not compare_digest(digest, form.digest):
        raise DigestMismatchError(f"expected digest {digest}, seen {form.digest}")
    _check_value(signed_info, form.value, certificate)
    return VerifiedDocument(content=content, root=root, certificate=certificate)


def remove_signature(xml: bytes) -> CanonicalXml:
    """The document in canonical form without its Signature (of a template, or to sign it anew).

    ValueError if it is no document.
    """
    root = _parse_ours(xml)
    for signature in list(root.iterchildren(SIGNATURE_TAG)):
        _take_out(root, signature)
    return _canonical(root)


def _parse_ours(xml: bytes) -> etree._Element:
    try:
        return parse_document(xml)
    except RemoteDocumentError as problem:
        raise ValueError(str(problem)) from None


def _canonical(root: etree._Element) -> CanonicalXml:
    return CanonicalXml(etree.tostring(root, method="c14n", with_comments=False))


def _take_out(root: etree._Element, signature: etree._Element) -> None:
    """Remove the element but keep the text behind it, which the digest covers."""
    tail = signature.tail or ""
    previous = signature.getprevious()
    root.remove(signature)
    if previous is None:
        root.text = (root.text or "") + tail
    else:
        previous.tail = (previous.tail or "") + tail


def _certificate(find: FindCertificate, issuer: str, serial: int) -> x509.Certificate:
    certificate = find(issuer, serial)
    if certificate is None:
        raise CertificateUnknownError(f"expected a known certificate, seen {issuer} {serial}")
    if certificate.serial_number != serial or not is_issued_by(certificate, issuer):
        known = f"{issuer_text(certificate)} {certificate.serial_number}"
        raise CertificateUnknownError(f"expected {known}, seen {issuer} {serial}")
    return certificate


@lru_cache(maxsize=1024)
def _p256_key(certificate: x509.Certificate) -> ec.EllipticCurvePublicKey:
    """Kept: a certificate never changes, and few sign everything."""
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise SignatureMismatchError("expected a certificate with a P-256 key, seen another")
    return key


def _check_value(signed_info: bytes, value: str, certificate: x509.Certificate) -> None:
    key = _p256_key(certificate)
    try:
        raw = b64decode("".join(value.split()), validate=True)
    except binascii.Error:
        raise SignatureMismatchError(f"expected base64, seen SignatureValue {value!r}") from None
    if len(raw) != 2 * _COORDINATE:
        raise SignatureMismatchError(f"expected 64 octets r and s, seen {len(raw)} octets")
    r, s = int.from_bytes(raw[:_COORDINATE], "big"), int.from_bytes(raw[_COORDINATE:], "big")
    try:
        key.verify(encode_dss_signature(r, s), signed_info, _ECDSA)
    except InvalidSignature:
        subject = certificate.subject.rfc4514_string()
        raise SignatureMismatchError(f"expected a signature by {subject}, seen another") from None
