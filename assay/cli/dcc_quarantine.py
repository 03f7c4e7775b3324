"""`assay dcc quarantine`: the user's side of the out-of-band channel, signed files in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assay.dcc.anomaly.channel import FileSigner
    from assay.dcc.anomaly.files import Decision

app = typer.Typer(
    help="What anomaly detection holds: list it, release it, delete it; submit thresholds.",
    no_args_is_help=True,
    add_completion=False,
)

Folder = Annotated[Path, typer.Option(help="The desk: the folder with inbox and notices.")]
Key = Annotated[Path, typer.Option(help="RSA key of the file-signing certificate, PEM.")]
Certificate = Annotated[Path, typer.Option(help="File-signing certificate of the IKI, PEM.")]
Wait = Annotated[float, typer.Option(help="Seconds to wait for the answer; 0: do not wait.")]
Events = Annotated[list[int], typer.Argument(help="Quarantine event references.")]
_DEFAULT = Path("assay-dcc/out-of-band")


@app.command("list")
def list_held(folder: Folder = _DEFAULT) -> None:
    """What is held and not yet decided on, a line for each."""
    from assay.dcc.anomaly.channel import undecided
    from assay.dcc.anomaly.desk import NOTICE_COLUMNS
    from assay.dcc.strict_csv import RemoteFileError
    from assay.verdicts import BenchFault

    try:
        notices = undecided(folder)
    except RemoteFileError as error:
        raise BenchFault(str(error)) from error
    columns = NOTICE_COLUMNS[1:]
    print("\t".join(columns))
    for notice in notices:
        print("\t".join(notice.cells[1:]))


@app.command()
def release(
    events: Events,
    key: Key,
    certificate: Certificate,
    folder: Folder = _DEFAULT,
    wait: Wait = 0.0,
) -> None:
    """Let what is held go on."""
    from assay.dcc.anomaly.files import Decision

    _decide(events, Decision.RELEASE, folder, key, certificate, wait)


@app.command()
def delete(
    events: Events,
    key: Key,
    certificate: Certificate,
    folder: Folder = _DEFAULT,
    wait: Wait = 0.0,
) -> None:
    """Delete what is held."""
    from assay.dcc.anomaly.files import Decision

    _decide(events, Decision.DELETE, folder, key, certificate, wait)


@app.command()
def submit(
    file: Annotated[Path, typer.Argument(help="thresholds-*.csv, limits-*.csv, quarantine-*.csv.")],
    key: Key,
    certificate: Certificate,
    folder: Folder = _DEFAULT,
    wait: Wait = 0.0,
) -> None:
    """Sign a file and put it into the inbox."""
    from assay.dcc.anomaly.channel import submit as submit_file

    signer = _signer(key, certificate)
    try:
        submit_file(folder, file.name, file.read_bytes(), signer)
    except OSError as error:
        raise _usage(error) from error
    _report(folder, file.name, wait)


def _decide(
    events: list[int],
    decision: Decision,
    folder: Path,
    key: Path,
    certificate: Path,
    wait: float,
) -> None:
    from datetime import UTC, datetime

    from assay.dcc.anomaly.channel import submit_decisions

    signer = _signer(key, certificate)
    try:
        name = submit_decisions(folder, events, decision, signer, datetime.now(UTC))
    except OSError as error:
        raise _usage(error) from error
    _report(folder, name, wait)


def _signer(key: Path, certificate: Path) -> FileSigner:
    from assay.dcc.anomaly.channel import FileSigner, SigningKeyError
    from assay.verdicts import PlanError

    try:
        return FileSigner.load(key, certificate)
    except SigningKeyError as error:
        raise PlanError(str(error)) from error
    except OSError as error:
        raise _usage(error) from error


def _usage(error: OSError) -> Exception:
    from assay.verdicts import PlanError

    return PlanError(f"{error.filename}: {error.strerror}")


def _report(folder: Path, name: str, wait: float) -> None:
    import time

    from assay.dcc.anomaly.channel import response_to

    print(f"{name} is in the inbox")
    deadline = time.monotonic() + wait
    while time.monotonic() < deadline:
        answer = response_to(folder, name)
        if answer is not None:
            for row in answer:
                print("\t".join(row))
            raise typer.Exit(0 if answer[0][0] == "accepted" else 1)
        time.sleep(0.1)
