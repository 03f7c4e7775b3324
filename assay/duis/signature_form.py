"""The one form of Signature that DUIS allows, to write and to recognise.

Whatever differs (a second reference, another transform, a namespace prefix list, an Object)
changes what is signed, so it is refused and not interpreted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from assay.duis.document import SIGNATURE_NAMESPACE, SIGNATURE_TAG
from assay.duis.errors import SignatureMissingError, SignatureStructureError

_EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
_ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
_ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"

SIGNED_INFO = (
    f'<ds:SignedInfo xmlns:ds="{SIGNATURE_NAMESPACE}">'
    f'<ds:CanonicalizationMethod Algorithm="{_EXCLUSIVE_C14N}"></ds:CanonicalizationMethod>'
    f'<ds:SignatureMethod Algorithm="{_ECDSA_SHA256}"></ds:SignatureMethod>'
    '<ds:Reference URI="">'
    f'<ds:Transforms><ds:Transform Algorithm="{_ENVELOPED}"></ds:Transform></ds:Transforms>'
    f'<ds:DigestMethod Algorithm="{_SHA256}"></ds:DigestMethod>'
    "<ds:DigestValue>{digest}</ds:DigestValue>"
    "</ds:Reference></ds:SignedInfo>"
)
"""Already in exclusive canonical form, so that what is signed is what is written."""


def signature_element(*, signed_info: str, value: str, issuer: str, serial: int) -> str:
    """The Signature as text; the issuer is escaped already."""
    return (
        f'<ds:Signature xmlns:ds="{SIGNATURE_NAMESPACE}">{signed_info}'
        f"<ds:SignatureValue>{value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data>"
        f"<ds:X509IssuerSerial><ds:X509IssuerName>{issuer}</ds:X509IssuerName>"
        f"<ds:X509SerialNumber>{serial}</ds:X509SerialNumber></ds:X509IssuerSerial>"
        "</ds:X509Data></ds:KeyInfo></ds:Signature>"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureForm:
    """What a Signature of the right form says. The elements are still inside their document."""

    signature: etree._Element
    signed_info: etree._Element
    digest: str  # base64
    value: str  # base64, may hold line breaks
    issuer: str
    serial: int


_PREFIX = f"{{{SIGNATURE_NAMESPACE}}}"
_Part: TypeAlias = tuple[str, str, tuple[tuple[str, str], ...]]
"""Tag, tag of the parent, attributes: enough to tell the tree, as no name occurs twice in it."""


def _part(name: str, parent: str, **attribute: str) -> _Part:
    return (f"{_PREFIX}{name}", f"{_PREFIX}{parent}", tuple(attribute.items()))


_FORM = (
    _part("SignedInfo", "Signature"),
    _part("CanonicalizationMethod", "SignedInfo", Algorithm=_EXCLUSIVE_C14N),
    _part("SignatureMethod", "SignedInfo", Algorithm=_ECDSA_SHA256),
    _part("Reference", "SignedInfo", URI=""),
    _part("Transforms", "Reference"),
    _part("Transform", "Transforms", Algorithm=_ENVELOPED),
    _part("DigestMethod", "Reference", Algorithm=_SHA256),
    _part("DigestValue", "Reference"),
    _part("SignatureValue", "Signature"),
    _part("KeyInfo", "Signature"),
    _part("X509Data", "KeyInfo"),
    _part("X509IssuerSerial", "X509Data"),
    _part("X509IssuerName", "X509IssuerSerial"),
    _part("X509SerialNumber", "X509IssuerSerial"),
)
_TAGS = tuple(tag for tag, _, _ in _FORM)
_SERIAL = re.compile(r"[0-9]{1,49}")  # 20 octets, RFC 5280


def read_form(root: etree._Element) -> SignatureForm:
    """The document's Signature.

    SignatureMissingError where there is none; SignatureStructureError unless it has the one form.

    It must be the last child of the root and the only Signature anywhere, so that nothing
    can be wrapped around or hidden beside what was signed.
    """
    signature = _only_signature(root)
    nodes = list(signature.iterdescendants())
    for expected, node in zip(_FORM, nodes, strict=False):
        _check_part(expected, node)
    if len(nodes) != len(_FORM):
        raise SignatureStructureError(
            f"expected {len(_FORM)} elements in the Signature, seen {len(nodes)}"
        )
    by_tag = dict(zip(_TAGS, nodes, strict=True))
    serial = _text(by_tag, "X509SerialNumber")
    if not _SERIAL.fullmatch(serial):
        raise SignatureStructureError(f"expected a decimal serial number, seen {serial!r}")
    return SignatureForm(
        signature=signature,
        signed_info=nodes[0],
        digest="".join(_text(by_tag, "DigestValue").split()),
        value=_text(by_tag, "SignatureValue"),
        issuer=_text(by_tag, "X509IssuerName"),
        serial=int(serial),
    )


def _only_signature(root: etree._Element) -> etree._Element:
    signatures = list(root.iter(SIGNATURE_TAG))
    if not signatures:
        raise SignatureMissingError("expected a signed document, seen no Signature")
    if len(signatures) != 1:
        raise SignatureStructureError(f"expected one Signature, seen {len(signatures)}")
    signature = signatures[0]
    if signature.getparent() is not root or signature.getnext() is not None:
        raise SignatureStructureError("expected the Signature as last child of the root")
    if signature.attrib:
        raise SignatureStructureError("expected a Signature without attributes")
    return signature


def _text(by_tag: dict[str, etree._Element], name: str) -> str:
    return (by_tag[_PREFIX + name].text or "").strip()


def _check_part(expected: _Part, node: etree._Element) -> None:
    parent = node.getparent()
    seen = (node.tag, "" if parent is None else parent.tag, tuple(node.items()))
    if seen != expected:
        raise SignatureStructureError(f"expected {_words(*expected)}, seen {_words(*seen)}")


def _words(tag: str, parent: str, attributes: Iterable[tuple[object, object]]) -> str:
    shown = "".join(f" {name}={value!r}" for name, value in attributes)
    return f"{parent.removeprefix(_PREFIX)}/{tag.removeprefix(_PREFIX)}{shown}"
