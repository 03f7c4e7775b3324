from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from assay.duis import (
    Acknowledgement,
    DccAlert,
    DccOnlyResponse,
    DeviceAlert,
    DuisContentError,
    PreCommand,
    RemoteSchemaError,
    Response,
    ResponseId,
    ServiceResponse,
    build_response,
    field,
    parse_response,
)
from assay.gbcs.identifiers import Eui64
from tests.duis.strategies import responses

USER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
DCC = Eui64.from_text("90-B3-D5-1F-30-00-00-02")
NOON = datetime(2026, 5, 1, 12, 0, 0, 340_000, UTC)

thorough = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def a_response(body: Any, **header: Any) -> Response:
    fields = {"response_code": "I0", "response_date_time": NOON, "body": body}
    return Response(**(fields | header))


def an_alert(body: Any) -> Response:
    return a_response(body, response_id=ResponseId(DCC, USER, 1))


@given(sent=responses)
@thorough
def test_building_and_parsing_are_inverse_for_every_form(sent: Response) -> None:
    assert parse_response(build_response(sent)) == sent


@given(sent=responses)
@thorough
def test_what_is_built_is_valid_by_the_schema(sent: Response, duis_schema: etree.XMLSchema) -> None:
    duis_schema.assertValid(etree.fromstring(build_response(sent)))


def test_an_acknowledgement_is_written_as_the_schema_has_it() -> None:
    request_id = ResponseId(USER, METER, 5)
    answer = a_response(Acknowledgement(srv="8.1.1"), response_code="I99", request_id=request_id)
    assert build_response(answer).decode() == (
        '<sr:Response xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway"'
        ' schemaVersion="5.4"><sr:Header>'
        "<sr:RequestID>90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:5</sr:RequestID>"
        "<sr:ResponseCode>I99</sr:ResponseCode>"
        "<sr:ResponseDateTime>2026-05-01T12:00:00.34Z</sr:ResponseDateTime></sr:Header>"
        "<sr:Body><sr:ResponseMessage><sr:ServiceReference>8.1</sr:ServiceReference>"
        "<sr:ServiceReferenceVariant>8.1.1</sr:ServiceReferenceVariant>"
        "</sr:ResponseMessage></sr:Body></sr:Response>"
    )


def test_the_form_of_the_body_decides_its_class() -> None:
    pre_command = PreCommand(srv="7.2", gbcs_version="4.3", gbcs_payload=b"\xdd")
    for body in (pre_command, ServiceResponse(srv="7.4", gbcs_payload=b"\xdf\x09")):
        assert type(parse_response(build_response(a_response(body))).body) is type(body)


def test_an_inventory_is_content_by_element() -> None:
    device = {
        "DeviceID": METER,
        "DeviceType": "ESME",
        "DeviceStatus": "Commissioned",
        "DeviceManufacturer": "106C",
        "DeviceModel": "433100AC",
    }
    inventory = DccOnlyResponse(srv="8.2", element="DSPInventory", content={"Device": (device,)})
    read = parse_response(build_response(a_response(inventory))).body
    assert isinstance(read, DccOnlyResponse)
    (found,) = field(read.content, "Device", tuple)
    assert found["DeviceID"] == METER


ALERTS = [
    (
        "AD1",
        "PowerOutageEvent",
        {"CommsHubDeviceID": METER, "StartDateTime": NOON, "MPxN": "1234567890123"},
    ),
    (
        "N24",
        "UpdateHANDeviceLogResult",
        {"UpdateHANDeviceLogServiceRequestID": ResponseId(USER, METER, 9)},
    ),
    (
        "N12",
        "CommandFailure",
        {"CommandRequestID": ResponseId(USER, METER, 9), "DeviceID": METER},
    ),
    (
        "N16",
        "DeviceStatusChangeEvent",
        {
            "DeviceID": METER,
            "DeviceStatusChange": {
                "MeterIdentity": {"MeterMPxNs": {"ImportMPxN": "1234567890123"}}
            },
        },
    ),
]


@pytest.mark.parametrize(("code", "element", "content"), ALERTS)
def test_the_alerts_of_the_slice_are_valid_by_the_schema(
    code: str, element: str, content: Any, duis_schema: etree.XMLSchema
) -> None:
    sent = an_alert(DccAlert(code=code, element=element, content=content))
    wire = build_response(sent)
    duis_schema.assertValid(etree.fromstring(wire))
    assert parse_response(wire) == sent


def test_an_alert_body_that_does_not_go_with_its_code_is_our_mistake() -> None:
    code, _, _ = ALERTS[0]
    _, element, content = ALERTS[1]
    with pytest.raises(DuisContentError, match="expected PowerOutageEvent for AD1"):
        build_response(an_alert(DccAlert(code=code, element=element, content=content)))


def test_an_alert_needs_a_response_id_and_takes_no_request_id() -> None:
    alert = an_alert(DeviceAlert(alert_code=b"\x81\x02", gbcs_payload=b"\xdd"))
    with pytest.raises(DuisContentError, match="ResponseID: expected one in an alert"):
        build_response(replace(alert, response_id=None))
    with pytest.raises(DuisContentError, match="RequestID: expected none in an alert"):
        build_response(replace(alert, request_id=alert.response_id))


def test_a_code_outside_the_schema_is_refused_both_ways() -> None:
    answer = a_response(Acknowledgement(srv="7.2"))
    with pytest.raises(DuisContentError, match="ResponseCode: expected one of"):
        build_response(replace(answer, response_code="E18"))
    wire = build_response(answer).replace(b">I0<", b">E18<")
    with pytest.raises(RemoteSchemaError, match="Response/Header/ResponseCode"):
        parse_response(wire)


def test_two_answers_in_one_message_are_refused() -> None:
    wire = build_response(a_response(ServiceResponse(srv="7.4", gbcs_payload=b"\x00")))
    doubled = re.sub(rb"(<sr:GBCSPayload>.*</sr:GBCSPayload>)", rb"\1\1", wire)
    with pytest.raises(RemoteSchemaError, match="no further element, seen element GBCSPayload"):
        parse_response(doubled)
