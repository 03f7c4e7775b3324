"""Credentials on devices: change of supplier, handover, replacement, opt out, and their duty."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assay.dcc.dsp.change_of_supplier import registration_changed
from assay.dcc.inventory import DeviceStatus, DeviceType, Duty, Obligation
from assay.dcc.pki.bench_keys import TRANSITIONAL_COS, BenchKeys
from assay.dcc.registration import MeteringPoint, RegistrationChange
from assay.dcc.settings import DccSettings
from assay.duis.catalogue import UserRole
from assay.duis.responses import DccAlert, FutureDatedDeviceAlert
from assay.gbcs import protection
from assay.gbcs.certificates import RemotePartyRole
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyUsage
from tests.dcc.bench import DspBench
from tests.dcc.dsp.device_answers import outcome, replaces, says, send_alert
from tests.dcc.dsp.test_inventory_requests import Planned
from tests.dcc.parties import (
    BROKER,
    HUB,
    METER,
    MPAN,
    OPERATOR,
    OTHER_SUPPLIER,
    PROXY,
    START,
    SUPPLIER,
    hub,
    meter,
)

A_MINUTE = timedelta(minutes=1)
SUPPLIER_BY_COS, SUPPLIER_BY_SUPPLIER, OPERATOR_BY_OPERATOR = 0x0107, 0x0102, 0x0103


def der(bench: DspBench, party: Eui64, role: RemotePartyRole = RemotePartyRole.SUPPLIER) -> bytes:
    return bench.keys.credential(party, role).certificate.der


def agreement(bench: DspBench, party: Eui64) -> bytes:
    role, usage = RemotePartyRole.SUPPLIER, KeyUsage.KEY_AGREEMENT
    return bench.keys.credential(party, role, usage).certificate.der


def change_body(bench: DspBench, gaining: Eui64 = OTHER_SUPPLIER, **changes: Any) -> dict[str, Any]:
    """Of 6.23, for the meter of the bench."""
    return {
        "SupplierFloorSeqNumber": 0,
        "SupplierReplacementCertificates": {
            "DigitalSigningCertificate": der(bench, gaining),
            "KeyAgreementCertificate": agreement(bench, gaining),
        },
        "CertificationPathCertificates": {
            "Certificate": (bench.keys.organisation_issuing.der,),
        },
        "ApplyTimeBasedCPVChecks": True,
        "ImportMPxN": MPAN,
        **changes,
    }


def replacement_body(bench: DspBench, party: Eui64, role: str) -> dict[str, Any]:
    """Of 6.21: the broker's credentials give way to the party's own."""
    remote = RemotePartyRole.SUPPLIER if role == "Supplier" else RemotePartyRole.NETWORK_OPERATOR
    return {
        "RemotePartyRole": role,
        "RemotePartyFloorSeqNumber": 0,
        "ReplacementCertificates": {"DigitalSigningCertificate": der(bench, party, remote)},
        "CertificationPathCertificates": {
            "Certificate": (bench.keys.organisation_issuing.der,),
        },
        "ApplyTimeBasedCPVChecks": True,
    }


def registered(bench: DspBench, party: Eui64 = OTHER_SUPPLIER) -> None:
    """The registration has changed hands already."""
    point = MeteringPoint(
        mpxn=MPAN, role=UserRole.IMPORT_SUPPLIER, party=party, start=START - timedelta(days=1)
    )
    bench.registration.add_point(point)


def alerts(bench: DspBench, user: Eui64) -> list[DccAlert]:
    return [one.body for one in bench.delivered(user) if isinstance(one.body, DccAlert)]


def change_supplier(bench: DspBench, user: Eui64 = OTHER_SUPPLIER, **changes: Any) -> str:
    body = change_body(bench, **changes)
    _, answer = bench.complete("6.23", user=user, target=METER, body=body)
    bench.clock.advance(A_MINUTE)
    return answer.response_code


# Change of supplier


def test_the_change_of_supplier_party_signs_for_the_registered_supplier(bench: DspBench) -> None:
    registered(bench)
    bench.premises.payloads[SUPPLIER_BY_COS] = replaces(SUPPLIER)
    assert change_supplier(bench) == "I99"
    (command,) = bench.premises.commands
    key = bench.keys.credential(TRANSITIONAL_COS, RemotePartyRole.TRANSITIONAL_COS)
    assert command.originator == TRANSITIONAL_COS
    assert protection.is_signature_valid(command, key.certificate.public_key)
    assert command.mac is not None


def test_the_response_goes_to_who_asked_though_it_answers_another(bench: DspBench) -> None:
    registered(bench)
    bench.premises.payloads[SUPPLIER_BY_COS] = replaces(SUPPLIER)
    change_supplier(bench)
    assert len(bench.device_responses(OTHER_SUPPLIER)) == 1


def test_the_losing_supplier_is_told_and_its_plans_are_cancelled(bench: DspBench) -> None:
    registered(bench)
    bench.dsp.books.estate.cancellation.held[:] = [Planned(SUPPLIER), Planned(OPERATOR)]
    bench.premises.payloads[SUPPLIER_BY_COS] = replaces(SUPPLIER)
    change_supplier(bench)
    told = {alert.code: alert.content for alert in alerts(bench, SUPPLIER)}
    assert set(told) == {"N42", "N4", "N7", "N27"}
    assert told["N27"] == {
        "DeviceChangeOfSupplier": {
            "DeviceID": METER,
            "DeviceType": "ESME",
            "MPxNs": {"ImportMPxN": MPAN},
        }
    }
    assert [alert.code for alert in alerts(bench, OPERATOR)] == []


def test_both_suppliers_hear_which_credentials_are_on_the_device_now(bench: DspBench) -> None:
    registered(bench)
    bench.premises.payloads[SUPPLIER_BY_COS] = replaces(SUPPLIER)
    change_supplier(bench)
    (alert,) = (one for one in alerts(bench, OTHER_SUPPLIER) if one.code == "N42")
    assert alert.content["RemotePartyRole"] == "Supplier"
    assert alert.content["RemotePartySeqNumberChange"] == {"RemotePartyFloorSeqNumber": 0}
    certificates = alert.content["Certificates"]
    assert isinstance(certificates, tuple)
    assert [one["CertificateType"] for one in certificates] == ["DigitalSigning", "KeyAgreement"]


def test_a_device_that_keeps_its_credentials_changes_nothing(bench: DspBench) -> None:
    registered(bench)
    bench.premises.payloads[SUPPLIER_BY_COS] = replaces(SUPPLIER, status="badCertificate")
    change_supplier(bench)
    assert alerts(bench, SUPPLIER) == []
    assert len(bench.device_responses(OTHER_SUPPLIER)) == 1


def test_who_is_not_registered_is_refused_at_the_door(bench: DspBench) -> None:
    assert change_supplier(bench) == "E4"
    assert bench.premises.commands == []


def test_the_number_must_be_one_of_the_device(bench: DspBench) -> None:
    registered(bench)
    assert change_supplier(bench, ImportMPxN="1399999999999") == "I99"
    assert [alert.code for alert in alerts(bench, OTHER_SUPPLIER)] == ["N26"]
    assert bench.premises.commands == []


def test_who_will_be_registered_may_ask_before_the_day(bench: DspBench) -> None:
    later = START + timedelta(days=3)
    point = MeteringPoint(
        mpxn=MPAN, role=UserRole.IMPORT_SUPPLIER, party=OTHER_SUPPLIER, start=later
    )
    bench.registration.add_point(point)
    too_early = later - timedelta(seconds=1)
    assert change_supplier(bench, ExecutionDateTime=too_early) == "E4"
    assert change_supplier(bench, ExecutionDateTime=later) == "I99"
    assert {command.message_code for command in bench.premises.commands} == {SUPPLIER_BY_COS}


def test_the_outcome_of_a_dated_change_goes_to_who_asked_for_it(bench: DspBench) -> None:
    registered(bench)
    bench.premises.payloads[SUPPLIER_BY_COS] = says({"accepted": None})
    change_supplier(bench, ExecutionDateTime=START + timedelta(days=3))
    (command,) = bench.premises.commands
    value = {
        "alert_code": "0x8F66",
        "execution_time": "2026-03-04T12:00:00Z",
        "outcome": outcome(command, SUPPLIER),
    }
    send_alert(bench, device=METER, recipient=TRANSITIONAL_COS, message_code=0x00CB, value=value)
    bench.clock.advance(A_MINUTE)
    asked = bench.delivered(OTHER_SUPPLIER)
    assert any(isinstance(one.body, FutureDatedDeviceAlert) for one in asked)
    assert "N27" in bench.alert_codes(SUPPLIER)


def test_an_outcome_that_comes_by_alert_counts_like_one_in_a_response(bench: DspBench) -> None:
    registered(bench)
    bench.premises.payloads[SUPPLIER_BY_COS] = replaces(SUPPLIER)
    bench.premises.is_silent = True
    change_supplier(bench)
    (command, *_) = bench.premises.commands
    value = {
        "alert_code": "0x8F66",
        "execution_time": "2026-03-01T12:00:00Z",
        "outcome": outcome(command, SUPPLIER),
    }
    send_alert(bench, device=METER, recipient=TRANSITIONAL_COS, message_code=0x00CB, value=value)
    bench.clock.advance(A_MINUTE)
    assert "N27" in bench.alert_codes(SUPPLIER)


def test_a_forged_outcome_changes_nothing(bench: DspBench) -> None:
    registered(bench)
    bench.premises.is_silent = True
    change_supplier(bench)
    (command, *_) = bench.premises.commands
    value = {
        "alert_code": "0x8F66",
        "execution_time": "2026-03-01T12:00:00Z",
        "outcome": outcome(command, SUPPLIER),
    }
    send_alert(
        bench,
        device=METER,
        recipient=TRANSITIONAL_COS,
        message_code=0x00CB,
        value=value,
        is_forged=True,
    )
    bench.clock.advance(A_MINUTE)
    assert "N27" not in bench.alert_codes(SUPPLIER)


def test_on_the_day_of_the_change_the_losing_suppliers_plans_go(bench: DspBench) -> None:
    estate = bench.dsp.books.estate
    estate.cancellation.held[:] = [Planned(SUPPLIER), Planned(OPERATOR)]
    change = RegistrationChange(
        mpxn=MPAN,
        role=UserRole.IMPORT_SUPPLIER,
        losing=SUPPLIER,
        gaining=OTHER_SUPPLIER,
        at=START,
    )
    registration_changed(estate, change)
    assert bench.alert_codes(SUPPLIER) == ["N4", "N7"]
    assert bench.alert_codes(OPERATOR) == []
    registration_changed(estate, replace(change, gaining=None))
    assert bench.alert_codes(SUPPLIER) == ["N4", "N7"]


# Handover, recovery, duty


def owing(bench: DspBench) -> None:
    """The gas proxy function, commissioned, with the broker's credentials still on it."""
    proxy = replace(
        hub(), device_id=PROXY, device_type=DeviceType.GPF, hub=HUB, duty=Duty.of("GPF", START)
    )
    bench.inventory.enter(proxy)


@pytest.fixture
def gas_bench(keys: BenchKeys) -> DspBench:
    bench = DspBench(keys=keys)
    bench.inventory.enter(hub())
    bench.inventory.enter(meter())
    owing(bench)
    return bench


def test_the_broker_hands_a_device_over_and_half_the_duty_is_done(gas_bench: DspBench) -> None:
    gas_bench.premises.payloads[SUPPLIER_BY_SUPPLIER] = replaces(BROKER)
    body = replacement_body(gas_bench, SUPPLIER, "Supplier")
    _, answer = gas_bench.complete("6.21", target=PROXY, body=body)
    gas_bench.clock.advance(A_MINUTE)
    assert answer.response_code == "I99"
    (command,) = gas_bench.premises.commands
    broker = gas_bench.keys.credential(BROKER, RemotePartyRole.ACCESS_CONTROL_BROKER)
    assert protection.is_signature_valid(command, broker.certificate.public_key)
    duty = gas_bench.inventory[PROXY].duty
    assert duty is not None
    assert duty.owed == {Obligation.OPERATOR_CREDENTIALS}
    assert "N27" not in gas_bench.alert_codes(SUPPLIER)


def test_own_credentials_in_the_place_of_the_brokers_end_a_recovery(gas_bench: DspBench) -> None:
    recovered = gas_bench.inventory[PROXY].with_status(DeviceStatus.RECOVERED, START)
    gas_bench.inventory.enter(recovered)
    gas_bench.premises.payloads[SUPPLIER_BY_SUPPLIER] = replaces(BROKER)
    body = replacement_body(gas_bench, SUPPLIER, "Supplier")
    _, answer = gas_bench.complete("6.21", target=PROXY, body=body)
    gas_bench.clock.advance(A_MINUTE)
    assert answer.response_code == "I99"
    assert gas_bench.inventory[PROXY].status is DeviceStatus.COMMISSIONED


def test_a_meter_that_opts_out_is_withdrawn_and_its_schedules_go(keys: BenchKeys) -> None:
    roles = frozenset({UserRole.IMPORT_SUPPLIER})
    bench = DspBench(keys=keys, settings=DccSettings(opened={"8.5": roles}))
    bench.inventory.enter(hub())
    bench.inventory.enter(meter())
    bench.dsp.books.estate.cancellation.held.append(Planned(SUPPLIER))
    bench.premises.payloads[0x0104] = replaces(BROKER)
    broker = keys.credential(BROKER, RemotePartyRole.ACCESS_CONTROL_BROKER, KeyUsage.KEY_AGREEMENT)
    body = {
        "ExecutionDateTime": START + timedelta(hours=1),
        "ACBFloorSeqNumber": 0,
        "ReplacementCertificates": {"KeyAgreementCertificate": broker.certificate.der},
        "CertificationPathCertificates": {"Certificate": (keys.organisation_issuing.der,)},
        "ApplyTimeBasedCPVChecks": True,
    }
    _, answer = bench.complete("8.5", target=METER, body=body)
    assert answer.response_code == "I99"
    bench.clock.advance(timedelta(hours=2))
    assert bench.inventory[METER].status is DeviceStatus.WITHDRAWN
    codes = [code for code in bench.alert_codes() if code != "N42"]
    assert codes == ["N37", "N7", "N2"]


def test_a_future_dated_replacement_is_told_of_twice(bench: DspBench) -> None:
    """The response accepts, the alert of the device says what became of it."""
    when = datetime(2026, 3, 2, tzinfo=UTC)
    bench.premises.payloads[SUPPLIER_BY_SUPPLIER] = says({"accepted": None})
    own = replacement_body(bench, SUPPLIER, "Supplier")
    certificates = own.pop("ReplacementCertificates")
    body = {
        **own,
        "ExecutionDateTime": when,
        "ReplacementCertificates": {"SupplierOrNetworkOperatorCertificates": certificates},
    }
    _, answer = bench.complete("6.15.1", target=METER, body=body)
    bench.clock.advance(A_MINUTE)
    assert answer.response_code == "I99"
    assert bench.alert_codes() == []
    (command,) = bench.premises.commands
    value = {
        "alert_code": "0x8F66",
        "execution_time": "2026-03-02T00:00:00Z",
        "outcome": outcome(command, SUPPLIER),
    }
    send_alert(bench, device=METER, recipient=SUPPLIER, message_code=0x00CB, value=value)
    bench.clock.advance(A_MINUTE)
    assert "N42" in bench.alert_codes()
    dated = [o for o in bench.delivered() if isinstance(o.body, FutureDatedDeviceAlert)]
    assert len(dated) == 1
