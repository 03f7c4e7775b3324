"""XML that comes to the SMKI web services (Appendix M A-E) and the repository, strictly read.

Element order and limits are those of Appendix M; the namespace is not in our references,
so any one namespace or none is taken and the answer uses the same (inferred). No document
type, no entities: what an attacker could expand or fetch never reaches a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from assay.dcc.pki.batches import BatchedRequest
from assay.dcc.pki.repository import CertificateStatus
from assay.gbcs.certificates import CertificateKind, CertificateUsage
from assay.gbcs.identifiers import Eui64

VERSION = "1.0"
MESSAGE_OCTETS = 64 * 1024
BATCH_OCTETS = 64 * 1024 * 1024  # 50,000 requests of some 600 base64 characters, and their tags

_XML_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_DIGITS = re.compile(r"[0-9]+")
_SERIAL = re.compile(r"[0-9A-Fa-f]{1,40}")  # of at most 20 octets (RFC 5280)
USAGES = {"DS": CertificateUsage.DIGITAL_SIGNATURE, "KA": CertificateUsage.KEY_AGREEMENT}


class RemoteMessageError(Exception):
    """XML that is not the message expected: what was expected, what stood there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRequestMessage:
    id: str
    namespace: str | None
    request_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchMessage:
    id: str
    namespace: str | None
    requests: tuple[BatchedRequest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateQuery:
    """A search; None leaves a criterion out. Organisations and devices are searched apart."""

    namespace: str | None
    eui: Eui64 | None = None
    kind: CertificateKind | None = None
    role: int | None = None
    usage: CertificateUsage | None = None
    status: CertificateStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialQuery:
    """A request for one certificate. `serials` are those that its text may mean, likeliest first:
    the public clients write hexadecimal, an XML signature names its certificate in decimal."""

    namespace: str | None
    serials: tuple[int, ...]


class Message:
    """A parsed document: children are taken in order, and none may be left over."""

    def __init__(self, body: bytes) -> None:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            self.root = etree.fromstring(body, parser)
        except etree.XMLSyntaxError as error:
            raise RemoteMessageError(f"not well-formed XML: {error.msg}") from error
        docinfo: Any = self.root.getroottree().docinfo  # the stubs allow for a missing one
        if docinfo.doctype:
            raise RemoteMessageError("a document type declaration is not allowed")
        name = etree.QName(self.root)
        self.namespace = name.namespace
        self.name = name.localname

    def expect(self, name: str) -> None:
        if self.name != name:
            raise RemoteMessageError(f"expected {name}, got {self.name}")

    def id(self, longest: int) -> str:
        return _attribute(self.root, "ID", longest)

    def children(self) -> list[tuple[str, etree._Element]]:
        """Local names and elements; text, comments and instructions beside them are refused."""
        found = []
        for child in self.root.iterchildren():
            name = None if not isinstance(child.tag, str) else etree.QName(child)
            if name is None or name.namespace != self.namespace:
                raise RemoteMessageError(f"unexpected content in {self.name}: {child.tag}")
            if (child.tail or "").strip():
                raise RemoteMessageError(f"unexpected text in {self.name}")
            found.append((name.localname, child))
        if (self.root.text or "").strip():
            raise RemoteMessageError(f"unexpected text in {self.name}")
        return found


def read_device_request(body: bytes) -> DeviceRequestMessage:
    message = Message(body)
    message.expect("DeviceCertificateSigningRequest")
    message_id = message.id(longest=32)
    children = message.children()
    _expect_names(children, ["Version", "CertificateSigningRequest"])
    _expect_version(children[0][1])
    return DeviceRequestMessage(
        id=message_id, namespace=message.namespace, request_text=_text(children[1][1])
    )


def read_batch(body: bytes) -> BatchMessage:
    message = Message(body)
    message.expect("SubmitCSRBatch")
    message_id = message.id(longest=256)
    children = message.children()
    if len(children) < 2:
        raise RemoteMessageError("expected Version and at least one DeviceCSR")
    _expect_names(children, ["Version", *["DeviceCSR"] * (len(children) - 1)])
    _expect_version(children[0][1])
    requests = tuple(
        BatchedRequest(id=_xml_id(element), text=_text(element)) for _, element in children[1:]
    )
    if len({request.id for request in requests}) != len(requests):
        raise RemoteMessageError("two DeviceCSR elements have the same ID")
    return BatchMessage(id=message_id, namespace=message.namespace, requests=requests)


def read_repository_query(body: bytes) -> CertificateQuery | SerialQuery:
    message = Message(body)
    values = {}
    for name, element in message.children():
        if name in values:
            raise RemoteMessageError(f"{name} stands twice")
        values[name] = _text(element)
    if message.name == "CertificateDataRequest":
        return _serial_query(values, message.namespace)
    message.expect("CertificateSearchRequest")
    return _certificate_query(values, message.namespace)


def _certificate_query(values: dict[str, str], namespace: str | None) -> CertificateQuery:
    known = {
        "CertificateSubjectName",
        "CertificateSubjectAltName",
        "CertificateRole",
        "CertificateUsage",
        "CertificateStatus",
    }
    if not values or not values.keys() <= known:
        raise RemoteMessageError(f"expected some of {sorted(known)}, got {sorted(values)}")
    subject = values.get("CertificateSubjectName")
    device = values.get("CertificateSubjectAltName")
    if subject is not None and device is not None:
        raise RemoteMessageError("a search names an organisation or a device, not both")
    role = values.get("CertificateRole")
    if role is not None and (not _DIGITS.fullmatch(role) or int(role) > 0xFF):
        raise RemoteMessageError(f"CertificateRole: expected 0 to 255, got {role!r}")
    try:
        usage, status = values.get("CertificateUsage"), values.get("CertificateStatus")
        return CertificateQuery(
            namespace=namespace,
            eui=Eui64.from_text(subject or device or "") if subject or device else None,
            kind=_kind(subject, device),
            role=None if role is None else int(role),
            usage=None if usage is None else USAGES[usage],
            status=None if status is None else CertificateStatus(status),
        )
    except (ValueError, KeyError) as error:
        raise RemoteMessageError(f"a criterion of the search has no such value: {error}") from error


def _kind(subject: str | None, device: str | None) -> CertificateKind | None:
    if subject is not None:
        return CertificateKind.ORGANISATION
    return None if device is None else CertificateKind.DEVICE


def _serial_query(values: dict[str, str], namespace: str | None) -> SerialQuery:
    text = values.get("CertificateSerial", "")
    if len(values) != 1 or not _SERIAL.fullmatch(text):
        raise RemoteMessageError(f"expected one CertificateSerial in hexadecimal, got {values}")
    decimal = (int(text),) if _DIGITS.fullmatch(text) else ()
    return SerialQuery(namespace=namespace, serials=(int(text, 16), *decimal))


def _attribute(element: etree._Element, name: str, longest: int) -> str:
    value = element.get(name)
    if value is None or not 1 <= len(value) <= longest:
        raise RemoteMessageError(f"{name}: expected 1 to {longest} characters, got {value!r}")
    return value


def _xml_id(element: etree._Element) -> str:
    value = _attribute(element, "ID", longest=100)
    if not _XML_ID.fullmatch(value):
        raise RemoteMessageError(f"ID is not an xs:ID: {value!r}")
    return value


def _expect_names(children: list[tuple[str, etree._Element]], names: list[str]) -> None:
    seen = [name for name, _ in children]
    if seen != names:
        raise RemoteMessageError(f"expected {names[:3]}, got {seen[:3]} ({len(seen)} elements)")


def _expect_version(element: etree._Element) -> None:
    if _text(element) != VERSION:
        raise RemoteMessageError(f"Version: expected {VERSION}, got {_text(element)!r}")


def _text(element: etree._Element) -> str:
    if len(element):
        raise RemoteMessageError(f"{element.tag}: expected text, got elements")
    return element.text or ""
