"""What is wrong with a request decides its code; nothing has happened when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from assay.dcc.access import WebService
from assay.dcc.dsp.check import Check
from assay.dcc.dsp.checks import CHECKS
from assay.dcc.dsp.reading import RemoteUnanswerableError
from assay.dcc.inventory import DeviceStatus, MeteringPoints
from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.registration import MeteringPoint, User
from assay.duis.catalogue import UserRole
from assay.duis.errors import RemoteDocumentError
from assay.duis.requests import build_request
from assay.duis.response_codes import RESPONSE_CODES
from assay.duis.responses import Acknowledgement, Response
from assay.gbcs.certificates import RemotePartyRole
from assay.gbcs.keys import KeyUsage
from tests.dcc.bench import DspBench
from tests.dcc.conftest import make_keys
from tests.dcc.parties import (
    AVERAGES,
    BODIES,
    BROKER,
    HUB,
    METER,
    MONITORS,
    MPAN,
    OPERATOR,
    OTHER_SUPPLIER,
    PARTIES,
    START,
    SUPPLIER,
    UNKNOWN_DEVICE,
    meter,
)

Case = Callable[[DspBench], Response]


def unsigned(bench: DspBench) -> Response:
    return bench.post(build_request(bench.request("7.4")), WebService.SEND_COMMAND)


def altered(bench: DspBench) -> Response:
    document = bench.signed(bench.request("7.4"))
    spoilt = document.replace(b"CommandVariant>1", b"CommandVariant>3")
    return bench.post(spoilt, WebService.SEND_COMMAND)


def signed_by_another(bench: DspBench) -> Response:
    signer = bench.keys.credential(OPERATOR, RemotePartyRole.XML_SIGNING)
    return bench.post(bench.signed(bench.request("7.4"), signer), WebService.SEND_COMMAND)


def signed_with_the_command_key(bench: DspBench) -> Response:
    signer = bench.keys.credential(SUPPLIER, RemotePartyRole.SUPPLIER, KeyUsage.DIGITAL_SIGNATURE)
    return bench.post(bench.signed(bench.request("7.4"), signer), WebService.SEND_COMMAND)


def broken_schema(bench: DspBench) -> Response:
    document = build_request(bench.request("7.4"))
    spoilt = document.replace(b"<sr:ReadSupplyStatus>", b"<sr:ReadSupplyStatus><sr:X></sr:X>")
    return bench.post(spoilt, WebService.SEND_COMMAND)


def older_schema(bench: DspBench) -> Response:
    return bench.send(bench.request("7.4", schema_version="5.1"))


def party_that_is_no_user(bench: DspBench) -> Response:
    bench.registration.add_user(User(name="Gone", eui=SUPPLIER, roles=frozenset()))
    return bench.send(bench.request("7.4"))


def other_tls_identity(bench: DspBench) -> Response:
    return bench.send(bench.request("7.4"), caller=OPERATOR)


def user_not_live(bench: DspBench) -> Response:
    roles = frozenset({UserRole.IMPORT_SUPPLIER})
    bench.registration.add_user(User(name="Asleep", eui=SUPPLIER, roles=roles, is_live=False))
    return bench.send(bench.request("7.4"))


def wrong_web_service(bench: DspBench) -> Response:
    return bench.send(bench.request("7.4"), service=WebService.TRANSFORM)


def non_device_request_on_transform(bench: DspBench) -> Response:
    return bench.send(bench.request("8.2"), service=WebService.TRANSFORM)


def critical_as_non_critical(bench: DspBench) -> Response:
    return bench.send(bench.request("7.2", command_variant=1))


def non_critical_as_critical(bench: DspBench) -> Response:
    return bench.send(bench.request("7.4", command_variant=4))


def service_request_as_signed(bench: DspBench) -> Response:
    return bench.send(bench.request("7.2", command_variant=5))


def internal_command_variant(bench: DspBench) -> Response:
    return bench.send(bench.request("7.4", command_variant=9))


def role_without_the_service(bench: DspBench) -> Response:
    return bench.send(bench.request("7.2", user=OPERATOR))


def non_device_request_to_a_device(bench: DspBench) -> Response:
    return bench.send(bench.request("8.2", target=METER))


def unknown_device(bench: DspBench) -> Response:
    return bench.send(bench.request("7.4", target=UNKNOWN_DEVICE))


def wrong_device_type(bench: DspBench) -> Response:
    return bench.send(bench.request("7.2", target=HUB))


def no_longer_there_for_a_handheld(bench: DspBench) -> Response:
    bench.inventory.enter(meter(DeviceStatus.DECOMMISSIONED))
    return bench.send(bench.request("7.4", command_variant=2))


def other_supplier(bench: DspBench) -> Response:
    return bench.send(bench.request("7.4", user=OTHER_SUPPLIER))


def registration_that_has_ended(bench: DspBench) -> Response:
    other = MeteringPoint(
        mpxn=MPAN, role=UserRole.IMPORT_SUPPLIER, party=OTHER_SUPPLIER, start=START
    )
    bench.registration.add_point(other)
    return bench.send(bench.request("7.4"))


def meter_of_another_in_8_11(bench: DspBench) -> Response:
    """The request claims a metering point of the sender; the inventory knows better."""
    own = "1399999999999"
    bench.registration.add_point(
        MeteringPoint(mpxn=own, role=UserRole.IMPORT_SUPPLIER, party=OTHER_SUPPLIER, start=START)
    )
    window = {"JoinTimePeriod": 90, "InstallCode": bytes(16), "ImportMPxN": own}
    body = {"DeviceID": METER, "RequestType": "Add", "AddDeviceToCHFWhitelist": window}
    return bench.send(bench.request("8.11", user=OTHER_SUPPLIER, body=body))


def not_commissioned(bench: DspBench) -> Response:
    bench.inventory.enter(meter(DeviceStatus.INSTALLED_NOT_COMMISSIONED))
    return bench.send(bench.request("7.4"))


def commissioned_already(bench: DspBench) -> Response:
    return bench.send(bench.request("8.1.1"))


def request_id_used_before(bench: DspBench) -> Response:
    bench.send(bench.request("7.4", counter=7))
    return bench.send(bench.request("4.1.1", counter=7))


def request_id_below_the_last(bench: DspBench) -> Response:
    bench.send(bench.request("7.4", counter=7))
    return bench.send(bench.request("4.1.1", counter=6))


def signed_without_transform(bench: DspBench) -> Response:
    request = bench.request("7.2")
    signed = bench.signed_pre_command(request, bench.send(request))
    stranger = replace(request.request_id, counter=request.request_id.counter + 1)
    return bench.send(replace(signed, request_id=stranger))


def signed_twice(bench: DspBench) -> Response:
    request = bench.request("7.2")
    signed = bench.signed_pre_command(request, bench.send(request))
    bench.send(signed)
    return bench.send(signed)


def signed_for_another_service(bench: DspBench) -> Response:
    request = bench.request("7.2")
    signed = bench.signed_pre_command(request, bench.send(request))
    return bench.send(replace(signed, srv="7.1"))


def other_command_than_transformed(bench: DspBench) -> Response:
    enable, disable = bench.request("7.1"), bench.request("7.2")
    signed_enable = bench.signed_pre_command(enable, bench.send(enable))
    bench.send(disable)
    return bench.send(replace(signed_enable, request_id=disable.request_id, srv="7.2"))


def signed_payload_that_is_no_command(bench: DspBench) -> Response:
    request = bench.request("7.2")
    signed = bench.signed_pre_command(request, bench.send(request))
    return bench.send(replace(signed, body=replace(signed.body, gbcs_payload=b"\x01")))


def command_signed_by_another(bench: DspBench) -> Response:
    request = bench.request("7.2")
    answer = bench.send(request)
    other = bench.request("7.2", user=OTHER_SUPPLIER)
    signed = bench.signed_pre_command(other, answer)
    return bench.send(replace(signed, request_id=request.request_id))


def known_device_pre_notified(bench: DspBench) -> Response:
    body = {**BODIES["12.2"], "DeviceID": METER}
    return bench.send(bench.request("12.2", body=body))


def hub_and_proxy_with_one_identifier(bench: DspBench) -> Response:
    body = {**BODIES["12.2"], "AssociatedGPFDeviceID": UNKNOWN_DEVICE}
    return bench.send(bench.request("12.2", body=body))


def inventory_query_without_result(bench: DspBench) -> Response:
    return bench.send(bench.request("8.2", body={"DeviceID": UNKNOWN_DEVICE}))


def unknown_device_to_a_hub(bench: DspBench) -> Response:
    body = {**BODIES["8.11"], "DeviceID": UNKNOWN_DEVICE}
    return bench.send(bench.request("8.11", body=body))


def add_without_a_window(bench: DspBench) -> Response:
    body = {"DeviceID": METER, "RequestType": "Add"}
    return bench.send(bench.request("8.11", body=body))


def withdrawn_device_to_a_hub(bench: DspBench) -> Response:
    bench.inventory.enter(meter(DeviceStatus.WITHDRAWN))
    return bench.send(bench.request("8.11"))


def transformation_in_a_sequence(bench: DspBench) -> Response:
    return bench.send(bench.request("7.2", first_in_sequence=True))


def local_delivery_in_a_sequence(bench: DspBench) -> Response:
    return bench.send(bench.request("7.4", command_variant=3, first_in_sequence=True))


def dcc_request_in_a_sequence(bench: DspBench) -> Response:
    return bench.send(bench.request("8.2", first_in_sequence=True))


def first_of_a_sequence_after_another(bench: DspBench) -> Response:
    before = bench.request("7.4").request_id
    request = bench.request("7.4", first_in_sequence=True, preceding_request_id=before)
    return bench.send(request)


def second_successor(bench: DspBench) -> Response:
    first = bench.request("7.4", first_in_sequence=True)
    bench.send(first)
    bench.send(bench.request("7.4", preceding_request_id=first.request_id))
    return bench.send(bench.request("7.4", preceding_request_id=first.request_id))


def dated(bench: DspBench, when: datetime, **changes: Any) -> Response:
    return bench.send(bench.request("4.1.1", body={"ExecutionDateTime": when}, **changes))


def dated_in_the_past(bench: DspBench) -> Response:
    return dated(bench, START)


def dated_beyond_the_horizon(bench: DspBench) -> Response:
    return dated(bench, START + bench.settings.dated_horizon + timedelta(seconds=1))


def dated_for_local_delivery(bench: DspBench) -> Response:
    return dated(bench, START + timedelta(days=1), command_variant=3)


def device_without_certificate(bench: DspBench) -> Response:
    bench.inventory.enter(meter(device_id=UNKNOWN_DEVICE))
    return bench.send(bench.request("7.4", target=UNKNOWN_DEVICE))


def service_without_transformation(bench: DspBench) -> Response:
    """Settings of a gas meter for an electricity meter."""
    body = {"GasSupplierAlerts": {"x81AA": "Enable"}}
    return bench.send(bench.request("6.22", body=body))


def log_of_a_time_that_no_meter_has(bench: DspBench) -> Response:
    long_ago = START.replace(year=1999)
    body = {"ReadLogPeriod": {"StartDateTime": long_ago, "EndDateTime": START}}
    return bench.send(bench.request("4.10", body=body))


def window_beyond_all_time(bench: DspBench) -> Response:
    body = {"CurrentDateTime": START.replace(year=9999, month=12, day=31), "TolerancePeriod": 86400}
    return bench.send(bench.request("6.11", body=body))


def polyphase_settings_of_one_phase(bench: DspBench) -> Response:
    phase = {"Phase": 1, "PhaseVoltageSettings": AVERAGES}
    body = {"RMSVoltageSettings": MONITORS, "PolyPhaseVoltageSettings": (phase,) * 3}
    return bench.send(bench.request("6.5", user=OPERATOR, body=body))


def user_key_that_is_no_certificate(bench: DspBench) -> Response:
    body = {**BODIES["4.10"], "KAPublicSecurityCredentials": b"no certificate"}
    transporter = PARTIES[UserRole.GAS_TRANSPORTER]
    return bench.send(bench.request("4.10", user=transporter, body=body))


CASES: dict[Case, str] = {
    broken_schema: "E48",
    older_schema: "E48",
    unsigned: "E49",
    altered: "E49",
    signed_by_another: "E49",
    signed_with_the_command_key: "E49",
    party_that_is_no_user: "E1",
    other_tls_identity: "E1",
    user_not_live: "E3",
    wrong_web_service: "E13",
    non_device_request_on_transform: "E13",
    critical_as_non_critical: "E12",
    non_critical_as_critical: "E12",
    service_request_as_signed: "E12",
    internal_command_variant: "E12",
    role_without_the_service: "E2",
    non_device_request_to_a_device: "E48",
    unknown_device: "E19",
    wrong_device_type: "E11",
    no_longer_there_for_a_handheld: "E17",
    other_supplier: "E4",
    registration_that_has_ended: "E4",
    meter_of_another_in_8_11: "E4",
    not_commissioned: "E5",
    commissioned_already: "E5",
    request_id_used_before: "E50",
    request_id_below_the_last: "E50",
    signed_without_transform: "E50",
    signed_twice: "E50",
    signed_for_another_service: "E50",
    other_command_than_transformed: "E49",
    signed_payload_that_is_no_command: "E48",
    command_signed_by_another: "E49",
    known_device_pre_notified: "E120201",
    hub_and_proxy_with_one_identifier: "E120201",
    inventory_query_without_result: "E19",
    unknown_device_to_a_hub: "E19",
    add_without_a_window: "E48",
    withdrawn_device_to_a_hub: "E5",
    transformation_in_a_sequence: "E42",
    local_delivery_in_a_sequence: "E42",
    dcc_request_in_a_sequence: "E42",
    first_of_a_sequence_after_another: "E42",
    second_successor: "E43",
    dated_in_the_past: "E48",
    dated_beyond_the_horizon: "E48",
    dated_for_local_delivery: "E12",
    device_without_certificate: "E100",
    service_without_transformation: "E100",
    log_of_a_time_that_no_meter_has: "E48",
    window_beyond_all_time: "E48",
    polyphase_settings_of_one_phase: "E48",
    user_key_that_is_no_certificate: "E48",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_what_is_wrong_decides_the_code(bench: DspBench, case: Case) -> None:
    answer = case(bench)
    assert answer.response_code == CASES[case]
    assert isinstance(answer.body, Acknowledgement)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_a_refusal_sends_nothing_and_is_on_the_audit_trail(bench: DspBench, case: Case) -> None:
    case(bench)
    kinds = [entry.kind for entry in bench.audit.entries]
    last_request = len(kinds) - 1 - kinds[::-1].index("request")
    entry = bench.audit.entries[last_request]
    assert kinds[last_request:] == ["request", "answer"]
    assert entry.code == CASES[case]
    assert [stage.check for stage in entry.stages if stage.refusal] == [entry.stages[-1].check]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_check_refuses_with_codes_that_may_be_raised(check: Check) -> None:
    assert all(RESPONSE_CODES[code].may_be_raised for code in check.codes)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_check_is_seen_to_refuse(bench: DspBench, check: Check) -> None:
    for case, code in CASES.items():
        if code not in check.codes:
            continue
        fresh = DspBench(keys=bench.keys)
        for device in bench.inventory.devices:
            fresh.inventory.enter(device)
        case(fresh)
        stages = [one.stages for one in fresh.audit.entries if one.kind == "request"][-1]
        if stages[-1].check == check.name:
            return
    pytest.fail(f"no case makes {check.name} refuse")


def test_without_a_check_the_next_one_decides(bench: DspBench) -> None:
    bench.dsp.checks = [check for check in CHECKS if check.name != "device type"]
    assert wrong_device_type(bench).response_code == "E100"


def test_checks_stop_at_the_first_refusal(bench: DspBench) -> None:
    role_without_the_service(bench)
    entry = [one for one in bench.audit.entries if one.kind == "request"][-1]
    assert entry.stages[-1].check == "role"
    assert len(entry.stages) < len(CHECKS)


def test_a_document_that_is_no_xml_is_not_answered(bench: DspBench) -> None:
    with pytest.raises(RemoteDocumentError):
        bench.dsp.handle(WebService.SEND_COMMAND, b"<sr:Request", None)
    assert bench.audit.entries[-1].octets == b"<sr:Request"


def test_a_document_without_a_readable_header_is_not_answered(bench: DspBench) -> None:
    document = build_request(bench.request("7.4")).replace(b"RequestID", b"RequestName")
    with pytest.raises(RemoteUnanswerableError, match="RequestID"):
        bench.dsp.handle(WebService.SEND_COMMAND, document, None)


def test_a_second_signature_block_is_refused_as_broken_schema(bench: DspBench) -> None:
    """What is checked and what is read is the same element: nothing can be wrapped."""
    document = bench.signed(bench.request("7.4"))
    start, end = document.index(b"<ds:Signature"), document.index(b"</ds:Signature>")
    signature = document[start : end + len(b"</ds:Signature>")]
    body_end = document.index(b"</sr:Body>")
    wrapped = document[:body_end] + signature + document[body_end:]
    assert bench.post(wrapped, WebService.SEND_COMMAND).response_code == "E48"


class TestRevocation:
    """With keys of its own, as revoking changes them for good."""

    @pytest.fixture
    def bench(self) -> DspBench:
        bench = DspBench(keys=make_keys())
        bench.inventory.enter(meter())
        return bench

    def test_a_revoked_xml_signing_certificate_is_refused(self, bench: DspBench) -> None:
        self.revoke(bench.keys, bench, RemotePartyRole.XML_SIGNING)
        assert bench.send(bench.request("7.4")).response_code == "E49"

    def test_a_command_under_a_revoked_certificate_is_refused(self, bench: DspBench) -> None:
        self.revoke(bench.keys, bench, RemotePartyRole.SUPPLIER)
        _, answer = bench.complete("7.2")
        assert answer.response_code == "E49"

    def test_an_expired_certificate_is_refused_by_the_clock_of_the_bench(
        self, bench: DspBench
    ) -> None:
        bench.clock.advance(timedelta(days=11 * 365))
        assert bench.send(bench.request("7.4")).response_code == "E49"

    @staticmethod
    def revoke(keys: BenchKeys, bench: DspBench, role: RemotePartyRole) -> None:
        certificate = keys.credential(SUPPLIER, role).certificate
        keys.smki.revoke(certificate.reference, now=bench.clock.now())


def test_a_device_without_metering_point_belongs_to_who_made_it_known(bench: DspBench) -> None:
    bench.inventory.enter(meter(points=MeteringPoints(), notified_by=SUPPLIER))
    assert bench.send(bench.request("7.4")).response_code == "I99"
    assert bench.send(bench.request("7.4", user=OTHER_SUPPLIER)).response_code == "E4"


def test_the_broker_is_no_device(bench: DspBench) -> None:
    assert bench.send(bench.request("7.4", target=BROKER)).response_code == "E19"
