"""What a scenario does decides its verdict; what the scenarios come to decides the exit code."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest

from assay.campaigns.exit_codes import ExitCode
from assay.campaigns.ledger import Ledger
from assay.campaigns.result import RunResult, ScenarioResult
from assay.verdicts import PlanError, Verdict

from .conftest import PLAN, TinySuite


def verdicts(results: tuple[ScenarioResult, ...]) -> dict[str, str]:
    return {each.scenario.name: each.verdict.words for each in results}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[TinySuite, RunResult]:
    """One run in which scenarios end in every way there is; read only."""
    tiny = TinySuite(root=tmp_path_factory.mktemp("mixed"))
    tiny.scenarios(
        [
            "all is well",
            "it fails",
            "it does not claim this",
            "it is skipped: no gas here",
            "it is skipped without a word",
            "our own code is wrong",
            "the bench is lost",
            "nobody wrote this step",
            "evidence is kept",
        ]
    )
    return tiny, tiny.run(rogue="late_alert")


def test_each_way_to_end_a_scenario_has_its_verdict(mixed: tuple[TinySuite, RunResult]) -> None:
    _, result = mixed
    assert verdicts(result.results) == {
        "all is well": "PASS",
        "it fails": "FAIL",
        "it does not claim this": "NOT APPLICABLE",
        "it is skipped: no gas here": "NOT APPLICABLE",
        "it is skipped without a word": "INCONCLUSIVE",
        "our own code is wrong": "INCONCLUSIVE",
        "the bench is lost": "INCONCLUSIVE",
        "nobody wrote this step": "INCONCLUSIVE",
        "evidence is kept": "PASS",
    }
    assert result.verdict is Verdict.FAIL
    assert result.exit_code is ExitCode.FAIL
    assert result.faults == ()


def test_the_summary_says_what_failed_and_why(mixed: tuple[TinySuite, RunResult]) -> None:
    tiny, _ = mixed
    summary = json.loads((tiny.out / "summary.json").read_text())
    failed = scenario_of(summary, "meter.it-fails")
    assert (failed["verdict"], failed["requirement"]) == ("FAIL", "SMETS-E-100")
    assert (failed["expected"], failed["observed"]) == ("one entry", "no entry")
    assert failed["attempts"][0]["step"] == "Then it fails"
    assert failed["requirements"][0]["title"] == "Interruption and restoration are logged"
    assert failed["evidence"] == "evidence/meter.it-fails/1"
    assert scenario_of(summary, "meter.it-does-not-claim-this")["message"] == "no boost function"
    assert (summary["verdict"], summary["exit_code"]) == ("FAIL", 1)
    assert (summary["evidence_level"], summary["rogue"]) == ("SIM", "late_alert")
    assert summary["schemes"]["functional"]["counts"]["PASS"] == 2
    assert summary["counts"]["NOT RUN"] == 0


def test_the_run_folder_holds_all_that_reports_need(mixed: tuple[TinySuite, RunResult]) -> None:
    tiny, _ = mixed
    assert (tiny.out / "evidence/meter.evidence-is-kept/1/timeline.jsonl").is_file()
    trace = (tiny.out / "evidence/meter.it-fails/1/error.txt").read_text()
    assert "NonConformity" in trace
    junit = ElementTree.parse(tiny.out / "jobs/1-junit.xml")
    properties = {
        (each.get("name"), each.get("value")) for each in junit.getroot().iter("property")
    }
    assert {("scenario", "meter.it-fails"), ("verdict", "FAIL")} <= properties
    assert list((tiny.out / "allure-results").glob("*-result.json"))
    assert {"bench.toml", "device.toml", "plan.toml"} <= {p.name for p in tiny.out.iterdir()}


def test_all_pass_is_success_and_told_as_it_goes(tiny: TinySuite) -> None:
    tiny.scenarios(["all is well"])
    result = tiny.run()
    assert (result.verdict, result.exit_code) == (Verdict.PASS, ExitCode.ALL_PASS)
    assert tiny.told.lines == [
        "collected 1, left out 0",
        "began all is well 1",
        "ended all is well PASS",
    ]


def test_a_bench_that_is_lost_in_teardown_spoils_the_pass(tiny: TinySuite) -> None:
    tiny.feature(
        "@scheme:functional @requirement:SMETS-E-100\n"
        "Feature: A meter\n"
        "  Scenario: lost\n    Given a bench whose teardown is lost\n    Then all is well\n"
        "  Scenario: failed\n    Given a bench whose teardown is lost\n    Then it fails\n"
    )
    result = tiny.run()
    assert verdicts(result.results) == {"lost": "INCONCLUSIVE", "failed": "FAIL"}


def test_only_what_was_inconclusive_runs_again(tiny: TinySuite) -> None:
    mark = tiny.root / "first"
    flaky = f"the bench is lost the first time, noted in {mark}"
    tiny.scenarios([flaky, "all is well", "it fails"])
    result = tiny.run(PLAN.replace("retries_of_inconclusive = 0", "retries_of_inconclusive = 2"))
    attempts = {
        each.scenario.name: [one.verdict.words for one in each.attempts] for each in result.results
    }
    assert attempts == {
        flaky: ["INCONCLUSIVE", "PASS"],
        "all is well": ["PASS"],
        "it fails": ["FAIL"],
    }
    assert {each.name for each in (tiny.out / "jobs").glob("*.log")} == {"1.log", "2.log"}


def test_an_advisory_fail_is_a_fail(tiny: TinySuite) -> None:
    tiny.feature(
        "@scheme:functional @requirement:SMETS-E-103\n"
        "Feature: A meter\n  Scenario: boundary\n    Given a meter\n    Then it fails\n"
    )
    result = tiny.run()
    assert result.results[0].scenario.advisory
    assert result.exit_code is ExitCode.FAIL


def test_rows_of_an_outline_have_ids_of_their_own(tiny: TinySuite) -> None:
    tiny.feature(
        "@scheme:functional\n"
        "Feature: A meter\n"
        "  @requirement:SMETS-E-020\n"
        "  Rule: Energy counts\n"
        "    @srv:4.1.1\n"
        "    Scenario Outline: Load of <power>\n"
        "      When it draws <power>\n"
        "      Then all is well\n"
        "      Examples:\n"
        "        | power | why   |\n"
        "        | 2 kW  | usual |\n"
        "        | 9 kW  | high  |\n"
    )
    scenarios = [each.scenario for each in tiny.run().results]
    assert [each.id for each in scenarios] == [
        "meter.load-of-2-kw-usual",
        "meter.load-of-9-kw-high",
    ]
    assert scenarios[0].name == "Load of 2 kW | usual"
    assert scenarios[0].rule == "Energy counts"
    assert scenarios[0].tags == ("requirement:SMETS-E-020", "scheme:functional", "srv:4.1.1")


UNCERTIFIABLE = """\
Feature: A meter

  @scheme:functional
  Scenario: nothing required
    Then all is well

  @scheme:functional @requirement:SMETS-X-1
  Scenario: nothing known
    Then all is well

  @requirement:SMETS-E-100
  Scenario: no scheme
    Then all is well

  @scheme:functional @requirement:SMETS-E-100 @grade:guess
  Scenario: no grade
    Then all is well

  @scheme:functional @requirement:SMETS-E-100
  Scenario: twin
    Then all is well

  @scheme:functional @requirement:SMETS-E-100
  Scenario: TWIN
    Then all is well
"""


def test_scenarios_that_cannot_be_certified_are_a_fault_of_ours(tiny: TinySuite) -> None:
    tiny.feature(UNCERTIFIABLE)
    result = tiny.run()
    assert result.exit_code is ExitCode.FAULT
    assert result.verdict is Verdict.NOT_RUN
    (fault,) = result.faults
    for problem in (
        "meter.feature:4: nothing required: expected at least one @requirement, seen none",
        "nothing known: expected a requirement of the catalogue, seen SMETS-X-1",
        "no scheme: expected exactly one @scheme, seen none",
        "seen guess",
        "TWIN: expected an id of its own, seen meter.twin",
    ):
        assert problem in fault


def test_a_suite_that_cannot_be_imported_is_a_fault_of_ours(tiny: TinySuite) -> None:
    tiny.scenarios(["all is well"])
    (tiny.root / "suite" / "test_broken.py").write_text("import no_such_module_anywhere\n")
    result = tiny.run()
    assert result.exit_code is ExitCode.FAULT
    assert "no_such_module_anywhere" in result.faults[0]


def test_a_plugin_that_is_not_there_is_a_fault_of_ours(tiny: TinySuite) -> None:
    tiny.scenarios(["all is well"])
    tiny.plugins = ("no_such_plugin",)
    result = tiny.run()
    assert result.exit_code is ExitCode.FAULT
    assert "could not start, see jobs/1.log" in result.faults[0]
    assert "no_such_plugin" in result.faults[0]


def test_a_fixture_plugin_may_refuse_a_declaration(tiny: TinySuite) -> None:
    tiny.scenarios(["all is well"])
    with (tiny.root / "suite" / "conftest.py").open("a") as file:
        file.write(
            "\nfrom assay.declarations import read_frozen\n"
            "from assay.verdicts import PlanError\n"
            "def pytest_sessionstart(session):\n"
            "    rogue = read_frozen(session.config.getoption('assay_run')).rogue\n"
            "    if rogue is not None:\n"
            "        raise PlanError(f'expected a planted fault, seen {rogue}')\n"
        )
    with pytest.raises(PlanError, match="expected a planted fault, seen nobody"):
        tiny.run(rogue="nobody")


def test_a_plan_that_chooses_nothing_is_refused(tiny: TinySuite) -> None:
    tiny.scenarios(["all is well"])
    with pytest.raises(PlanError, match=r"scheme functional is not in the plan \(1\)"):
        tiny.run(PLAN.replace('"functional", ', ""))
    with Ledger(tiny.out, read_only=True) as ledger:
        assert ledger.run().exit_code == ExitCode.USAGE


def test_what_is_outside_the_plan_is_listed_with_its_reason(tiny: TinySuite) -> None:
    tiny.scenarios(["all is well", "it fails"])
    result = tiny.run(PLAN + '\n[selection]\nexclude = ["scenario:*fails"]\n')
    assert verdicts(result.results) == {"all is well": "PASS"}
    frozen = json.loads((tiny.out / "selection.json").read_text())
    assert frozen["chosen"] == ["meter.all-is-well"]
    assert frozen["left_out"] == [
        {"id": "meter.it-fails", "name": "it fails", "reason": "excluded by scenario:*fails"}
    ]


def test_a_folder_that_holds_something_is_no_run_folder(tiny: TinySuite) -> None:
    tiny.scenarios(["all is well"])
    tiny.out.mkdir()
    (tiny.out / "precious").touch()
    with pytest.raises(PlanError, match="new or empty folder"):
        tiny.run()


def test_the_surroundings_of_the_caller_do_not_decide_what_is_tested(
    tiny: TinySuite, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.scenarios(["all is well", "it fails"])
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k well")
    monkeypatch.chdir(tiny.root)
    (tiny.root / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    assert len(tiny.run().results) == 2


def scenario_of(summary: dict[str, Any], identifier: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in summary["scenarios"] if each["id"] == identifier)
    return found
