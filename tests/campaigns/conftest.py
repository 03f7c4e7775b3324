"""A tiny test suite in a folder of its own, run by the real runner in real processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assay.campaigns.launch import Suite
from assay.campaigns.result import RunResult
from assay.campaigns.run import run_plan
from assay.campaigns.scenario import Attempt, Scenario
from assay.declarations import read_bench, read_device, read_plan

PLAN = """\
name = "tiny"
schemes = ["functional", "security"]
retries_of_inconclusive = 0

[baseline]
smets = "5.2"
gbcs = "4.3"
duis = "5.4"
"""

TAGS_AS_MARKERS = """\
import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag(tag, function):
    kind, _, value = tag.partition(":")
    getattr(pytest.mark, kind)(value)(function)
    return True
"""

# Steps that do what their words say, so that each test can state its scenarios in Gherkin.
STEPS = """\
import os
import signal
import time
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from assay.declarations import read_frozen
from assay.verdicts import BenchLost, NonConformity, NotApplicable

scenarios("features")


@given("a meter")
def meter():
    pass


@given("a bench whose teardown is lost")
def lost_on_teardown(request):
    def lose():
        raise BenchLost("the supply does not answer")
    request.addfinalizer(lose)


@when(parsers.parse("it draws {power}"))
def draw(power):
    pass


@then("all is well")
def well():
    pass


@then("it fails")
def fails():
    raise NonConformity("SMETS-E-100", "one entry", "no entry")


@then(parsers.parse("it fails where {fault} is planted"))
def fails_with(request, fault):
    if read_frozen(request.config.getoption("assay_run")).rogue == fault:
        raise NonConformity("SMETS-E-100", "one entry", "no entry")


@then("it does not claim this")
def not_claimed():
    raise NotApplicable("no boost function")


@then(parsers.parse("it is skipped: {reason}"))
def skipped(reason):
    pytest.skip(reason)


@then("it is skipped without a word")
def skipped_silently():
    pytest.skip()


@then("our own code is wrong")
def bare_assertion():
    assert 1 == 2


@then("the bench is lost")
def lost():
    raise BenchLost("the supply does not answer")


@then(parsers.parse("the bench is lost the first time, noted in {file}"))
def lost_once(file):
    if not Path(file).exists():
        Path(file).touch()
        raise BenchLost("the supply does not answer")


@then("the process dies")
def dies():
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def evidence(request):
    return Path(dict(request.node.user_properties)["evidence"])


@then("nothing stops it")
def unstoppable(evidence):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    (evidence / "waiting").touch()
    time.sleep(60)


@then(parsers.parse("it takes until {file} is there"))
def takes_long(file, evidence):
    (evidence / "waiting").touch()
    while not Path(file).exists():
        time.sleep(0.01)


@pytest.fixture(scope="session", autouse=True)
def safe_state(request):
    yield
    folder = request.config.getoption("assay_run")
    (folder / "safe").write_text("all outputs off")


@then("evidence is kept")
def keeps_evidence(evidence):
    (evidence / "timeline.jsonl").write_text("{}")
"""


@dataclass(slots=True)
class Told:
    """A listener that remembers, and does what a test wants when a scenario begins."""

    lines: list[str] = field(default_factory=list)
    on_began: Callable[[str], None] = field(default=lambda _: None)

    def collected(self, chosen: int, left_out: int) -> None:
        self.lines.append(f"collected {chosen}, left out {left_out}")

    def began(self, scenario: Scenario, attempt: int) -> None:
        self.lines.append(f"began {scenario.name} {attempt}")
        self.on_began(scenario.name)

    def ended(self, scenario: Scenario, attempt: Attempt) -> None:
        self.lines.append(f"ended {scenario.name} {attempt.verdict.words}")

    def notice(self, text: str) -> None:
        self.lines.append(f"notice {text}")


@dataclass(slots=True)
class TinySuite:
    """Write features, run a plan on them."""

    root: Path
    told: Told = field(default_factory=Told)
    plugins: tuple[str, ...] = ()

    @property
    def suite(self) -> Suite:
        return Suite(folder=self.root / "suite", plugins=self.plugins)

    @property
    def out(self) -> Path:
        return self.root / "run"

    def feature(self, text: str, name: str = "meter") -> None:
        features = self.root / "suite" / "features"
        features.mkdir(parents=True, exist_ok=True)
        (features / f"{name}.feature").write_text(text)
        (self.root / "suite" / "conftest.py").write_text(TAGS_AS_MARKERS)
        (self.root / "suite" / "test_tiny.py").write_text(STEPS)

    def scenarios(self, steps: Sequence[str]) -> None:
        """One feature with a scenario for each closing step, named for it."""
        lines = ["@scheme:functional @requirement:SMETS-E-100", "Feature: A meter"]
        for step in steps:
            lines += [f"  Scenario: {step}", "    Given a meter", f"    Then {step}"]
        self.feature("\n".join(lines))

    def run(
        self,
        plan: str = PLAN,
        rogue: str | None = None,
        copies: int = 1,
        bench: Path | None = None,
    ) -> RunResult:
        file = self.root / "plan.toml"
        file.write_text(plan)
        return run_plan(
            read_bench(bench),
            read_device(),
            read_plan(file),
            rogue=rogue,
            out=self.out,
            suite=self.suite,
            listener=self.told,
            copies=copies,
        )


@pytest.fixture
def tiny(tmp_path: Path) -> TinySuite:
    return TinySuite(root=tmp_path)
