"""A fault of the bench in a real run: runner, job, steps, drivers; what the shell is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assay.campaigns.exit_codes import ExitCode
from assay.campaigns.launch import installed_suite
from assay.campaigns.result import RunResult
from assay.campaigns.run import run_plan
from assay.campaigns.scenario import Attempt, Scenario
from assay.cli.run import PLUGINS
from assay.declarations import read_bench, read_device, read_plan
from assay.verdicts import Verdict
from tests.rigs.faults.everything import everything
from tests.rigs.faults.injection import VARIABLE

PLAN = """\
name = "faults"
schemes = ["functional"]
retries_of_inconclusive = 0

[baseline]
smets = "5.2"
gbcs = "4.3"
duis = "5.4"

[selection]
include = ["scenario:A disabled supply stays disabled"]
"""


class Silent:
    def collected(self, chosen: int, left_out: int) -> None: ...

    def began(self, scenario: Scenario, attempt: int) -> None: ...

    def ended(self, scenario: Scenario, attempt: Attempt) -> None: ...

    def notice(self, text: str) -> None: ...


def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: dict[str, object]) -> RunResult:
    monkeypatch.setenv(VARIABLE, json.dumps({"told": str(tmp_path / "told"), **fault}))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    for name, text in (("plan", PLAN), ("bench", everything())):
        (tmp_path / f"{name}.toml").write_text(text)
    return run_plan(
        read_bench(tmp_path / "bench.toml"),
        read_device(None),
        read_plan(tmp_path / "plan.toml"),
        rogue=None,
        out=tmp_path / "run",
        suite=installed_suite((*PLUGINS, "tests.rigs.faults.injection")),
        listener=Silent(),
    )


def test_a_bench_of_everything_passes_where_nothing_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = {"instrument": "supply", "trouble": "no answer", "containing": "never", "spares": 0}
    result = run(tmp_path, monkeypatch, fault)
    assert [each.verdict for each in result.results] == [Verdict.PASS], result.results
    assert result.exit_code is ExitCode.ALL_PASS


@pytest.mark.parametrize(
    ("instrument", "trouble", "containing", "spares"),
    [
        ("supply", "no answer", "INIT", 0),
        ("supply", "hung for good", "OUTP ON", 0),
        ("load", "a wrong number", "MEAS:CURR", 0),
        ("load", "connection cut", "POW", 0),
    ],
)
def test_a_faulty_bench_makes_a_run_inconclusive(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    instrument: str,
    trouble: str,
    containing: str,
    spares: int,
) -> None:
    fault = {
        "instrument": instrument,
        "trouble": trouble,
        "containing": containing,
        "spares": spares,
    }
    result = run(tmp_path, monkeypatch, fault)
    assert (tmp_path / "told").read_text().strip(), "the fault never struck"
    assert [each.verdict for each in result.results] == [Verdict.INCONCLUSIVE]
    assert result.exit_code is ExitCode.INCONCLUSIVE
