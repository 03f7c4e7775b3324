"""Requests for gas devices become the ZCL commands of their use case, or are refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from pathlib import Path
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
from assay.dcc.transform.gbz import Gbz
from assay.dcc.transform.rows import ROWS
from assay.duis.catalogue import CATALOGUE
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request, parse_request
from assay.duis.signature import remove_signature
from assay.gbcs import catalogue
from assay.gbcs.envelope import Message, parse
from assay.gbcs.gbz.components import Component, GbzPayload, decode_message
from assay.gbcs.identifiers import Eui64
from tests.dcc.parties import BROKER, SUPPLIER
from tests.duis.strategies import TYPE_OF_ELEMENT, values
from tests.reference.test_messages import octets_of

GSME, GPF = Target(device_type="GSME"), Target(device_type="GPF")
DEVICES = {
    "GSME": Eui64.from_text("00-DB-12-34-56-78-90-A1"),
    "GPF": Eui64.from_text("00-DB-12-34-56-78-90-A3"),
}
GAS_VARIANTS = sorted({row.srv for row in ROWS if isinstance(row.payload, Gbz)})
FUTURE = datetime(2030, 1, 15, 9, tzinfo=UTC)
NEVER = datetime(3000, 12, 31, tzinfo=UTC)


def asked(srv: str, body: Mapping[str, Any], target: Target = GSME, counter: int = 5) -> Request:
    return Request(
        request_id=RequestId(SUPPLIER, DEVICES[target.device_type], counter),
        command_variant=CATALOGUE[srv].command_variants[0],
        srv=srv,
        body=body,
    )


def made(srv: str, body: Mapping[str, Any], target: Target = GSME, **more: Any) -> Message:
    return transform(asked(srv, body, target), target, broker=BROKER, broker_counter=9, **more)


def components(srv: str, body: Mapping[str, Any], **more: Any) -> tuple[Component, ...]:
    payload = decode_message(made(srv, body, **more))
    assert isinstance(payload, GbzPayload)
    return payload.components


def use_case(srv: str, body: Mapping[str, Any], target: Target = GSME) -> str:
    found = catalogue.use_case(find_row(asked(srv, body, target), target).message_code)
    assert found is not None
    return found.name


def shared_body(shared: Path, name: str) -> dict[str, Any]:
    path = shared / "reference/duis/requests" / f"{name}_REQUEST_DUIS.XML"
    body = parse_request(remove_signature(path.read_bytes())).body
    assert isinstance(body, Mapping)
    return dict(body)


def period(start: datetime, end: datetime) -> dict[str, Any]:
    return {"ReadLogPeriod": {"StartDateTime": start, "EndDateTime": end}}


def day(*date: int) -> datetime:
    return datetime(*date, tzinfo=UTC)  # type: ignore[arg-type, misc]


DATE_PARTS = {
    "GasYearWithWildcards": {"SpecifiedYear": 2031},
    "GasMonthWithWildcards": {"NonSpecifiedMonth": None},
    "GasDayOfMonthWithWildcards": {"GasNonSpecifiedDayOfMonth": None},
    "GasDayOfWeekWithWildcards": {"SpecifiedDayOfWeek": 7},
}
WEEK = {
    "WeekName": 1,
    "ReferencedDayName": tuple({"@index": index, "#text": 1} for index in range(7, 0, -1)),
}
BY_TIER = {"TOUTariff": {"TOUPrice": ({"@index": 2, "#text": 20}, {"@index": 1, "#text": 10})}}
BY_BLOCK = {
    "BlockTariff": {"BlockPrice": ({"@index": 1, "#text": 10},), "NumberOfThresholds": 1},
}


def prices(scheme: Mapping[str, Any], currency: str = "GBP") -> dict[str, Any]:
    elements = {"CurrencyUnits": currency, "StandingCharge": 7, **scheme}
    return {"PriceElements": {"GasPriceElements": elements}}


def tariff(day_profile: Mapping[str, Any], scheme: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "GasTariffElements": {
            "SwitchingTable": {
                "DayProfiles": {"DayProfile": ({"DayName": 1, **day_profile},)},
                "WeekProfiles": {"WeekProfile": (WEEK,)},
                "Seasons": {"Season": ({"SeasonStartDate": DATE_PARTS, "ReferencedWeekName": 1},)},
            },
            "SpecialDays": {"SpecialDay": ({"Date": DATE_PARTS, "ReferencedDayName": 1},)},
            "ThresholdMatrix": {"BlockThreshold": ({"@index": 1, "#text": 2**48 - 1},)},
        },
        **prices(scheme),
    }


TIER_TARIFF = tariff({"TOUTariffAction": 4}, BY_TIER)
BLOCK_TARIFF = tariff({"BlockTariff": None}, BY_BLOCK)
PREPAYMENT = {
    "SuspendDebtDisabled": False,
    "SuspendDebtEmergency": False,
    "DisablementThreshold": 0,
}

NATIONAL: tuple[tuple[str, str, str | None, Mapping[str, Any]], ...] = (
    ("GCS03_1.6_IMMEDIATE_ERROR_PRECOMMAND", "1.6", None, {"Prepayment": PREPAYMENT}),
    (
        "GCS01a_1.1.1_FUTURE_DATED_BLOCK_ERROR_PRECOMMAND",
        "1.1.1",
        "GCS01a_1.1.1_FUTURE_DATED_BLOCK_SUCCESS",
        {},
    ),
    ("GCS06_2.5_ERROR_PRECOMMAND", "2.5", None, {}),
    (
        "GCS15d_4.4.4_NOT_FOUND_COMMAND",
        "4.4.4",
        None,
        period(day(2014, 12, 31), day(2014, 12, 31, 18)),
    ),
    ("GCS15e_4.4.5_ERROR_COMMAND", "4.4.5", None, period(day(2014, 12, 1), NEVER)),
    ("GCS17_4.8.1_ERROR_COMMAND", "4.8.1", None, period(day(2014, 12, 30), day(2015, 1, 1))),
    (
        "CS10b_6.13_ERROR_COMMAND",
        "6.13",
        None,
        {"LogToRead": "Security", **period(day(2014, 12, 31), day(2015, 1, 1))},
    ),
    (
        "GCS16b_4.14_KRP_ERROR_COMMAND",
        "4.14",
        None,
        period(day(2014, 12, 29, 23), day(2015, 1, 1)),
    ),
)
"""National Commands without a request of their own: message, variant, a request that is alike,
and what to add to it. The flags of the first and the period of the profile read are inferred."""


@pytest.mark.parametrize(("name", "srv", "like", "changes"), NATIONAL, ids=lambda value: str(value))
def test_commands_without_a_shared_request_are_built_too(
    shared: Path, name: str, srv: str, like: str | None, changes: Mapping[str, Any]
) -> None:
    (place,) = (shared / "rtds/messages").glob(f"*/{name}_GBCS.HEX")
    national = parse(octets_of(place))
    body = changes if like is None else {**shared_body(shared, like), **changes}
    request = asked(srv, body, counter=national.counter)
    ours = transform(request, GSME, broker=BROKER)
    assert ours.payload == national.payload
    assert ours.other == national.other


def test_a_dated_prepayment_configuration_is_the_national_one(shared: Path) -> None:
    """It is like the immediate one, but all of its special days are of the third kind."""
    (place,) = (shared / "rtds/messages").glob("*/GCS05_2.1_FUTURE_DATED_ERROR_PRECOMMAND_*")
    national = parse(octets_of(place))
    body = shared_body(shared, "GCS05_2.1_IMMEDIATE_SUCCESS")
    changed = replaced(
        body,
        "UpdatePrepayConfigGas/GasNonDisablementCalendar/SpecialDays/SpecialDay",
        of_third_kind,
    )
    request = asked("2.1", {**changed, "ExecutionDateTime": FUTURE}, counter=national.counter)
    assert transform(request, GSME, broker=BROKER).payload == national.payload


def of_third_kind(days: Any) -> Any:
    return tuple({**day_, "ReferencedDayName": 3} for day_ in days)


def replaced(content: Mapping[str, Any], path: str, change: Callable[[Any], Any]) -> dict[str, Any]:
    """The content with the value at "Outer/Inner" changed."""
    name, _, rest = path.partition("/")
    value = change(content[name]) if not rest else replaced(content[name], rest, change)
    return {**content, name: value}


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize(
    ("name", "srv"), [("GCS21d_6.2.3", "6.2.3"), ("GCS21e_6.2.4", "6.2.4"), ("GCS60_4.18", "4.18")]
)
def test_a_device_of_an_earlier_gbcs_takes_the_former_use_case(
    shared: Path, name: str, srv: str, version: str
) -> None:
    (place,) = (shared / "rtds/messages").glob(f"*/{name}_SUCCESS_COMMAND_GBCS.HEX")
    national = parse(octets_of(place))
    target = Target(device_type="GSME", gbcs_version=version)
    ours = transform(asked(srv, {}, counter=national.counter), target, broker=BROKER)
    assert ours.payload == national.payload
    assert ours.other == national.other


@pytest.mark.parametrize(
    ("srv", "expected"), [("6.2.3", "GCS21k"), ("6.2.4", "GCS21m"), ("4.18", "GCS60a")]
)
def test_a_device_of_unknown_gbcs_counts_as_a_current_one(srv: str, expected: str) -> None:
    assert use_case(srv, {}) == expected
    assert use_case(srv, {}, Target(device_type="GSME", gbcs_version="4.3")) == expected


FLOW = {
    "SupplyDepletionState": "Locked",
    "SupplyTamperState": "Unchanged",
    "StabilisationPeriod": 60,
    "MeasurementPeriod": 300,
}
LOG = period(day(2026, 1, 1), day(2026, 2, 1))
CALENDAR_START = {"BillingPeriodStart": day(2026, 2, 1)}


@pytest.mark.parametrize(
    ("srv", "body", "target", "expected"),
    [
        ("1.5", {"PrepaymentMode": {"AdjustMeterBalance": -5}}, GSME, "GCS40a"),
        ("1.5", {"PrepaymentMode": {"ResetMeterBalance": None}}, GSME, "GCS40b"),
        ("1.5", {"CreditMode": {"AdjustMeterBalance": 5}}, GSME, "GCS40c"),
        ("1.5", {"CreditMode": {"ResetMeterBalance": None}}, GSME, "GCS40d"),
        ("1.6", {"Credit": None}, GSME, "GCS02"),
        ("1.6", {"Prepayment": PREPAYMENT}, GSME, "GCS03"),
        ("6.7", {**FLOW, "UncontrolledGasFlowRate": 1}, GSME, "GCS24"),
        ("6.7", {**FLOW, "UncontrolledGasFlowRateDecimal": 1}, GSME, "GCS24a"),
        ("6.13", {**LOG, "LogToRead": "Event"}, GSME, "CS10a"),
        ("6.13", {**LOG, "LogToRead": "Security"}, GPF, "CS10b"),
        ("6.13", {**LOG, "LogToRead": "GSMEEvent"}, GPF, "CS10a"),
        ("6.13", {**LOG, "LogToRead": "GSMESecurity"}, GPF, "CS10b"),
        ("4.17", LOG, GPF, "GCS61"),
    ],
)
def test_the_body_chooses_the_use_case(
    srv: str, body: Mapping[str, Any], target: Target, expected: str
) -> None:
    assert use_case(srv, body, target) == expected


@pytest.mark.parametrize(
    ("srv", "body", "target"),
    [
        ("1.1.1", {"ElecTariffElements": {}, **prices(BY_TIER)}, GSME),
        ("2.1", {"UpdatePrepayConfigElectricity": {}}, GSME),
        ("2.3", {"ElecDebtRecovery1": {}, "ElecDebtRecovery2": {}}, GSME),
        ("3.3", {"ESMEEventLogType": "ALCS"}, GSME),
        ("6.8", {"ElectricityBillingCalendar": {}}, GSME),
        ("6.13", {**LOG, "LogToRead": "PowerEvent"}, GSME),
        ("6.13", {**LOG, "LogToRead": "GSMEEvent"}, GSME),
        ("6.20.1", {"ImportMPANs": {"ImportMPAN": "1234567890123"}}, GSME),
        ("6.22", {"GasSupplierAlerts": {"x81AA": "Enable"}}, GSME),
        ("7.2", {}, GPF),
        ("4.10", LOG, GPF),
        ("4.17", LOG, GSME),
    ],
)
def test_a_body_or_device_that_no_gas_use_case_serves_is_refused(
    srv: str, body: Mapping[str, Any], target: Target
) -> None:
    with pytest.raises(NoTransformationError, match=srv):
        made(srv, body, target)


@pytest.mark.parametrize(
    ("execution", "tariff_start", "list_start"),
    [
        (None, "0x00000000", "0x00000000"),
        (FUTURE, "2030-01-15T09:00:00Z", "2030-01-15T09:00:00Z"),
        (NEVER, "0xFFFFFFFF", "0xFFFFFFFE"),
    ],
)
def test_a_tariff_is_active_at_once_later_or_not_any_more(
    execution: datetime | None, tariff_start: str, list_start: str
) -> None:
    dated = {} if execution is None else {"ExecutionDateTime": execution}
    starts = [
        component.payload["start_time"]
        for component in components("1.1.1", {**BLOCK_TARIFF, **dated})
        if "start_time" in component.payload
    ]
    assert starts == [list_start, list_start, tariff_start, list_start, list_start]


def test_a_tariff_by_tier_brings_no_thresholds() -> None:
    found = components("1.1.1", TIER_TARIFF)
    information, matrix = found[-2].payload, found[-1].payload
    assert (found[-2].cluster, found[-2].command) == (0x0700, 0x04)
    assert (information["price_tiers"], information["block_thresholds"]) == (2, 0)
    assert matrix["subpayload_control"] == 1
    assert matrix["prices"] == [
        {"tier_block_id": 1, "price": 10},
        {"tier_block_id": 2, "price": 20},
    ]
    assert found[1].payload["entries"] == [{"start_min": 0, "tier_or_flag": 4}]


def test_a_tariff_by_block_counts_blocks_from_zero() -> None:
    *_, information, thresholds, matrix = components("1.1.1", BLOCK_TARIFF)
    assert information.payload["tariff_type_charging_scheme"] == 0x10
    assert thresholds.payload["thresholds"] == [2**48 - 1]
    assert matrix.payload["prices"] == [{"tier_block_id": 0, "price": 10}]


def test_a_price_alone_says_how_many_thresholds_are_in_use() -> None:
    information, _ = components("1.2.1", prices(BY_BLOCK, "ECB"))
    assert information.payload["block_thresholds"] == 1
    assert information.payload["currency"] == 978


def test_dates_keep_their_wildcards() -> None:
    special = components("1.1.1", TIER_TARIFF)[4].payload["special_days"]
    date = {"year": 2031, "month": None, "day": None, "weekday": 7}
    assert special == [{"date": date, "day_id": 1}]


@pytest.mark.parametrize(
    ("disabled", "emergency", "control"),
    [(False, False, 0x0897), (False, True, 0x0097), (True, False, 0x0C97), (True, True, 0x0497)],
)
def test_both_flags_of_debt_are_in_the_payment_control(
    disabled: bool, emergency: bool, control: int
) -> None:
    flags = {"SuspendDebtDisabled": disabled, "SuspendDebtEmergency": emergency}
    (mode,) = components("1.6", {"Prepayment": {**PREPAYMENT, **flags}})
    assert mode.payload["payment_control"] == control


@pytest.mark.parametrize(
    ("periodicity", "expected", "duration", "kind"),
    [
        ("Daily", "GCS25", 1, 0x21),
        ("Weekly", "GCS25", 1, 0x22),
        ("Monthly", "GCS25", 1, 0x23),
        ("Quarterly", "GCS25a", 3, 0x23),
        ("SixMonthly", "GCS25a", 6, 0x23),
        ("Yearly", "GCS25a", 12, 0x23),
    ],
)
def test_the_periodicity_chooses_use_case_and_duration(
    periodicity: str, expected: str, duration: int, kind: int
) -> None:
    body = {"GasBillingCalendar": {**CALENDAR_START, "Periodicity": periodicity}}
    assert use_case("6.8", body) == expected
    for component in components("6.8", body):
        assert component.payload["duration"] == duration
        assert component.payload["duration_type"] == kind


def test_each_behaviour_of_alerts_is_one_command() -> None:
    def behaviour(wan: str, han: str, log: str, alarm: str) -> dict[str, str]:
        return {"WANAlert": wan, "HANAlert": han, "EventLog": log, "Alarm": alarm}

    nothing = behaviour("Disable", "Disable", "Disable", "Disable")
    body = {
        "GasSupplierAlertEventSettings": {
            "x810D": nothing,
            "x810E": behaviour("Disable", "Disable", "Disable", "Enable"),
            "x8119": behaviour("Disable", "Disable", "Enable", "Disable"),
            "x8145": behaviour("Disable", "Enable", "Disable", "Disable"),
            "x8154": behaviour("Enable", "Disable", "Disable", "Disable"),
            "x8155": nothing,
        }
    }
    found = [(c.payload["configuration"], c.payload["event_ids"]) for c in components("6.22", body)]
    assert found == [
        (0x08, ["0x8154"]),
        (0x10, ["0x8145"]),
        (0x00, ["0x810D", "0x8155"]),
        (0x40, ["0x810E"]),
        (0x03, ["0x8119"]),
    ]


def test_a_meter_and_its_proxy_read_the_proxys_copies_of_logs_by_other_numbers() -> None:
    numbers = {
        log: components("6.13", {**LOG, "LogToRead": log}, target=GPF)[0].payload["control_log_id"]
        for log in ("Event", "Security", "GSMEEvent", "GSMESecurity")
    }
    assert numbers == {"Event": 0x13, "Security": 4, "GSMEEvent": 0x16, "GSMESecurity": 7}


def test_both_ends_of_a_profile_read_count() -> None:
    one_day = period(day(2026, 1, 1), day(2026, 1, 2))
    assert components("4.8.1", one_day)[0].payload["samples"] == 49
    assert components("4.17", one_day, target=GPF)[0].payload["samples"] == 2


def test_what_the_dcc_adds_comes_from_the_occasion() -> None:
    occasion = Occasion(issued_at=day(2026, 3, 1), customer_number="0007")
    (cin,) = components("9.1", {}, occasion=occasion)
    assert cin.payload["cin"] == "0007"
    assert cin.payload["issuer_event_id"] == "2026-03-01T00:00:00Z"


@pytest.mark.parametrize("srv", ["9.1", "14.1"])
def test_the_broker_sends_for_a_party_that_the_meter_does_not_know(srv: str) -> None:
    message = made(srv, {})
    assert (message.originator, message.counter) == (BROKER, 9)
    assert message.other.supplementary_party == SUPPLIER


LATE_YEAR = {**DATE_PARTS, "GasYearWithWildcards": {"SpecifiedYear": 2155}}
ODD_TIME = {"StartTime": time(8, 0, 30, tzinfo=UTC), "NonDisablementAction": "START"}


def with_special_day(date: Mapping[str, Any]) -> dict[str, Any]:
    elements = TIER_TARIFF["GasTariffElements"]
    special = {"SpecialDay": ({"Date": date, "ReferencedDayName": 1},)}
    return {**TIER_TARIFF, "GasTariffElements": {**elements, "SpecialDays": special}}


@pytest.mark.parametrize(
    ("srv", "body", "named"),
    [
        ("1.6", {"Credit": None, "ExecutionDateTime": day(2137, 1, 1)}, "ExecutionDateTime"),
        ("1.6", {"Prepayment": {**PREPAYMENT, "DisablementThreshold": -1}}, "DisablementThreshold"),
        ("3.2", {"RestrictionDateTime": day(1999, 1, 1)}, "RestrictionDateTime"),
        ("4.8.1", period(day(2026, 1, 2), day(2026, 1, 1)), "ReadLogPeriod"),
        ("1.1.1", with_special_day(LATE_YEAR), "Date"),
        (
            "1.2.1",
            prices({"TOUTariff": {"TOUPrice": ({"@index": 1, "#text": 1},) * 2}}),
            "TOUPrice",
        ),
    ],
)
def test_a_value_that_no_zcl_field_can_hold_is_refused_by_name(
    srv: str, body: Mapping[str, Any], named: str
) -> None:
    target = GPF if srv == "3.2" else GSME
    with pytest.raises(UnencodableContentError, match=named):
        made(srv, body, target)


def test_a_time_of_day_with_seconds_is_refused(shared: Path) -> None:
    body = shared_body(shared, "GCS05_2.1_IMMEDIATE_SUCCESS")
    profiles = {"GasNonDisablementDayProfile": ({"TimeStartAction": (ODD_TIME,), "GasDayName": 1},)}
    path = "UpdatePrepayConfigGas/GasNonDisablementCalendar/DayProfiles"
    with pytest.raises(UnencodableContentError, match="StartTime"):
        made("2.1", replaced(body, path, lambda _: profiles))


def sayable(value: Any) -> Any:
    """The same with times that ZCL fields can hold, so that not all requests are refused."""
    if isinstance(value, datetime):
        return value.replace(year=2001 + value.year % 130, month=1)
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, tuple):
        return tuple(map(sayable, value))
    if isinstance(value, dict):
        return {name: sayable(item) for name, item in value.items()}
    return value


@st.composite
def gas_requests(draw: st.DrawFn) -> tuple[Request, Target]:
    """Whatever the schema lets through, for either device."""
    srv = draw(st.sampled_from(GAS_VARIANTS))
    target = draw(st.sampled_from((GSME, GPF)))
    body = draw(values(TYPE_OF_ELEMENT[CATALOGUE[srv].element])) or {}
    if draw(st.booleans()):
        body = sayable(body)
    return asked(srv, body, target), target


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    gas_requests(),
    st.booleans(),
    st.sampled_from((None, "1.0", "4.0", "4.3", "other")),
)
def test_a_request_of_the_schema_becomes_a_message_or_is_refused(
    drawn: tuple[Request, Target], is_known_party: bool, version: str | None
) -> None:
    request, device = drawn
    target = Target(device_type=device.device_type, gbcs_version=version)
    try:
        message = transform(
            request, target, broker=BROKER, broker_counter=9, is_known_party=is_known_party
        )
    except TransformationError:
        return
    read = parse(message.to_octets())
    assert read == message
    assert isinstance(decode_message(read), GbzPayload)
