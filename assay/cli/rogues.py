"""`assay rogues`: the planted faults, and which scenario catches which."""

from __future__ import annotations

import json
import os
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assay.campaigns.mutation import Fault, Matrix, Row

app = typer.Typer(
    help="Planted faults of the virtual bench.", no_args_is_help=True, add_completion=False
)


@app.callback()
def rogues() -> None:
    """Planted faults of the virtual bench."""


@app.command("list")
def list_rogues(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False,
) -> None:
    """Every rogue with the requirement it breaks and the scenarios that must catch it."""
    from rigs.rogues import gallery

    rows = [
        {
            "id": rogue.id,
            "title": rogue.title,
            "requirement": rogue.requirement,
            "severity": rogue.severity.value,
            "subject": rogue.subject.value,
            "deviation": rogue.deviation,
            "caught_by": list(rogue.caught_by),
            "consequences": list(rogue.consequences),
        }
        for rogue in gallery().values()
    ]
    if as_json:
        print(json.dumps(rows, indent=2))
        return
    for row in rows:
        catchers = row["caught_by"]
        named = f"caught by {', '.join(catchers)}" if catchers else "not caught"
        print(f"{row['id']}  {row['severity']}, {row['subject']}, {row['requirement']}")
        print(f"    {row['deviation']}")
        print(f"    {named}")


@app.command("matrix")
def matrix(
    device: Annotated[
        Path | None, typer.Option(help="Device file. Default: the golden virtual meter.")
    ] = None,
    plan: Annotated[
        Path | None, typer.Option(help="Plan file. Default: every scenario, short life tests.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="These rogues alone; again for more.")
    ] = None,
    rogues: Annotated[
        int | None, typer.Option(min=1, help="So many rogues by chance. Default: all.")
    ] = None,
    sample: Annotated[
        int, typer.Option(min=0, help="Scenarios beside those of the rogue's requirement.")
    ] = 10,
    every: Annotated[
        bool, typer.Option("--all-scenarios", help="Every scenario for every rogue.")
    ] = False,
    seed: Annotated[
        int | None, typer.Option(help="Of the samples. Default: year and week, which it prints.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="At a time. Default: one for each core.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="JSON file for the whole matrix.")] = None,
    declare: Annotated[
        Path | None,
        typer.Option(
            help="The gallery's table of who catches whom, brought up to date; rows count as full"
            " with --all-scenarios of the built-in plan."
        ),
    ] = None,
    at_least: Annotated[
        float, typer.Option(min=0, max=100, help="Per cent of rogues that must be caught.")
    ] = 95.0,
) -> None:
    """Run each rogue against the scenarios, and write which scenario catches which.

    Exit codes: 0 enough are caught; 1 too many survive; 2 usage or bad file; 4 the sound bench
    does not pass.
    """
    from assay.campaigns.launch import installed_suite
    from assay.campaigns.mutation import GoldenBenchFailed, Matrix, Mutation, declared
    from assay.cli.run import PLUGINS
    from assay.declarations import built_in_plan, read_bench, read_device, read_plan

    chosen_seed = seed if seed is not None else int(datetime.now(UTC).strftime("%G%V"))
    faults = _faults(only, rogues, chosen_seed)
    mutation = Mutation(
        bench=read_bench(None),
        device=read_device(device),
        plan=built_in_plan("mutation") if plan is None else read_plan(plan),
        suite=installed_suite(PLUGINS),
        workers=workers or os.cpu_count() or 1,
        seed=chosen_seed,
        sample=None if every else sample,
    )
    print(f"seed {chosen_seed}; {len(faults)} rogues", flush=True)
    try:
        scenarios = mutation.golden()
    except GoldenBenchFailed as error:
        typer.echo(f"assay: the sound bench does not pass: {error}", err=True)
        raise typer.Exit(4) from error
    print(f"the sound bench passes {len(scenarios)} scenarios", flush=True)
    rows: list[Row] = []
    for row in mutation.examine(faults, scenarios):
        rows.append(row)
        print(_told(row), flush=True)
    done = Matrix(scenarios=scenarios, rows=tuple(rows))
    if out is not None:
        out.write_text(json.dumps(_record(done, chosen_seed), indent=1) + "\n", encoding="utf-8")
    if declare is not None:
        before = json.loads(declare.read_text(encoding="utf-8")) if declare.exists() else {}
        table = declared(before, rows, is_full=every and plan is None)
        text = json.dumps(table, indent=1, sort_keys=True)
        declare.write_text(text + "\n", encoding="utf-8")
    score = 100 * (len(rows) - len(done.survivors)) / len(rows)
    print(f"{len(rows) - len(done.survivors)} of {len(rows)} rogues caught ({score:.1f} per cent)")
    if every:
        print(f"{len(done.unproven)} of {len(scenarios)} scenarios caught none of them")
    raise typer.Exit(0 if score >= at_least else 1)


def _faults(only: list[str] | None, number: int | None, seed: int) -> list[Fault]:
    from assay.campaigns.mutation import Fault
    from fixtures.rogues import check
    from rigs.rogues import gallery

    for name in only or ():
        check(name)
    names = list(only or gallery())
    if number is not None and number < len(names):
        picked = set(random.Random(seed).sample(names, number))
        names = [name for name in names if name in picked]
    return [Fault(id=name, requirement=gallery()[name].requirement) for name in names]


def _told(row: Row) -> str:
    verdict = "caught" if row.is_killed else "SURVIVES"
    unsure = f", inconclusive {', '.join(row.inconclusive)}" if row.inconclusive else ""
    return (
        f"{row.fault.id:48} {verdict:8} {len(row.failing)} of {len(row.ran)} fail,"
        f" {row.seconds:.0f} s{unsure}"
    )


def _record(matrix: Matrix, seed: int) -> dict[str, object]:
    return {
        "seed": seed,
        "scenarios": len(matrix.scenarios),
        "rogues": {
            row.fault.id: {
                "requirement": row.fault.requirement,
                "ran": len(row.ran),
                "caught_by": list(row.caught_by),
                "consequences": list(row.consequences),
                "inconclusive": list(row.inconclusive),
            }
            for row in matrix.rows
        },
        "survivors": [fault.id for fault in matrix.survivors],
        "caught_nothing": list(matrix.unproven),
    }
