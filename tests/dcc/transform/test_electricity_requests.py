"""Requests of services 1.x, 6.4 to 6.14 and 7.x for electricity devices, and their Commands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assay.dcc.transform import (
    Target,
    TransformationError,
    UnencodableContentError,
    find_row,
    transform,
)
from assay.dcc.transform.rows import (
    electricity_configuration,
    electricity_load_control,
    electricity_tariffs,
)
from assay.duis.catalogue import CATALOGUE
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request
from assay.gbcs import catalogue
from assay.gbcs.date_time import NEVER, NOW, DateTime
from assay.gbcs.dlms.access import Item, Op, decode_payload
from assay.gbcs.dlms.access import Request as AccessRequest
from assay.gbcs.dlms.data import Data
from assay.gbcs.envelope import Message, parse
from assay.gbcs.identifiers import Eui64
from tests.dcc.transform.electricity_bodies import bodies, numbered

BROKER = Eui64.from_text("90-B3-D5-1F-30-00-00-02")
SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
TARGETS = (
    Target(device_type="ESME", esme_variant="A"),
    Target(device_type="ESME", esme_variant="BD"),
    Target(device_type="ESME", esme_variant="CDE"),
    Target(device_type="ESME"),
    Target(device_type="SAPC"),
)
ESME, TWIN, POLYPHASE, UNKNOWN, SAPC = TARGETS
ROWS = (
    *electricity_configuration.ROWS,
    *electricity_load_control.ROWS,
    *electricity_tariffs.ROWS,
)
VARIANTS = sorted({row.srv for row in ROWS})
MIDNIGHT = time(tzinfo=UTC)
ANY_DATE = {
    "Year": {"NonSpecifiedYear": None},
    "Month": {"NonSpecifiedMonth": None},
    "DayOfMonth": {"NonSpecifiedDayOfMonth": None},
    "DayOfWeek": {"NonSpecifiedDayOfWeek": None},
}


def asked(srv: str, body: Mapping[str, Any] | None = None, party: Eui64 = SUPPLIER) -> Request:
    return Request(
        request_id=RequestId(party, METER, 5),
        command_variant=CATALOGUE[srv].command_variants[0],
        srv=srv,
        body=body or {},
    )


def transformed(srv: str, body: Mapping[str, Any] | None = None, target: Target = ESME) -> Message:
    return transform(asked(srv, body), target, broker=BROKER, broker_counter=9)


def items(srv: str, body: Mapping[str, Any] | None = None, target: Target = ESME) -> list[Item]:
    payload = decode_payload(transformed(srv, body, target).payload)
    assert isinstance(payload, AccessRequest)
    return list(payload.items)


def data_of(found: list[Item], obis: str, attribute: int) -> Any:
    """The value with all tags taken off; the last item where several fit."""
    (*_, item) = (i for i in found if str(i.obis) == obis and i.attribute == attribute)
    return plain(item.data)


def plain(data: Data) -> Any:
    value = data.value
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value.hex() if isinstance(value, bytes) else value


def use_case(srv: str, body: Mapping[str, Any], target: Target = ESME) -> str:
    found = catalogue.use_case(find_row(asked(srv, body), target).message_code)
    assert found is not None
    return found.name


# Whatever the schema allows


@pytest.mark.parametrize("srv", VARIANTS)
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_whatever_the_schema_allows_becomes_a_command_or_is_refused(
    srv: str, data: st.DataObject
) -> None:
    body = data.draw(bodies(srv))
    target = data.draw(st.sampled_from(TARGETS))
    try:
        message = transformed(srv, body, target)
    except TransformationError:
        return
    assert parse(message.to_octets()) == message
    decode_payload(message.payload)


ACCEPTABLE = ("ASCII", "year 10000", "DOUBLE_LONG_UNSIGNED", "zeros mean an ALCS")


@pytest.mark.parametrize("srv", VARIANTS)
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_numbered_requests_are_refused_for_their_texts_and_times_only(
    srv: str, data: st.DataObject
) -> None:
    body = numbered(data.draw(bodies(srv)))
    target = data.draw(st.sampled_from([ESME, TWIN, POLYPHASE]))
    is_of_gas = "Gas" in repr(body)
    try:
        message = transformed(srv, body, target)
    except UnencodableContentError as error:
        assert any(word in str(error) for word in ACCEPTABLE)
        return
    except TransformationError:
        assert is_of_gas
        return
    assert parse(message.to_octets()) == message
    decode_payload(message.payload)


# Future dating

LOAD_LIMIT = {
    "LoadLimitPeriod": 300,
    "LoadLimitPowerThreshold": 6900,
    "LoadLimitRestorationPeriod": 30,
    "LoadLimitSupplyState": "Disable",
}


@pytest.mark.parametrize(
    ("dated", "activation"),
    [
        ({}, NOW),
        ({"ExecutionDateTime": datetime(3000, 12, 31, tzinfo=UTC)}, NEVER),
        (
            {"ExecutionDateTime": datetime(2030, 1, 15, 9, tzinfo=UTC)},
            DateTime.at(datetime(2030, 1, 15, 9, tzinfo=UTC)).octets,
        ),
    ],
    ids=["now", "cancelled", "dated"],
)
def test_all_activation_times_of_a_command_are_the_requests(
    dated: dict[str, Any], activation: bytes
) -> None:
    found = [i.data.value for i in items("6.4.1", {**dated, **LOAD_LIMIT}) if i.attribute == 6]
    assert found == [activation] * 4


def test_a_request_that_the_dcc_dates_says_nothing_of_it_to_the_device() -> None:
    at_once = transformed("6.12", {"LowMediumPowerThreshold": 1, "MediumHighPowerThreshold": 2})
    dated = transformed(
        "6.12",
        {
            "ExecutionDateTime": datetime(2030, 1, 15, 9, tzinfo=UTC),
            "LowMediumPowerThreshold": 1,
            "MediumHighPowerThreshold": 2,
        },
    )
    assert dated.payload == at_once.payload


# Tariffs and prices


def prices(**tariff: Any) -> dict[str, Any]:
    elements = {"StandingCharge": 20, "StandingChargeScale": -2, "PriceScale": -5, **tariff}
    return {"PriceElements": {"ElectricityPriceElements": elements}}


def price(index: int, amount: int) -> dict[str, int]:
    return {"@index": index, "#text": amount}


BLOCKS = {"BlockPrices": ({"@index": 3, "BlockPrice": (price(2, 70), price(1, 60))},)}
RATES = {"TOUPrice": (price(48, 9), price(1, 8))}


@pytest.mark.parametrize(
    ("tariff", "stated"),
    [
        ({"BlockTariff": BLOCKS}, {"a3": 60, "b3": 70}),
        ({"TOUTariff": RATES}, {"01": 8, "30": 9}),
        ({"HybridTariff": BLOCKS | RATES}, {"a3": 60, "b3": 70, "01": 8, "30": 9}),
    ],
    ids=["block", "time of use", "both"],
)
def test_each_price_has_its_place_and_all_others_are_zero(
    tariff: dict[str, Any], stated: dict[str, int]
) -> None:
    matrix = data_of(items("1.2.1", prices(**tariff)), "0-0:19.20.0.255", 6)
    assert matrix[0] == [3, -5]
    assert len(matrix[2]) == 80
    assert {index: amount for index, amount in matrix[2] if amount} == stated


def test_the_secondary_element_has_four_prices() -> None:
    body = {"PriceElements": {"PriceScale": -5, "ElectricityPriceElement": (price(4, 7),)}}
    matrix = data_of(items("1.2.2", body), "0-0:19.20.5.255", 6)
    assert matrix[2] == [["01", 0], ["02", 0], ["03", 0], ["04", 7]]


def test_two_prices_for_one_place_are_refused_by_name() -> None:
    body = prices(TOUTariff={"TOUPrice": (price(1, 8), price(1, 9))})
    with pytest.raises(UnencodableContentError, match="TOUPrice"):
        transformed("1.2.1", body)


def tariff(**changes: Any) -> dict[str, Any]:
    day = {"DayName": 1, "ProfileSchedule": ({"StartTime": MIDNIGHT, "BlockTariffAction": 8},)}
    week = {"WeekName": 4, "ReferencedDayName": tuple(price(day, 1) for day in range(1, 8))}
    season = {"SeasonName": "any", "SeasonStartDate": ANY_DATE, "ReferencedWeekName": 4}
    threshold = {"BlockThreshold": (price(2, 200), price(1, 100))}
    elements = {
        "CurrencyUnits": "GBP",
        "SwitchingTable": {
            "DayProfiles": {"DayProfile": (day,)},
            "WeekProfiles": {"WeekProfile": (week,)},
            "Seasons": {"Season": (season,)},
        },
        "SpecialDays": {"SpecialDay": ({"Date": ANY_DATE, "ReferencedDayName": 1},)},
        "ThresholdMatrix": {
            "Thresholds": tuple({"@index": rate, **threshold} for rate in range(1, 9))
        },
        **changes,
    }
    return {"ElecTariffElements": elements, **prices(TOUTariff=RATES)}


def test_a_switching_table_keeps_its_names_and_wildcards() -> None:
    found = items("1.1.1", tariff())
    table = "0-0:13.0.0.255"
    assert data_of(found, table, 7) == [[b"any".hex(), "ffffffffff000000008000ff", "04"]]
    assert data_of(found, table, 8) == [["04", 1, 1, 1, 1, 1, 1, 1]]
    assert data_of(found, table, 9) == [[1, [["00000000", "00000a0064ff", 108]]]]
    assert data_of(found, "0-1:11.0.0.255", 2) == [[1, "ffffffffff", 1]]


def test_thresholds_stand_in_the_order_of_their_blocks() -> None:
    assert data_of(items("1.1.1", tariff()), "0-0:16.1.18.255", 2) == [100, 200]


@pytest.mark.parametrize(("units", "value"), [("GBP", 0xFF), ("ECB", 0)])
def test_the_currency_is_pounds_or_not(units: str, value: int) -> None:
    found = items("1.1.1", tariff(CurrencyUnits=units))
    assert data_of(found, "0-0:94.44.2.0", 4) == value


def test_a_threshold_of_a_block_without_its_predecessors_is_refused() -> None:
    thresholds = {"Thresholds": ({"@index": 1, "BlockThreshold": (price(2, 1),)},)}
    with pytest.raises(UnencodableContentError, match="Threshold"):
        transformed("1.1.1", tariff(ThresholdMatrix=thresholds))


@pytest.mark.parametrize(
    ("day", "octet"),
    [("LastDayOfMonth", "fe"), ("SecondLastDayOfMonth", "fd"), ("NonSpecifiedDayOfMonth", "ff")],
)
def test_a_day_of_the_month_may_be_a_wildcard(day: str, octet: str) -> None:
    special = {"Date": {**ANY_DATE, "DayOfMonth": {day: None}}, "ReferencedDayName": 1}
    found = items("1.1.1", tariff(SpecialDays={"SpecialDay": (special,)}))
    assert data_of(found, "0-1:11.0.0.255", 2) == [[1, f"ffffff{octet}ff", 1]]


# Balance and payment mode


@pytest.mark.parametrize("mode", ["PrepaymentMode", "CreditMode"])
def test_a_balance_is_adjusted_or_reset_alike_in_both_modes(mode: str) -> None:
    assert use_case("1.5", {mode: {"ResetMeterBalance": None}}) == "ECS04b"
    adjustment = {mode: {"AdjustMeterBalance": -5}}
    assert use_case("1.5", adjustment) == "ECS04a"
    assert data_of(items("1.5", adjustment), "0-0:19.10.0.255", 1) == -5


def prepayment(*, disabled: bool, emergency: bool, target: Target) -> list[list[str]]:
    mode = {
        "SuspendDebtDisabled": disabled,
        "SuspendDebtEmergency": emergency,
        "DisablementThreshold": 0,
    }
    found: list[list[str]] = data_of(
        items("1.6", {"Prepayment": mode}, target), "0-1:19.0.0.255", 11
    )
    return found


def test_only_a_twin_element_meter_collects_for_a_secondary_element() -> None:
    secondary = "0000131405ff"
    for target in (TWIN, ESME):
        credit = data_of(items("1.6", {"Credit": None}, target), "0-1:19.0.0.255", 11)
        pairs = prepayment(disabled=False, emergency=False, target=target)
        assert (secondary in [pair[1] for pair in credit]) is (target is TWIN)
        assert (secondary in [pair[1] for pair in pairs]) is (target is TWIN)


def test_suspended_debt_is_not_collected_while_the_supply_is_disabled() -> None:
    pairs = prepayment(disabled=True, emergency=False, target=ESME)
    assert {pair[1] for pair in pairs if pair[2] == "110"} == {"0000131401ff", "0000131402ff"}
    always = prepayment(disabled=False, emergency=False, target=ESME)
    assert {pair[2] for pair in always} == {"111"}


def test_suspended_debt_accumulates_while_emergency_credit_is_in_use() -> None:
    for emergency in (True, False):
        pairs = prepayment(disabled=False, emergency=emergency, target=ESME)
        assert ("0000130a02ff" in {pair[0] for pair in pairs}) is emergency


# Billing calendar


def calendar(**period: Any) -> dict[str, Any]:
    at = time(6, 30, tzinfo=UTC)
    return {"ElectricityBillingCalendar": {"BillingTime": at, **period}}


START = {"DayOfMonth": 5, "BillingPeriodStartMonth": 8}


@pytest.mark.parametrize(
    ("period", "name", "dates"),
    [
        ({"Daily": None}, "ECS30", ["ffffffffff"]),
        ({"Weekly": 7}, "ECS30", ["ffffffff07"]),
        ({"Monthly": 28}, "ECS30", ["ffffff1cff"]),
        ({"Quarterly": START}, "ECS30a", ["ffff0805ff", "ffff0b05ff", "ffff0205ff", "ffff0505ff"]),
        ({"SixMonthly": START}, "ECS30a", ["ffff0805ff", "ffff0205ff"]),
        ({"Yearly": START}, "ECS30a", ["ffff0805ff"]),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_the_period_decides_the_billing_dates(
    period: dict[str, Any], name: str, dates: list[str]
) -> None:
    body = calendar(**period)
    assert use_case("6.8", body) == name
    found = data_of(items("6.8", body), "0-0:15.0.0.255", 4)
    assert found == [["061e0000", date] for date in dates]


def test_a_meter_of_a_later_version_takes_all_periods_by_one_use_case() -> None:
    later = Target(device_type="ESME", esme_variant="A", gbcs_version="4.3")
    assert use_case("6.8", calendar(Daily=None), later) == "ECS30a"


# Auxiliary controllers


def script(srv: str, body: Mapping[str, Any], target: Target = ESME) -> int:
    (*_, item) = items(srv, body, target)
    assert item.op is Op.ACTION
    value: int = item.data.value
    return value


@pytest.mark.parametrize("number", range(1, 6))
def test_a_switch_is_timed_by_its_own_timer(number: int) -> None:
    on, off = (
        {f"{verb}ALCSHCALCS": {"@index": number, "Duration": 30}}
        for verb in ("Activate", "Deactivate")
    )
    assert data_of(items("7.5", on), f"0-0:94.44.{116 + number}.1", 2) == 30
    assert data_of(items("7.6", off), f"0-0:94.44.{116 + number}.2", 2) == 30
    assert script("7.5", on) == number << 8 | 0x11
    assert script("7.6", off) == number << 8 | 0x12
    assert script("7.8", {"ResetALCSHCALCS": {"@index": number}}) == number << 8 | 0x20


PERIOD = {
    "StartDateTime": datetime(2026, 1, 3, tzinfo=UTC),
    "EndDateTime": datetime(2026, 1, 4, tzinfo=UTC),
}


@pytest.mark.parametrize("target", [ESME, SAPC], ids=str)
@pytest.mark.parametrize(
    ("srv", "start", "end"), [("7.13", 1, 2), ("7.16", 3, 4)], ids=["set", "limited"]
)
def test_a_level_has_a_direction_and_a_period(
    srv: str, start: int, end: int, target: Target
) -> None:
    output = {"@auxiliaryControllerN": 2, **PERIOD, "CommandedStateLevel": 100}
    found = items(srv, output, target)
    assert [str(item.obis) for item in found[:2]] == [
        f"0-0:94.44.118.{start}",
        f"0-0:94.44.118.{end}",
    ]
    assert script(srv, output, target) == 0x1264
    assert script(srv, {**output, "InputFromControlledLoad": None}, target) == 0x2264


def test_descriptions_are_set_of_the_controllers_that_are_named() -> None:
    body = {
        "ALCSHCALCSDescription": (
            {"@index": 4, "SwitchDescription": "Heater"},
            {"@index": 2, "SwitchDescription": "Pump"},
        )
    }
    assert [(str(item.obis), item.data.value) for item in items("6.14.1", body)] == [
        ("0-0:94.44.0.12", b"Pump"),
        ("0-0:94.44.0.14", b"Heater"),
    ]


def switch_entry(**changes: Any) -> dict[str, Any]:
    return {
        "ActivateDeactivateSwitch": {"@index": 3, "DeactivateSwitch": None},
        "ALCSScheduleDatesAndTime": {
            "SwitchTime": MIDNIGHT,
            "StartDate": ANY_DATE,
            "EndDate": ANY_DATE,
        },
        **changes,
    }


SPECIAL_DAYS = {
    "ALCSHCALCSSpecialDay": tuple({"@index": number, **ANY_DATE} for number in (1, 2, 3))
}


def switch_calendar(*entries: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "ALCSHCALCSConnectionSchedule": entries,
        "ALCSHCALCSSpecialDays": SPECIAL_DAYS,
        **changes,
    }


def test_a_calendar_entry_says_on_which_days_it_applies() -> None:
    entry = switch_entry(
        SpecialDaysApplicability=({"@index": 1}, {"@index": 3}),
        DaysOfWeekApplicability={
            "DayOfWeekApplicability": ({"DayOfWeekID": "Sunday"}, {"DayOfWeekID": "Monday"})
        },
    )
    body = switch_calendar(entry, switch_entry())
    first, second = data_of(items("6.14.2", body), "0-1:12.0.2.255", 2)
    assert first[:8] == [1, 0xFF, "00000a0067ff", 0x0302, "00000000", 0xFFFF, "1000001", "101"]
    assert second[6:8] == ["0000000", "000"]


def test_a_calendar_entry_for_a_special_day_that_is_not_defined_is_refused() -> None:
    entry = switch_entry(SpecialDaysApplicability=({"@index": 4},))
    with pytest.raises(UnencodableContentError, match="SpecialDaysApplicability"):
        transformed("6.14.2", switch_calendar(entry))


def test_a_switch_is_an_alcs_or_names_its_device() -> None:
    device = Eui64.from_text("00-DB-12-34-56-78-90-97")
    kinds = ({"@index": 5, "HCALCS": device}, {"@index": 1, "ALCS": None})
    found = items("6.14.2", switch_calendar(switch_entry(), SwitchTypeAndId=kinds))
    assert [(str(item.obis), item.data.value) for item in found[:2]] == [
        ("0-0:94.44.0.21", bytes(8)),
        ("0-0:94.44.0.25", device),
    ]


def test_a_device_whose_identifier_would_mean_an_alcs_is_refused() -> None:
    kinds = ({"@index": 1, "HCALCS": Eui64(bytes(8))},)
    with pytest.raises(UnencodableContentError, match="HCALCS"):
        transformed("6.14.2", switch_calendar(switch_entry(), SwitchTypeAndId=kinds))


def test_a_calendar_without_entries_and_special_days_is_empty() -> None:
    body = {"AuxiliaryControllerSpecialDayDefinitions": {}}
    for target in (ESME, SAPC):
        found = items("6.14.3", body, target)
        assert [data_of(found, obis, 2) for obis in ("0-1:11.0.3.255", "0-1:12.0.2.255")] == [
            [],
            [],
        ]


@pytest.mark.parametrize(
    ("srv", "element", "expected"),
    [("7.9", "AddToBoostButton", 0xFF), ("7.10", "RemoveFromBoostButton", 0)],
)
def test_the_boost_button_is_told_of_all_five_controllers(
    srv: str, element: str, expected: int
) -> None:
    body = {element: tuple({"@index": number, "#text": number != 2} for number in range(5, 0, -1))}
    found = [item.data.value for item in items(srv, body)]
    assert found == [expected, 0xFF - expected, expected, expected, expected]


# Who originates


@pytest.mark.parametrize("srv", ["7.7", "7.11", "7.15"])
def test_the_broker_reads_for_an_other_user(srv: str) -> None:
    other = Eui64.from_text("90-B3-D5-1F-30-03-00-00")
    period = {"StartDateTime": PERIOD["StartDateTime"], "EndDateTime": PERIOD["EndDateTime"]}
    request = asked(srv, {"ReadLogPeriod": period}, party=other)
    message = transform(request, ESME, broker=BROKER, broker_counter=9, is_known_party=False)
    assert (message.originator, message.counter) == (BROKER, 9)
    assert (message.other.supplementary_party, message.other.supplementary_counter) == (other, 5)


def test_a_load_controller_originates_its_limits_itself() -> None:
    controller = Eui64.from_text("90-B3-D5-1F-30-01-00-08")
    body = {"@auxiliaryControllerN": 1, **PERIOD, "CommandedStateLevel": 0}
    message = transform(asked("7.16", body, party=controller), ESME, broker=BROKER)
    assert message.is_pre_command
    assert message.originator == controller
