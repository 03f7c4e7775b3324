"""The frame that Request and Response share: root, schemaVersion, place of the Signature."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from assay.duis.content import escape_attribute, local_name, read_children, write_element
from assay.duis.document import SIGNATURE_TAG, CanonicalXml, parse_document
from assay.duis.errors import DuisContentError, RemoteSchemaError
from assay.duis.lexical import ViolationError, quote, read_text
from assay.duis.schema.model import NAMESPACE, ComplexType
from assay.duis.schema.simple_types import DECIMAL
from assay.duis.values import Content, Value

SCHEMA_VERSION = "5.4"
_SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"


@dataclass(frozen=True, slots=True)
class Message:
    """Root element by name, its schemaVersion as written, and Header and Body."""

    name: str
    schema_version: str
    content: Content


def read_message(xml: bytes, types: dict[str, ComplexType]) -> Message:
    """One of the named roots; RemoteDocumentError or RemoteSchemaError otherwise."""
    return read_root(parse_document(xml), types)


def read_root(root: etree._Element, types: dict[str, ComplexType]) -> Message:
    """The same of a tree that `parse_document` made; a Signature is taken out of it."""
    name = local_name(root.tag)
    type_ = types.get(name)
    if type_ is None:
        raise RemoteSchemaError("/", f"element {' or '.join(types)}", f"element {name}")
    try:
        version = _read_version(root)
        _drop_signature(root)
        return Message(name, version, read_children(root, type_.particles))
    except ViolationError as violation:
        violation.inside(name)
        raise RemoteSchemaError(violation.path, violation.expected, violation.seen) from None


def write_message(name: str, type_: ComplexType, version: str, content: Value) -> CanonicalXml:
    """Canonical XML without Signature; DuisContentError where the content breaks the type."""
    out: list[str] = []
    try:
        _check_version(version)
        write_element(name, type_, content, out)
    except ViolationError as violation:
        violation.inside(name)
        raise DuisContentError(violation.path, violation.expected, violation.seen) from None
    out[0] = f'<sr:{name} xmlns:sr="{NAMESPACE}" schemaVersion="{escape_attribute(version)}"'
    return CanonicalXml("".join(out).encode())


def _read_version(root: etree._Element) -> str:
    for attribute in root.keys():  # noqa: SIM118 (an element iterates over its children)
        if attribute not in ("schemaVersion", _SCHEMA_LOCATION):
            raise ViolationError("no such attribute", f"attribute {attribute!r}")
    version = root.get("schemaVersion")
    if version is None:
        raise ViolationError("attribute schemaVersion", "none")
    try:
        _check_version(version)
    except ViolationError:
        raise ViolationError("a decimal schemaVersion", quote(version)) from None
    return version


def _check_version(version: str) -> None:
    if version != SCHEMA_VERSION:  # which nearly every document has
        read_text(DECIMAL, version)


def _drop_signature(root: etree._Element) -> None:
    """Signatures are the matter of `signature`; here only their place counts."""
    if not len(root) or root[-1].tag != SIGNATURE_TAG:
        return
    tail = (root[-1].tail or "").strip()
    if tail:
        raise ViolationError("nothing after the Signature", f"text {quote(tail)}")
    del root[-1]
