"""A document off the wire: what it asks, who signed it, and by what name it can be answered."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from assay.dcc.trust import Trust
from assay.duis.catalogue import CATALOGUE
from assay.duis.content import local_name
from assay.duis.document import parse_document
from assay.duis.errors import RemoteSchemaError, RemoteSignatureError
from assay.duis.identifiers import RequestId
from assay.duis.issuer import issuer_text
from assay.duis.requests import Request, parse_request, verified_request
from assay.duis.signature import VerifiedDocument, verify
from assay.gbcs.certificates import CertificateView


class RemoteUnanswerableError(Exception):
    """A document without a readable RequestID and variant: no DUIS Response can name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedRequest:
    """`request` is what the signature covers where there is a valid one.

    `request` None: the schema is broken, `schema_problem` says where. `signer` None: the
    signature does not hold, `signature_problem` says why.
    """

    request_id: RequestId
    srv: str
    request: Request | None
    schema_problem: str | None = None
    signature_problem: str | None = None
    signer: CertificateView | None = None


def read_request(document: bytes, trust: Trust) -> ReceivedRequest:
    """Never judges; the checks do.

    Raises:
        RemoteDocumentError: not the XML that we accept.
        RemoteUnanswerableError: the header cannot be read.
    """
    verified, signature_problem = _verified(document, trust)
    try:
        request = parse_request(document) if verified is None else verified_request(verified)
    except RemoteSchemaError as error:
        request_id, srv = _header(document if verified is None else verified.content, error)
        return ReceivedRequest(
            request_id=request_id, srv=srv, request=None, schema_problem=str(error)
        )
    return ReceivedRequest(
        request_id=request.request_id,
        srv=request.srv,
        request=request,
        signature_problem=signature_problem,
        signer=_signer(verified, trust),
    )


def _verified(document: bytes, trust: Trust) -> tuple[VerifiedDocument | None, str | None]:
    """What the signature covers, or why it does not hold."""
    try:
        return verify(document, trust.find_x509), None
    except RemoteSignatureError as error:
        return None, f"{error.reason}: {error}"


def _signer(verified: VerifiedDocument | None, trust: Trust) -> CertificateView | None:
    if verified is None:
        return None
    certificate = verified.certificate
    return trust.certificate(issuer_text(certificate), certificate.serial_number)


def _header(content: bytes, error: RemoteSchemaError) -> tuple[RequestId, str]:
    """RequestID and variant of a document that breaks the schema elsewhere."""
    root = parse_document(content)
    header = _child(root, "Header")
    request_id = _text(header, "RequestID")
    srv = _text(header, "ServiceReferenceVariant")
    if local_name(root.tag) != "Request" or srv not in CATALOGUE:
        raise RemoteUnanswerableError(str(error))
    try:
        return RequestId.from_text(request_id), srv
    except ValueError:
        raise RemoteUnanswerableError(str(error)) from None


def _child(node: etree._Element | None, name: str) -> etree._Element | None:
    if node is None:
        return None
    return next((child for child in node if local_name(child.tag) == name), None)


def _text(node: etree._Element | None, name: str) -> str:
    found = _child(node, name)
    return (found.text or "").strip() if found is not None else ""
