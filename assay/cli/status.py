"""`assay status RUN`: where a run stands, from its ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(add_completion=False)


@app.command()
def status(
    run: Annotated[Path, typer.Argument(help="Run folder, or the id of a run below it.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say where a run stands."""
    found = status_of(run)
    if as_json:
        typer.echo(json.dumps(found, indent=1))
        return
    counts = ", ".join(f"{n} {words}" for words, n in found["counts"].items() if n)
    typer.echo(f"{found['run']}  {found['state']}  {found['verdict']}")
    typer.echo(f"{found['scenarios']} scenarios: {counts or 'none registered yet'}")
    for scenario in found["open"]:
        typer.echo(f"open: {scenario}")


def status_of(run: Path) -> dict[str, Any]:
    """State (running, ended or lost), verdict so far, counts, open attempts.

    PlanError if there is no such run.
    """
    from collections import Counter

    from assay.campaigns.folder import RUNS, is_held
    from assay.campaigns.ledger import Ledger
    from assay.verdicts import PlanError, Verdict, of_attempts

    folder = run if run.is_dir() else RUNS / run
    try:
        ledger = Ledger(folder, read_only=True)
    except FileNotFoundError as error:
        raise PlanError(str(error)) from None
    with ledger:
        record = ledger.run()
        attempts = ledger.all_attempts()
        ids = [each.id for each in ledger.scenarios()]
    verdicts = [of_attempts([one.verdict for one in attempts.get(each, ())]) for each in ids]
    counts = Counter(verdicts)
    unfinished = "running" if is_held(folder) else "lost"
    return {
        "run": record.id,
        "folder": str(folder),
        "state": unfinished if record.ended is None else "ended",
        "begun": record.begun.isoformat(),
        "ended": None if record.ended is None else record.ended.isoformat(),
        "verdict": Verdict.worst(verdicts).words,
        "exit_code": record.exit_code,
        "scenarios": len(ids),
        "counts": {verdict.words: counts[verdict] for verdict in Verdict},
        "open": [
            each for each in ids if any(one.outcome is None for one in attempts.get(each, ()))
        ],
    }
