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


def run_plan(
    bench: Declared[Bench],
    device: Declared[Device],
    plan: Declared[Plan],
    *,
    rogue: str | None,
    out: Path | None,
    suite: Suite,
    listener: Listener,
) -> RunResult:
    """Run the plan and leave its folder complete, with `summary.json`, whatever happens.

    PlanError if the plan makes no sense against the scenarios that there are;
    InstrumentOutOfCalibration before anything moves if a reading could not be used.
    """
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
            jobs = _jobs(suite, folder, ledger, plan.value, interruption)
        result = _result(run, folder, begun, ledger, jobs, bool(interruption.count))
        ledger.end_run(result.verdict, result.exit_code, result.ended)
        write_summary(folder, declarations, result)
    refused = jobs[-1].refused
    if refused is not None:
        raise PlanError(refused)
    return result


def _jobs(
    suite: Suite, folder: Path, ledger: Ledger, plan: Plan, interruption: Interruption
) -> list[JobResult]:
    """The first job, and one more for each retry that is worth it."""
    jobs: list[JobResult] = []
    only: Collection[str] | None = None
    for number in range(1, plan.retries_of_inconclusive + 2):
        job = conduct(suite, folder, ledger, number, only, interruption)
        jobs.append(job)
        if number == 1 and job.is_collected:
            _freeze_selection(folder, ledger, job)
        only = _worth_another_job(ledger, plan)
        if interruption.count or not job.is_collected or not only:
            break
        if number <= plan.retries_of_inconclusive:
            interruption.listener.notice(f"{len(only)} to run again, in a new job")
    return jobs


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
    jobs: list[JobResult],
    is_interrupted: bool,
) -> RunResult:
    attempts = ledger.all_attempts()
    results = tuple(
        ScenarioResult(scenario=each, attempts=tuple(attempts.get(each.id, ())))
        for each in ledger.scenarios()
    )
    code = exit_code(
        [(each.verdict, each.scenario.advisory) for each in results],
        is_fault=jobs[-1].fault is not None,
        is_interrupted=is_interrupted,
    )
    return RunResult(
        run=run,
        folder=folder,
        begun=begun,
        ended=datetime.now(UTC),
        verdict=Verdict.worst(each.verdict for each in results),
        exit_code=ExitCode.USAGE if jobs[-1].refused is not None else code,
        is_interrupted=is_interrupted,
        faults=tuple(each.fault for each in jobs if each.fault is not None),
        results=results,
        left_out=tuple(jobs[0].left_out),
    )
