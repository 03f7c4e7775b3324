"""`assay bench new`: writes a commented bench file from options, or from answers at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from fixtures.bench_draft import BenchDraft, InstrumentDraft

STANDARD_FILE = Path("bench.toml")


def new(
    out: Annotated[Path, typer.Option(help="File to write.")] = STANDARD_FILE,
    name: Annotated[str | None, typer.Option(help="What the laboratory calls the bench.")] = None,
    level: Annotated[str | None, typer.Option(help="Evidence level: SIM, EMU, HIL or DCC.")] = None,
    max_volts: Annotated[str | None, typer.Option(help="No stimulus goes above.")] = None,
    max_hertz: Annotated[str | None, typer.Option(help="No stimulus goes above.")] = None,
    dcc: Annotated[
        str | None, typer.Option(metavar="URL", help="External DCC. Default: the embedded one.")
    ] = None,
    instrument: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=DRIVER,ADDRESS,MODEL,SERIAL[,DUE,CERTIFICATE[,LABORATORY]]",
            help="An instrument; NAME=DRIVER for a virtual one. Repeat.",
        ),
    ] = None,
    interlock: Annotated[
        str | None, typer.Option(metavar="NAME,CHANNEL", help="Input of a relay board.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file.")] = False,
) -> None:
    """Write a commented bench file that is valid.

    At a terminal, what no option says is asked for. Elsewhere it is left at the built-in bench's.
    """
    from assay.declarations import parse_bench
    from assay.verdicts import PlanError
    from fixtures.bench_draft import BenchDraft, instrument_from

    if out.exists() and not force:
        raise PlanError(f"{out}: expected no such file; --force writes over it")
    draft = BenchDraft(
        name=name,
        evidence_level=level,
        max_volts=max_volts,
        max_hertz=max_hertz,
        dcc_endpoint=dcc,
        instruments=[instrument_from(each) for each in instrument or []],
        interlock=interlock,
    )
    if sys.stdin.isatty() and sys.stdout.isatty():
        _ask(draft)
    text = draft.text()
    parse_bench(str(out), text.encode("utf-8"))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise PlanError(f"{out}: expected a file to write to: {error.strerror}") from None
    typer.echo(
        f"{out}: {len(draft.instruments)} instruments. Next: assay bench check --bench {out}"
    )


def _ask(draft: BenchDraft) -> None:
    """What is not said yet, at the terminal."""
    from rigs.registry import known_drivers

    draft.name = draft.name or typer.prompt("Name of the bench")
    draft.evidence_level = draft.evidence_level or typer.prompt(
        "Evidence level (SIM: nothing is real, EMU: radio emulated, HIL: real device,"
        " DCC: through a DCC test environment)",
        default="HIL",
    )
    draft.max_volts = draft.max_volts or typer.prompt("No stimulus above, in volts", default="253")
    draft.max_hertz = draft.max_hertz or typer.prompt("No stimulus above, in hertz", default="55")
    if draft.evidence_level == "DCC" and draft.dcc_endpoint is None:
        draft.dcc_endpoint = typer.prompt("Address of the DCC test environment (https://...)")
    drivers = known_drivers().names()
    while not draft.instruments or typer.confirm("One more instrument?", default=False):
        draft.instruments.append(_ask_instrument(drivers))


def _ask_instrument(drivers: Sequence[str]) -> InstrumentDraft:
    from fixtures.bench_draft import InstrumentDraft
    from rigs.registry import known_drivers

    name = typer.prompt("  Name on the bench, such as supply")
    driver = typer.prompt(f"  Driver ({', '.join(drivers)})")
    kind = known_drivers().entry(driver).kind
    address = typer.prompt("  Address (see assay bench discover), or virtual", default="virtual")
    draft = InstrumentDraft(name=name, driver=driver, kind=kind, address=address)
    if address == "virtual":
        return draft
    draft.model = typer.prompt("  Model")
    draft.serial = typer.prompt("  Serial number")
    if draft.takes_measurements:
        draft.due = typer.prompt("  Calibration due (YYYY-MM-DD)")
        draft.certificate = typer.prompt("  Certificate")
        draft.laboratory = typer.prompt("  Laboratory that issued it", default="") or None
    return draft
