"""Several copies of a virtual bench share a run: each scenario is run by one of them, once."""

from __future__ import annotations

import os
import signal
from importlib.resources import files
from pathlib import Path

import pytest

from assay.campaigns.exit_codes import ExitCode
from assay.campaigns.ledger import Ledger
from assay.campaigns.result import RunResult
from assay.verdicts import PlanError, Verdict

from .conftest import PLAN, TinySuite

ENDPOINT = 'endpoint = "https://dcc.example"'
WITH_A_RETRY = PLAN.replace("retries_of_inconclusive = 0", "retries_of_inconclusive = 1")


def many(number: int) -> list[str]:
    """Steps of as many scenarios, that all pass."""
    return [f"it draws {place} W and all is well" for place in range(number)]


def scenarios(tiny: TinySuite, steps: list[str]) -> None:
    lines = ["@scheme:functional @requirement:SMETS-E-100", "Feature: A meter"]
    for step in steps:
        power, _, end = step.partition(" and ")
        lines += [
            f"  Scenario: {step}",
            "    Given a meter",
            f"    When {power}",
            f"    Then {end}",
        ]
    tiny.feature("\n".join(lines))


def jobs(result: RunResult) -> list[list[int]]:
    return [[attempt.job for attempt in each.attempts] for each in result.results]


@pytest.mark.parametrize("copies", [1, 2, 3])
def test_every_scenario_is_run_once(tiny: TinySuite, copies: int) -> None:
    scenarios(tiny, many(7))
    result = tiny.run(copies=copies)
    assert [each.verdict for each in result.results] == [Verdict.PASS] * 7
    assert [len(each) for each in jobs(result)] == [1] * 7
    assert result.exit_code is ExitCode.ALL_PASS
    assert len(list((tiny.out / "jobs").glob("*-junit.xml"))) == copies


def test_a_copy_that_waits_leaves_the_others_to_its_neighbour(tiny: TinySuite) -> None:
    """The first one waits for the last: run one after the other, it would wait for ever."""
    gate = tiny.root / "gate"
    scenarios(tiny, [f"it draws 1 W and it takes until {gate} is there", *many(5)])

    def open_at_the_last(_name: str) -> None:
        begun = sum(line.startswith("began") for line in tiny.told.lines)
        if begun == 5:
            gate.touch()

    tiny.told.on_began = open_at_the_last
    result = tiny.run(copies=2)
    assert {each.verdict for each in result.results} == {Verdict.PASS}
    ran = [job for attempts in jobs(result) for job in attempts]
    assert set(ran) == {1, 2}
    assert min(ran.count(1), ran.count(2)) <= 2


def test_more_copies_than_scenarios_do_no_harm(tiny: TinySuite) -> None:
    scenarios(tiny, many(1))
    assert tiny.run(copies=3).exit_code is ExitCode.ALL_PASS


def test_a_lost_copy_costs_its_own_scenarios_alone(tiny: TinySuite) -> None:
    scenarios(tiny, ["it draws 9 W and the process dies", *many(6)])
    result = tiny.run(copies=2)
    verdicts = [each.verdict for each in result.results]
    assert verdicts[0] is Verdict.INCONCLUSIVE
    # The lost one had claimed one more scenario than it began.
    assert verdicts.count(Verdict.PASS) >= 5
    assert result.exit_code is ExitCode.FAULT
    assert "killed by SIGKILL" in result.faults[0]


def test_what_a_lost_copy_left_is_run_again(tiny: TinySuite) -> None:
    note = tiny.root / "note"
    lost = f"it draws 9 W and the bench is lost the first time, noted in {note}"
    scenarios(tiny, [lost, *many(4)])
    result = tiny.run(WITH_A_RETRY, copies=2)
    assert {each.verdict for each in result.results} == {Verdict.PASS}
    assert len(result.results[0].attempts) == 2
    assert result.results[0].attempts[1].job == 3


def test_once_ctrl_c_stops_all_copies_after_their_scenario(tiny: TinySuite) -> None:
    gate = tiny.root / "gate"
    wait = f"it takes until {gate} is there"
    scenarios(tiny, [f"it draws {place} W and {wait}" for place in range(6)])

    def interrupt_when_both_are_busy(_name: str) -> None:
        if sum(line.startswith("began") for line in tiny.told.lines) == 2:
            os.kill(os.getpid(), signal.SIGINT)
            gate.touch()

    tiny.told.on_began = interrupt_when_both_are_busy
    result = tiny.run(copies=2)
    verdicts = [each.verdict for each in result.results]
    assert verdicts.count(Verdict.PASS) == 2
    assert verdicts.count(Verdict.NOT_RUN) == 4
    assert result.exit_code is ExitCode.INTERRUPTED


def test_the_ledger_has_the_scenarios_in_the_order_of_the_plan(tiny: TinySuite) -> None:
    scenarios(tiny, many(6))
    tiny.run(copies=3)
    with Ledger(tiny.out, read_only=True) as ledger:
        assert [each.name for each in ledger.scenarios()] == many(6)


def test_a_bench_that_stands_somewhere_is_not_copied(tiny: TinySuite, tmp_path: Path) -> None:
    text = (files("assay.declarations") / "builtin" / "bench.toml").read_text()
    real = tmp_path / "bench.toml"
    real.write_text(text.replace('kind = "embedded"', f'kind = "external"\n{ENDPOINT}'))
    scenarios(tiny, many(1))
    with pytest.raises(PlanError, match="expected 1 copy"):
        tiny.run(copies=2, bench=real)
