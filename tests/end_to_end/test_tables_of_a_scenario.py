"""A scenario's table changes the body of a request by the schema; paths find values in answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from assay.verdicts import PlanError
from fixtures.bodies import body_of
from fixtures.body_changes import changed
from fixtures.readings import find, has

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PRICES = "PriceElements.ElectricityPriceElements"


def tariff() -> Any:
    return body_of("1.1.1", NOW)


def test_a_value_is_read_by_its_type() -> None:
    body = changed("1.1.1", tariff(), {f"{PRICES}.StandingCharge": "31000"})
    assert body["PriceElements"]["ElectricityPriceElements"]["StandingCharge"] == 31000


def test_one_of_several_is_picked_by_its_index() -> None:
    path = f"{PRICES}.TOUTariff.TOUPrice[2]"
    body = changed("1.1.1", tariff(), {path: "7"})
    prices = body["PriceElements"]["ElectricityPriceElements"]["TOUTariff"]["TOUPrice"]
    assert [each["#text"] for each in prices] == [24500, 7]


def test_one_of_several_without_index_is_picked_by_its_place() -> None:
    path = "ElecTariffElements.SwitchingTable.DayProfiles.DayProfile[2].DayName"
    body = changed("1.1.1", tariff(), {path: "3"})
    profiles = body["ElecTariffElements"]["SwitchingTable"]["DayProfiles"]["DayProfile"]
    assert [each["DayName"] for each in profiles] == [1, 3]


def test_an_optional_element_is_added_and_taken_away() -> None:
    dated = changed("1.1.1", tariff(), {"ExecutionDateTime": "2026-04-01T00:00:00Z"})
    assert dated["ExecutionDateTime"] == datetime(2026, 4, 1, tzinfo=UTC)
    assert "ExecutionDateTime" not in changed("1.1.1", dated, {"ExecutionDateTime": "-"})


def test_the_body_that_was_given_stays_as_it_is() -> None:
    body = tariff()
    changed("1.1.1", body, {f"{PRICES}.StandingCharge": "31000"})
    assert body == tariff()


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("StandingCharge", "1", "expected one of"),
        (f"{PRICES}.StandingCharge", "much", "StandingCharge"),
        (f"{PRICES}.PriceScale", "999", "PriceScale"),
        (f"{PRICES}.TOUTariff.TOUPrice[9]", "1", "number 9"),
        (f"{PRICES}..PriceScale", "1", "a path of elements"),
        (f"{PRICES}.PriceScale.Deeper", "1", "a path of elements"),
    ],
)
def test_what_the_schema_does_not_know_is_told(path: str, text: str, told: str) -> None:
    with pytest.raises(PlanError, match=told):
        changed("1.1.1", tariff(), {path: text})


ANSWER = {
    "Electricity": {
        "MeterBalance": -5,
        "Registers": {"Value": [{"value": 81, "index": 1}, {"value": 15, "index": 48}]},
        "LogEntry": [{"At": 1, "Value": 7}, {"At": 2, "Value": 8}],
    }
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("MeterBalance", -5),
        ("Registers.Value[48]", 15),
        ("LogEntry[1].At", 1),
        ("LogEntry[-1].Value", 8),
        ("LogEntry", [{"At": 1, "Value": 7}, {"At": 2, "Value": 8}]),
    ],
)
def test_a_path_finds_what_lies_deep(path: str, value: object) -> None:
    assert find(ANSWER, path) == value


def test_a_name_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(KeyError, match="no Debt among At, Electricity, LogEntry"):
        find(ANSWER, "Debt")
    assert not has(ANSWER, "Registers.Value[3]")
    assert not has(ANSWER, "LogEntry[3]")


def test_a_path_that_is_none_is_our_fault() -> None:
    with pytest.raises(PlanError):
        find(ANSWER, "Log Entry")
