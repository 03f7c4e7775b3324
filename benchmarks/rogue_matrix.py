"""Runs every rogue against every scenario, and writes which scenario catches which.

    python benchmarks/rogue_matrix.py [--workers 2] [--only ID ...] [--scenarios GLOB] [--write]

Each rogue runs in a process of its own, with short life tests, without plots, and without the
scenarios between a party and the SMKI, where there is no device. `--write` puts
the outcome beside the gallery as `rigs/rogues/scenarios.json`:
`caught_by` are the failing scenarios that are tagged with the rogue's requirement (all failing
ones where none is), `consequences` the other failing ones. With `--scenarios` only those run
whose id fits (`cells-*`), what is known of the others stays, and at the end stands which of them
no rogue fails.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from assay.campaigns.identity import identify
from assay.declarations import Declarations, read_bench, read_catalogue, read_device, read_plan
from assay.declarations.plan import AcceleratedLife, Repetitions
from assay.gbcs.conformance import Observed
from fixtures import composition
from fixtures.evidence import Evidence
from rigs.rogues import gallery

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "rigs" / "rogues" / "scenarios.json"
CYCLES = 60
QUIET = ("-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")


def declarations(rogue: str | None) -> Declarations:
    plan = read_plan(None)
    life = AcceleratedLife(supply_interruptions=10, contactor_pairs=CYCLES)
    short = plan.value.model_copy(update={"repetitions": Repetitions(accelerated_life=life)})
    object.__setattr__(plan, "value", short)
    return Declarations(bench=read_bench(None), device=read_device(None), plan=plan, rogue=rogue)


class Watcher:
    """Collects the id and the outcome of each scenario."""

    def __init__(self, rogue: str | None, *, is_quick: bool, scenarios: str) -> None:
        self.rogue = rogue
        self.is_quick = is_quick
        self.scenarios = scenarios
        self.outcomes: dict[str, str] = {}
        self.requirements: dict[str, list[str]] = {}
        self._ids: dict[str, str] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        touched = [item for item in items if not self._is_out_of_reach(item)]
        identified = identify(touched, read_catalogue())
        chosen = [
            (item, scenario)
            for item, scenario in zip(touched, identified, strict=True)
            if fnmatchcase(scenario.id, self.scenarios)
        ]
        items[:] = [item for item, _ in chosen]
        for item, scenario in chosen:
            self._ids[item.nodeid] = scenario.id
            self.requirements[scenario.id] = [
                str(m.args[0]) for m in item.iter_markers("requirement")
            ]

    def _is_out_of_reach(self, item: pytest.Item) -> bool:
        """Between a party and the SMKI there is neither hub, meter nor DCC User."""
        if self.rogue is None:
            return False
        if self.is_quick:
            wanted = gallery()[self.rogue].requirement
            return wanted not in [str(m.args[0]) for m in item.iter_markers("requirement")]
        return "test_srept" in item.nodeid

    def pytest_runtest_makereport(self, item: pytest.Item, call: Any) -> None:
        if call.excinfo is None:
            self.outcomes.setdefault(self._ids[item.nodeid], "PASS")
            return
        is_fail = type(call.excinfo.value).__name__ == "NonConformity"
        self.outcomes[self._ids[item.nodeid]] = "FAIL" if is_fail else "INCONCLUSIVE"


def keep_traffic(
    evidence: Evidence, _direction: str, _hub: bytes, message: bytes, at: datetime
) -> None:
    """What the checks need of a message on the WAN, without the decoding for the eye."""
    evidence.traffic.append(Observed(octets=message, at=at))


def run(rogue: str | None, *, is_quick: bool, scenarios: str = "*") -> dict[str, Any]:
    sound_session = composition.open_session
    composition.open_session = lambda _, folder: sound_session(declarations(rogue), folder)
    Evidence.wan_tap = keep_traffic  # type: ignore[method-assign]
    Evidence.supply_plot = lambda *_: None  # type: ignore[method-assign]
    watcher = Watcher(rogue, is_quick=is_quick, scenarios=scenarios)
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        pytest.main(
            [
                str(ROOT / "steps"),
                "-q",
                "--rootdir",
                str(ROOT),
                "--basetemp",
                f"{folder}/t",
                *QUIET,
            ],
            plugins=[watcher],
        )
    failing = [i for i, outcome in watcher.outcomes.items() if outcome == "FAIL"]
    broken = [i for i, outcome in watcher.outcomes.items() if outcome == "INCONCLUSIVE"]
    ran = list(watcher.outcomes)
    row: dict[str, Any] = {"failing": failing, "inconclusive": broken, "ran": len(ran), "ids": ran}
    if rogue is not None:
        requirement = gallery()[rogue].requirement
        caught = [i for i in failing if requirement in watcher.requirements[i]]
        row["caught_by"] = caught or failing
        row["consequences"] = [i for i in failing if i not in row["caught_by"]]
    return row


def in_process(
    rogue: str | None, *, is_quick: bool, scenarios: str
) -> tuple[str | None, dict[str, Any]]:
    command = [sys.executable, __file__, "--one", rogue or "golden", "--scenarios", scenarios]
    command += ["--quick"] * is_quick
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        return rogue, {"failing": [], "inconclusive": [done.stderr[-200:]], "ran": 0, "ids": []}
    return rogue, json.loads(lines[-1])


def known_rows() -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = json.loads(TABLE.read_text()) if TABLE.exists() else {}
    return rows


def write(rogue: str, row: dict[str, Any], *, is_full: bool, scenarios: str) -> None:
    """`is_full`: every scenario was run, so that what is not named is known to pass. Of a part
    of the scenarios only what is known of that part changes."""
    known = known_rows()
    before = known.get(rogue, {"caught_by": [], "consequences": [], "is_full": False})
    kept = {
        key: [each for each in before[key] if not fnmatchcase(each, scenarios)] + row[key]
        for key in ("caught_by", "consequences")
    }
    is_part = scenarios != "*"
    known[rogue] = {**kept, "is_full": before["is_full"] if is_part else is_full}
    TABLE.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--quick", action="store_true", help="only the requirement's scenarios")
    parser.add_argument("--missing", action="store_true", help="only rogues without a full row")
    parser.add_argument("--scenarios", default="*", metavar="GLOB", help="only those ids")
    parser.add_argument("--one", help="run this one here and print its row")
    arguments = parser.parse_args()
    if arguments.one is not None:
        print(
            json.dumps(
                run(
                    None if arguments.one == "golden" else arguments.one,
                    is_quick=arguments.quick,
                    scenarios=arguments.scenarios,
                )
            )
        )
        return
    rogues = arguments.only or list(gallery())
    if arguments.missing:
        rogues = [rogue for rogue in rogues if not known_rows().get(rogue, {}).get("is_full")]
    wanted: list[str | None] = [*([] if arguments.quick else [None]), *rogues]
    start = time.monotonic()
    table: dict[str, dict[str, Any]] = {}
    with ThreadPoolExecutor(arguments.workers) as pool:
        job = partial(in_process, is_quick=arguments.quick, scenarios=arguments.scenarios)
        for rogue, row in pool.map(job, wanted):
            verdict = "caught" if row["failing"] else "SURVIVES" if rogue else "golden"
            print(
                f"{time.monotonic() - start:6.0f} s  {rogue or 'golden':44} {verdict:9}"
                f" {len(row['failing'])} of {row['ran']} fail, inconclusive {row['inconclusive']}",
                flush=True,
            )
            table[rogue or "golden"] = row
            if rogue is not None and arguments.write and row["ran"]:
                write(rogue, row, is_full=not arguments.quick, scenarios=arguments.scenarios)
    golden = table.pop("golden", None)
    caught = sum(bool(row["failing"]) for row in table.values())
    print(f"mutation score: {caught} of {len(table)} rogues caught")
    if golden is not None:
        fallen = {each for row in table.values() for each in row["failing"]}
        unproven = [each for each in golden["ids"] if each not in fallen]
        print(f"scenarios that no rogue fails: {len(unproven)} of {len(golden['ids'])}")
        for each in unproven:
            print(f"    {each}")


if __name__ == "__main__":
    sys.exit(main())
