"""Mutation of the certification suite: each planted fault against the scenarios, and who sees it.

A suite is as good as the faults that it finds. The sound bench runs the plan first and has to
pass all of it; then each fault runs the scenarios that are tagged with the requirement it breaks,
and a seeded sample of the others (or all of them). A fault that no scenario fails survives; a
scenario that no fault fails is unproven.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from assay.campaigns.launch import Suite
from assay.campaigns.result import RunResult
from assay.campaigns.run import run_plan
from assay.campaigns.scenario import Attempt, Scenario
from assay.declarations import Bench, Declared, Device, Plan
from assay.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A planted fault by its id, and the requirement that it breaks."""

    id: str
    requirement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one fault did: ids of scenarios. `caught_by` are failing ones with its requirement
    (all failing ones where none has it), `consequences` the other failing ones."""

    fault: Fault
    ran: tuple[str, ...]
    caught_by: tuple[str, ...]
    consequences: tuple[str, ...]
    inconclusive: tuple[str, ...]
    seconds: float

    @property
    def failing(self) -> tuple[str, ...]:
        return (*self.caught_by, *self.consequences)

    @property
    def is_killed(self) -> bool:
        return bool(self.failing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """`scenarios` are those that the sound bench passed."""

    scenarios: tuple[Scenario, ...]
    rows: tuple[Row, ...]

    @property
    def survivors(self) -> tuple[Fault, ...]:
        return tuple(row.fault for row in self.rows if not row.is_killed)

    @property
    def unproven(self) -> tuple[str, ...]:
        """Scenarios that no fault failed."""
        failed = {each for row in self.rows for each in row.failing}
        return tuple(each.id for each in self.scenarios if each.id not in failed)


class GoldenBenchFailed(Exception):
    """The sound bench did not pass its plan: no fault can be told from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """One campaign over faults. `sample` scenarios beside the tagged ones; None for all."""

    bench: Declared[Bench]
    device: Declared[Device]
    plan: Declared[Plan]
    suite: Suite
    workers: int
    seed: int
    sample: int | None

    def golden(self) -> tuple[Scenario, ...]:
        """Raises GoldenBenchFailed unless every scenario passes."""
        result = self._run(None, None, copies=self.workers)
        others = [each for each in result.results if each.verdict is not Verdict.PASS]
        if others or result.faults:
            told = [f"{each.scenario.id} {each.verdict.words}" for each in others]
            raise GoldenBenchFailed("; ".join([*told, *result.faults]))
        return tuple(each.scenario for each in result.results)

    def examine(self, faults: Sequence[Fault], scenarios: Sequence[Scenario]) -> Iterator[Row]:
        """A row for each fault, in their order, as soon as it is there."""
        pool = ThreadPoolExecutor(self.workers)
        try:
            yield from pool.map(lambda fault: self.row(fault, scenarios), faults)
        finally:
            pool.shutdown(cancel_futures=True)

    def row(self, fault: Fault, scenarios: Sequence[Scenario]) -> Row:
        began = time.monotonic()
        chosen = chosen_for(fault, scenarios, seed=self.seed, sample=self.sample)
        result = self._run(fault.id, [each.id for each in chosen], copies=1)
        return row_of(fault, result, time.monotonic() - began)

    def _run(self, fault: str | None, only: Collection[str] | None, *, copies: int) -> RunResult:
        with tempfile.TemporaryDirectory(prefix="assay-mutation-") as folder:
            return run_plan(
                self.bench,
                self.device,
                self.plan,
                rogue=fault,
                out=Path(folder) / "run",
                suite=self.suite,
                listener=_Nobody(),
                copies=copies,
                only=only,
            )


def chosen_for(
    fault: Fault, scenarios: Sequence[Scenario], *, seed: int, sample: int | None
) -> list[Scenario]:
    """Those tagged with the requirement, and others by chance, in the order of the suite. The
    sample of a fault depends on the seed and the fault alone."""
    tagged = [each for each in scenarios if fault.requirement in each.requirements]
    others = [each for each in scenarios if fault.requirement not in each.requirements]
    if sample is not None and sample < len(others):
        others = random.Random(f"{seed} {fault.id}").sample(others, sample)
    wanted = {each.id for each in (*tagged, *others)}
    return [each for each in scenarios if each.id in wanted]


def row_of(fault: Fault, result: RunResult, seconds: float) -> Row:
    failing = [each for each in result.results if each.verdict is Verdict.FAIL]
    tagged = [each for each in failing if fault.requirement in each.scenario.requirements]
    caught = tagged or failing
    return Row(
        fault=fault,
        ran=tuple(each.scenario.id for each in result.results),
        caught_by=tuple(each.scenario.id for each in caught),
        consequences=tuple(each.scenario.id for each in failing if each not in caught),
        inconclusive=tuple(
            each.scenario.id
            for each in result.results
            if each.verdict in (Verdict.INCONCLUSIVE, Verdict.NOT_RUN)
        ),
        seconds=seconds,
    )


def declared(
    before: Mapping[str, Mapping[str, object]], rows: Sequence[Row], *, is_full: bool
) -> dict[str, dict[str, object]]:
    """The gallery's table of who catches whom, with these rows in it. Of scenarios that did not
    run, what was known stays."""
    table = {name: dict(row) for name, row in before.items()}
    for row in rows:
        known = table.get(row.fault.id, {})
        table[row.fault.id] = {
            "caught_by": _merged(known.get("caught_by"), row.ran, row.caught_by),
            "consequences": _merged(known.get("consequences"), row.ran, row.consequences),
            "is_full": is_full,
        }
    return table


def _merged(known: object, ran: Collection[str], found: Sequence[str]) -> list[str]:
    kept = [each for each in known if each not in ran] if isinstance(known, list) else []
    return [*kept, *found]


class _Nobody:
    """Hundreds of runs tell nobody how they go on."""

    def collected(self, chosen: int, left_out: int) -> None:
        del chosen, left_out

    def began(self, scenario: Scenario, attempt: int) -> None:
        del scenario, attempt

    def ended(self, scenario: Scenario, attempt: Attempt) -> None:
        del scenario, attempt

    def notice(self, text: str) -> None:
        del text
