"""Values in the document are those that the message's own decoding shows.

The expected side never passes through a row: it is taken from the JSON of `assay gbcs decode`,
or from the DUIS request that set the same object where that is the better witness.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from assay.gbcs.inspection import describe
from assay.gbcs.keys import KeyStore
from assay.mmc import parse_mmc

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def plain_numbers(form: Any) -> list[Any]:
    """Every number and text in a DLMS JSON value, in order."""
    if isinstance(form, dict):
        return [leaf for value in form.values() for leaf in plain_numbers(value)]
    if isinstance(form, list):
        return [leaf for value in form for leaf in plain_numbers(value)]
    return [form] if isinstance(form, int) and not isinstance(form, bool) else []


def numbers_in(values: Any) -> list[Any]:
    """Every number in nested values, times and indexes left out."""
    if isinstance(values, dict):
        return [
            leaf
            for name, value in values.items()
            if name not in ("index", "Timestamp", "TimeStamp")
            for leaf in numbers_in(value)
        ]
    if isinstance(values, list):
        return [leaf for value in values for leaf in numbers_in(value)]
    return [values] if isinstance(values, int) and not isinstance(values, bool) else []


@pytest.fixture
def values_of(answers: dict[str, bytes], keys: KeyStore) -> Any:
    return lambda name: parse_mmc(answers[name], keys).values


@pytest.fixture
def decoded(answers: dict[str, bytes], keys: KeyStore) -> Any:
    return lambda name: describe(answers[name], keys)


def test_import_registers_are_those_that_decode_shows(values_of: Any, decoded: Any) -> None:
    (plain,) = decoded("ECS17b_4.1.1_TWIN_SUCCESS_RESPONSE")["plain"]
    shown = plain_numbers(plain["plain"])
    registers = values_of("ECS17b_4.1.1_TWIN_SUCCESS_RESPONSE")["Electricity"]
    active, reactive = registers["ActiveImportRegister"], registers["ReactiveImportRegister"]
    assert [active["Value"], 0, 30, reactive["Value"], 0, 32] == shown[:6]
    assert registers["SecondaryActiveImportRegister"]["Value"] == shown[6]
    assert (active["ActiveEnergyUnit"], reactive["ReactiveEnergyUnit"]) == ("Wh", "varh")


LOGS = {
    "ECS22a_4.8.3_SUCCESS_RESPONSE": (49, 3),
    "ECS22b_4.8.1_SINGLE_SUCCESS_RESPONSE": (49, 2),
    "ECS22c_4.8.2_SUCCESS_RESPONSE": (49, 2),
    "ECS66_4.17_SUCCESS_RESPONSE": (4, 2),
    "ECS21b_4.14_KRP_SUCCESS_RESPONSE": (7, 7),
    "ECS20d_4.4.5_SUCCESS_RESPONSE": (5, 2),
}


def _log_entries(values: dict[str, Any]) -> list[Any]:
    inside = values.get("Electricity", values.get("PrepaymentCredits", values))
    found: list[Any] = inside["LogEntry"]
    return found


@pytest.mark.parametrize("name", LOGS)
def test_a_log_has_every_entry_with_its_time_and_values(
    name: str, values_of: Any, decoded: Any
) -> None:
    entries, width = LOGS[name]
    form = decoded(name)
    source = form["plain"][0]["plain"] if "plain" in form else form["payload"]["dlms"]
    text = str(source)
    log = _log_entries(values_of(name))
    assert len(log) == entries
    for entry in log:
        stamp = entry["Timestamp"]
        seconds = int((stamp - EPOCH).total_seconds())
        assert str(seconds) in text or stamp.isoformat()[:19] in text
        assert len(numbers_in(entry)) == width - 1


def test_values_of_a_balance_entry_keep_their_places(values_of: Any) -> None:
    """The message's order: time, emergency, meter, payment, time debts 1 and 2, accumulated."""
    first = values_of("ECS21b_4.14_KRP_SUCCESS_RESPONSE")["Electricity"]["LogEntry"][0]
    assert first == {
        "Timestamp": EPOCH + timedelta(seconds=472867200),
        "EmergencyCreditBalance": 700000,
        "MeterBalance": 1000000,
        "PaymentDebtRegister": 490000,
        "TimeDebtRegisters1": 410000,
        "TimeDebtRegisters2": 1000000,
        "AccumulatedDebtRegister": 1900000,
    }


@pytest.mark.parametrize(
    "name",
    [
        "ECS20b_4.4.2_TWIN_SUCCESS_RESPONSE",
        "ECS20c_4.4.3_TWIN_SUCCESS_RESPONSE",
        "ECS21a_4.6.1_TWIN_SUCCESS_RESPONSE",
        "ECS17d_4.1.2_SINGLE_SUCCESS_RESPONSE",
        "ECS17e_4.1.3_SUCCESS_RESPONSE",
        "ECS19_4.3_SUCCESS_RESPONSE",
        "ECS68_NA_8F0A_TWIN_ALERT",
    ],
)
def test_no_register_is_lost_added_or_changed(
    name: str, answers: dict[str, bytes], keys: KeyStore
) -> None:
    """The numbers of the document are the numbers of the plain data, but for times."""
    document = parse_mmc(answers[name], keys)
    (plain,) = document.content.plain
    shown = sorted(_registers(plain))
    values = document.values.get("Payload", document.values)
    assert sorted(numbers_in(values)) == shown


def _registers(data: Any) -> list[int]:
    """Numbers in DLMS data; the first of a log's entry is its time, and no value."""
    elements = getattr(data.value, "elements", None)
    if elements is not None:
        return [n for entry in elements for part in entry.value[1:] for n in _registers(part)]
    if isinstance(data.value, tuple):
        return [n for part in data.value for n in _registers(part)]
    return [data.value] if isinstance(data.value, int) else []


def test_gas_registers_are_scaled_by_what_came_with_them(values_of: Any, decoded: Any) -> None:
    name = "GCS13a_4.1.1_SUCCESS_RELIABLE_GPF_RESPONSE"
    shown = {row["name"]: row["value"] for row in decoded(name)["plain"][0]["plain"]["attributes"]}
    register = values_of(name)["Gas"]["ConsumptionRegister"]
    scale = Decimal(shown["Multiplier"]) / shown["Divisor"]
    assert register == {"Value": shown["CurrentSummationDelivered"] * scale, "Unit": "m3"}


def test_a_register_without_its_divisor_has_no_value(values_of: Any) -> None:
    """The divisor failed, the register came: 12345 of what is anyone's guess."""
    assert values_of("GCS13a_4.1.1_ERROR_RESPONSE")["Gas"]["ConsumptionRegister"] == {"Unit": "m3"}


def test_gas_samples_count_on_from_their_start(values_of: Any, decoded: Any) -> None:
    for name, key, step in (
        ("GCS61_4.17_SUCCESS_RESPONSE", None, timedelta(days=1)),
        ("GCS18_4.10_SUCCESS_RESPONSE", "NetworkDataLog", timedelta(minutes=6)),
    ):
        shown = decoded(name)["plain"][0]["plain"]
        inside = values_of(name)["Gas"]
        log = inside["LogEntry"] if key is None else inside[key]["LogEntry"]
        assert [entry["Value"] * 1000 for entry in log] == shown["samples"]
        start = datetime.fromisoformat(shown["start_time"])
        assert [entry["Timestamp"] for entry in log] == [
            start + index * step for index in range(shown["sample_count"])
        ]


def test_gas_snapshots_keep_blocks_and_times_of_use_apart(values_of: Any, decoded: Any) -> None:
    name = "GCS15c_4.4.3_SUCCESS_RESPONSE"
    snapshots = [row["plain"] for row in decoded(name)["plain"] if "summation" in row["plain"]]
    log = values_of(name)["Gas"]["GSMEBillingDataLogEntry"]
    assert len(log) == len(snapshots) == 2
    for entry, shown in zip(log, snapshots, strict=True):
        assert entry["Timestamp"] == datetime.fromisoformat(shown["time"])
        assert entry["ActiveImportRegisterValueConsumption"] * 1000 == shown["summation"]
        for key, field in (
            ("TariffTOURegisterMatrixValue", "tier_registers"),
            ("BlockRegisterMatrixValue", "block_registers"),
        ):
            assert [row["value"] * 1000 for row in entry[key]] == shown[field]
            assert [row["index"] for row in entry[key]] == [1, 2, 3, 4]


def test_prices_stand_at_the_block_and_time_that_their_request_named(values_of: Any) -> None:
    """The price matrix of the response is the one that the 1.1.1 request of the same set
    writes: block 1 and 2 of time 1 at 2289 and 3546, of time 2 at 4002 and 6969."""
    tariff = values_of("ECS24_4.11.1_SUCCESS_RESPONSE")["Electricity"]
    rows = tariff["TariffBlockPriceMatrix"]["TariffBlockPrices"]
    prices = {
        (row["index"], price["index"]): price["value"]
        for row in rows
        for price in row["BlockPrice"]
    }
    assert len(prices) == 32
    assert {place: price for place, price in prices.items() if price} == {
        (1, 1): 2289,
        (1, 2): 3546,
        (2, 1): 4002,
        (2, 2): 6969,
    }
    times = tariff["TariffTOUPriceMatrix"]["TariffTOUPrice"]
    assert len(times) == 48
    assert times[0] == {"index": 1, "value": 2121}
    assert (tariff["StandingCharge"], tariff["StandingChargeScale"]) == (20000, -5)
    assert (tariff["CurrencyUnitsLabel"], tariff["CurrencyUnitsName"]) == ("GBP", "Millipence")


def test_a_switching_table_switches_blocks_and_times_of_use(values_of: Any) -> None:
    table = values_of("ECS24_4.11.1_SUCCESS_RESPONSE")["Electricity"]["TariffSwitchingTable"]
    first, second = table["DayProfiles"]["DayProfile"]
    assert first == {
        "Day": 1,
        "ProfileSchedule": [
            {"StartTime": time(7), "BlockTariffAction": 1},
            {"StartTime": time(23), "BlockTariffAction": 2},
        ],
    }
    assert second["ProfileSchedule"] == [{"StartTime": time(0), "TOUTariffAction": 1}]


def test_second_element_scripts_count_from_201(values_of: Any) -> None:
    table = values_of("ECS24b_4.11.2_SUCCESS_RESPONSE")["TariffSwitchingTable"]
    days = table["DayProfiles"]["DayProfile"]
    assert [row["TOUTariffAction"] for row in days[0]["ProfileSchedule"]] == [1, 2]
    assert [season["SeasonName"] for season in table["Seasons"]["Season"]][:3] == [
        "spring",
        "summer",
        "fall",
    ]


def test_payment_mode_flags_are_those_of_the_bit_map(values_of: Any, decoded: Any) -> None:
    """3223 is what a 1.6 request with SuspendDebtDisabled alone sends."""
    form = decoded("GCS21j_6.2.9_SUCCESS_RESPONSE")
    (component,) = form["payload"]["gbz"]["components"]
    assert component["payload"]["attributes"][0]["value"] == 3223
    assert values_of("GCS21j_6.2.9_SUCCESS_RESPONSE") == {
        "PaymentMode": "Prepayment",
        "SuspendDebtEmergency": False,
        "SuspendDebtDisabled": True,
    }


def test_prepayment_settings_of_both_fuels(values_of: Any) -> None:
    electricity = values_of("ECS26a_4.13_SINGLE_SUCCESS_RESPONSE")
    gas = values_of("GCS21b_4.13_SUCCESS_RESPONSE")
    limits = ("DisablementThreshold", "EmergencyCreditLimit", "LowCreditThreshold")
    assert [electricity[name] for name in limits] == [-500000, 2500000, 500000]
    assert [gas[name] for name in limits] == [-5000000, 1000000, 500000]
    assert electricity["Electricity"]["DebtRecovery1"] == {
        "DebtRecoveryRate": 5000,
        "DebtRecoveryRatePriceScale": -5,
        "DebtRecoveryRatePeriod": "DAILY",
    }
    assert gas["Gas"]["DebtRecovery1"] == {
        "DebtRecoveryRate": 500000,
        "DebtRecoveryRatePeriod": "DAILY",
    }
    schedule = electricity["Electricity"]["NonDisablementCalendar"]
    first = schedule["ElectricityNonDisablementSchedule"][0]
    days = first["DaysOfWeekApplicability"]["DayOfWeekApplicability"]
    assert [day["DayOfWeekID"] for day in days] == ["Saturday", "Sunday"]
    specials = first["SpecialDaysApplicability"]["SpecialDayApplicability"]
    assert [day["SpecialDayID"] for day in specials] == [1, 2, 3, 4]
    assert first["NonDisablementScript"] == "START"


def test_alert_settings_are_the_bits_of_their_codes(
    answers: dict[str, bytes], keys: KeyStore
) -> None:
    document = parse_mmc(answers["ECS25r1_6.2.10_SUCCESS_RESPONSE"], keys)
    settings = document.values["ElectricitySupplierAlertEventSettings"]
    names = ("WANAlert", "HANAlert", "Alarm", "Logging")
    for name, result in zip(names, document.content.results, strict=True):
        bits = int(result.data.value, 2)
        common = settings[f"ElectricitySupplier{name}Settings"]["SupplierESMECommon"]
        assert len(common) == 42
        for code, state in common.items():
            assert state == ("Enable" if bits >> int(code[3:], 16) & 1 else "Disable")


def test_gas_event_settings_split_the_octet(values_of: Any, decoded: Any) -> None:
    name = "GCS20r_6.2.10_SUCCESS_RESPONSE"
    (component,) = decoded(name)["payload"]["gbz"]["components"]
    shown = {
        row["event_id"]: row["configuration"] for row in component["payload"]["configurations"]
    }
    settings = values_of(name)["GasSupplierAlertEventSettings"]
    assert {f"0x{code[1:]}" for code in settings} == set(shown)
    assert shown["0x810D"] == 24  # 8 (WAN) and 16 (HAN), no log
    assert settings["x810D"] == {
        "WANAlert": "Enable",
        "HANAlert": "Enable",
        "EventLog": "Disable",
        "Alarm": "Disable",
    }


def test_sub_ghz_settings_are_hundredths_and_channels_of_pages(values_of: Any) -> None:
    settings = values_of("DBCH03_6.30_SUCCESS_RESPONSE")
    assert settings["NormalLimitedDutyCycleThreshold"] == Decimal("1.25")
    assert settings["NonGSMEPoorCommsPercentageThreshold"] == Decimal("50.5")
    assert list(settings["LowerBandSubGHzChannels35To61"]) == ["Channel35", "Channel36"]
    assert settings["LocalCHNoiseMeasurementPeriod"] == 90


def test_calendar_scripts_are_controllers_and_levels(values_of: Any) -> None:
    """8576 and 8626 are what a 6.14.3 request for input of controller 1 at 0 and 50 sends."""
    schedule = values_of("ECS61d_7.14_SUCCESS_RESPONSE")["AuxiliaryControllerSchedule"]
    assert [row["AuxiliaryControllerAction"] for row in schedule[:3]] == [
        {"CommandedStateLevel": 0, "InputFromControlledLoad": True, "auxiliaryControllerN": 1},
        {"CommandedStateLevel": 50, "InputFromControlledLoad": True, "auxiliaryControllerN": 1},
        {"CommandedStateLevel": 0, "InputFromControlledLoad": True, "auxiliaryControllerN": 2},
    ]
    assert schedule[1]["SpecialDaysApplicability"] == [{"identifier": 1}, {"identifier": 3}]


def test_event_logs_have_code_meaning_and_data(values_of: Any) -> None:
    log = values_of("CS10a_6.13_SUCCESS_RESPONSE")["Log"]["LogEntry"]
    assert len(log) == 32
    command = log[2]
    assert command["LogCode"].hex() == "8154"
    assert command["OtherInformation"].hex() == "009b"
    assert command["OtherInformationLogMeaning"].startswith("PCS01 ")


def test_the_header_repeats_the_grouping_header(
    answers: dict[str, bytes], keys: KeyStore, decoded: Any
) -> None:
    for name in ("GCS16b_4.14_URP_SUCCESS_RESPONSE", "CCS02_8.11_SUCCESS_RESPONSE"):
        header, envelope = parse_mmc(answers[name], keys).header, decoded(name)["envelope"]
        assert header["BusinessOriginatorID"] == envelope["originator"]
        assert header["BusinessTargetID"] == envelope["recipient"]
        assert header["OriginatorCounter"] == envelope["counter"]
        assert header["SupplementaryRemotePartyID"] == envelope["supplementary_party"]
        assert header["SupplementaryRemotePartyCounter"] == envelope["supplementary_counter"]
        counter = envelope.get("supplementary_originator_counter")
        assert header.get("SupplementaryOriginatorCounter") == counter


@pytest.mark.parametrize(
    ("name", "is_from_meter", "status"),
    [
        ("GCS13a_4.1.1_SUCCESS_RELIABLE_GPF_RESPONSE", False, "reliable"),
        ("GCS13b_4.1.4_SUCCESS_RELIABLE_GSME_RESPONSE", True, "reliable"),
        ("GCS13a_4.1.1_SUCCESS_UNRELIABLE_RESPONSE", False, "unreliable"),
    ],
)
def test_the_status_octet_tells_whose_clock_it_was_and_how_good(
    name: str, is_from_meter: bool, status: str, answers: dict[str, bytes], keys: KeyStore
) -> None:
    stamp = parse_mmc(answers[name], keys).header["Timestamp"]
    assert (stamp["isFromGSME"], stamp["ClockStatus"]) == (is_from_meter, status)
    assert stamp["value"].year == 2015


def test_a_time_without_clock_status_says_nothing_of_the_clock(
    answers: dict[str, bytes], keys: KeyStore
) -> None:
    header = parse_mmc(answers["CS01a_2.2_SUCCESS_RESPONSE"], keys).header
    assert header["Timestamp"] == datetime(2015, 1, 1, tzinfo=UTC)
