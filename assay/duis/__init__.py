"""The language of DCC users (DUIS V5.4): octets in, frozen values out, and back.

    from assay.duis import Request, build_request, sign_canonical, verify, verified_request

    request = Request(
        request_id=RequestId(user, esme, counter), command_variant=4, srv="7.2", body={}
    )
    wire = sign_canonical(build_request(request), key, certificate)

    document = verify(wire, find_certificate)        # RemoteSignatureError and its kinds
    request = verified_request(document)             # RemoteSchemaError, RemoteDocumentError

* `identifiers`: `RequestId`/`ResponseId` (both `MessageId(originator, target, counter)`,
  `.from_text`, `str()`, `.answered()` swaps the parties).
* `values`: which Python value stands for which schema type; `field(content, "Outer/Inner", int)`
  and `find(...)` (None if absent) read nested content with a checked type.
* `requests`: `Request(request_id, command_variant, srv, body, ...)` with `body` a mapping
  element name -> value, or a `SignedPreCommand(gbcs_payload, execution_date_time)`;
  `build_request`, `parse_request`, `verified_request`.
* `responses`: `Response(response_code, response_date_time, body, request_id, response_id)` with
  `body` one of `Acknowledgement`, `ServiceResponse`, `PreCommand`, `LocalCommand`,
  `DspScheduledMessage`, `FutureDatedDeviceAlert`, `DccOnlyResponse`, `DeviceAlert`, `DccAlert`;
  `build_response`, `parse_response`, `verified_response`.
* `signature`: `sign`, `sign_canonical`, `verify`, `remove_signature`, `is_issued_by`.
* `catalogue`: `CATALOGUE[srv] -> ServiceRequestVariant`, `UserRole`, `Mode`, `Grade`.
* `response_codes.RESPONSE_CODES`, `dcc_alerts.DCC_ALERTS`: tables by code; `may_be_raised`.
* `validation.validate(xml) -> Validation(message, problems)`.
* `errors`: `DuisContentError` (ours), `RemoteDuisError` and its kinds (the peer's).

Names are loaded when first asked for, so that importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.duis.catalogue import CATALOGUE as CATALOGUE
    from assay.duis.catalogue import Grade as Grade
    from assay.duis.catalogue import Mode as Mode
    from assay.duis.catalogue import ServiceRequestVariant as ServiceRequestVariant
    from assay.duis.catalogue import UserRole as UserRole
    from assay.duis.dcc_alerts import DCC_ALERTS as DCC_ALERTS
    from assay.duis.errors import CertificateUnknownError as CertificateUnknownError
    from assay.duis.errors import DigestMismatchError as DigestMismatchError
    from assay.duis.errors import DuisContentError as DuisContentError
    from assay.duis.errors import RemoteDocumentError as RemoteDocumentError
    from assay.duis.errors import RemoteDuisError as RemoteDuisError
    from assay.duis.errors import RemoteSchemaError as RemoteSchemaError
    from assay.duis.errors import RemoteSignatureError as RemoteSignatureError
    from assay.duis.errors import SignatureMismatchError as SignatureMismatchError
    from assay.duis.errors import SignatureMissingError as SignatureMissingError
    from assay.duis.errors import SignatureStructureError as SignatureStructureError
    from assay.duis.identifiers import MessageId as MessageId
    from assay.duis.identifiers import RequestId as RequestId
    from assay.duis.identifiers import ResponseId as ResponseId
    from assay.duis.requests import Request as Request
    from assay.duis.requests import SignedPreCommand as SignedPreCommand
    from assay.duis.requests import build_request as build_request
    from assay.duis.requests import parse_request as parse_request
    from assay.duis.requests import verified_request as verified_request
    from assay.duis.response_codes import RESPONSE_CODES as RESPONSE_CODES
    from assay.duis.responses import Acknowledgement as Acknowledgement
    from assay.duis.responses import DccAlert as DccAlert
    from assay.duis.responses import DccOnlyResponse as DccOnlyResponse
    from assay.duis.responses import DeviceAlert as DeviceAlert
    from assay.duis.responses import DspScheduledMessage as DspScheduledMessage
    from assay.duis.responses import FutureDatedDeviceAlert as FutureDatedDeviceAlert
    from assay.duis.responses import LocalCommand as LocalCommand
    from assay.duis.responses import PreCommand as PreCommand
    from assay.duis.responses import Response as Response
    from assay.duis.responses import ResponseBody as ResponseBody
    from assay.duis.responses import ServiceResponse as ServiceResponse
    from assay.duis.responses import build_response as build_response
    from assay.duis.responses import parse_response as parse_response
    from assay.duis.responses import verified_response as verified_response
    from assay.duis.signature import VerifiedDocument as VerifiedDocument
    from assay.duis.signature import is_issued_by as is_issued_by
    from assay.duis.signature import remove_signature as remove_signature
    from assay.duis.signature import sign as sign
    from assay.duis.signature import sign_canonical as sign_canonical
    from assay.duis.signature import verify as verify
    from assay.duis.validation import Problem as Problem
    from assay.duis.validation import Validation as Validation
    from assay.duis.validation import validate as validate
    from assay.duis.values import CalendarDate as CalendarDate
    from assay.duis.values import Content as Content
    from assay.duis.values import Value as Value
    from assay.duis.values import field as field
    from assay.duis.values import find as find

_HOMES = {
    "catalogue": ("CATALOGUE", "Grade", "Mode", "ServiceRequestVariant", "UserRole"),
    "dcc_alerts": ("DCC_ALERTS",),
    "errors": (
        "CertificateUnknownError",
        "DigestMismatchError",
        "DuisContentError",
        "RemoteDocumentError",
        "RemoteDuisError",
        "RemoteSchemaError",
        "RemoteSignatureError",
        "SignatureMismatchError",
        "SignatureMissingError",
        "SignatureStructureError",
    ),
    "identifiers": ("MessageId", "RequestId", "ResponseId"),
    "requests": (
        "Request",
        "SignedPreCommand",
        "build_request",
        "parse_request",
        "verified_request",
    ),
    "response_codes": ("RESPONSE_CODES",),
    "responses": (
        "Acknowledgement",
        "DccAlert",
        "DccOnlyResponse",
        "DeviceAlert",
        "DspScheduledMessage",
        "FutureDatedDeviceAlert",
        "LocalCommand",
        "PreCommand",
        "Response",
        "ResponseBody",
        "ServiceResponse",
        "build_response",
        "parse_response",
        "verified_response",
    ),
    "signature": (
        "VerifiedDocument",
        "is_issued_by",
        "remove_signature",
        "sign",
        "sign_canonical",
        "verify",
    ),
    "validation": ("Problem", "Validation", "validate"),
    "values": ("CalendarDate", "Content", "Value", "field", "find"),
}
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
