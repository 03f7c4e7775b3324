"""The steps of a scenario are on its timeline, and the overview can tell them from there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from reports.evidence import faults, read_timeline, steps_of

FEATURE = """
Feature: Steps

  Background:
    Given a meter

  Scenario: passes
    Then it answers

  Scenario: fails
    Then it breaks a requirement
    And it answers

  Scenario: does not apply
    Then it has no such function
    And it answers

  Scenario: cannot be told
    Then the bench is lost
    And it answers

  Scenario: is not written
    Then nobody knows
    And it answers
"""

STEPS = """
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from pytest_bdd import given, scenarios, then

from assay.clock import SimulatedClock
from assay.verdicts import BenchLost, NonConformity, NotApplicable
from fixtures.timeline import Timeline

scenarios("steps.feature")


@dataclass
class Bench:
    clock: SimulatedClock


@pytest.fixture
def bench():
    return Bench(SimulatedClock(datetime(2026, 1, 5, tzinfo=UTC)))


@pytest.fixture
def timeline(request):
    return Timeline(request.config.rootpath / "evidence" / request.node.name)


@given("a meter")
@then("it answers")
def _():
    pass


@then("it breaks a requirement")
def _():
    raise NonConformity("R-1", "a", "b")


@then("it has no such function")
def _():
    raise NotApplicable("not declared")


@then("the bench is lost")
def _():
    raise BenchLost("no answer")
"""


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[tuple[str, str]]]:
    folder = tmp_path_factory.mktemp("steps")
    (folder / "steps.feature").write_text(FEATURE)
    (folder / "test_steps.py").write_text(STEPS)
    (folder / "pytest.ini").write_text("[pytest]\n")
    options = ["-q", "-p", "fixtures.gherkin", "-p", "no:cacheprovider"]
    subprocess.run([sys.executable, "-m", "pytest", *options], cwd=folder, timeout=60, check=False)
    found = {}
    for evidence in (folder / "evidence").iterdir():
        assert faults(evidence) == []
        seen = steps_of(read_timeline(evidence))
        found[evidence.name] = [(step.text, step.status) for step in seen]
    return found


GIVEN = ("Given a meter", "passed")


@pytest.mark.parametrize(
    ("scenario", "seen"),
    [
        ("test_passes", [GIVEN, ("Then it answers", "passed")]),
        (
            "test_fails",
            [
                GIVEN,
                ("Then it breaks a requirement", "failed"),
                ("And it answers", "not reached"),
            ],
        ),
        (
            "test_does_not_apply",
            [
                GIVEN,
                ("Then it has no such function", "skipped"),
                ("And it answers", "not reached"),
            ],
        ),
        (
            "test_cannot_be_told",
            [GIVEN, ("Then the bench is lost", "broken"), ("And it answers", "not reached")],
        ),
        (
            "test_is_not_written",
            [GIVEN, ("Then nobody knows", "broken"), ("And it answers", "not reached")],
        ),
    ],
)
def test_each_step_has_its_status(
    steps: Mapping[str, list[tuple[str, str]]], scenario: str, seen: list[tuple[str, str]]
) -> None:
    assert steps[scenario] == seen


def test_a_step_that_was_under_way_when_the_job_was_killed_is_unfinished(tmp_path: Path) -> None:
    line = '{{"at":"2026-01-05T00:00:00Z","lane":"step","kind":"{0}","title":"{1}","detail":{2}}}'
    lines = [
        line.format("scenario", "s", '{"steps":["Given a","When b","Then c"]}'),
        line.format("step", "Given a", "null"),
        line.format("step-end", "Given a", '{"status":"passed"}'),
        line.format("step", "When b", "null"),
        '{"at":"2026-01-05T0',
    ]
    (tmp_path / "timeline.jsonl").write_text("\n".join(lines))
    seen = [(step.text, step.status) for step in steps_of(read_timeline(tmp_path))]
    assert seen == [("Given a", "passed"), ("When b", "unfinished"), ("Then c", "not reached")]
