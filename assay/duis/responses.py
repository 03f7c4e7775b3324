"""Responses, acknowledgements and alerts of the DCC: typed value to XML and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from assay.duis.catalogue import CATALOGUE
from assay.duis.dcc_alerts import DCC_ALERTS
from assay.duis.document import CanonicalXml
from assay.duis.errors import DuisContentError, RemoteSchemaError
from assay.duis.identifiers import MessageId, RequestId, ResponseId
from assay.duis.message import SCHEMA_VERSION, Message, read_message, read_root, write_message
from assay.duis.response_bodies import (
    Acknowledgement,
    DccAlert,
    DccOnlyResponse,
    DeviceAlert,
    DspScheduledMessage,
    FutureDatedDeviceAlert,
    LocalCommand,
    PreCommand,
    ResponseBody,
    ServiceResponse,
)
from assay.duis.schema.responses import RESPONSE
from assay.duis.values import TEXT_KEY, Content, Value, field, find

if TYPE_CHECKING:
    from assay.duis.signature import VerifiedDocument

__all__ = [
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
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One DUIS Response. Alerts carry a ResponseID only, acknowledgements a RequestID only."""

    response_code: str
    response_date_time: datetime
    body: ResponseBody
    request_id: RequestId | None = None
    response_id: ResponseId | None = None
    schema_version: str = SCHEMA_VERSION


def build_response(response: Response) -> CanonicalXml:
    """Unsigned canonical XML; DuisContentError where a value breaks the schema.

    Also where an alert is given a RequestID: alerts have a ResponseID only (DUIS 3.6).
    """
    header: dict[str, Value] = {
        "ResponseCode": response.response_code,
        "ResponseDateTime": response.response_date_time,
    }
    if response.request_id is not None:
        header["RequestID"] = response.request_id
    if response.response_id is not None:
        header["ResponseID"] = response.response_id
    body = response.body
    if isinstance(body, DeviceAlert | DccAlert):
        _check_alert(response)
        content = _alert_to_content(body)
    else:
        content = {"ResponseMessage": _message_to_content(body)}
    return write_message(
        "Response", RESPONSE, response.schema_version, {"Header": header, "Body": content}
    )


def parse_response(xml: bytes) -> Response:
    """The Response in these octets, signature unseen: give it what `verify` returned.

    RemoteDocumentError or RemoteSchemaError where the document is wrong.
    """
    return response_of(read_message(xml, {"Response": RESPONSE}))


def verified_response(document: VerifiedDocument) -> Response:
    """The Response that the signature covers; errors as of `parse_response`."""
    return response_of(read_root(document.root, {"Response": RESPONSE}))


def response_of(message: Message) -> Response:
    header = field(message.content, "Header", dict)
    ((form, content),) = field(message.content, "Body", dict).items()
    return Response(
        response_code=field(header, "ResponseCode", str),
        response_date_time=field(header, "ResponseDateTime", datetime),
        body=_FORMS[form](content),
        request_id=find(header, "RequestID", MessageId),
        response_id=find(header, "ResponseID", MessageId),
        schema_version=message.schema_version,
    )


# ResponseMessage: what follows the two service references decides the class.


@dataclass(frozen=True, slots=True)
class _Row:
    """A class of body, the element it stands for, and that element's children by attribute."""

    body: Callable[..., ResponseBody]
    element: str
    children: Mapping[str, str]


_ROWS = (
    _Row(
        PreCommand,
        "PreCommand",
        {"gbcs_version": "GBCSVersion", "gbcs_payload": "GBCSPayload"},
    ),
    _Row(LocalCommand, "LocalCommand", {"gbcs_payload": "GBCSPayload"}),
    _Row(
        DspScheduledMessage,
        "DSPScheduledMessage",
        {"gbcs_payload": "GBCSPayload", "dsp_schedule_id": "DSPScheduleID"},
    ),
    _Row(
        FutureDatedDeviceAlert,
        "FutureDatedDeviceAlertMessage",
        {
            "alert_code": "FutureDatedAlertCode",
            "gbcs_payload": "GBCSPayload",
            "instruction_number": "InstructionNumber",
            "total_command_instructions": "TotalCommandInstructions",
        },
    ),
)
_ROW_OF_ELEMENT = {row.element: row for row in _ROWS}
_ROW_OF_BODY = {row.body: row for row in _ROWS}
_SERVICES = ("ServiceReference", "ServiceReferenceVariant")


def _message_from_content(content: Content) -> ResponseBody:
    srv = field(content, "ServiceReferenceVariant", str)
    _check_services(srv, field(content, "ServiceReference", str))
    elements = [name for name in content if name not in _SERVICES]
    if not elements:
        return Acknowledgement(srv=srv)
    (element,) = elements
    inner: Any = content[element]
    if element == "GBCSPayload":
        return ServiceResponse(srv=srv, gbcs_payload=inner)
    row = _ROW_OF_ELEMENT.get(element)
    if row is not None:
        return row.body(srv=srv, **{name: inner[child] for name, child in row.children.items()})
    if not isinstance(inner, Mapping):
        inner = {TEXT_KEY: inner}
    return DccOnlyResponse(srv=srv, element=element, content=inner)


def _message_to_content(body: Any) -> Content:
    variant = CATALOGUE.get(body.srv)
    if variant is None:
        path = "Response/Body/ResponseMessage/ServiceReferenceVariant"
        raise DuisContentError(path, "a variant", body.srv)
    services: dict[str, Value] = {
        "ServiceReference": variant.service_reference,
        "ServiceReferenceVariant": variant.srv,
    }
    if isinstance(body, Acknowledgement):
        return services
    if isinstance(body, ServiceResponse):
        return services | {"GBCSPayload": body.gbcs_payload}
    if isinstance(body, DccOnlyResponse):
        content = body.content
        return services | {body.element: content.get(TEXT_KEY, content)}
    row = _ROW_OF_BODY[type(body)]
    inner = {child: getattr(body, name) for name, child in row.children.items()}
    return services | {row.element: inner}


def _check_services(srv: str, service_reference: str) -> None:
    expected = CATALOGUE[srv].service_reference
    if service_reference != expected:
        path = "Response/Body/ResponseMessage/ServiceReference"
        raise RemoteSchemaError(path, expected, service_reference)


# Alerts


def _check_alert(response: Response) -> None:
    if response.request_id is not None:
        path = "Response/Header/RequestID"
        raise DuisContentError(path, "none in an alert", str(response.request_id))
    if response.response_id is None:
        raise DuisContentError("Response/Header/ResponseID", "one in an alert", "none")


def _alert_to_content(alert: DeviceAlert | DccAlert) -> Content:
    throttling: dict[str, Value] = {}
    if alert.throttled_alert_sequence_id is not None:
        throttling["ThrottledAlertSequenceId"] = alert.throttled_alert_sequence_id
    if alert.throttled_alert_count is not None:
        throttling["ThrottledAlertCount"] = alert.throttled_alert_count
    if isinstance(alert, DeviceAlert):
        fields = {"AlertCode": alert.alert_code, "GBCSPayload": alert.gbcs_payload}
        return {"DeviceAlertMessage": throttling | fields}
    row = DCC_ALERTS.get(alert.code)
    if row is not None and row.element not in (None, alert.element):
        path = "Response/Body/DCCAlertMessage/DCCAlert"
        raise DuisContentError(path, f"{row.element} for {alert.code}", alert.element)
    body: dict[str, Value] = {
        "DCCAlertCode": alert.code,
        "DCCAlert": {alert.element: alert.content},
    }
    return {"DCCAlertMessage": throttling | body}


def _device_alert_from_content(content: Content) -> ResponseBody:
    return DeviceAlert(
        alert_code=field(content, "AlertCode", bytes),
        gbcs_payload=field(content, "GBCSPayload", bytes),
        throttled_alert_sequence_id=find(content, "ThrottledAlertSequenceId", int),
        throttled_alert_count=find(content, "ThrottledAlertCount", int),
    )


def _dcc_alert_from_content(content: Content) -> ResponseBody:
    ((element, body),) = field(content, "DCCAlert", dict).items()
    return DccAlert(
        code=field(content, "DCCAlertCode", str),
        element=element,
        content=body,
        throttled_alert_sequence_id=find(content, "ThrottledAlertSequenceId", int),
        throttled_alert_count=find(content, "ThrottledAlertCount", int),
    )


_FORMS: Mapping[str, Callable[[Content], ResponseBody]] = {
    "ResponseMessage": _message_from_content,
    "DeviceAlertMessage": _device_alert_from_content,
    "DCCAlertMessage": _dcc_alert_from_content,
}
