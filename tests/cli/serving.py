"""`assay dcc serve` in a process of its own, for the tests of its doors."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LAST = "keys and certificates"


@dataclass(frozen=True, slots=True)
class ServedDcc:
    """The addresses that the command prints, by name."""

    process: subprocess.Popen[str]
    folder: Path
    addresses: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.addresses[name]


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[ServedDcc]:
    """Interrupted when left; it must then have ended well."""
    command = [sys.executable, "-m", "assay.cli", "dcc", "serve", "--folder", str(folder)]
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        addresses = {}
        for line in process.stdout:
            name, _, address = line.strip().partition(": ")
            addresses[name] = address
            if name == LAST:
                break
        if LAST not in addresses:
            raise AssertionError(f"not serving: {process.stderr.read()}")
        try:
            yield ServedDcc(process, folder, addresses)
        finally:
            process.send_signal(signal.SIGINT)
            errors = process.stderr.read()
        assert (process.wait(timeout=20), errors) == (0, "")


def refused(*options: str) -> tuple[int, str]:
    """Exit code and complaint of a command that does not get as far as serving."""
    command = [sys.executable, "-m", "assay.cli", "dcc", "serve", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stderr
