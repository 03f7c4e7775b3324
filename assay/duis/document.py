"""Octets to an element tree, with everything refused that DUIS does not need.

No DOCTYPE, so no entities; UTF-8 only; no processing instructions; bounded size. Comments
are dropped while parsing: signatures are taken over documents without comments, so a comment
inside a value must not cut that value in two. libxml2 bounds the depth (256 elements, 2,048
in documents above 9 MB), the schema bounds it much earlier.
"""

from __future__ import annotations

import re
from typing import NewType

from lxml import etree

from assay.duis.errors import RemoteDocumentError

MAX_DOCUMENT_SIZE = 16 * 2**20
"""Octets. The largest message, 11.1 with image and device list, needs about 15 MB."""

SIGNATURE_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#"
SIGNATURE_TAG = f"{{{SIGNATURE_NAMESPACE}}}Signature"

CanonicalXml = NewType("CanonicalXml", bytes)
"""A document in canonical form (inclusive C14N 1.0, no comments) and without a Signature."""

_HUGE = 9_000_000  # libxml2 takes texts up to 10,000,000 octets unless told otherwise
_DECLARED_ENCODING = re.compile(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)[\"']")


def _parser(*, huge_tree: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        huge_tree=huge_tree,
    )


_PARSERS = {is_huge: _parser(huge_tree=is_huge) for is_huge in (False, True)}
"""A parser keeps nothing from one document to the next, and lets one thread in at a time."""


def parse_document(xml: bytes) -> etree._Element:
    """The root of the document; RemoteDocumentError if it is not one that we accept."""
    _refuse_by_octets(xml)
    try:
        root = etree.fromstring(xml, _PARSERS[len(xml) > _HUGE])
    except etree.XMLSyntaxError as problem:
        raise RemoteDocumentError(f"expected well-formed XML, seen {problem}") from None
    _refuse_instructions(root)
    return root


def _refuse_by_octets(xml: bytes) -> None:
    if len(xml) > MAX_DOCUMENT_SIZE:
        raise RemoteDocumentError(
            f"expected at most {MAX_DOCUMENT_SIZE} octets, seen {len(xml)} octets"
        )
    if b"\x00" in xml:  # also every UTF-16 and UTF-32 text
        raise RemoteDocumentError("expected UTF-8, seen a zero octet")
    declared = _DECLARED_ENCODING.match(xml.removeprefix(b"\xef\xbb\xbf"))
    if declared is not None and declared[1].lower() != b"utf-8":
        raise RemoteDocumentError(f"expected UTF-8, seen encoding {declared[1]!r}")
    if b"<!DOCTYPE" in xml:
        raise RemoteDocumentError("expected no DOCTYPE, seen one")


def _refuse_instructions(root: etree._Element) -> None:
    beside = root.getprevious() is not None or root.getnext() is not None
    if beside or next(root.iter(etree.ProcessingInstruction), None) is not None:
        raise RemoteDocumentError("expected no processing instruction, seen one")
