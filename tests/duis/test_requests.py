from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from assay.duis import (
    CATALOGUE,
    DuisContentError,
    RemoteSchemaError,
    Request,
    RequestId,
    SignedPreCommand,
    build_request,
    field,
    find,
    parse_request,
)
from assay.gbcs.identifiers import Eui64
from tests.duis.strategies import requests

USER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
HUB = Eui64.from_text("00-DB-12-34-56-78-90-A2")
SLICE = [
    "3.1",
    "4.1.1",
    "4.10",
    "6.5",
    "6.11",
    "6.24.1",
    "7.1",
    "7.2",
    "7.3",
    "7.4",
    "8.1.1",
    "8.2",
    "8.11",
    "11.2",
    "12.2",
]

thorough = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def a_request(srv: str, body: Any = None, **header: Any) -> Request:
    fields: dict[str, Any] = {
        "request_id": RequestId(USER, METER, 1000),
        "command_variant": CATALOGUE[srv].command_variants[0],
        "srv": srv,
        "body": body or {},
    }
    return Request(**(fields | header))


LOG_PERIOD = {
    "StartDateTime": datetime(2026, 1, 1, tzinfo=UTC),
    "EndDateTime": datetime(2026, 1, 2, tzinfo=UTC),
}


@given(sent=requests())
@thorough
def test_building_and_parsing_are_inverse_for_every_variant(sent: Request) -> None:
    assert parse_request(build_request(sent)) == sent


@given(sent=requests())
@thorough
def test_what_is_built_is_valid_by_the_schema(sent: Request, duis_schema: etree.XMLSchema) -> None:
    duis_schema.assertValid(etree.fromstring(build_request(sent)))


def test_a_request_is_written_as_the_schema_has_it() -> None:
    assert build_request(a_request("4.10", {"ReadLogPeriod": LOG_PERIOD})).decode() == (
        '<sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway"'
        ' schemaVersion="5.4"><sr:Header>'
        "<sr:RequestID>90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000</sr:RequestID>"
        "<sr:CommandVariant>1</sr:CommandVariant>"
        "<sr:ServiceReference>4.10</sr:ServiceReference>"
        "<sr:ServiceReferenceVariant>4.10</sr:ServiceReferenceVariant></sr:Header>"
        "<sr:Body><sr:ReadNetworkData><sr:ReadLogPeriod>"
        "<sr:StartDateTime>2026-01-01T00:00:00.00Z</sr:StartDateTime>"
        "<sr:EndDateTime>2026-01-02T00:00:00.00Z</sr:EndDateTime>"
        "</sr:ReadLogPeriod></sr:ReadNetworkData></sr:Body></sr:Request>"
    )


def test_elements_are_written_in_schema_order_whatever_the_order_of_the_mapping() -> None:
    body = {
        "RequestType": "Add",
        "AddDeviceToCHFWhitelist": {"InstallCode": bytes(16), "JoinTimePeriod": 3600},
        "DeviceID": METER,
    }
    text = build_request(a_request("8.11", body)).decode()
    names = ("DeviceID", "RequestType", "JoinTimePeriod", "InstallCode")
    places = [text.index(f"<sr:{name}>") for name in names]
    assert places == sorted(places)


def test_a_date_in_another_zone_is_written_in_utc() -> None:
    summer = timezone(timedelta(hours=1))
    body = {"CurrentDateTime": datetime(2026, 7, 1, 1, tzinfo=summer), "TolerancePeriod": 10}
    assert b"2026-07-01T00:00:00.00Z" in build_request(a_request("6.11", body))


def test_the_signed_pre_command_keeps_the_service_of_its_request() -> None:
    signed = SignedPreCommand(
        gbcs_payload=b"\xdd\x00", execution_date_time=datetime(3000, 12, 31, tzinfo=UTC)
    )
    request = a_request("7.2", signed, command_variant=5)
    assert parse_request(build_request(request)) == request


def test_parsed_content_cannot_be_changed() -> None:
    request = parse_request(build_request(a_request("4.10", {"ReadLogPeriod": LOG_PERIOD})))
    assert not isinstance(request.body, SignedPreCommand)
    with pytest.raises(TypeError):
        request.body["ReadLogPeriod"]["StartDateTime"] = None  # type: ignore[index,call-overload]


def test_fields_are_read_by_path_with_a_checked_type() -> None:
    body = {"ReadLogPeriod": LOG_PERIOD}
    assert field(body, "ReadLogPeriod/EndDateTime", datetime).day == 2
    assert find(body, "ExecutionDateTime", datetime) is None
    with pytest.raises(KeyError, match="ExecutionDateTime"):
        field(body, "ExecutionDateTime", datetime)
    with pytest.raises(TypeError, match="expected int, seen datetime"):
        field(body, "ReadLogPeriod/EndDateTime", int)


OURS: list[tuple[str, Any, str, str]] = [
    ("8.11", {"RequestType": "Add"}, "UpdateHANDeviceLog", "expected element DeviceID, seen none"),
    (
        "8.11",
        {"DeviceID": METER, "RequestType": "Join"},
        "UpdateHANDeviceLog/RequestType",
        "expected one of Add, Remove, seen 'Join'",
    ),
    (
        "6.11",
        {"CurrentDateTime": datetime(2026, 1, 1), "TolerancePeriod": 10},
        "SynchroniseClock/CurrentDateTime",
        "expected a time with its zone, seen 2026-01-01T00:00:00 without one",
    ),
    (
        "6.11",
        {"CurrentDateTime": LOG_PERIOD["EndDateTime"], "TolerancePeriod": 86401},
        "SynchroniseClock/TolerancePeriod",
        "expected a number at least 0 and at most 86400, seen 86401",
    ),
    (
        "6.11",
        {"CurrentDateTime": LOG_PERIOD["EndDateTime"], "TolerancePeriod": True},
        "SynchroniseClock/TolerancePeriod",
        "expected an int, seen bool 'True'",
    ),
    ("7.2", {"Extra": 1}, "DisableSupply", "expected only what the schema has here, seen Extra"),
    (
        "8.2",
        {"DeviceID": METER, "UPRN": 1},
        "ReadInventory",
        "expected one element of UPRN, DeviceID, MPxN, PropertyFilter, seen UPRN and DeviceID",
    ),
    ("8.2", {}, "ReadInventory", "PropertyFilter, seen none of them"),
    (
        "12.2",
        {
            "DeviceID": METER,
            "DeviceManufacturer": "x" * 31,
            "DeviceModel": "y",
            "DeviceType": "ESME",
        },
        "DevicePrenotification/DeviceManufacturer",
        "expected 0 to 30 characters, seen 31",
    ),
]


@pytest.mark.parametrize(("srv", "body", "path", "words"), OURS)
def test_our_own_mistake_is_refused_before_anything_is_built(
    srv: str, body: Any, path: str, words: str
) -> None:
    with pytest.raises(DuisContentError, match=re.escape(words)) as refusal:
        build_request(a_request(srv, body))
    assert refusal.value.path == f"Request/Body/{path}"


def test_a_variant_outside_the_catalogue_is_our_mistake() -> None:
    with pytest.raises(DuisContentError, match=r"seen 99\.9"):
        build_request(replace(a_request("7.2"), srv="99.9"))


BUILT = build_request(
    a_request(
        "8.11",
        {
            "DeviceID": METER,
            "RequestType": "Add",
            "AddDeviceToCHFWhitelist": {"JoinTimePeriod": 60, "InstallCode": bytes(6)},
        },
    )
).decode()

THEIRS = [
    ("<sr:DeviceID>", "<sr:DeviceId>", "UpdateHANDeviceLog", "element DeviceID"),
    ("<sr:RequestType>Add</sr:RequestType>", "", "UpdateHANDeviceLog", "element RequestType"),
    (">Add<", ">add<", "UpdateHANDeviceLog/RequestType", "one of Add, Remove"),
    (">60<", ">0<", "UpdateHANDeviceLog/AddDeviceToCHFWhitelist/JoinTimePeriod", "at least 1"),
    (">60<", ">3601<", "UpdateHANDeviceLog/AddDeviceToCHFWhitelist/JoinTimePeriod", "most 3600"),
    (">60<", ">6O<", "UpdateHANDeviceLog/AddDeviceToCHFWhitelist/JoinTimePeriod", "an integer"),
    (
        ">000000000000<",
        ">0000000000<",
        "UpdateHANDeviceLog/AddDeviceToCHFWhitelist/InstallCode",
        "6 to 16 octets",
    ),
    (
        ">000000000000<",
        ">00000000000<",
        "UpdateHANDeviceLog/AddDeviceToCHFWhitelist/InstallCode",
        "pairs of hex digits",
    ),
    ("<sr:DeviceID>", '<sr:DeviceID x="1">', "UpdateHANDeviceLog/DeviceID", "no such attribute"),
    (
        "<sr:UpdateHANDeviceLog>",
        "<sr:UpdateHANDeviceLog>text",
        "UpdateHANDeviceLog",
        "elements only",
    ),
    (">Add<", "><sr:Add/><", "UpdateHANDeviceLog/RequestType", "text only"),
    (
        "</sr:UpdateHANDeviceLog>",
        "<sr:Extra/></sr:UpdateHANDeviceLog>",
        "UpdateHANDeviceLog",
        "no further element",
    ),
]


@pytest.mark.parametrize(("good", "bad", "path", "expected"), THEIRS)
def test_a_wrong_document_is_refused_with_place_and_expectation(
    good: str, bad: str, path: str, expected: str
) -> None:
    broken = BUILT.replace(good, bad)
    if "DeviceId" in bad:
        broken = broken.replace("</sr:DeviceID>", "</sr:DeviceId>")
    with pytest.raises(RemoteSchemaError) as refusal:
        parse_request(broken.encode())
    assert refusal.value.path == f"Request/Body/{path}"
    assert expected in refusal.value.expected


def test_elements_in_another_order_are_refused() -> None:
    device = f"<sr:DeviceID>{METER}</sr:DeviceID>"
    kind = "<sr:RequestType>Add</sr:RequestType>"
    with pytest.raises(RemoteSchemaError) as refusal:
        parse_request(BUILT.replace(device + kind, kind + device).encode())
    assert refusal.value.seen == "element RequestType"


def test_a_body_of_another_service_is_refused() -> None:
    other = BUILT.replace("8.11<", "4.10<")
    with pytest.raises(RemoteSchemaError) as refusal:
        parse_request(other.encode())
    assert refusal.value.path == "Request/Body"
    assert refusal.value.expected == "element ReadNetworkData for 4.10"


def test_a_service_reference_of_another_variant_is_refused() -> None:
    other = BUILT.replace("<sr:ServiceReference>8.11", "<sr:ServiceReference>8.12")
    with pytest.raises(RemoteSchemaError, match=r"ServiceReference: expected 8\.11, seen 8\.12"):
        parse_request(other.encode())


@pytest.mark.parametrize("text", ["", 'schemaVersion="latest"', 'schemaVersion="5.4" extra="1"'])
def test_the_root_carries_a_decimal_schema_version_and_nothing_else(text: str) -> None:
    with pytest.raises(RemoteSchemaError):
        parse_request(BUILT.replace('schemaVersion="5.4"', text).encode())


def test_the_schema_version_is_kept_as_written() -> None:
    older = BUILT.replace('schemaVersion="5.4"', 'schemaVersion="5.10"')
    assert parse_request(older.encode()).schema_version == "5.10"


def test_another_namespace_is_another_element() -> None:
    with pytest.raises(RemoteSchemaError, match="expected element Request"):
        parse_request(BUILT.replace("ServiceUserGateway", "Elsewhere").encode())


def test_white_space_between_elements_means_nothing() -> None:
    assert parse_request(BUILT.replace("><", ">\n  <").encode()) == parse_request(BUILT.encode())


# Against the public requests


def _public_requests(shared: Path, srv: str = "") -> list[bytes]:
    paths = sorted((shared / "reference/duis/requests").glob("*.XML"))
    return [path.read_bytes() for path in paths if not srv or f"_{srv}_" in f"_{path.name}"]


def _canonical(xml: bytes) -> bytes:
    """Exclusive C14N without Signature, white space and leading zeros of numbers."""
    root = etree.fromstring(xml, etree.XMLParser(remove_comments=True, remove_blank_text=True))
    for signature in root.findall("{http://www.w3.org/2000/09/xmldsig#}Signature"):
        root.remove(signature)
    for element in root.iter():
        if element.text and re.fullmatch(r"0+[1-9][0-9]?", element.text):
            element.text = element.text.lstrip("0")
    return etree.tostring(root, method="c14n", exclusive=True)


@pytest.mark.parametrize("srv", SLICE)
def test_the_public_requests_of_the_slice_are_rebuilt_as_they_are(shared: Path, srv: str) -> None:
    public = _public_requests(shared, srv)
    assert public
    for xml in public:
        assert _canonical(build_request(parse_request(xml))) == _canonical(xml)


def test_every_public_request_is_rebuilt_as_it_is(shared: Path) -> None:
    public = _public_requests(shared)
    assert len(public) == 234
    for xml in public:
        assert _canonical(build_request(parse_request(xml))) == _canonical(xml)
