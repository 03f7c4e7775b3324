"""`assay run`: runs a plan, prints progress, leaves a run folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assay.declarations import Bench

app = typer.Typer(add_completion=False)

BUILT_IN = "builtin:"

# Pytest plugins that give the installed scenarios their fixtures and their Allure results.
PLUGINS = ("reports.tags", "reports.allure", "fixtures.plugin", "steps.plugin")

MOST_COPIES = 64


@app.command()
def run(
    bench: Annotated[
        str | None,
        typer.Option(
            help="Bench file, or builtin:NAME (emu: the home area network by radio). Default: the"
            " built-in virtual bench."
        ),
    ] = None,
    device: Annotated[
        Path | None, typer.Option(help="Device file. Default: the golden virtual meter.")
    ] = None,
    plan: Annotated[
        str | None,
        typer.Option(
            help="Plan file, or builtin:NAME (functional, uept_full, accelerated_life_1000,"
            " firmware_1000, emu). Default: a slice of all schemes, and beside it what is declared"
            " to catch the planted fault."
        ),
    ] = None,
    rogue: Annotated[
        str | None, typer.Option(metavar="ID", help="Plant this fault (see assay rogues list).")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Run folder. Default: a new one in ./reports/runs.")
    ] = None,
    copies: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=MOST_COPIES,
            help="Benches side by side, if the bench is virtual. Default: one for each core.",
        ),
    ] = None,
) -> None:
    """Run a plan and leave a run folder.

    Exit codes: 0 all pass; 1 a FAIL; 2 usage or bad file; 3 INCONCLUSIVE or NOT RUN in
    mandatory scope; 4 bench or internal fault; 130 interrupted.
    """
    from assay.campaigns.exit_codes import ExitCode
    from assay.campaigns.launch import installed_suite
    from assay.campaigns.run import run_plan
    from assay.cli.closing import close
    from assay.cli.progress import RichProgress, progress
    from assay.declarations import (
        built_in_bench,
        built_in_plan,
        read_bench,
        read_device,
        read_plan,
        read_plan_with,
    )

    catchers: tuple[str, ...] = ()
    if rogue is not None:
        from fixtures.rogues import check
        from rigs.rogues import gallery

        check(rogue)
        catchers = gallery()[rogue].caught_by
    if bench is not None and bench.startswith(BUILT_IN):
        declared_bench = built_in_bench(bench.removeprefix(BUILT_IN))
    else:
        declared_bench = read_bench(None if bench is None else Path(bench))
    declared_device = read_device(device)
    if plan is not None and plan.startswith(BUILT_IN):
        declared_plan = built_in_plan(plan.removeprefix(BUILT_IN))
    elif plan is not None:
        declared_plan = read_plan(Path(plan))
    else:
        declared_plan = read_plan_with(catchers) if catchers else read_plan(None)
    suite = installed_suite(PLUGINS)
    listener = progress()
    try:
        result = run_plan(
            declared_bench,
            declared_device,
            declared_plan,
            rogue=rogue,
            out=out,
            suite=suite,
            listener=listener,
            copies=copies or _copies_of(declared_bench.value),
        )
    finally:
        if isinstance(listener, RichProgress):
            listener.close()
    code, told = result.exit_code, _report(result.folder)
    close(result, declared_bench.value.evidence_level, told)
    if told is None and code is ExitCode.ALL_PASS:
        code = ExitCode.FAULT
    raise typer.Exit(int(code))


def _copies_of(bench: Bench) -> int:
    return min(os.cpu_count() or 1, MOST_COPIES) if bench.is_virtual else 1


def _report(folder: Path) -> list[str] | None:
    """Build the reports; the lines that they tell, or None.

    A fault of theirs must not hide the verdict, so it is told and no more.
    """
    from reports import build

    try:
        return build(folder)
    except Exception as error:  # noqa: BLE001 - the boundary between verdicts and their pages
        print(f"assay: the report failed: {type(error).__name__}: {error}", file=sys.stderr)
        return None
