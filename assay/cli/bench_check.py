"""`assay bench check`: is every instrument there, does it work, does it go off."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from fixtures.bench_check import BenchRecord, InstrumentRecord

RECORDS = Path("reports") / "bench"  # below the current folder

_HEADER = (
    "instrument",
    "identity",
    "self-test",
    "exercise",
    "safe state",
    "answers in ms",
    "clock",
    "calibration",
)


def check(
    bench: Annotated[
        Path | None, typer.Option(help="Bench file. Default: the built-in virtual bench.")
    ] = None,
    passive: Annotated[
        bool, typer.Option("--passive", help="Switch nothing on, not even a few volts.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(help="File of the record. Default: a new one in ./reports/bench."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the record.")] = False,
) -> None:
    """Identify, test and exercise every instrument, and prove that all of it goes off.

    A few volts are switched on for a moment: take the device under test off, or use --passive.
    Exit codes: 0 fit for use; 2 usage or bad file; 4 an instrument is missing, wrong, overdue, or
    not known to be safe.
    """
    from assay.campaigns.exit_codes import ExitCode
    from assay.declarations import read_bench
    from fixtures.bench_check import check_bench

    declared = read_bench(bench)
    record = check_bench(
        declared,
        passive=passive,
        told=None if as_json else lambda name: print(f"{name} ...", file=sys.stderr),
    )
    kept = _keep(record, out)
    if as_json:
        typer.echo(json.dumps(record.to_json(), indent=1))
    else:
        for line in lines(record):
            typer.echo(line)
        typer.echo(f"Record: {kept}")
    raise typer.Exit(int(ExitCode.ALL_PASS if record.is_fit else ExitCode.FAULT))


def lines(record: BenchRecord) -> list[str]:
    """The table, and below it what is wrong and what is worth knowing."""
    from assay.cli.terminal import columns

    table = columns([_HEADER, *(_row(each) for each in record.instruments)])
    clocks = [
        f"clocks       {first} is {ahead:+.6f} s against {second}, within {uncertainty:.6f} s"
        for first, second, ahead, uncertainty in record.clock_differences
    ]
    problems = [f"problem      {record.bench}: {each}" for each in record.problems]
    remarks: list[str] = []
    for each in record.instruments:
        problems += [f"problem      {each.name}: {problem}" for problem in each.problems]
        remarks += [f"remark       {each.name}: {remark}" for remark in each.remarks]
    verdict = "fit for use" if record.is_fit else "NOT fit for use"
    return [
        *table,
        "",
        f"interlock    {record.interlock}",
        f"watchdog     {record.watchdog}",
        *clocks,
        *remarks,
        *problems,
        "",
        f"{record.bench} ({record.evidence_level}): {verdict}",
    ]


def _row(each: InstrumentRecord) -> tuple[str, ...]:
    identity = each.identity
    latency, offset = each.latency, each.offset
    return (
        each.name,
        "-" if identity is None else f"{identity['model']} {identity['serial']}",
        each.self_test or "-",
        each.exercise or "-",
        each.safe or "-",
        "-" if latency is None else f"{latency.median_ms:.1f} ({latency.most_ms:.1f})",
        "-" if offset is None else f"{offset.seconds:+.4f} s ± {offset.uncertainty:.4f}",
        each.calibration,
    )


def _keep(record: BenchRecord, out: Path | None) -> Path:
    from assay.verdicts import PlanError

    stamp = f"{record.at:%Y%m%dT%H%M%SZ}"
    file = RECORDS / f"{stamp}-check.json" if out is None else out
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(record.to_json(), indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise PlanError(f"{file}: expected a file to write to: {error.strerror}") from None
    return file
