"""Which scenario of its requirement catches which rogue, quickly: one collection, a fork for each.

    python benchmarks/rogue_table.py [--workers 2] [--only ID ...] [--missing] [--golden] [--write]
                                     [--enough 1] [--idle requirement|feature|all] [--of TEXT ...]

`assay rogues matrix` gives each rogue a run of its own, with evidence. This gives it a fork of a
process that has collected the scenarios already, without plots and decoded messages, and only the
scenarios that are tagged with the requirement it breaks, so that hundreds are through in minutes.
`--write` brings `rigs/rogues/scenarios.json` up to date; `--golden` runs the sound bench against
the same scenarios first.

`--idle` asks the other way round: only scenarios that have failed on no rogue yet meet the rogues
of their requirement, those that other scenarios of their feature catch, or all that are given. What
then still has failed on none is listed. `--of` leaves only scenarios whose id has one of the
texts in it.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

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
GOLDEN = "golden"


def declarations(rogue: str | None) -> Declarations:
    plan = read_plan(None)
    life = AcceleratedLife(supply_interruptions=10, contactor_pairs=CYCLES)
    short = plan.value.model_copy(update={"repetitions": Repetitions(accelerated_life=life)})
    object.__setattr__(plan, "value", short)
    return Declarations(bench=read_bench(None), device=read_device(None), plan=plan, rogue=rogue)


def keep_traffic(
    evidence: Evidence, _direction: str, _hub: bytes, message: bytes, at: datetime
) -> None:
    """What the checks need of a message on the WAN, without the decoding for the eye."""
    evidence.traffic.append(Observed(octets=message, at=at))


class Forks:
    """Takes over pytest's loop: for each rogue a child that runs its scenarios and tells."""

    def __init__(
        self, rogues: list[str], out: Path, enough: int, idle: str | None, of: list[str]
    ) -> None:
        self._rogues, self._out, self._enough, self._idle = rogues, out, enough, idle
        self._of = of
        self._all: list[pytest.Item] = []
        self._wanted: dict[str, list[pytest.Item]] = {}
        self._ids: dict[str, str] = {}
        self._errors: dict[str, BaseException] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item, scenario in zip(items, identify(items, read_catalogue()), strict=True):
            self._ids[item.nodeid] = scenario.id
            self._all.append(item)
            for marker in item.iter_markers("requirement"):
                self._wanted.setdefault(str(marker.args[0]), []).append(item)

    def pytest_runtestloop(self) -> bool:
        _make_authorities(Path(self._out).with_suffix(".tls"))
        listed = sorted(self._ids.values())
        self._out.with_suffix(".scenarios").write_text(json.dumps(listed), encoding="utf-8")
        for rogue in self._rogues:
            child = os.fork()
            if child == 0:
                self._run(rogue)
                os._exit(0)
            os.waitpid(child, 0)
        return True

    def _idle_items(self, rogue: str) -> list[pytest.Item]:
        caught = busy_scenarios(json.loads(TABLE.read_text()), self._out.parent)
        if self._idle == "requirement":
            candidates = self._wanted.get(gallery()[rogue].requirement, [])
        elif self._idle == "feature":
            features = {name.split(".")[0] for name in gallery()[rogue].caught_by}
            candidates = [i for i in self._all if self._ids[i.nodeid].split(".")[0] in features]
        else:
            candidates = self._all
        return [item for item in candidates if self._ids[item.nodeid] not in caught]

    def _items(self, rogue: str) -> list[pytest.Item]:
        found = self._items_for(rogue)
        if not self._of:
            return found
        return [one for one in found if any(text in self._ids[one.nodeid] for text in self._of)]

    def _items_for(self, rogue: str) -> list[pytest.Item]:
        if self._idle is not None:
            return self._idle_items(rogue)
        if rogue == GOLDEN:
            wanted = {row.requirement for row in gallery().values()}
            found = [item for name in sorted(wanted) for item in self._wanted.get(name, ())]
            return list(dict.fromkeys(found))
        found = self._wanted.get(gallery()[rogue].requirement, [])
        start = zlib.crc32(rogue.encode()) % (len(found) or 1)
        return found if not self._enough else [*found[start:], *found[:start]]

    def _run(self, rogue: str) -> None:
        sound = composition.open_session
        planted = None if rogue == GOLDEN else rogue
        composition.open_session = lambda _, folder, record=None: sound(  # type: ignore[assignment]
            declarations(planted), folder, record
        )
        items, began = self._items(rogue), time.monotonic()
        outcomes: dict[str, str] = {}
        for number, item in enumerate(items):
            following = items[number + 1] if number + 1 < len(items) else None
            self._errors.clear()
            with contextlib.suppress(BaseException):
                runtestprotocol(item, nextitem=following, log=False)
            worst = "PASS"
            for error in self._errors.values():
                is_fail = type(error).__name__ == "NonConformity"
                worst = "FAIL" if is_fail or worst == "FAIL" else f"INCONCLUSIVE {error!r}"[:300]
            outcomes[self._ids[item.nodeid]] = worst
            if self._enough and list(outcomes.values()).count("FAIL") >= self._enough:
                break
        own = self._wanted.get(gallery()[rogue].requirement, []) if planted else []
        row = {
            "rogue": rogue,
            "seconds": time.monotonic() - began,
            "outcomes": outcomes,
            "of_requirement": [self._ids[item.nodeid] for item in own],
        }
        with self._out.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, call: Any) -> Any:
        if call.excinfo is not None and not isinstance(call.excinfo.value, pytest.skip.Exception):
            self._errors[call.when] = call.excinfo.value
        return (yield)


def busy_scenarios(table: dict[str, Any], folder: Path) -> set[str]:
    """Those that have failed on a rogue by the table, or by what runs here have found so far."""
    busy = {name for row in table.values() for name in (*row["caught_by"], *row["consequences"])}
    for found in folder.glob("*.jsonl"):
        for line in found.read_text(encoding="utf-8").splitlines():
            outcomes = json.loads(line)["outcomes"]
            busy |= {name for name, outcome in outcomes.items() if outcome == "FAIL"}
    return busy


def _make_authorities(folder: Path) -> None:
    """Once, ahead of the forks: RSA keys take longer than most scenarios."""
    for name in ("dccki", "iki"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    security = composition.TransportSecurity(folder=folder)
    assert security.dccki is not None
    assert security.smki_tls is not None
    composition.TransportSecurity = lambda **_: security  # type: ignore[assignment, misc]


def here(rogues: list[str], out: Path, enough: int, idle: str | None, of: list[str]) -> None:
    Evidence.wan_tap = keep_traffic  # type: ignore[method-assign, assignment]
    Evidence.supply_plot = lambda *_: None  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as folder:
        options = ["-q", "--rootdir", str(ROOT), "--basetemp", f"{folder}/t"]
        quiet = ["-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
        with contextlib.redirect_stdout(io.StringIO()):
            pytest.main(
                [str(ROOT / "steps"), *options, *quiet],
                plugins=[Forks(rogues, out, enough, idle, of)],
            )


def in_processes(
    rogues: list[str], workers: int, enough: int, idle: str | None, of: list[str]
) -> tuple[list[dict[str, Any]], list[str]]:
    """What came of each rogue, and all scenarios there are."""
    with tempfile.TemporaryDirectory() as folder:
        shares = [rogues[number::workers] for number in range(workers)]

        def share(number: int) -> list[dict[str, Any]]:
            out = Path(folder) / f"{number}.jsonl"
            listed = Path(folder) / f"{number}.json"
            listed.write_text(json.dumps(shares[number]))
            command = [sys.executable, __file__, "--here", str(listed), "--out", str(out)]
            command += ["--enough", str(enough), *(["--idle", idle] if idle else [])]
            command += ["--of", *of] if of else []
            subprocess.run(command, check=True, env=os.environ)
            text = out.read_text() if out.exists() else ""
            return [json.loads(line) for line in text.splitlines()]

        with ThreadPoolExecutor(workers) as pool:
            rows = [row for rows in pool.map(share, range(workers)) for row in rows]
        scenarios = json.loads((Path(folder) / "0.scenarios").read_text(encoding="utf-8"))
        return rows, scenarios


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", nargs="*")
    parser.add_argument(
        "--missing", action="store_true", help="only those nobody is known to catch"
    )
    parser.add_argument("--golden", action="store_true", help="the sound bench first")
    parser.add_argument("--write", action="store_true")
    parser.add_argument(
        "--enough", type=int, default=0, help="go on to the next one after so many failing ones"
    )
    parser.add_argument("--idle", choices=["requirement", "feature", "all"])
    parser.add_argument("--of", nargs="*", default=[], help="scenarios with this in their id")
    parser.add_argument("--here", type=Path)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    if arguments.here is not None:
        rogues = json.loads(arguments.here.read_text())
        here(rogues, arguments.out, arguments.enough, arguments.idle, arguments.of)
        return 0
    rogues = arguments.only or list(gallery())
    if arguments.missing:
        rogues = [rogue for rogue in rogues if not gallery()[rogue].caught_by]
    golden = [GOLDEN] if arguments.golden else []
    rows, scenarios = in_processes(
        golden + rogues, arguments.workers, arguments.enough, arguments.idle, arguments.of
    )
    known: dict[str, dict[str, Any]] = json.loads(TABLE.read_text())
    survivors = [row["rogue"] for row in rows if not told(row)]
    for row in rows:
        if row["rogue"] != GOLDEN:
            enter(known, row)
    if arguments.write:
        found = {name: row for name, row in known.items() if row["caught_by"]}
        TABLE.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
    if arguments.idle:
        busy = busy_scenarios(known, TABLE.parent)
        idle = [name for name in scenarios if name not in busy]
        print(
            f"{len(idle)} of {len(scenarios)} scenarios have failed on no rogue",
            *idle,
            sep="\n    ",
        )
        return 1 if idle else 0
    total = len(rows) - len(golden)
    print(f"{total - len(survivors)} of {total} rogues caught by a scenario of their requirement")
    return 1 if survivors else 0


def told(row: dict[str, Any]) -> bool:
    """Prints what came of a rogue; whether that is what was wanted."""
    rogue, outcomes = row["rogue"], row["outcomes"]
    failing = [name for name, outcome in outcomes.items() if outcome == "FAIL"]
    verdict = "golden" if rogue == GOLDEN else "caught" if failing else "SURVIVES"
    numbers = f"{len(failing)} of {len(outcomes)}, {row['seconds']:.1f} s"
    print(f"{rogue:52} {verdict:9} {numbers}", flush=True)
    for name, what in outcomes.items():
        if what[0] == "I":
            print(f"    {what[:160]}  in {name}")
        elif what == "FAIL" and rogue == GOLDEN:
            print(f"    FAIL {name}")
    return bool(failing) or rogue == GOLDEN


def enter(known: dict[str, dict[str, Any]], row: dict[str, Any]) -> None:
    """A scenario of the rogue's own requirement catches it; any other fails as a consequence."""
    rogue, outcomes = row["rogue"], row["outcomes"]
    before = known.get(rogue, {"caught_by": [], "consequences": [], "is_full": False})
    of_requirement = set(row["of_requirement"])
    for place, is_own in (("caught_by", True), ("consequences", False)):
        failing = [
            name
            for name, outcome in outcomes.items()
            if outcome == "FAIL" and (name in of_requirement) == is_own
        ]
        kept = [name for name in before[place] if name not in outcomes]
        before = {**before, place: [*kept, *failing]}
    known[rogue] = before


if __name__ == "__main__":
    sys.exit(main())
