"""Service Requests and Signed Pre-Commands: typed value to XML and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from assay.duis.catalogue import CATALOGUE
from assay.duis.document import CanonicalXml
from assay.duis.errors import DuisContentError, RemoteSchemaError
from assay.duis.identifiers import MessageId, RequestId
from assay.duis.message import SCHEMA_VERSION, Message, read_message, read_root, write_message
from assay.duis.schema.requests import REQUEST
from assay.duis.values import Content, Value, field, find, freeze_content

if TYPE_CHECKING:
    from assay.duis.signature import VerifiedDocument

_SIGNED_PRE_COMMAND = "SignedPreCommand"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPreCommand:
    """The body of command variants 5, 6 and 7; the date is repeated for DSP-dated requests."""

    gbcs_payload: bytes
    execution_date_time: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One DUIS Request. `body` is the content of the variant's request element.

    The service reference and the name of the request element come from the catalogue.
    """

    request_id: RequestId
    command_variant: int
    srv: str
    body: Content | SignedPreCommand
    first_in_sequence: bool | None = None
    preceding_request_id: RequestId | None = None
    schema_version: str = SCHEMA_VERSION

    def __post_init__(self) -> None:
        if not isinstance(self.body, SignedPreCommand):
            object.__setattr__(self, "body", freeze_content(self.body))


def build_request(request: Request) -> CanonicalXml:
    """Unsigned canonical XML; DuisContentError where a value breaks the schema."""
    variant = CATALOGUE.get(request.srv)
    if variant is None:
        raise DuisContentError("Request/Header/ServiceReferenceVariant", "a variant", request.srv)
    header: dict[str, Value] = {
        "RequestID": request.request_id,
        "CommandVariant": request.command_variant,
        "ServiceReference": variant.service_reference,
        "ServiceReferenceVariant": variant.srv,
    }
    if request.first_in_sequence is not None:
        header["FirstInSequence"] = request.first_in_sequence
    if request.preceding_request_id is not None:
        header["PrecedingServiceRequestID"] = request.preceding_request_id
    content = {"Header": header, "Body": _body_to_content(request.body, variant.element)}
    return write_message("Request", REQUEST, request.schema_version, content)


def parse_request(xml: bytes) -> Request:
    """The Request in these octets, signature unseen: give it what `verify` returned.

    RemoteDocumentError or RemoteSchemaError where the document is wrong; also where header
    and body name different services, which the schema alone would let through.
    """
    return request_of(read_message(xml, {"Request": REQUEST}))


def verified_request(document: VerifiedDocument) -> Request:
    """The Request that the signature covers; errors as of `parse_request`."""
    return request_of(read_root(document.root, {"Request": REQUEST}))


def request_of(message: Message) -> Request:
    header = field(message.content, "Header", dict)
    srv = field(header, "ServiceReferenceVariant", str)
    ((element, body),) = field(message.content, "Body", dict).items()
    _check_services(srv, field(header, "ServiceReference", str), element)
    return Request(
        request_id=field(header, "RequestID", MessageId),
        command_variant=field(header, "CommandVariant", int),
        srv=srv,
        body=_body_from_content(element, body),
        first_in_sequence=find(header, "FirstInSequence", bool),
        preceding_request_id=find(header, "PrecedingServiceRequestID", MessageId),
        schema_version=message.schema_version,
    )


def _body_to_content(body: Content | SignedPreCommand, element: str) -> Content:
    if not isinstance(body, SignedPreCommand):
        return {element: body}
    signed: dict[str, Value] = {"GBCSPayload": body.gbcs_payload}
    if body.execution_date_time is not None:
        signed["ExecutionDateTime"] = body.execution_date_time
    return {_SIGNED_PRE_COMMAND: signed}


def _body_from_content(element: str, body: Content | None) -> Content | SignedPreCommand:
    if body is None:
        return {}
    if element != _SIGNED_PRE_COMMAND:
        return body
    return SignedPreCommand(
        gbcs_payload=field(body, "GBCSPayload", bytes),
        execution_date_time=find(body, "ExecutionDateTime", datetime),
    )


def _check_services(srv: str, service_reference: str, element: str) -> None:
    variant = CATALOGUE[srv]
    if service_reference != variant.service_reference:
        raise RemoteSchemaError(
            "Request/Header/ServiceReference", variant.service_reference, service_reference
        )
    if element not in (variant.element, _SIGNED_PRE_COMMAND):
        raise RemoteSchemaError(
            "Request/Body", f"element {variant.element} for {srv}", f"element {element}"
        )
