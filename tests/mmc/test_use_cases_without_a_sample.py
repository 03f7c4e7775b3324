"""Use cases and forms that no message at hand shows, made from the tables they follow."""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from assay.gbcs import catalogue
from assay.gbcs.dlms.access import ItemResult, Op
from assay.gbcs.dlms.data import (
    NULL,
    Data,
    Tag,
    array,
    boolean,
    enum,
    integer,
    long_unsigned,
    octet_string,
    structure,
    unsigned,
)
from assay.mmc import RemoteMmcError, parse_mmc
from tests.mmc import made
from tests.mmc.conftest import Check
from tests.mmc.made import NEW_YEAR, SECONDS_OF_NEW_YEAR, date_time, got, number, scaler_unit

ANY_DATE = b"\xff" * 5
U32 = Tag.DOUBLE_LONG_UNSIGNED


@pytest.fixture
def parsed(faults: Check) -> Any:
    """Values of a made message, once the schema has nothing against its document."""

    def parse(octets: bytes) -> dict[str, Any]:
        document = parse_mmc(octets)
        assert faults(document) == []
        return document.values

    return parse


def schedule_entry(script: int, hour: int, begin: bytes = ANY_DATE) -> Data:
    return structure(
        long_unsigned(1),
        boolean(True),
        octet_string(bytes.fromhex("00000A8064FF")),
        long_unsigned(script),
        octet_string(bytes((hour, 0, 0, 0))),
        long_unsigned(0xFFFF),
        Data(Tag.BIT_STRING, "1111111"),
        Data(Tag.BIT_STRING, ""),
        octet_string(begin),
        octet_string(ANY_DATE),
    )


def test_maximum_demand_of_import(parsed: Any) -> None:
    """ECS18b: two reset times, two registers of three items, and the configurable period."""
    items = got(
        *(date_time(), date_time()),
        *(number(4775), scaler_unit(27), date_time()),
        *(number(5000), scaler_unit(27), date_time()),
        array(schedule_entry(1, 17), schedule_entry(2, 22)),
    )
    assert parsed(made.dlms(0x002C, items)) == {
        "MaxDemandConfigurableTimeActivePowerImport": {
            "Value": 5000,
            "CaptureTime": NEW_YEAR,
            "LastResetDateTime": NEW_YEAR,
        },
        "MaxDemandActiveEnergyImport": {
            "Value": 4775,
            "CaptureTime": NEW_YEAR,
            "LastResetDateTime": NEW_YEAR,
        },
        "MaxDemandConfigurableTimePeriod": {"StartTime": time(17), "EndTime": time(22)},
    }


def test_daily_export_log(parsed: Any) -> None:
    """ECS21c; the schema spells its time stamp in its own way."""
    log = made.log((U32, U32), (SECONDS_OF_NEW_YEAR, 12))
    assert parsed(made.dlms(0x0035, got(log))) == {
        "LogEntry": [{"ActiveExportRegisterValue": 12, "TimeStamp": NEW_YEAR}]
    }


def test_payments_of_debt(parsed: Any) -> None:
    log = made.log((U32, U32), (SECONDS_OF_NEW_YEAR, 250))
    entry = {"Amount": 250, "Timestamp": NEW_YEAR}
    assert parsed(made.dlms(0x002E, got(log))) == {
        "PaymentBasedDebtRepayment": {"LogEntry": [entry]}
    }
    gas = made.gbz(
        0x00C4,
        {
            "name": "PublishDebtLog",
            "payload": {
                "command_index": 0,
                "total_commands": 1,
                "debt_payments": [
                    {
                        "time": "2015-01-01T00:00:00Z",
                        "collected": 250,
                        "debt_type": 2,
                        "outstanding": 1000,
                    }
                ],
            },
        },
    )
    assert parsed(gas) == {"PaymentBasedDebtRepayment": {"LogEntry": [entry]}}


def test_top_ups_of_a_gas_meter(parsed: Any) -> None:
    octets = made.gbz(
        0x00C5,
        {
            "name": "PublishTopUpLog",
            "payload": {
                "command_index": 0,
                "total_commands": 1,
                "top_ups": [{"code": "7" * 20, "amount": 1000, "time": "2015-01-01T00:00:00Z"}],
            },
        },
    )
    entry = {"Amount": 1000, "Timestamp": NEW_YEAR}
    assert parsed(octets) == {"PrepaymentCredits": {"LogEntry": [entry]}}


def samples(interval: int, values: list[int]) -> dict[str, Any]:
    return {
        "name": "GetSampledDataResponse",
        "payload": {
            "sample_id": 0,
            "start_time": "2015-01-01T00:00:00Z",
            "sample_type": 0,
            "interval": interval,
            "sample_count": len(values),
            "samples": values,
        },
    }


@pytest.mark.parametrize("interval", [1800, 0xFFFF])
def test_gas_profile_counts_half_hours(interval: int, parsed: Any) -> None:
    values = parsed(made.gbz(0x0078, samples(interval, [125, 0xFFFFFF])))
    assert values["LogEntry"] == [
        {"Timestamp": NEW_YEAR, "Gas": {"PrimaryValue": Decimal("0.125")}},
        {"Timestamp": datetime(2015, 1, 1, 0, 30, tzinfo=UTC), "Gas": {}},
    ]


METER_ID = bytes.fromhex("00DB1234567890A0")


def test_identity_of_meter_and_hub(parsed: Any) -> None:
    """ECS26e and ECS26i also name the device."""
    meter = got(
        *(octet_string(METER_ID), octet_string(b"B"), octet_string(b"MODEL001")),
        *(octet_string(b"MAKE"), boolean(False)),
    )
    head = {
        "DeviceIdentifier": "00-DB-12-34-56-78-90-A0",
        "ModelType": "MODEL001",
        "ManufacturerIdentifier": "MAKE",
    }
    electricity = {"SupplyTamperState": "Unchanged", "MeterVariant": "B"}
    assert parsed(made.dlms(0x003F, meter)) == {**head, "Electricity": electricity}
    hub = got(octet_string(METER_ID), octet_string(b"MODEL001"), octet_string(b"MAKE"))
    assert parsed(made.dlms(0x0092, hub)) == head


def test_hub_security_log(parsed: Any) -> None:
    log = made.log((U32, Tag.LONG_UNSIGNED), (SECONDS_OF_NEW_YEAR, 0x8F3E))
    (entry,) = parsed(made.dlms(0x0094, got(log)))["Log"]["LogEntry"]
    assert entry["LogCode"].hex() == "8f3e"
    assert "OtherInformation" not in entry


def test_voltage_settings_of_three_phases(parsed: Any) -> None:
    """ECS26k names phases 2 and 3 the other way round: under-voltage first."""
    values = parsed(made.dlms(0x00C6, got(*map(number, range(1, 15)))))
    phases = [
        (row["Phase"], *row["PhaseVoltageSettings"].values())
        for row in values["PolyPhaseVoltageSettings"]
    ]
    assert phases == [(1, 9, 10), (2, 12, 11), (3, 14, 13)]
    assert values["RMSVoltageSettings"]["RMSVoltageSwellThreshold"] == 7
    assert values["RMSVoltageSettings"]["RMSVoltageSwellMeasurementPeriod"] == 8


def bits(*codes: int) -> Data:
    number_ = sum(1 << (code & 0xFF) for code in codes)
    return Data(Tag.BIT_STRING, f"{number_:0256b}")


@pytest.mark.parametrize(
    ("code", "part", "other"),
    [
        (0x8002, "NetworkOperatorESMESinglePhase", "NetworkOperatorESMEPolyPhase"),
        (0x8013, "NetworkOperatorESMEPolyPhase", "NetworkOperatorESMESinglePhase"),
    ],
)
def test_settings_of_a_network_operator(code: int, part: str, other: str, parsed: Any) -> None:
    values = parsed(made.dlms(0x00EF, got(bits(code, 0x8014), bits())))
    settings = values["ElectricityNetworkOperatorAlertEventSettings"]
    alerts = settings["ElectricityNetworkOperatorWANAlertSettings"]
    assert alerts["NetworkOperatorESMECommon"] == {"x8014": "Enable", "x8015": "Disable"}
    assert alerts[part][f"x{code:04X}"] == "Enable"
    assert other not in alerts


def calendar(*dates: bytes) -> bytes:
    at = octet_string(bytes((9, 30, 0, 0)))
    return made.dlms(0x00D9, got(array(*(structure(at, octet_string(date)) for date in dates))))


def on(month: int = 0xFF, day: int = 0xFF, weekday: int = 0xFF) -> bytes:
    return bytes((0xFF, 0xFF, month, day, weekday))


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([on()], {"Daily": True}),
        ([on(weekday=3)], {"Weekly": 3}),
        ([on(day=28)], {"Monthly": 28}),
        (
            [on(2, 1), on(5, 1), on(8, 1), on(11, 1)],
            {"Quarterly": {"DayOfMonth": 1, "BillingPeriodStartMonth": 2}},
        ),
        ([on(9, 5), on(3, 5)], {"SixMonthly": {"DayOfMonth": 5, "BillingPeriodStartMonth": 9}}),
        ([on(12, 24)], {"Yearly": {"DayOfMonth": 24, "BillingPeriodStartMonth": 12}}),
    ],
)
def test_every_period_of_an_electricity_billing_calendar(
    dates: list[bytes], expected: dict[str, Any], parsed: Any
) -> None:
    values = parsed(calendar(*dates))
    assert values["BillingCalendar"]["ElectricityBillingCalendar"] == {
        "BillingTime": time(9, 30),
        **expected,
    }


def test_three_dates_a_year_are_no_billing_period() -> None:
    with pytest.raises(RemoteMmcError, match="1, 2 or 4 dates, seen 3"):
        parse_mmc(calendar(on(1, 1), on(4, 1), on(7, 1)))


@pytest.mark.parametrize(
    ("duration", "kind", "expected"),
    [
        (1, 0x21, "Daily"),
        (1, 0x22, "Weekly"),
        (1, 0x23, "Monthly"),
        (3, 0x23, "Quarterly"),
        (6, 0x23, "SixMonthly"),
        (12, 0x23, "Yearly"),
    ],
)
def test_every_period_of_a_gas_billing_calendar(
    duration: int, kind: int, expected: str, parsed: Any
) -> None:
    period = {
        "provider_id": 0,
        "issuer_event_id": "2015-01-01T00:00:00Z",
        "start_time": "2015-01-01T00:00:00Z",
        "duration": duration,
        "duration_type": kind,
        "tariff_type": 0,
    }
    values = parsed(made.gbz(0x00DA, {"name": "PublishBillingPeriod", "payload": period}))
    assert values["BillingCalendar"]["GasBillingCalendar"] == {
        "BillingPeriodStart": NEW_YEAR,
        "Periodicity": expected,
    }


@pytest.mark.parametrize(("state", "expected"), [(0, "Disabled"), (1, "Enabled"), (2, "Armed")])
def test_electricity_supply_states(state: int, expected: str, parsed: Any) -> None:
    assert parsed(made.dlms(0x0052, got(enum(state)))) == {"SupplyState": expected}


@pytest.mark.parametrize(("state", "expected"), [(0, "Disabled"), (1, "Armed"), (2, "Enabled")])
def test_gas_supply_states_are_numbered_otherwise(state: int, expected: str, parsed: Any) -> None:
    octets = made.gbz(
        0x0082, made.attributes(0x0702, x0205=("uint16", 900), x0014=("enum8", state))
    )
    assert parsed(octets) == {
        "SupplyState": expected,
        "Gas": {"RemainingBatteryCapacity": 900},
    }


@pytest.mark.parametrize(
    ("control", "mode", "disabled", "emergency"),
    [
        (0x0C94, "Credit", True, False),
        (0x0C97, "Prepayment", True, False),
        (0x0497, "Prepayment", True, True),
        (0x0097, "Prepayment", False, True),
        (0x0897, "Prepayment", False, False),
    ],
)
def test_gas_payment_modes(
    control: int, mode: str, disabled: bool, emergency: bool, parsed: Any
) -> None:
    octets = made.gbz(0x00BF, made.attributes(0x0705, x0000=("bitmap16", control)))
    assert parsed(octets) == {
        "PaymentMode": mode,
        "SuspendDebtDisabled": disabled,
        "SuspendDebtEmergency": emergency,
    }


def test_gas_conversion_keeps_its_decimals(parsed: Any) -> None:
    """The octets that a 6.6 request for 40.0 and 1.02264 writes, and 6.7 for 6.1680."""
    octets = made.gbz(
        0x007B,
        made.attributes(
            0x0700,
            x0306=("bitmap8", 0x10),
            x0304=("uint32", 400),
            x0303=("bitmap8", 0x50),
            x0302=("uint32", 102264),
        ),
        made.attributes(
            0x0702, x0b13=("uint16", 10000), x0b12=("uint16", 1), x0b10=("uint16", 61680)
        ),
    )
    assert parsed(octets) == {
        "CalorificValue": Decimal("40.0"),
        "ConversionFactor": Decimal("1.02264"),
        "UncontrolledGasFlowRate": Decimal("6.1680"),
    }


def test_one_import_mpan_has_no_second(parsed: Any) -> None:
    single = got(octet_string(b"1312345678111"), octet_string(b"1312345678333"))
    assert parsed(made.dlms(0x004E, single)) == {
        "Electricity": {"ImportMPAN": "1312345678111", "ExportMPAN": "1312345678333"}
    }


@pytest.mark.parametrize(
    ("status", "word"), [(0x00, "reliable"), (0x01, "invalid"), (0x02, "unreliable")]
)
def test_electricity_clock_states(status: int, word: str, parsed: Any) -> None:
    items = [
        *(ItemResult(Op.SET, 0), ItemResult(Op.ACTION, 0), ItemResult(Op.ACTION, 0)),
        *got(date_time(), unsigned(status)),
    ]
    values = parsed(made.dlms(0x0062, items))
    clock = values["Electricity"]["ElecClockTimeStatus"]
    assert clock == {"TimeStatus": word, "TimeStatusCode": status}


def test_a_date_may_leave_anything_open(parsed: Any) -> None:
    days = array(
        *(
            structure(long_unsigned(index), octet_string(date), unsigned(1))
            for index, date in enumerate(
                (bytes.fromhex("FFFFFF FE FF"), bytes.fromhex("FFFF02 FD 07")), 1
            )
        )
    )
    nothing = ItemResult(Op.GET, 250, NULL)
    items = [*[nothing] * 5, *got(days), nothing]
    definitions = parsed(made.dlms(0x011C, items))["AuxiliaryControllerSpecialDayDefinitions"]
    last, before = definitions["AuxiliaryControllerSpecialDayDefinition"]
    assert last["DayOfMonth"] == {"LastDayOfMonth": True}
    assert last["Month"] == {"NonSpecifiedMonth": True}
    assert before["DayOfMonth"] == {"SecondLastDayOfMonth": True}
    assert before["Month"] == {"SpecifiedMonth": 2}
    assert before["DayOfWeek"] == {"SpecifiedDayOfWeek": 7}


def test_a_controller_without_description_has_none(parsed: Any) -> None:
    """GBCS lets a meter answer null for a description that was never set."""
    items = got(Data(Tag.VISIBLE_STRING, b"Heat pump"), *[NULL] * 4, array(), array())
    values = parsed(made.dlms(0x011C, items))
    assert values == {
        "AuxiliaryControllerDescription": [
            {"AuxiliaryControlDescription": "Heat pump", "auxiliaryControllerN": 1}
        ]
    }


def test_a_level_in_the_controller_log(parsed: Any) -> None:
    log = made.log((U32, Tag.LONG_UNSIGNED, Tag.ENUM, U32), (SECONDS_OF_NEW_YEAR, 0x2332, 1, 0))
    (entry,) = parsed(made.dlms(0x00FD, got(log)))["ALCSEvent"]["ALCSEventLogEntry"]
    assert entry == {
        "Timestamp": NEW_YEAR,
        "SwitchNumber": 3,
        "Outcome": "Success",
        "HANCommandID": 0,
        "AuxiliaryControllerLevel": 50,
        "InputFromControlledLoad": True,
    }


@pytest.mark.parametrize(
    ("script", "action"), [(0x0301, "On"), (0x0302, "Off"), (0x0320, "Revert to calendar control")]
)
def test_what_a_script_did_is_named_in_the_controller_log(
    script: int, action: str, parsed: Any
) -> None:
    log = made.log((U32, Tag.LONG_UNSIGNED, Tag.ENUM, U32), (SECONDS_OF_NEW_YEAR, script, 1, 0))
    (entry,) = parsed(made.dlms(0x00FD, got(log)))["ALCSEvent"]["ALCSEventLogEntry"]
    assert (entry["SwitchNumber"], entry["SwitchAction"]) == (3, action)


def test_a_proportional_controller_is_no_switch_of_7_7(parsed: Any) -> None:
    kinds = [bytes(8), bytes(range(1, 9)), b"", bytes(8), b"\xff"]
    items = got(
        *[NULL] * 5,
        *map(octet_string, kinds),
        array(),
        array(schedule_entry(0x15B2, 6), schedule_entry(0x1580, 7)),
        *[boolean(False)] * 5,
    )
    values = parsed(made.dlms(0x00BB, items))
    assert [row.get("TypeAndIdentifier") for row in values["AuxiliaryLoadControlSwitch"]] == [
        {"ALCS": True},
        {"HCALCS": "01-02-03-04-05-06-07-08"},
        None,
        {"ALCS": True},
        None,
    ]
    switched = [one["ActivateDeactivateSwitch"] for one in values["ALCSScheduler"]]
    assert switched == [
        {"ActivateSwitch": True, "index": 5},
        {"DeactivateSwitch": True, "index": 5},
    ]


def test_state_text_that_is_no_json_stays_a_text(parsed: Any) -> None:
    texts = [Data(Tag.UTF8_STRING, text) for text in (b"not json", b"[1]", b"{}", b"", b"\x01")]
    items = got(*[octet_string(b"\xff")] * 5, *texts)
    rows = parsed(made.dlms(0x011D, items))["AuxiliaryControllerOperationalData"]
    states = [row["AuxiliaryControllerStateAndAssociatedInformation"] for row in rows]
    assert [state["StateAndAssociatedInformation"] for state in states] == [
        *("not json", "[1]", "{}", ""),
        "�",
    ]


ASN1_FAILURES = [
    (0x000A, "IssueSecurityCredentialsResponse", {"failure": "crProductionFailed"}, 3),
    (0x000C, "ProvideDeviceCertificateResponse", {"failure": "noCertificateHeld"}, 2),
    (0x000B, "UpdateDeviceCertificateResponse", "privateKeyChangeFailed", 7),
    (0x000E, "JoinDeviceResponse", "badKeyConfirm", 10),
    (0x0010, "UnjoinDeviceResponse", "otherFailure", 2),
]


@pytest.mark.parametrize(("code", "kind", "value", "number_"), ASN1_FAILURES)
def test_a_failure_is_named_numbered_and_no_success(
    code: int, kind: str, value: Any, number_: int, faults: Check
) -> None:
    document = parse_mmc(made.asn1_response(code, kind, value))
    assert faults(document) == []
    assert document.succeeded is False
    (status,) = document.values.values()
    assert status["ResponseCode"] == number_


@pytest.mark.parametrize("status", ["invalid", "unreliable"])
def test_gas_clock_states(status: str, parsed: Any) -> None:
    value = {"device_time": "2015-01-01T00:00:00Z", "time_status": status}
    values = parsed(made.asn1_response(0x007F, "SetClockResponse", value))
    assert values["Gas"]["GasClockTimeStatus"]["ASN1Status"] == status


def test_a_failing_item_leaves_its_element_out_and_says_why(faults: Check) -> None:
    items = [*got(number(1)), ItemResult(Op.GET, 1, NULL), ItemResult(Op.GET, 250, NULL)]
    document = parse_mmc(made.dlms(0x003D, items))
    assert faults(document) == []
    assert document.succeeded is False
    assert document.values == {"RandomisedOffset": 1}
    words = [row["DataAccessResult"] for row in document.debug["COSEMDebug"]["COSEMResponse"]]
    assert words == ["success", "hardware-fault", "other-reason"]


def test_another_number_of_items_than_the_command_has_is_refused() -> None:
    with pytest.raises(RemoteMmcError, match="3 items, seen 2"):
        parse_mmc(made.dlms(0x003D, got(integer(1), integer(2))))


def test_a_request_for_attributes_is_no_answer() -> None:
    component = {
        "cluster": "0x0702",
        "name": "ReadAttributes",
        "direction": "server-to-client",
        "payload": {"attributes": [{"attribute": "0x0014"}]},
    }
    with pytest.raises(RemoteMmcError, match="data as its use case has them"):
        parse_mmc(made.gbz(0x0082, component))


def test_a_payload_of_another_kind_than_its_message_code_is_refused() -> None:
    """0x0102 is a credentials update, in ASN.1; a meter that answers in DLMS is wrong."""
    with pytest.raises(RemoteMmcError, match="expected tag 30, seen DA"):
        parse_mmc(made.dlms(0x0102, got(number(0))))


EVERY_DLMS_READ = sorted(
    code
    for code, row in catalogue.use_cases().items()
    if row.payload == "dlms" and row.category == "command-response" and row.service_references
)


@pytest.mark.parametrize("code", EVERY_DLMS_READ)
def test_a_response_of_failures_is_valid_whatever_its_use_case(code: int, faults: Check) -> None:
    items = [
        ItemResult(item.op.answered_as, 250 if at else 1, NULL)
        for at, item in enumerate(catalogue.dlms_command(code))
    ]
    document = parse_mmc(made.dlms(code, items))
    assert faults(document) == []
    assert document.succeeded is False


EVERY_GBZ_RESPONSE = sorted(
    code
    for code, row in catalogue.use_cases().items()
    if row.payload == "gbz" and row.category == "command-response" and row.service_references
)


@pytest.mark.parametrize("code", EVERY_GBZ_RESPONSE)
@pytest.mark.parametrize(("status", "success"), [("hardwareFailure", False), ("notFound", True)])
def test_a_default_response_is_valid_whatever_its_use_case(
    code: int, status: str, success: bool, faults: Check
) -> None:
    component = {
        "cluster": "0x0702",
        "name": "DefaultResponse",
        "direction": "server-to-client",
        "payload": {"command": "0x06", "status": status},
    }
    document = parse_mmc(made.gbz(code, component))
    assert faults(document) == []
    assert document.succeeded is success
