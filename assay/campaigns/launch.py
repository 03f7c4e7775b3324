"""Start a job: a fresh pytest process on the installed scenarios.

Nothing of the caller's surroundings decides what is tested: no configuration file, no plugin
and no option from the environment, no module from the current folder.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from assay.campaigns.channel import RunnerEnd
from assay.verdicts import BenchFault

ALLURE_RESULTS = "allure-results"
JOBS = "jobs"

_PLUGINS = ("pytest_bdd.plugin", "allure_pytest.plugin", "assay.campaigns.job")
_CALLERS_PYTEST = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """The folder whose modules bind the features, and the plugins that give them fixtures."""

    folder: Path
    plugins: tuple[str, ...]


def installed_suite(plugins: Sequence[str]) -> Suite:
    """The scenarios that travel with the harness. BenchFault if they are not installed."""
    spec = find_spec("steps")
    if spec is None or not spec.submodule_search_locations:
        raise BenchFault("expected the package steps to be installed, seen none")
    return Suite(folder=Path(spec.submodule_search_locations[0]), plugins=tuple(plugins))


@dataclass(frozen=True, slots=True, kw_only=True)
class JobProcess:
    """A running job. It has a session of its own, so a Ctrl-C at the terminal passes it by."""

    number: int
    process: subprocess.Popen[bytes]
    channel: RunnerEnd
    log: Path

    def is_over(self) -> bool:
        return self.process.poll() is not None

    def interrupt(self) -> None:
        """As Ctrl-C would: the scenario breaks off, fixtures make the bench safe."""
        self.process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        self.process.kill()


def start_job(
    suite: Suite,
    run_folder: Path,
    number: int,
    only: Collection[str] | None,
    start_at: Fraction = Fraction(0),
) -> JobProcess:
    """Start job `number`; `only` limits it to these scenarios of the plan. `start_at` is the part
    of them that it leaves to its neighbours until the end: it takes what is left over then.
    """
    jobs = run_folder / JOBS
    jobs.mkdir(exist_ok=True)
    log = jobs / f"{number}.log"
    ours, theirs = socket.socketpair()
    with theirs, log.open("wb") as output:
        arguments = _arguments(suite, run_folder, number, theirs.fileno())
        arguments += ["--assay-start-at", str(start_at)]
        if only is not None:
            listed = jobs / f"{number}-only.json"
            listed.write_text(json.dumps(sorted(only), indent=1), encoding="utf-8")
            arguments += ["--assay-only", str(listed)]
        process = subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
            env=_environment(),
        )
    return JobProcess(number=number, process=process, channel=RunnerEnd(ours), log=log)


def _arguments(suite: Suite, run_folder: Path, number: int, descriptor: int) -> list[str]:
    plugins = [argument for name in (*_PLUGINS, *suite.plugins) for argument in ("-p", name)]
    # fmt: off
    return [
        sys.executable, "-P", "-m", "pytest", str(suite.folder),
        "-c", str(files("assay.campaigns") / "job.ini"),
        "--rootdir", str(suite.folder.parent),
        "--confcutdir", str(suite.folder),
        *plugins,
        "--assay-run", str(run_folder),
        "--assay-channel", str(descriptor),
        "--alluredir", str(run_folder / ALLURE_RESULTS),
        "--junitxml", str(run_folder / JOBS / f"{number}-junit.xml"),
    ]
    # fmt: on


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _CALLERS_PYTEST}
    return kept | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
