"""A fault of the bench in a real run: runner, job, steps, drivers; what the shell is told."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from assay.campaigns.exit_codes import ExitCode
from assay.campaigns.launch import Suite
from assay.campaigns.result import RunResult
from assay.campaigns.run import run_plan
from assay.campaigns.scenario import Attempt, Scenario
from assay.cli.run import PLUGINS
from assay.declarations import read_bench, read_device, read_plan
from assay.verdicts import Verdict
from tests.rigs.faults import injection
from tests.rigs.faults.everything import everything

PLAN = """\
name = "faults"
schemes = ["functional"]
retries_of_inconclusive = 0

[baseline]
smets = "5.2"
gbcs = "4.3"
duis = "5.4"

[selection]
include = ["scenario:Supply is lost for *", "scenario:A disabled *", "scenario:Credentials *"]
"""


class Silent:
    def collected(self, chosen: int, left_out: int) -> None: ...

    def began(self, scenario: Scenario, attempt: int) -> None: ...

    def ended(self, scenario: Scenario, attempt: Attempt) -> None: ...

    def notice(self, text: str) -> None: ...


BOUND = f"""\
from pytest_bdd import scenarios

scenarios({str(files("features") / "functional" / "supply_outage.feature")!r})
"""
"""One feature of those that are installed: collecting them all takes longer than this test may."""


FAULTS = (
    ("supply", "no answer", "INIT"),
    ("supply", "hung for good", "OUTP ON"),
    ("supply", "an error in its queue", "VOLT 230"),
    ("load", "noise in the place of an answer", "MEAS:CURR"),
    ("load", "connection cut", "POW"),
)
"""Each for a scenario; the one after the last has a sound bench."""


def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> RunResult:
    monkeypatch.setenv(injection.FAULTS, json.dumps(FAULTS))
    monkeypatch.setenv(injection.TOLD, str(folder / "told"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    for name, text in (("plan", PLAN), ("bench", everything())):
        (folder / f"{name}.toml").write_text(text)
    suite = folder / "suite"
    suite.mkdir()
    (suite / "test_outage.py").write_text(BOUND)
    return run_plan(
        read_bench(folder / "bench.toml"),
        read_device(None),
        read_plan(folder / "plan.toml"),
        rogue=None,
        out=folder / "run",
        suite=Suite(folder=suite, plugins=(*PLUGINS, injection.__name__)),
        listener=Silent(),
    )


def test_a_faulty_bench_makes_a_run_inconclusive_and_a_sound_one_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run(tmp_path, monkeypatch)
    struck = {line.partition(":")[0] for line in (tmp_path / "told").read_text().splitlines()}
    assert struck == {trouble for _, trouble, _ in FAULTS}
    expected = [Verdict.INCONCLUSIVE] * len(FAULTS) + [Verdict.PASS]
    assert [each.verdict for each in result.results] == expected
    assert result.exit_code is ExitCode.INCONCLUSIVE
