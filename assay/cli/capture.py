"""`assay capture`: what a sniffer heard, read again offline."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rigs.capture.files import StoredCapture
    from rigs.capture.findings import Finding
    from rigs.capture.keys import KeyRing
    from rigs.capture.pipeline import Report

app = typer.Typer(help="Captures of the radio: replay.", no_args_is_help=True, add_completion=False)

_FINDINGS = 1


@app.callback()
def _group() -> None:
    """Captures of the radio: replay."""


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="pcap or pcapng with 802.15.4 frames.")],
    keys: Annotated[
        Path | None,
        typer.Option(
            "--keys",
            help="Keys as Wireshark's zigbee_pc_keys. Default: the .keys file beside FILE.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    duty_cycle: Annotated[
        str | None,
        typer.Option("--duty-cycle", help="Percent of an hour that a sender may use at 868 MHz."),
    ] = None,
    one_band: Annotated[
        bool,
        typer.Option(
            "--one-band",
            help="Of a hub with two bands one was captured: jumps of its counter are no gaps.",
        ),
    ] = False,
) -> None:
    """The timeline of a capture, as it was live, and what is wrong in it.

    Exit code 1 where anything is.
    """
    from rigs.capture.pipeline import Settings
    from rigs.capture.pipeline import replay as replay_frames

    stored = _read(file)
    limit = {} if duty_cycle is None else {"duty_limit_percent": _percent(duty_cycle)}
    report = replay_frames(
        stored.frames,
        _keys(file, keys),
        clock_offset=stored.clock_offset,
        settings=Settings(**limit, reports_missing_frames=not one_band),
    )
    if as_json:
        print(json.dumps(_form(stored, report), indent=2))
    else:
        _print(stored, report)
    if report.findings:
        raise typer.Exit(_FINDINGS)


def _read(file: Path) -> StoredCapture:
    from assay.verdicts import PlanError
    from rigs.capture.files import read
    from rigs.zigbee.errors import RemoteRadioError

    try:
        return read(file)
    except OSError as error:
        raise PlanError(f"{file}: {error.strerror}") from error
    except RemoteRadioError as error:
        raise PlanError(f"{file}: {error}") from error


def _keys(file: Path, keys: Path | None) -> KeyRing:
    from assay.verdicts import PlanError
    from rigs.capture.files import keys_beside
    from rigs.capture.keys import KeyRing

    try:
        return keys_beside(file) if keys is None else KeyRing.read(keys)
    except OSError as error:
        raise PlanError(f"{keys or file}: {error.strerror}") from error
    except ValueError as error:
        raise PlanError(str(error)) from error


def _percent(text: str) -> Decimal:
    from assay.verdicts import PlanError

    try:
        percent = Decimal(text)
    except InvalidOperation:
        percent = Decimal(-1)
    if not 0 < percent <= 100:
        raise PlanError(f"--duty-cycle: expected a percentage above 0, got {text!r}")
    return percent


def _form(stored: StoredCapture, report: Report) -> dict[str, Any]:
    return {
        "frames": len(stored.frames),
        "clock_offset_us": round(stored.clock_offset.total_seconds() * 1_000_000),
        "cut_off": stored.is_cut_off,
        "entries": [entry.to_json() for entry in report.entries],
        "findings": [_finding(one) for one in report.findings],
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "check": one.check.name.lower().replace("_", "-"),
        "frame": one.number or None,
        "at": None if one.at is None else one.at.isoformat().replace("+00:00", "Z"),
        "subject": one.subject,
        "detail": one.detail,
        "count": one.count,
        "of_the_bench": one.check.is_of_the_bench,
    }


def _print(stored: StoredCapture, report: Report) -> None:
    for entry in report.entries:
        print(entry)
    for one in report.findings:
        print(f"FINDING {one}")
    cut = ", cut off in the middle of a record" if stored.is_cut_off else ""
    print(f"{len(stored.frames)} frames{cut}, {len(report.findings)} findings")
