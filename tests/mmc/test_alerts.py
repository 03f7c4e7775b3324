"""Every alert of the code table has a document; those with extras have them in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from assay.gbcs import catalogue
from assay.gbcs.dlms.data import Data, Tag, octet_string, unsigned
from assay.gbcs.keys import KeyStore
from assay.mmc import RemoteMmcError, parse_mmc
from assay.mmc.alerts import WARNINGS
from tests.mmc import made
from tests.mmc.conftest import Check
from tests.mmc.made import NEW_YEAR, date_time

GENERIC = (0x1000, 0x1001)
FEBRUARY = datetime(2015, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize("code", sorted(catalogue.alert_codes()))
def test_any_code_of_the_table_in_the_generic_form(code: int, faults: Check) -> None:
    for message_code in GENERIC:
        for octets in (
            made.dlms_alert(message_code, code),
            made.gbz_alert(message_code, {"code": f"0x{code:04X}"}),
        ):
            document = parse_mmc(octets)
            assert faults(document) == []
            assert document.values == {
                "GBCSHexAlertCode": code.to_bytes(2, "big"),
                "AlertDescription": catalogue.alert_codes()[code].meaning,
                "Timestamp": NEW_YEAR,
            }


def test_a_code_that_no_table_has_is_shown_as_a_number(faults: Check) -> None:
    document = parse_mmc(made.dlms_alert(0x1000, 0x8EEE))
    assert faults(document) == []
    assert document.values["AlertDescription"] == "Alert code 0x8EEE"


WITHOUT_PLACE = (0x0018, 0x00D5, 0x0110, 0x0111, 0x0112, 0x0113, 0x0114, 0x0115)
"""Log changes, undelivered messages and sub-GHz alerts: their extras have no element."""


@pytest.mark.parametrize("message_code", WITHOUT_PLACE)
def test_extras_without_a_place_in_the_schema_are_no_obstacle(
    message_code: int, faults: Check
) -> None:
    document = parse_mmc(made.dlms_alert(message_code, 0x8F84, octet_string(b"\x01" * 8)))
    assert faults(document) == []
    assert set(document.values) == {"GBCSHexAlertCode", "AlertDescription", "Timestamp"}


def payload(octets: bytes, faults: Check) -> Any:
    document = parse_mmc(octets)
    assert faults(document) == []
    return document.values["Payload"]


@pytest.mark.parametrize("code", [0x8F66, 0x8F67])
def test_outcome_of_a_dated_dlms_instruction(code: int, faults: Check) -> None:
    octets = bytes.fromhex("0019 00000000000003F0 0014 00000D0000FF 0A".replace(" ", ""))
    made_alert = made.dlms_alert(0x00CC, code, octet_string(octets))
    alert = payload(made_alert, faults)["FutureDatedCommandOutcomeDeviceAlert"]
    assert alert["COSEMFutureDatedAlert"] == {
        "FutureDatedCommandMessageCode": b"\x00\x19",
        "FutureDatedCommandOriginatorCounter": 1008,
        "DLMSCOSEMFDInstructionIdentification": {
            "ClassId": b"\x00\x14",
            "InstanceId": bytes.fromhex("00000D0000FF"),
            "AttributeId": b"\x0a",
        },
    }


@pytest.mark.parametrize("code", ["0x8F66", "0x8F67"])
def test_outcome_of_a_dated_gbz_component(code: str, faults: Check) -> None:
    executed = {
        "message_code": "0x006B",
        "counter": 1005,
        "cluster": "0x0700",
        "frame_control": "0x09",
        "command": "0x05",
    }
    made_alert = made.gbz_alert(0x00CD, {"code": code, "executed": executed})
    alert = payload(made_alert, faults)["FutureDatedCommandOutcomeDeviceAlert"]
    assert alert["GBZFutureDatedAlert"]["GBZFDInstructionIdentification"] == {
        "ExtendedHeaderClusterID": b"\x07\x00",
        "FrameControl": b"\x09",
        "CommandIdentifier": b"\x05",
    }


@pytest.mark.parametrize("issue", range(len(WARNINGS)))
def test_integrity_issues_of_both_kinds_of_meter(issue: int, faults: Check) -> None:
    electricity = made.dlms_alert(0x00F0, 0x81A0, octet_string(issue.to_bytes(2, "big")))
    gas = made.gbz_alert(0x00F2, {"code": "0x81A0", "issue_code": issue})
    for octets in (electricity, gas):
        alert = payload(octets, faults)["SmartMeterIntegrityIssueWarningDeviceAlert"]
        assert alert == {"Warning": WARNINGS[issue]}


def test_an_issue_that_the_schema_has_no_word_for_is_left_out(faults: Check) -> None:
    document = parse_mmc(made.gbz_alert(0x00F2, {"code": "0x81A0", "issue_code": 10}))
    assert faults(document) == []
    assert "Payload" not in document.values


@pytest.mark.parametrize("code", [0x8F1C, 0x8F72])
def test_firmware_verification_with_and_without_its_hash(code: int, faults: Check) -> None:
    with_hash = made.dlms_alert(0x00CE, code, octet_string(b"\xa1" * 32))
    alert = payload(with_hash, faults)["FirmwareVerificationDeviceAlert"]
    assert alert == {"ManufacturerImageHash": b"\xa1" * 32}
    bare = payload(made.dlms_alert(0x00CE, code), faults)
    assert bare == {"FirmwareVerificationDeviceAlert": {}}


def test_a_supply_outage_has_start_and_end(faults: Check) -> None:
    octets = made.dlms_alert(0x0067, 0x8F35, date_time(), date_time(FEBRUARY))
    assert payload(octets, faults)["SupplyOutageRestoreAlert"] == {
        "interruptionValue": NEW_YEAR,
        "restorationValue": FEBRUARY,
    }


@pytest.mark.parametrize(("octet", "is_input"), [(0x15, False), (0x25, True)])
def test_a_limit_that_was_processed_or_ended(octet: int, is_input: bool, faults: Check) -> None:
    level: dict[str, Any] = {"AuxiliaryControllerN": 5, "ResultingLevel": 40}
    if is_input:
        level["InputFromControlledLoad"] = True
    processed = made.dlms_alert(
        0x0121, 0x8F86, unsigned(octet), date_time(), date_time(FEBRUARY), unsigned(40)
    )
    assert payload(processed, faults)["LimitAPCLevelCommandProcessedDeviceAlert"] == {
        "APCLimitPeriodStart": NEW_YEAR,
        "APCLimitPeriodEnd": FEBRUARY,
        **level,
    }
    ended = made.dlms_alert(0x0122, 0x8F87, unsigned(octet), unsigned(40))
    assert payload(ended, faults)["LimitAPCLevelEndedDeviceAlert"] == level


def test_an_operational_update_that_is_no_json_is_kept_whole(faults: Check) -> None:
    octets = made.dlms_alert(0x0123, 0x8F88, Data(Tag.UTF8_STRING, b"state unknown"))
    assert payload(octets, faults)["OperationalUpdateDeviceAlert"] == {
        "StateAndAssociatedInformation": "state unknown"
    }


def test_dated_credentials_and_firmware_tell_their_outcome(
    answers: dict[str, bytes], keys: KeyStore
) -> None:
    credentials = parse_mmc(
        answers["CS02bSupplierBySupplier_6.15.1_8F67_FUTURE_DATED_ERROR_ALERT"], keys
    ).values["Payload"]["FutureDatedCommandOutcomeDeviceAlert"]
    outcome = credentials["UpdateSecurityCredentialsDeviceAlert"][
        "UpdateSecurityCredentialsExecutionOutcome"
    ]
    statuses = [row["StatusCode"]["ASN1Status"] for row in outcome["ReplacementOutcome"]]
    assert statuses == ["success", "noTrustAnchor", "success"]
    assert outcome["AuthorisingRemotePartyOriginatorCounter"] == 1004
    firmware = parse_mmc(answers["CS06_11.3_8F67_FUTURE_DATED_ERROR_ALERT"], keys).values
    activation = firmware["Payload"]["FutureDatedCommandOutcomeDeviceAlert"]
    assert activation["FirmwareActivationDeviceAlert"]["ActivateImageResponseCode"] == {
        "ASN1Status": "hashMismatch",
        "ResponseCode": 2,
    }


def test_a_sealed_billing_alert_keeps_its_fragment(
    answers: dict[str, bytes], faults: Check
) -> None:
    for name in ("ECS68_NA_8F0A_TWIN_ALERT", "GCS53_NA_8F0A_ALERT"):
        document = parse_mmc(answers[name])
        assert faults(document) == []
        assert document.is_sealed
        assert "Payload" not in document.values
        assert b"GBCSData" in document.to_xml()


def test_an_alert_without_a_time_is_refused() -> None:
    wild = octet_string(b"\xff" * 12)
    octets = made.dlms_alert(0x0067, 0x8F36, wild, wild)
    with pytest.raises(RemoteMmcError, match="a date and a time"):
        parse_mmc(octets)


def test_extras_of_another_message_code_are_refused() -> None:
    with pytest.raises(RemoteMmcError, match="data as its use case has them"):
        parse_mmc(made.dlms_alert(0x0121, 0x8F86, unsigned(1)))
