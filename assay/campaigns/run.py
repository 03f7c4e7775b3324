"""Run a plan: a run folder, jobs until nothing is worth a retry, a verdict, an exit code."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

from assay.campaigns.conduct import Interruption, JobResult, Listener, conduct
from assay.campaigns.exit_codes import ExitCode, exit_code
from assay.campaigns.folder import held, new_run_folder
from assay.campaigns.launch import Suite
from assay.campaigns.ledger import Ledger
from assay.campaigns.result import RunResult, ScenarioResult
from assay.campaigns.summary import write_summary
from assay.declarations import Bench, Declarations, Declared, Device, Plan, freeze
from assay.verdicts import InstrumentOutOfCalibration, PlanError, Verdict

SELECTION = "selection.json"
Rounds = list[list[JobResult]]


def run_plan(
    bench: Declared[Bench],
    device: Declared[Device],
    plan: Declared[Plan],
    *,
    rogue: str | None,
    out: Path | None,
    suite: Suite,
    listener: Listener,
    copies: int = 1,
    only: Collection[str] | None = None,
) -> RunResult:
    """Run the plan and leave its folder complete, with `summary.json`, whatever happens. A bench
    that is wholly virtual can be run in several copies side by side. `only` limits the run to
    these scenarios of the plan, by id.

    PlanError if the plan makes no sense against the scenarios that there are, or if a bench that
    stands somewhere is to be copied;
    InstrumentOutOfCalibration before anything moves if a reading could not be used.
    """
    if copies < 1 or (copies > 1 and not bench.value.is_virtual):
        raise PlanError(f"{bench.source}: expected 1 copy of a bench that is real, seen {copies}")
    begun = datetime.now(UTC)
    overdue = bench.value.overdue_on(begun.date())
    if overdue:
        raise InstrumentOutOfCalibration(
            f"{bench.source}: expected instruments in calibration on {begun.date()},"
            f" seen overdue: {', '.join(overdue)}"
        )
    run, folder = new_run_folder(out, begun)
    declarations = Declarations(bench=bench, device=device, plan=plan, rogue=rogue)
    with held(folder), Ledger(folder) as ledger:
        freeze(folder, declarations)
        ledger.begin_run(run, begun)
        interruption = Interruption(listener)
        with interruption.watching():
            rounds = _rounds(suite, folder, ledger, plan.value, copies, only, interruption)
        result = _result(run, folder, begun, ledger, rounds, bool(interruption.count))
        ledger.end_run(result.verdict, result.exit_code, result.ended)
        write_summary(folder, declarations, result)
    refused = _refused(rounds)
    if refused is not None:
        raise PlanError(refused)
    return result


def _refused(rounds: Rounds) -> str | None:
    return next((job.refused for job in rounds[-1] if job.refused is not None), None)


def _rounds(
    suite: Suite,
    folder: Path,
    ledger: Ledger,
    plan: Plan,
    copies: int,
    only: Collection[str] | None,
    interruption: Interruption,
) -> Rounds:
    """The first round of jobs, and one more for each retry that is worth it."""
    rounds: Rounds = []
    started = 0
    for number in range(1, plan.retries_of_inconclusive + 2):
        side_by_side = copies if only is None else max(1, min(copies, len(only)))
        done = conduct(suite, folder, ledger, started + 1, side_by_side, only, interruption)
        rounds.append(done)
        started += len(done)
        is_collected = all(job.is_collected for job in done)
        if number == 1 and is_collected:
            _freeze_selection(folder, ledger, done[0])
        only = _worth_another_job(ledger, plan)
        if interruption.count or not is_collected or not only:
            break
        if number <= plan.retries_of_inconclusive:
            interruption.listener.notice(f"{len(only)} to run again, in a new job")
    return rounds


def _worth_another_job(ledger: Ledger, plan: Plan) -> list[str]:
    """What was inconclusive and has retries left, and what a lost job never came to."""
    attempts = ledger.all_attempts()
    return [
        each.id
        for each in ledger.scenarios()
        if len(attempts.get(each.id, ())) <= plan.retries_of_inconclusive
        and ledger.verdict(each.id) in (Verdict.INCONCLUSIVE, Verdict.NOT_RUN)
    ]


def _freeze_selection(folder: Path, ledger: Ledger, job: JobResult) -> None:
    content = {
        "chosen": [each.id for each in ledger.scenarios()],
        "left_out": [
            {"id": each.id, "name": each.name, "reason": each.reason} for each in job.left_out
        ],
    }
    (folder / SELECTION).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _result(
    run: str,
    folder: Path,
    begun: datetime,
    ledger: Ledger,
    rounds: Rounds,
    is_interrupted: bool,
) -> RunResult:
    attempts = ledger.all_attempts()
    results = tuple(
        ScenarioResult(scenario=each, attempts=tuple(attempts.get(each.id, ())))
        for each in ledger.scenarios()
    )
    code = exit_code(
        [(each.verdict, each.scenario.advisory) for each in results],
        is_fault=any(job.fault is not None for job in rounds[-1]),
        is_interrupted=is_interrupted,
    )
    return RunResult(
        run=run,
        folder=folder,
        begun=begun,
        ended=datetime.now(UTC),
        verdict=Verdict.worst(each.verdict for each in results),
        exit_code=ExitCode.USAGE if _refused(rounds) is not None else code,
        is_interrupted=is_interrupted,
        faults=tuple(job.fault for done in rounds for job in done if job.fault is not None),
        results=results,
        left_out=tuple(rounds[0][0].left_out),
    )
