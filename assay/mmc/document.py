"""Parse: the octets of a response or alert to an MMC document and typed values.

The document is what MMC V5.4 calls GBCSResponse: a header from the grouping header, and a
body of the response's element with debug information, or of the alert. Where sensitive data
stay shut for want of a key, the body holds the encrypted fragments instead, as the first of
the two passes that the schema foresees; with the key both passes are one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lxml import etree

from assay.gbcs import catalogue
from assay.gbcs.date_time import DateTime
from assay.gbcs.errors import GbcsError
from assay.gbcs.gbz.components import frame_command
from assay.gbcs.keys import KeyStore
from assay.mmc.alerts import alert_nodes
from assay.mmc.content import Content, open_message
from assay.mmc.elements import ELEMENTS, candidates, reference_of, variant_of
from assay.mmc.errors import MmcError, RemoteMmcError
from assay.mmc.nodes import Base64, Node, to_element, values_of
from assay.mmc.rows import ROWS
from assay.mmc.rows.configuration import clock_status
from assay.mmc.rows.credentials import succeeded as asn1_succeeded
from assay.mmc.statuses import cosem_debug, succeeded, zigbee_debug
from assay.mmc.templates import Reading, apply
from assay.mmc.values import hexadecimal

SCHEMA_VERSION = Decimal("5.4")
_UNKNOWN_STATUS = 0xFF
_FROM_GSME = 0x04


@dataclass(frozen=True, slots=True, kw_only=True)
class MmcDocument:
    """One parsed response or alert.

    `variants` are the service request variants that the message can answer; the first is the
    one written. More than one means that the message alone does not tell, and no hint was
    given. `succeeded` is None where it is unknown: an alert, or data that stay encrypted.
    `is_sealed`: a key is missing to read the data.
    """

    root: Node
    content: Content
    use_case: str
    variants: tuple[str, ...]
    element: str | None
    succeeded: bool | None

    @property
    def is_sealed(self) -> bool:
        return self.content.is_sealed

    def to_xml(self, *, indented: bool = False) -> bytes:
        """UTF-8, with an XML declaration; the same octets for the same message, always."""
        element = to_element(self.root)
        if indented:
            etree.indent(element)
        return etree.tostring(element, xml_declaration=True, encoding="UTF-8")

    @property
    def header(self) -> dict[str, Any]:
        (head, _) = self.root.content
        return values_of(head.content)

    @property
    def values(self) -> dict[str, Any]:
        """Typed values of the response's element, or of the alert, by the schema's names."""
        body = self.root.content[1].content[0]
        for node in body.content or ():
            if node.name == "SMETSData":
                return values_of(node.content[0].content or ())
            if node.name == "DeviceAlertContent":
                return values_of(node.content)
        return {}

    @property
    def debug(self) -> dict[str, Any]:
        body = self.root.content[1].content[0]
        found = next((node for node in body.content or () if node.name == "DebugInfo"), None)
        return {} if found is None else values_of(found.content)


def parse_mmc(
    octets: bytes,
    keys: KeyStore | None = None,
    *,
    variant: str | None = None,
) -> MmcDocument:
    """The MMC document of a device's response or alert.

    `keys`: without, nothing is checked or decrypted; with, a signature or MAC that does not
    verify is refused, one whose key is missing is let through (`content` says which).
    `variant`: the service request variant of the request, where the caller knows it.

    Raises:
        NoMmcForm: a command, or a message that belongs to no user's request.
        RemoteMmcError: octets that are no message, or not one of the use case they name.
        RemoteProtectionError: a signature, MAC or ciphertext that does not verify.
    """
    content = open_message(octets, keys)
    try:
        return _alert(content) if content.is_alert else _response(content, variant)
    except MmcError:
        raise
    except _MALFORMED as error:
        seen = f"{type(error).__name__}: {error}"
        expected = "data as its use case has them"
        raise RemoteMmcError(f"message {content.code:04X}", expected, seen) from error


_MALFORMED = (
    ArithmeticError,
    AttributeError,
    GbcsError,
    IndexError,
    KeyError,
    StopIteration,
    TypeError,
    ValueError,
)
"""What data of another shape than expected raise on their way into a tree. Rows say what they
expect by taking it; a check before every step would say it twice."""


def _use_case(content: Content) -> str:
    row = catalogue.use_case(content.code)
    return row.name if row is not None else f"0x{content.code:04X}"


def _document(header: Node, body: Node) -> Node:
    version = (("schemaVersion", SCHEMA_VERSION),)
    return Node("GBCSResponse", (header, Node("Body", (body,))), version)


def _header(content: Content, variant: str | None) -> Node:
    message, other = content.message, content.message.other
    inside = [
        Node("BusinessOriginatorID", message.originator.hyphenated),
        Node("BusinessTargetID", message.recipient.hyphenated),
        Node("OriginatorCounter", message.counter),
    ]
    if other.supplementary_party is not None:
        inside.append(Node("SupplementaryRemotePartyID", other.supplementary_party.hyphenated))
    if other.supplementary_counter is not None:
        inside.append(Node("SupplementaryRemotePartyCounter", other.supplementary_counter))
    if other.supplementary_originator_counter is not None:
        counter = other.supplementary_originator_counter
        inside.append(Node("SupplementaryOriginatorCounter", counter))
    inside.append(Node("GBCSHexadecimalMessageCode", hexadecimal(content.code, 2)))
    if variant is not None:
        inside.append(Node("ServiceReference", reference_of(variant)))
        inside.append(Node("ServiceReferenceVariant", variant))
    if message.date_time is not None:
        inside += _timestamp(message.date_time)
    return Node("Header", tuple(inside))


def _timestamp(stamp: DateTime) -> Iterator[Node]:
    """Status FF says nothing of the clock; bit 2 is set by a gas proxy whose time is its
    meter's (its meaning is inferred from the names of national vectors)."""
    when = stamp.as_utc()
    if when is None:
        return
    status = stamp.status
    if status == _UNKNOWN_STATUS:
        yield Node("Timestamp", when)
        return
    attributes = (
        ("isFromGSME", bool(status & _FROM_GSME)),
        ("ClockStatus", clock_status(status)),
    )
    yield Node("Timestamp", when, attributes)


def _alert(content: Content) -> MmcDocument:
    fragments = tuple(_fragments(content)) if content.is_sealed else ()
    inside = (*fragments, Node("DeviceAlertContent", alert_nodes(content)))
    return MmcDocument(
        root=_document(_header(content, None), Node("DeviceAlertMessage", inside)),
        content=content,
        use_case=_use_case(content),
        variants=(),
        element=None,
        succeeded=None,
    )


def _response(content: Content, hint: str | None) -> MmcDocument:
    variant = variant_of(content, hint)
    element = ELEMENTS.get(variant)
    inside: tuple[Node, ...]
    success: bool | None = None
    if content.is_sealed:
        inside, element = tuple(_fragments(content)), None
    else:
        success = _is_success(content)
        data = _data(content, element, success)
        inside = (*data, *_debug(content))
    return MmcDocument(
        root=_document(_header(content, variant), Node("ResponseMessage", inside)),
        content=content,
        use_case=_use_case(content),
        variants=_variants(content, variant, hint),
        element=element,
        succeeded=success,
    )


def _variants(content: Content, variant: str, hint: str | None) -> tuple[str, ...]:
    if hint is not None or content.code not in _AMBIGUOUS:
        return (variant,)
    return (variant, *(other for other in candidates(content.code) if other != variant))


_AMBIGUOUS = frozenset((0x0055, 0x005F, 0x0062, 0x007F))
"""Message codes whose responses look the same whichever request they answer."""


def _is_success(content: Content) -> bool:
    if content.kind == "dlms":
        return all(item.result == 0 for item in content.results)
    if content.kind == "gbz":
        return all(map(succeeded, content.components))
    return asn1_succeeded(content.typed.type_name, content.typed.value)


def _data(content: Content, element: str | None, success: bool) -> tuple[Node, ...]:
    if element is None:
        return ()
    inside = apply(ROWS.get(content.code, ()), Reading(content))
    response = Node(element, inside or None, (("MessageSuccess", success),))
    return (Node("SMETSData", (response,)),)


def _debug(content: Content) -> tuple[Node, ...]:
    """None for ASN.1, whose status is part of the response."""
    if content.kind == "dlms":
        return (Node("DebugInfo", (cosem_debug(content.results),)),)
    if content.kind == "gbz":
        return (Node("DebugInfo", (zigbee_debug(content.components),)),)
    return ()


def _fragments(content: Content) -> Iterator[Node]:
    """The parts of a message with encrypted data, for the user to decrypt.

    DLMS: each ciphered item. GBZ: each ciphered component; others tell nothing that is needed.
    """
    kind = "dlms" if content.kind == "dlms" else "zigbeeCiphered"
    for blob in content.blobs:
        attributes = (
            ("format", "encrypted"),
            ("sequence", blob.index),
            ("name", _fragment_name(content, blob.index)),
            ("type", kind),
        )
        yield Node("GBCSData", Base64(blob.octets), attributes, is_many=True)


def _fragment_name(content: Content, index: int) -> str:
    if content.kind != "gbz":
        return _use_case(content)
    component = content.components[index]
    found = frame_command(component.cluster, component.frame_control, component.command)
    return found.name if found is not None else _use_case(content)
