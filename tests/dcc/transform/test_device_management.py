"""Credentials, joins, hubs and firmware: which Command a request becomes, and who makes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.dcc.pki.bench_keys import TRANSITIONAL_COS, BenchKeys
from assay.dcc.transform import (
    BrokerCounterMissingError,
    NoTransformationError,
    OtherDevice,
    RecordMissingError,
    Records,
    Target,
    TransformationError,
    UnencodableContentError,
    find_row,
    transform,
    with_dcc_signature,
)
from assay.dcc.transform.records import DeviceLog, HubDeviceLog, ProxyDeviceLog
from assay.dcc.transform.row import Row
from assay.dcc.transform.rows import credentials, firmware, gas_clock, hub, joining, top_up
from assay.duis.catalogue import CATALOGUE
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request
from assay.gbcs import catalogue, payload, protection
from assay.gbcs.asn1 import codec
from assay.gbcs.asn1.messages import TYPE_NAMES
from assay.gbcs.certificates import RemotePartyRole
from assay.gbcs.dlms.access import Request as AccessRequest
from assay.gbcs.dlms.access import decode_payload
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyUsage
from tests.dcc.parties import BROKER, SUPPLIER
from tests.duis.strategies import TYPE_OF_ELEMENT, values

DEVICE = Eui64.from_text("00-DB-12-34-56-78-90-A0")
OTHER = Eui64.from_text("00-DB-12-34-56-78-90-B0")
CERTIFICATE = bytes.fromhex("3003020101")
"""A DER element of the right kind; what it says is the device's business."""
OWN_CERTIFICATES = {
    "SupplierOrNetworkOperatorCertificates": {
        "DigitalSigningCertificate": CERTIFICATE,
        "KeyAgreementCertificate": CERTIFICATE,
    }
}
PATH = {"Certificate": (CERTIFICATE,)}
ROWS = (
    *credentials.ROWS,
    *firmware.ROWS,
    *gas_clock.ROWS,
    *hub.ROWS,
    *joining.ROWS,
    *top_up.ROWS,
)
CANCELLED = datetime(3000, 12, 31, tzinfo=UTC)
LATER = datetime(2030, 1, 15, 9, tzinfo=UTC)


def asked(srv: str, body: Mapping[str, Any], originator: Eui64 = SUPPLIER) -> Request:
    return Request(
        request_id=RequestId(originator, DEVICE, 5),
        command_variant=CATALOGUE[srv].command_variants[0],
        srv=srv,
        body=body,
    )


def made(srv: str, device_type: str, body: Mapping[str, Any], **changes: Any) -> Message:
    fields: dict[str, Any] = {
        "broker": BROKER,
        "broker_counter": 9,
        "transitional_cos": TRANSITIONAL_COS,
        "transitional_cos_counter": 11,
    }
    return transform(asked(srv, body), Target(device_type=device_type), **(fields | changes))


def content(message: Message) -> Any:
    type_name = TYPE_NAMES[message.message_code, Cra.COMMAND]
    return codec.decode(type_name, message.payload).value


def own_credentials(role: str, **changes: Any) -> dict[str, Any]:
    return {
        "RemotePartyRole": role,
        "ReplacementCertificates": OWN_CERTIFICATES,
        "CertificationPathCertificates": PATH,
        "ApplyTimeBasedCPVChecks": True,
    } | changes


def credentials_of_gaining_supplier(**changes: Any) -> dict[str, Any]:
    return {
        "SupplierFloorSeqNumber": 3,
        "SupplierReplacementCertificates": {"DigitalSigningCertificate": CERTIFICATE},
        "CertificationPathCertificates": PATH,
        "ApplyTimeBasedCPVChecks": True,
        "ImportMPxN": "1312345678111",
    } | changes


# Credentials


@pytest.mark.parametrize(
    ("role", "device_type", "mode"),
    [
        ("Supplier", "ESME", "supplierBySupplier"),
        ("Supplier", "GSME", "supplierBySupplier"),
        ("NetworkOperator", "GPF", "networkOperatorByNetworkOperator"),
        ("LoadController", "SAPC", "loadControllerBySupplier"),
    ],
)
def test_the_role_decides_the_mode_of_replacement(role: str, device_type: str, mode: str) -> None:
    message = made("6.15.1", device_type, own_credentials(role))
    assert content(message)["control"]["mode"] == mode
    assert (message.originator, message.is_pre_command) == (SUPPLIER, True)


def test_a_load_controller_replaces_its_own_credentials() -> None:
    body = own_credentials("LoadController", RemotePartyFloorSeqNumber=4)
    control = content(made("6.15.1", "SAPC", body, is_load_controller=True))["control"]
    assert control["mode"] == "loadControllerByLoadController"
    assert control["new_floor_counter"] == 4


@pytest.mark.parametrize("role", ["ACB", "Recovery", "Root", "TransCoS"])
def test_users_replace_no_credentials_of_the_dcc(role: str) -> None:
    with pytest.raises(NoTransformationError):
        made("6.15.1", "ESME", own_credentials(role))


def test_a_floor_for_another_role_stands_among_the_other_changes() -> None:
    own = content(made("6.15.1", "ESME", own_credentials("Supplier", RemotePartyFloorSeqNumber=4)))
    assert own["control"]["new_floor_counter"] == 4
    body = own_credentials("LoadController", RemotePartyFloorSeqNumber=4)
    control = content(made("6.15.1", "ESME", body))["control"]
    assert "new_floor_counter" not in control
    assert control["other_counter_changes"] == [{"role": "loadController", "floor_counter": 4}]


def test_what_a_request_leaves_out_the_command_leaves_out() -> None:
    value = content(made("6.15.1", "ESME", own_credentials("Supplier")))
    assert set(value["control"]) == {"mode", "authorising_cell", "authorising_counter"}
    assert "execution_time" not in value


def test_path_checks_without_time_are_named() -> None:
    body = own_credentials("Supplier", ApplyTimeBasedCPVChecks=False)
    assert content(made("6.15.1", "ESME", body))["control"]["time_based_path_checks"] == "disapply"


@pytest.mark.parametrize(
    ("when", "written"),
    [(LATER, "2030-01-15T09:00:00Z"), (CANCELLED, "9999-12-31T23:59:59Z")],
    ids=["dated", "cancelled"],
)
@pytest.mark.parametrize("srv", ["6.15.1", "6.23", "11.3"])
def test_what_the_device_dates_carries_the_date(srv: str, when: datetime, written: str) -> None:
    bodies = {
        "6.15.1": own_credentials("Supplier"),
        "6.23": credentials_of_gaining_supplier(),
        "11.3": {"FirmwareHash": bytes(32)},
    }
    message = made(srv, "ESME", bodies[srv] | {"ExecutionDateTime": when})
    assert content(message)["execution_time"] == written


def test_what_the_dsp_dates_does_not_carry_the_date() -> None:
    body = {
        "ExecutionDateTime": LATER,
        "ACBFloorSeqNumber": 1,
        "ReplacementCertificates": {"KeyAgreementCertificate": CERTIFICATE},
        "CertificationPathCertificates": PATH,
        "ApplyTimeBasedCPVChecks": True,
    }
    message = made("8.5", "ESME", body)
    assert "execution_time" not in content(message)
    assert "authorising_cell" not in content(message)["control"]


def test_a_top_up_key_of_a_network_operator_is_refused_by_name() -> None:
    certificates = {"KeyAgreementTopUpCertificate": CERTIFICATE}
    body = own_credentials(
        "NetworkOperator",
        ReplacementCertificates={"SupplierOrNetworkOperatorCertificates": certificates},
    )
    with pytest.raises(UnencodableContentError, match="KeyAgreementTopUpCertificate"):
        made("6.15.1", "ESME", body)


def test_a_replacement_of_nothing_is_refused() -> None:
    certificates: Mapping[str, Any] = {"SupplierOrNetworkOperatorCertificates": {}}
    body = own_credentials("Supplier", ReplacementCertificates=certificates)
    with pytest.raises(UnencodableContentError, match="at least one certificate"):
        made("6.15.1", "ESME", body)


def test_a_certificate_that_is_no_der_is_refused() -> None:
    with pytest.raises(UnencodableContentError, match="DER element"):
        made("6.15.2", "ESME", {"DeviceCertificate": b"certificate"})


@pytest.mark.parametrize(
    ("device_type", "roles", "name"),
    [
        ("ESME", ("Supplier",), "CS02a"),
        ("SAPC", ("Supplier", "LoadController"), "CS02f"),
        ("GPF", ("NetworkOperator",), "CS02a"),
    ],
)
def test_the_roles_asked_for_decide_the_use_case(
    device_type: str, roles: tuple[str, ...], name: str
) -> None:
    message = made("6.24.1", device_type, {"RemotePartyRole": roles})
    found = catalogue.use_case(message.message_code)
    assert found is not None
    assert found.name == name


def test_a_gas_meter_has_no_load_controller_to_ask_for() -> None:
    with pytest.raises(NoTransformationError):
        made("6.24.1", "GSME", {"RemotePartyRole": ("LoadController",)})


# Parties of the DCC


def test_the_cos_party_originates_a_change_of_supplier_under_its_own_counter() -> None:
    message = made("6.23", "ESME", credentials_of_gaining_supplier())
    assert (message.originator, message.counter) == (TRANSITIONAL_COS, 11)
    assert content(message)["control"]["authorising_counter"] == 11
    assert message.other.supplementary_party is None


def test_the_cos_party_needs_a_name_and_a_counter() -> None:
    with pytest.raises(RecordMissingError, match="transitional change of supplier"):
        made("6.23", "ESME", credentials_of_gaining_supplier(), transitional_cos=None)
    with pytest.raises(BrokerCounterMissingError, match="transitional change of supplier"):
        made("6.23", "ESME", credentials_of_gaining_supplier(), transitional_cos_counter=None)


@pytest.mark.parametrize(
    ("srv", "device_type", "body"),
    [
        ("8.7.2", "PPMID", {"OtherDeviceID": OTHER}),
        ("8.8.2", "PPMID", {"OtherDeviceID": OTHER}),
        ("6.23", "ESME", credentials_of_gaining_supplier()),
    ],
)
def test_a_critical_command_of_the_dcc_is_left_for_its_party_to_sign(
    keys: BenchKeys, srv: str, device_type: str, body: Mapping[str, Any]
) -> None:
    message = made(srv, device_type, body)
    assert message.signature is None
    credential = keys.credential(
        BROKER, RemotePartyRole.ACCESS_CONTROL_BROKER, KeyUsage.DIGITAL_SIGNATURE
    )
    signed = with_dcc_signature(message, credential.private_key)
    assert protection.is_signature_valid(signed, credential.private_key.public_key())


def test_a_request_in_the_name_of_the_broker_serves_the_supplier() -> None:
    request = asked("11.2", {}, originator=BROKER)
    target = Target(device_type="PPMID")
    served = transform(request, target, broker=BROKER, broker_counter=9, supplier=SUPPLIER)
    assert served.other.supplementary_party == SUPPLIER
    assert served.other.supplementary_counter == 5
    own = transform(request, target, broker=BROKER, supplier=SUPPLIER)
    assert (own.counter, own.other.supplementary_party) == (5, None)


# Joins


@pytest.mark.parametrize(
    ("srv", "device_type", "other", "method", "name"),
    [
        ("8.7.1", "ESME", "PPMID", "methodAInitiator", "CS03A1"),
        ("8.7.1", "ESME", "HCALCS", "methodAInitiator", "CS03A1"),
        ("8.7.1", "HCALCS", "ESME", "methodAResponder", "CS03A2"),
        ("8.7.1", "GSME", "PPMID", "methodC", "CS03C"),
        ("8.7.2", "PPMID", "ESME", "methodAResponder", "CS03A2"),
        ("8.7.2", "PPMID", "GSME", "methodC", "CS03C"),
        ("8.7.2", "GSME", "GPF", "methodB", "CS03B"),
        ("8.7.2", "GPF", "CAD", "methodB", "CS03B"),
        ("8.7.2", "ESME", "IHD", "methodB", "CS03B"),
    ],
)
def test_the_pair_decides_method_and_use_case(
    srv: str, device_type: str, other: str, method: str, name: str
) -> None:
    known = OtherDevice(device_type=other, certificate=CERTIFICATE)
    message = made(srv, device_type, {"OtherDeviceID": OTHER}, records=Records(other_device=known))
    found = catalogue.use_case(message.message_code)
    assert found is not None
    assert found.name == name
    assert content(message)["method_and_role"] == method
    assert ("certificate" in content(message)) is (method == "methodC")


def test_a_pair_that_cannot_be_joined_is_refused() -> None:
    known = Records(other_device=OtherDevice(device_type="GPF"))
    with pytest.raises(NoTransformationError):
        made("8.7.1", "ESME", {"OtherDeviceID": OTHER}, records=known)


def test_method_c_needs_the_certificate_of_the_other_device() -> None:
    with pytest.raises(RecordMissingError, match=str(OTHER)):
        made("8.7.1", "GSME", {"OtherDeviceID": OTHER})


def test_another_user_has_its_display_joined_by_the_broker() -> None:
    known = Records(other_device=OtherDevice(device_type="IHD"))
    body = {"OtherDeviceID": OTHER}
    message = made("8.7.2", "ESME", body, records=known, is_known_party=False)
    assert (message.originator, message.other.supplementary_party) == (BROKER, SUPPLIER)
    assert message.signature == b""


# Hubs


@pytest.mark.parametrize(
    ("body", "device_type", "version", "name"),
    [
        ({}, "CHF", None, "CCS06"),
        ({}, "CHF", "4.3", "CCS06"),
        ({}, "CHF", "1.0", "CCS05CCS04"),
        ({"ReadSecurityDetails": None}, "CHF", "1.0", "CCS07"),
        ({}, "GSME", None, "CS07"),
    ],
)
def test_device_body_and_version_decide_how_a_device_log_is_read(
    body: dict[str, Any], device_type: str, version: str | None, name: str
) -> None:
    row = find_row(asked("8.9", body), Target(device_type=device_type, gbcs_version=version))
    found = catalogue.use_case(row.message_code)
    assert found is not None
    assert found.name == name


def test_only_a_hub_has_security_details_of_its_log() -> None:
    with pytest.raises(NoTransformationError):
        made("8.9", "GSME", {"ReadSecurityDetails": None})


def test_adding_a_device_needs_its_install_code() -> None:
    with pytest.raises(NoTransformationError):
        made("8.11", "CHF", {"DeviceID": OTHER, "RequestType": "Add"})


@pytest.mark.parametrize(
    ("srv", "device_type", "body", "record"),
    [
        ("8.12.1", "CHF", {"OldCHFID": OTHER}, "CS14"),
        ("8.12.2", "GPF", {"OldGPFID": OTHER}, "GCS62"),
    ],
)
def test_a_log_that_the_dcc_does_not_hold_cannot_be_restored(
    srv: str, device_type: str, body: Mapping[str, Any], record: str
) -> None:
    with pytest.raises(RecordMissingError, match=record):
        made(srv, device_type, body)


SUB_GHZ = {
    "LowerBandSubGHzChannels0To26": {},
    "LowerBandSubGHzChannels27To34": {},
    "LowerBandSubGHzChannels35To61": {},
    "UpperBandSubGHzChannels0To26": {},
    "NormalLimitedDutyCycleThreshold": Decimal("0.5"),
    "LimitedCriticalDutyCycleThreshold": Decimal("1.6"),
    "MaximumSubGHzChannelChangesPerWeek": 1,
    "GSMECurfew": 2,
    "ChannelQuieterThreshold": 1,
    "ChannelNoisierThreshold": 0,
    "NonGSMEPoorCommsPercentageThreshold": Decimal("1.00"),
    "NonGSMEPoorCommsMeasurementPeriods": 50,
    "LocalCHNoiseMeasurementPeriod": 61,
    "LocalCHFailurePercentage": Decimal("1.05"),
    "LocalCHRetryPercentage": Decimal("100.00"),
}
PAGES = {
    "LowerBandSubGHzChannels0To26": range(27),
    "LowerBandSubGHzChannels27To34": range(27, 35),
    "LowerBandSubGHzChannels35To61": range(35, 62),
    "UpperBandSubGHzChannels0To26": range(27),
}


def sub_ghz_values(body: Mapping[str, Any]) -> list[Any]:
    request = decode_payload(made("6.28", "CHF", body).payload)
    assert isinstance(request, AccessRequest)
    return [part.value for part in request.items[0].data.value]


@pytest.mark.parametrize(("page", "element"), [*enumerate(PAGES)])
def test_each_channel_is_one_bit_of_its_page(page: int, element: str) -> None:
    for bit, channel in enumerate(PAGES[element]):
        masks = sub_ghz_values(SUB_GHZ | {element: {f"Channel{channel}": None}})[:4]
        words = [int(mask, 2) for mask in masks]
        assert words[page] == (28 + page) << 27 | 1 << bit
        assert sum(word & ~(31 << 27) for word in words) == 1 << bit


def test_percentages_are_hundredths() -> None:
    assert sub_ghz_values(SUB_GHZ)[4:] == [50, 160, 1, 2, 1, 0, 100, 50, 61, 105, 10000]


# Whatever a request may say


certificates = st.just(CERTIFICATE) | st.binary(max_size=12)
euis = st.binary(min_size=8, max_size=8).map(Eui64)
device_logs: st.SearchStrategy[DeviceLog | None] = (
    st.none()
    | st.builds(
        HubDeviceLog,
        han_id=st.binary(min_size=8, max_size=8),
        devices=st.lists(st.tuples(euis, st.binary(min_size=16, max_size=16))).map(tuple),
    )
    | st.builds(
        ProxyDeviceLog,
        devices=st.lists(st.tuples(euis, st.sampled_from(["PPMID", "type2"]))).map(tuple),
    )
)
records = st.builds(
    Records,
    other_device=st.none()
    | st.builds(
        OtherDevice,
        device_type=st.none() | st.sampled_from(["ESME", "GSME", "GPF", "PPMID", "HCALCS", "IHD"]),
        certificate=st.none() | certificates,
    ),
    device_log=device_logs,
)


def with_certificates(draw: st.DrawFn, content: Any) -> Any:
    """Random octets are hardly ever DER: certificates are drawn of their own."""
    if isinstance(content, dict):
        return {
            name: draw(certificates)
            if name.endswith("Certificate") and isinstance(part, bytes)
            else with_certificates(draw, part)
            for name, part in content.items()
        }
    if isinstance(content, tuple):
        return tuple(
            draw(certificates) if isinstance(part, bytes) else with_certificates(draw, part)
            for part in content
        )
    return content


@st.composite
def requests(draw: st.DrawFn) -> tuple[Request, Target]:
    row: Row = draw(st.sampled_from(ROWS))
    body = draw(values(TYPE_OF_ELEMENT[CATALOGUE[row.srv].element])) or {}
    version = draw(st.none() | st.sampled_from(["1.0", "4.3"]))
    target = Target(device_type=row.device_type, gbcs_version=version)
    originator = draw(st.sampled_from([SUPPLIER, BROKER]))
    return asked(row.srv, with_certificates(draw, body), originator), target


@given(
    asked_of=requests(),
    known=records,
    is_known_party=st.booleans(),
    is_load_controller=st.booleans(),
)
def test_any_request_becomes_a_command_that_reads_back_or_is_refused(
    asked_of: tuple[Request, Target],
    known: Records,
    is_known_party: bool,
    is_load_controller: bool,
) -> None:
    request, target = asked_of
    try:
        message = transform(
            request,
            target,
            broker=BROKER,
            broker_counter=9,
            is_known_party=is_known_party,
            is_load_controller=is_load_controller,
            transitional_cos=TRANSITIONAL_COS,
            transitional_cos_counter=11,
            supplier=SUPPLIER,
            records=known,
        )
    except TransformationError:
        return
    assert parse(message.to_octets()) == message
    payload.decode(message)
    assert message.recipient == DEVICE
