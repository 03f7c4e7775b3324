"""Requests that read, inform and set electricity meters (2.x to 4.x, 6.2, 6.13 to 6.27, 9.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assay.dcc.transform import (
    NoTransformationError,
    Occasion,
    Target,
    TransformationError,
    UnencodableContentError,
    find_row,
    transform,
)
from assay.dcc.transform.row import Origin, Row
from assay.dcc.transform.rows import (
    electricity_customer,
    electricity_prepayment,
    electricity_reads,
    electricity_settings,
)
from assay.duis.catalogue import CATALOGUE
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request
from assay.duis.schema.configuration import (
    ELECTRICITY_NETWORK_OPERATOR_ALERTS,
    ELECTRICITY_SUPPLIER_ALERTS,
)
from assay.duis.schema.model import Choice, ComplexType, Element
from assay.duis.values import CalendarDate
from assay.gbcs import catalogue
from assay.gbcs.date_time import NEVER, NOW, DateTime
from assay.gbcs.dlms.access import Item, decode_payload
from assay.gbcs.dlms.access import Request as AccessRequest
from assay.gbcs.dlms.data import Data
from assay.gbcs.envelope import Message, parse
from tests.dcc.parties import BROKER, METER, OPERATOR, SUPPLIER
from tests.duis.strategies import TYPE_OF_ELEMENT, values

ESME = Target(device_type="ESME", esme_variant="A")
POLYPHASE = Target(device_type="ESME", esme_variant="CD")
TARGETS = (
    ESME,
    POLYPHASE,
    Target(device_type="ESME", esme_variant="BDE"),
    Target(device_type="ESME"),
    Target(device_type="ESME", gbcs_version="1.1"),
    Target(device_type="ESME", gbcs_version="4.3"),
)
ROWS = (
    *electricity_customer.ROWS,
    *electricity_prepayment.ROWS,
    *electricity_reads.ROWS,
    *electricity_settings.ROWS,
)
VARIANTS = sorted({row.srv for row in ROWS})
MIDNIGHT = time(tzinfo=UTC)
PERIOD = {
    "StartDateTime": datetime(2026, 2, 1, tzinfo=UTC),
    "EndDateTime": datetime(2026, 3, 1, tzinfo=UTC),
}
FUTURE = datetime(2030, 6, 1, 12, tzinfo=UTC)
CANCELLED = datetime(3000, 12, 31, tzinfo=UTC)


def asked(srv: str, body: Mapping[str, Any] | None = None) -> Request:
    return Request(
        request_id=RequestId(SUPPLIER, METER, 5),
        command_variant=CATALOGUE[srv].command_variants[0],
        srv=srv,
        body=body or {},
    )


def made(
    srv: str, body: Mapping[str, Any] | None = None, target: Target = ESME, **circumstances: Any
) -> Message:
    return transform(asked(srv, body), target, broker=BROKER, broker_counter=9, **circumstances)


def items(
    srv: str, body: Mapping[str, Any] | None = None, target: Target = ESME, **circumstances: Any
) -> tuple[Item, ...]:
    payload = decode_payload(made(srv, body, target, **circumstances).payload)
    assert isinstance(payload, AccessRequest)
    return payload.items


def plain(data: Data) -> Any:
    """The value with all tags taken off."""
    value = data.value
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value.hex() if isinstance(value, bytes) else value


def use_case(
    srv: str, body: Mapping[str, Any] | None = None, target: Target = ESME, **circumstances: Any
) -> str:
    row = find_row(asked(srv, body), target, **circumstances)
    found = catalogue.use_case(row.message_code)
    assert found is not None
    return found.name


# Whatever the schema allows


@pytest.mark.parametrize("srv", VARIANTS)
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_whatever_the_schema_allows_becomes_a_command_or_is_refused(
    srv: str, data: st.DataObject
) -> None:
    body = data.draw(values(TYPE_OF_ELEMENT[CATALOGUE[srv].element]))
    target = data.draw(st.sampled_from(TARGETS))
    try:
        message = made(
            srv,
            body,
            target,
            is_network_operator=data.draw(st.booleans()),
            is_known_party=data.draw(st.booleans()),
        )
    except TransformationError:
        return
    assert parse(message.to_octets()) == message
    decode_payload(message.payload)


def test_every_variant_for_meters_of_these_services_has_a_row() -> None:
    families = ("2.", "3.", "4.", "6.2.", "6.18.", "6.20.")
    single = ("6.13", "6.22", "6.25", "6.26", "6.27", "9.1")
    expected = {
        srv
        for srv, variant in CATALOGUE.items()
        if (srv.startswith(families) or srv in single)
        and any(target.name == "ESME" for target in variant.target_device_types)
    }
    assert set(VARIANTS) == expected - {"2.2"}


def test_every_use_case_of_a_meter_for_these_services_has_a_row() -> None:
    expected = {
        code
        for code, found in catalogue.use_cases().items()
        if "ESME" in found.devices
        and found.payload == "dlms"
        and found.category.startswith("command")
        and set(found.service_references) & set(VARIANTS) - {"2.2"}
    }
    assert {row.message_code for row in ROWS} == expected


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.srv}-{row.message_code:04X}")
def test_who_originates_may_use_the_use_case(row: Row) -> None:
    """The permitted roles of the GBCS tables, where they tell."""
    found = catalogue.use_case(row.message_code)
    assert found is not None
    if found.roles is None:
        return
    if row.origin is Origin.BROKER_FOR_PARTY:
        assert "Access Control Broker" in found.roles
    else:
        assert {"Supplier", "Network Operator"} & set(found.roles)


# Who asks


@pytest.mark.parametrize("srv", ["4.2", "4.8.3", "4.12.2"])
def test_only_a_network_operator_reads_exports_in_its_own_name(srv: str) -> None:
    body = {"ReadLogPeriod": PERIOD} if srv == "4.8.3" else {}
    assert made(srv, body, is_network_operator=True).originator == SUPPLIER
    relayed = made(srv, body)
    assert (relayed.originator, relayed.other.supplementary_party) == (BROKER, SUPPLIER)


@pytest.mark.parametrize(
    ("srv", "body"),
    [
        ("4.6.2", {"ReadLogPeriod": PERIOD}),
        ("6.20.2", {"ExportMPAN": "1312345678333"}),
        ("9.1", {}),
    ],
)
def test_an_export_supplier_and_an_other_user_are_known_to_no_meter(
    srv: str, body: dict[str, Any]
) -> None:
    message = made(srv, body)
    assert (message.originator, message.counter) == (BROKER, 9)
    assert (message.other.supplementary_party, message.other.supplementary_counter) == (SUPPLIER, 5)


def test_each_party_reads_its_own_alert_settings() -> None:
    assert use_case("6.2.10") == "ECS25r1"
    assert use_case("6.2.10", is_network_operator=True) == "ECS25r2"


# Which meter


@pytest.mark.parametrize(
    ("srv", "former", "current"), [("6.2.3", "ECS26d", "ECS26l"), ("6.2.4", "ECS26e", "ECS26m")]
)
def test_a_meter_of_the_first_gbcs_takes_the_former_use_case(
    srv: str, former: str, current: str
) -> None:
    assert use_case(srv, target=Target(device_type="ESME", gbcs_version="1.1")) == former
    assert use_case(srv, target=Target(device_type="ESME", gbcs_version="2.0")) == current
    assert use_case(srv) == current


def test_a_polyphase_meter_has_counters_of_three_phases() -> None:
    assert use_case("6.27") == "ECS29e"
    assert use_case("6.27", target=POLYPHASE) == "ECS29f"
    assert len(items("6.27", target=POLYPHASE)) == 6


@pytest.mark.parametrize(
    ("version", "is_operator", "name"),
    [
        (None, False, "ECS35f"),
        (None, True, "ECS35g"),
        ("3.2", False, "ECS35f"),
        ("4.1", False, "ECS35g"),
    ],
)
def test_the_log_of_auxiliary_controllers_has_two_use_cases(
    version: str | None, is_operator: bool, name: str
) -> None:
    body = {"ReadLogPeriod": PERIOD, "LogToRead": "ALCSEvent"}
    target = Target(device_type="ESME", gbcs_version=version)
    assert use_case("6.13", body, target, is_network_operator=is_operator) == name


@pytest.mark.parametrize(
    ("srv", "body"),
    [
        ("3.3", {}),
        ("6.13", {"ReadLogPeriod": PERIOD, "LogToRead": "GSMEEvent"}),
        ("6.20.1", {"ImportMPRN": "1234567890"}),
        ("6.22", {"GasSupplierAlerts": {"x810D": "Enable"}}),
    ],
)
def test_a_body_for_another_kind_of_device_is_refused(srv: str, body: dict[str, Any]) -> None:
    with pytest.raises(NoTransformationError, match=srv):
        made(srv, body)


# Reads


def test_a_protected_log_is_restricted_to_the_period() -> None:
    (item,) = items("4.4.3", {"ReadLogPeriod": PERIOD})
    logs, protection = plain(item.data)
    start, end = (DateTime.at(when).octets.hex() for when in PERIOD.values())
    assert logs == [[7, f"00006201{log}ff", 2, 0, [1, [start, end]]] for log in ("00", "01")]
    assert protection[0][1][:3] == [
        "04" + (5).to_bytes(8, "big").hex(),
        SUPPLIER.hex(),
        METER.hex(),
    ]


def test_a_register_is_read_whole() -> None:
    (item,) = items("4.3", {"ExecutionDateTime": FUTURE})
    assert plain(item.data)[0] == [[1, "00005e2c221e", 2, 0, [0, None]]]


# What customers see


def test_the_log_that_is_cleared_is_the_one_that_is_named() -> None:
    assert use_case("3.3", {"ESMEEventLogType": "ESME"}) == "ECS15a"
    assert use_case("3.3", {"ESMEEventLogType": "ALCS"}) == "ECS15c"


def test_the_tenancy_is_restricted_from_a_time_that_may_be_past() -> None:
    past = datetime(2014, 3, 27, 15, 45, 32, tzinfo=UTC)
    (item,) = items("3.2", {"RestrictionDateTime": past, "ExecutionDateTime": FUTURE})
    assert item.data.value == DateTime.at(past).octets


def test_the_number_that_the_dcc_chose_is_shown() -> None:
    (item,) = items("9.1", occasion=Occasion(customer_number="0417"))
    assert item.data.value == b"0417"


# Prepayment


def day(number: int) -> dict[str, Any]:
    date = {
        "Year": {"SpecifiedYear": 2027},
        "Month": {"NonSpecifiedMonth": None},
        "DayOfMonth": {"LastDayOfMonth": None},
        "DayOfWeek": {"SpecifiedDayOfWeek": 7},
    }
    return {"@index": number, "Date": date}


def entry(
    script: str = "START", days: tuple[str, ...] = (), special: tuple[int, ...] = ()
) -> dict[str, Any]:
    return {
        "NonDisablementScript": script,
        "SpecialDaysApplicability": {
            "SpecialDayApplicability": tuple({"SpecialDayID": number} for number in special)
        },
        "DaysOfWeekApplicability": {
            "DayOfWeekApplicability": tuple({"DayOfWeekID": name} for name in days)
        },
        "ScheduleDatesAndTime": {
            "SwitchTime": time(9, 30, 15, 500_000, tzinfo=UTC),
            "StartDate": CalendarDate(65535, 4, 29),
            "EndDate": CalendarDate(2027, 12, 31),
        },
    }


def prepayment(
    special_days: tuple[Any, ...] = (), entries: tuple[Any, ...] = (), **more: Any
) -> dict[str, Any]:
    return {
        "UpdatePrepayConfigElectricity": {
            "DebtRecoveryRateCap": 30,
            "EmergencyCreditLimit": -5,
            "EmergencyCreditThreshold": 2,
            "LowCreditThreshold": 3,
            "ElectricityNonDisablementCalendar": {
                "ElectricitySpecialDays": {"SpecialDay": special_days},
                "ElectricityNonDisablementSchedule": entries or (entry(),),
            },
            "MaxMeterBalance": 4,
            "MaxCreditThreshold": 5,
        },
        **more,
    }


def schedule_of(body: dict[str, Any]) -> Any:
    return next(plain(item.data) for item in items("2.1", body) if item.class_id == 10)


@pytest.mark.parametrize(
    ("dated", "octets"),
    [
        ({}, NOW),
        ({"ExecutionDateTime": FUTURE}, DateTime.at(FUTURE).octets),
        ({"ExecutionDateTime": CANCELLED}, NEVER),
    ],
    ids=["now", "future", "cancelled"],
)
@pytest.mark.parametrize("version", ["1.1", "4.3"])
def test_all_nine_parts_of_a_configuration_begin_at_once(
    dated: dict[str, Any], octets: bytes, version: str
) -> None:
    target = Target(device_type="ESME", gbcs_version=version)
    times = [i.data.value for i in items("2.1", prepayment(**dated), target) if i.attribute == 6]
    assert times == [octets] * 9


def test_an_entry_names_its_days_by_bits() -> None:
    body = prepayment((day(1), day(2), day(3)), (entry("STOP", ("Tuesday", "Sunday"), (3,)),))
    (found,) = schedule_of(body)
    assert found == [
        1, 0xFF, "00000a006aff", 0x21, "091e0f32", 0xFFFF, "0100001", "001", "ffff041dff",
        "07eb0c1fff",
    ]  # fmt: skip


def test_special_days_stand_in_the_order_of_their_indices() -> None:
    (table,) = (i for i in items("2.1", prepayment((day(4), day(2)))) if i.class_id == 11)
    assert plain(table.data) == [[2, "07ebfffe07", 2], [4, "07ebfffe07", 4]]


def test_a_special_day_that_is_not_defined_is_refused_by_name() -> None:
    body = prepayment((day(1),), (entry(special=(2,)),))
    with pytest.raises(UnencodableContentError, match="SpecialDaysApplicability"):
        made("2.1", body)


def test_two_special_days_of_one_index_are_refused_by_name() -> None:
    with pytest.raises(UnencodableContentError, match="SpecialDay"):
        made("2.1", prepayment((day(1), day(1))))


def test_debts_are_recovered_by_the_hour_or_by_the_day() -> None:
    recovery = {"DebtRecoveryRate": -3, "DebtRecoveryRatePriceScale": -5}
    body = {
        "TimeDebtRegister1": -1,
        "TimeDebtRegister2": 2,
        "PaymentDebtRegister": 3,
        "DebtRecoveryPerPayment": 10000,
        "ElecDebtRecovery1": {**recovery, "DebtRecoveryRatePeriod": "HOURLY"},
        "ElecDebtRecovery2": {**recovery, "DebtRecoveryRatePeriod": "DAILY"},
    }
    found = items("2.3", body)
    assert plain(found[0].data) == [[0, -5], [0, "000000000000", 0], [["", -3]]]
    assert [plain(item.data) for item in found[2:]] == [10000, 3600, 86400, 0, 0, 3, -1, 2]


# Settings


def test_only_the_demands_that_are_named_are_reset() -> None:
    every = {
        "MaxDemandActivePowerExportValue": None,
        "MaxDemandConfigTimeActivePowerImportValue": None,
        "MaxDemandActivePowerImportValue": None,
    }
    registers = [str(item.obis) for item in items("6.18.2", every)]
    assert registers == [str(row.obis) for row in catalogue.dlms_command(0x005A)]
    one = items("6.18.2", {"MaxDemandActivePowerExportValue": None})
    assert [str(item.obis) for item in one] == registers[2:]


def test_a_reset_of_no_demand_is_refused() -> None:
    with pytest.raises(UnencodableContentError, match="ResetMaximumDemandRegisters"):
        made("6.18.2", {})


def test_a_period_of_demand_starts_and_ends_every_day() -> None:
    schedule = {"StartTime": time(16, 30, tzinfo=UTC), "EndTime": time(19, tzinfo=UTC)}
    (item,) = items("6.18.1", {"MaximumDemandTimePeriodSchedule": schedule})
    assert [(e[0], e[3], e[4]) for e in plain(item.data)] == [
        (0, 1, "101e0000"),
        (1, 2, "13000000"),
    ]


def test_a_twin_element_meter_has_both_numbers_in_one_text() -> None:
    numbers = {"ImportMPAN": "1312345678333", "SecondaryImportMPAN": "1312345678444"}
    (item,) = items("6.20.1", {"ImportMPANs": numbers})
    assert item.data.value == b"13123456783331312345678444"


def test_a_number_that_is_no_ascii_is_refused_by_name() -> None:
    with pytest.raises(UnencodableContentError, match="ImportMPANs"):
        made("6.20.1", {"ImportMPANs": {"ImportMPAN": "131234567833é"}})


ALERT_ELEMENTS = {
    "ElectricitySupplierAlerts": "ECS25a",
    "ElectricitySupplierHANAlertSettings": "ECS25a1",
    "ElectricitySupplierAlarmSettings": "ECS25a2",
    "ElectricitySupplierLoggingSettings": "ECS25a3",
    "ElectricityNetworkOperatorAlerts": "ECS25b",
    "ElectricityNetworkOperatorLoggingSettings": "ECS25b3",
}


@pytest.mark.parametrize(("element", "name"), ALERT_ELEMENTS.items())
def test_what_is_configured_decides_the_use_case(element: str, name: str) -> None:
    assert use_case("6.22", {element: {}}) == name


def groups(type_: ComplexType) -> dict[str, ComplexType]:
    """Every group of codes of the schema, those of one choice included."""
    found: list[Any] = []
    for particle in type_.particles:
        found += particle.options if isinstance(particle, Choice) else [particle]
    return {group.name: group.type for group in found}


@pytest.mark.parametrize(
    ("element", "type_"),
    [
        ("ElectricitySupplierAlerts", ELECTRICITY_SUPPLIER_ALERTS),
        ("ElectricityNetworkOperatorAlerts", ELECTRICITY_NETWORK_OPERATOR_ALERTS),
    ],
)
def test_each_alert_has_a_bit_of_the_mask_and_one_of_the_settings(
    element: str, type_: ComplexType
) -> None:
    for group, codes in groups(type_).items():
        for code in codes.particles:
            assert isinstance(code, Element)
            place = 255 - int(code.name[1:], 16) % 256
            for setting, ones in (("Enable", {place, 256 + place}), ("Disable", {place})):
                (item,) = items("6.22", {element: {group: {code.name: setting}}})
                bits = item.data.value
                assert (len(bits), {n for n in range(512) if bits[n] == "1"}) == (512, ones)


@pytest.mark.parametrize(("state", "octet"), [("Locked", 0xFF), ("Unchanged", 0)])
def test_a_tamper_locks_the_supply_or_leaves_it(state: str, octet: int) -> None:
    (item,) = items("6.25", {"SupplyTamperState": state})
    assert item.data.value == octet


@pytest.mark.parametrize(
    ("resets", "times"), [(True, [["00000000", "ffffffffff"]]), (False, [])], ids=["on", "off"]
)
def test_counters_are_reset_daily_or_not(resets: bool, times: list[Any]) -> None:
    (item,) = items("6.26", {"DailyTariffBlockCounterMatrixReset": resets})
    assert plain(item.data) == times


def test_the_network_operator_originates_its_own_settings() -> None:
    request = Request(
        request_id=RequestId(OPERATOR, METER, 7), command_variant=1, srv="6.27", body={}
    )
    message = transform(request, ESME, broker=BROKER, is_network_operator=True)
    assert (message.originator, message.counter) == (OPERATOR, 7)
