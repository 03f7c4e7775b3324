"""The folder of a run: where it is, what it is called, who holds it.

One process works on a run at a time. It holds a lock that the system drops when the process
dies, so anybody can tell a run that is under way from one that was lost.
"""

from __future__ import annotations

import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from assay.verdicts import PlanError

RUNS = Path("reports") / "runs"  # below the current folder

_LOCK = "lock"


def new_run_folder(out: Path | None, at: datetime) -> tuple[str, Path]:
    """Id and folder of a new run. PlanError if `out` is there and not empty."""
    run = f"{at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
    folder = (RUNS / run if out is None else out).absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PlanError(f"{folder}: expected a new or empty folder for the run")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlanError(f"{folder}: expected a folder to write to: {error.strerror}") from None
    return run, folder


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the run. PlanError if another process does."""
    with (folder / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PlanError(f"{folder}: another process works on this run") from None
        yield


def is_held(folder: Path) -> bool:
    """Whether a process is working on the run in this folder."""
    path = folder / _LOCK
    if not path.is_file():
        return False
    with path.open("r") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
