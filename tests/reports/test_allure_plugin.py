"""Features that are run with the plugin stand in Allure as they stand in their file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

FEATURE = """
@scheme:functional @device:ESME
Feature: Supply is lost

  A meter bills from its register.

  Background:
    Given a commissioned meter

  @requirement:SMETS2_5_6_3
  Rule: No energy is lost

    @usecase:ECS17b @role:IS
    Scenario Outline: Supply is lost for <outage>
      When the supply is lost for <outage>
      Then the register agrees

      Examples: interruptions
        | outage  |
        | 20 ms   |
        | 3 hours |

    Scenario: The register jumps back
      When the supply is lost for 1 s
      Then the register jumps back
      And the register agrees

  Rule: What the bench cannot vouch for

    Scenario: The source does not answer
      When the source is gone
      Then the register agrees

    Scenario: The harness is wrong
      Then a bare assertion fails

    Scenario: No such function
      When the meter has no auxiliary switch
      Then the register agrees

    Scenario: Nobody wrote the step
      When the moon is full
      Then the register agrees

    Scenario: Teardown breaks
      When the bench breaks afterwards

    Scenario: A table
      When the profile is
        | volts | seconds |
        | 230   | 10      |
"""

STEPS = """
from datetime import UTC, datetime

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from assay.verdicts import BenchLost, NonConformity, NotApplicable
from fixtures.timeline import Timeline

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
scenarios("features/functional")


@pytest.fixture(autouse=True)
def timeline(request, tmp_path):
    made = Timeline(tmp_path / "1")
    request.node.user_properties.append(("evidence", str(made.folder)))
    yield made
    made.add(AT, "supply", "trace", "supply trace", attachment=("trace.png", b"\\x89PNG"))


@pytest.fixture
def broken_bench():
    yield
    raise BenchLost("source did not answer")


@given("a commissioned meter")
def _(timeline):
    timeline.add(AT, "user", "duis-request", "8.1.1", attachment=("request.xml", b"<Request/>"))
    timeline.add(AT, "wan", "gbcs", "ECS70", {"mac": {"valid": True}}, ("down.hex", b"DF09"))


@when(parsers.parse("the supply is lost for {outage}"))
def _(outage):
    pass


@when("the profile is")
def _(datatable):
    pass


@when("the source is gone")
def _():
    raise BenchLost("source: expected *IDN?, got nothing")


@when("the meter has no auxiliary switch")
def _():
    raise NotApplicable("declaration: no auxiliary load control switch")


@when("the bench breaks afterwards")
def _(broken_bench):
    pass


@then("the register agrees")
def _():
    pass


@then("the register jumps back")
def _():
    raise NonConformity("SMETS2_5_6_3", ">= 10 kWh", "9 kWh")


@then("a bare assertion fails")
def _():
    assert 1 == 2
"""

SETTINGS = """
[pytest]
addopts = --strict-markers
filterwarnings = error
"""

Result = Mapping[str, Any]


def run(folder: Path, feature: str, steps: str) -> subprocess.CompletedProcess[str]:
    features = folder / "features" / "functional"
    features.mkdir(parents=True)
    (features / "supply.feature").write_text(feature, encoding="utf-8")
    (folder / "test_functional.py").write_text(steps, encoding="utf-8")
    (folder / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
    options = ["-q", "-p", "reports.allure", "-p", "no:cacheprovider", "--alluredir", "results"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("bound")
    outcome = run(place, FEATURE, STEPS)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    return place


@pytest.fixture(scope="module")
def results(folder: Path) -> dict[str, Result]:
    files = (folder / "results").glob("*-result.json")
    found = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return {result["name"]: result for result in found}


def labels(result: Result, name: str) -> list[str]:
    return sorted(label["value"] for label in result["labels"] if label["name"] == name)


def steps(result: Result) -> list[tuple[str, str]]:
    return [(step["name"], step["status"]) for step in result["steps"]]


def walk(result: Result) -> Iterator[Result]:
    yield from result.get("attachments", ())
    for step in result.get("steps", ()):
        yield from walk(step)


def test_a_row_of_an_outline_is_named_and_parameterised_by_its_columns(
    results: dict[str, Result],
) -> None:
    result = results["Supply is lost for 3 hours"]
    assert [(p["name"], p["value"]) for p in result["parameters"]] == [("outage", "3 hours")]
    assert result["fullName"] == "functional/supply.feature: Supply is lost for <outage>"


def test_rows_of_an_outline_share_the_case_but_not_the_history(
    results: dict[str, Result],
) -> None:
    short, long = results["Supply is lost for 20 ms"], results["Supply is lost for 3 hours"]
    assert short["testCaseId"] == long["testCaseId"]
    assert short["historyId"] != long["historyId"]


def test_gherkin_steps_are_the_steps_background_included(results: dict[str, Result]) -> None:
    assert steps(results["Supply is lost for 20 ms"]) == [
        ("Given a commissioned meter", "passed"),
        ("When the supply is lost for 20 ms", "passed"),
        ("Then the register agrees", "passed"),
    ]


def test_a_failed_step_is_followed_by_those_it_kept_from_running(
    results: dict[str, Result],
) -> None:
    assert steps(results["The register jumps back"]) == [
        ("Given a commissioned meter", "passed"),
        ("When the supply is lost for 1 s", "passed"),
        ("Then the register jumps back", "failed"),
        ("And the register agrees", "skipped"),
    ]


def test_a_step_without_a_definition_is_shown_as_broken(results: dict[str, Result]) -> None:
    assert steps(results["Nobody wrote the step"])[1:] == [
        ("When the moon is full", "broken"),
        ("Then the register agrees", "skipped"),
    ]


@pytest.mark.parametrize(
    ("scenario", "status", "verdict"),
    [
        ("Supply is lost for 20 ms", "passed", "PASS"),
        ("The register jumps back", "failed", "FAIL"),
        ("The source does not answer", "broken", "INCONCLUSIVE"),
        ("The harness is wrong", "broken", "INCONCLUSIVE"),
        ("Nobody wrote the step", "broken", "INCONCLUSIVE"),
        ("Teardown breaks", "broken", "INCONCLUSIVE"),
        ("No such function", "skipped", "NOT APPLICABLE"),
    ],
)
def test_a_verdict_has_its_status_and_its_label(
    results: dict[str, Result], scenario: str, status: str, verdict: str
) -> None:
    assert results[scenario]["status"] == status
    assert labels(results[scenario], "verdict") == [verdict]


def test_what_does_not_apply_says_why(results: dict[str, Result]) -> None:
    result = results["No such function"]
    reason = "NOT APPLICABLE: declaration: no auxiliary load control switch"
    assert result["statusDetails"]["message"] == reason
    assert steps(result)[1] == ("When the meter has no auxiliary switch", "skipped")


def test_tags_feature_and_rule_are_labels(results: dict[str, Result]) -> None:
    result = results["Supply is lost for 20 ms"]
    said = {name: labels(result, name) for name in ("epic", "feature", "story", "usecase", "role")}
    assert said == {
        "epic": ["functional"],
        "feature": ["Supply is lost"],
        "story": ["No energy is lost"],
        "usecase": ["ECS17b"],
        "role": ["IS"],
    }
    assert "requirement:SMETS2_5_6_3" in labels(result, "tag")


def test_a_requirement_links_to_its_place_in_the_overview(results: dict[str, Result]) -> None:
    (link,) = results["The register jumps back"]["links"]
    assert link["name"] == "SMETS2_5_6_3"
    assert link["url"] == "../index.html#requirement-SMETS2_5_6_3"


def test_the_evidence_is_attached_also_what_teardown_left(
    results: dict[str, Result], folder: Path
) -> None:
    attached = {a["name"]: a for a in walk(results["The register jumps back"])}
    assert attached["001 8.1.1"]["type"] == "application/xml"
    assert attached["003 supply trace"]["type"] == "image/png"
    assert attached["002 ECS70"]["type"] == "text/plain"
    assert attached["002 ECS70, decoded"]["type"] == "application/json"
    text = (folder / "results" / attached["timeline"]["source"]).read_text(encoding="utf-8")
    assert "user    duis-request   8.1.1" in text


def test_a_table_of_a_step_is_attached_to_it(results: dict[str, Result], folder: Path) -> None:
    (table,) = results["A table"]["steps"][1]["attachments"]
    content = (folder / "results" / table["source"]).read_text(encoding="utf-8")
    assert content == "volts | seconds\n230 | 10"


def test_a_tag_outside_the_grammar_stops_the_collection_and_names_its_feature(
    tmp_path: Path,
) -> None:
    outcome = run(tmp_path, FEATURE.replace("@usecase:ECS17b", "@colour:red"), STEPS)
    assert outcome.returncode == 2
    expected = (
        "functional/supply.feature: tag @colour:red is not @kind:value with a kind of "
        "requirement, usecase, srv, role, scheme, device, grade"
    )
    assert expected in outcome.stdout
    assert "Traceback" not in outcome.stdout
