"""The real runner with one feature: `python -m tests.rigs.safety.small_run BENCH FOLDER`."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

from assay.campaigns.launch import Suite
from assay.campaigns.run import run_plan
from assay.campaigns.scenario import Attempt, Scenario
from assay.cli.run import PLUGINS
from assay.declarations import read_bench, read_device, read_plan

BOUND = f"""\
from pytest_bdd import scenarios

scenarios({str(files("features") / "functional" / "supply_outage.feature")!r})
"""


class Silent:
    """Nobody looks."""

    def collected(self, chosen: int, left_out: int) -> None: ...

    def began(self, scenario: Scenario, attempt: int) -> None: ...

    def ended(self, scenario: Scenario, attempt: Attempt) -> None: ...

    def notice(self, text: str) -> None: ...


def main(bench: Path, folder: Path) -> None:
    suite = folder / "suite"
    suite.mkdir()
    (suite / "test_outage.py").write_text(BOUND)
    run_plan(
        read_bench(bench),
        read_device(None),
        read_plan(None),
        rogue=None,
        out=folder / "run",
        suite=Suite(folder=suite, plugins=PLUGINS),
        listener=Silent(),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
