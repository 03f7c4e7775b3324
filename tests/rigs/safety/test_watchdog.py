"""Whatever becomes of the process that drives a bench: nothing stays on.

Source and load live in a process of their own, and what they really did is read from its log.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.stopwatch import least_measured

PATIENCE_S = 20.0
BENCH = """\
name = "elsewhere"
evidence_level = "EMU"

[limits]
max_volts = 253
max_hertz = 65

[clock]
kind = "wall"

[hub]
variant = "single_band"

[dcc]
kind = "embedded"
"""
INSTRUMENT = """
[instruments.{name}]
kind = "{kind}"
driver = "{driver}"
model = "virtual"
address = "{address}"
serial = "SIMULATED"
calibration = {{ due = 2099-12-31, certificate = "none, it is virtual" }}
"""
DRIVERS = {
    "supply": ("ac_source", "scpi_ac_source"),
    "load": ("load_bank", "scpi_load_bank"),
    "reference": ("reference_meter", "scpi_energy_reference"),
}


@dataclass(kw_only=True)
class Served:
    """The process that all tests of this module share; each leaves everything off."""

    log: Path
    addresses: dict[str, str]
    process: subprocess.Popen[str]


@dataclass(kw_only=True)
class Circuit:
    """The instruments, a bench file for them, and runners that drive them."""

    folder: Path
    served: Served
    runners: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def leases(self) -> Path:
        return self.folder / "leases"

    def runner(self, limit_s: float = 3.0) -> subprocess.Popen[str]:
        runner = subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.rigs.safety.live_runner"),
                *(str(self.folder / "bench.toml"), str(self.leases), str(limit_s)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.runners.append(runner)
        return runner

    def live_runner(self, limit_s: float = 3.0) -> subprocess.Popen[str]:
        """One that has switched the supply and the load on."""
        runner = self.runner(limit_s)
        assert runner.stdout is not None and runner.stderr is not None
        told = runner.stdout.readline()
        assert told.startswith("on "), runner.stderr.read()
        assert self.output() == ("230", "2000")
        return runner

    def changes(self) -> list[tuple[float, str, str]]:
        lines = self.served.log.read_text().splitlines()
        return [(float(at), what, value) for at, what, value in map(str.split, lines)]

    def output(self) -> tuple[str, str]:
        """Volts and watts that stand there now."""
        last = {"volts": "0", "watts": "0"} | {what: value for _, what, value in self.changes()}
        return last["volts"], last["watts"]

    def is_safe(self) -> bool:
        return self.output() == ("0", "0")

    def last_change(self) -> float:
        return self.changes()[-1][0]

    def watchdog_notes(self) -> list[str]:
        record = self.leases / "watchdog.jsonl"
        if not record.exists():
            return []
        return [json.loads(line)["reason"] for line in record.read_text().splitlines()]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("circuit") / "circuit.log"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.rigs.safety.served_circuit", str(log)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None and process.stdout is not None
    addresses: dict[str, str] = json.loads(process.stdout.readline())
    yield Served(log=log, addresses=addresses, process=process)
    process.stdin.close()
    process.wait(PATIENCE_S)
    process.stdout.close()


@pytest.fixture
def circuit(served: Served, tmp_path: Path) -> Iterator[Circuit]:
    text = BENCH
    for name, (kind, driver) in DRIVERS.items():
        address = served.addresses[name]
        text += INSTRUMENT.format(name=name, kind=kind, driver=driver, address=address)
    (tmp_path / "bench.toml").write_text(text)
    made = Circuit(folder=tmp_path, served=served)
    yield made
    for each in made.runners:
        if each.poll() is None:
            each.kill()
        for pipe in (each.stdin, each.stdout, each.stderr):
            assert pipe is not None
            pipe.close()
        each.wait(PATIENCE_S)
    wait_for(made.is_safe, "outputs off")


def wait_for(condition: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    deadline = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {patience_s} s: {what}"
        time.sleep(0.01)


def test_a_runner_that_is_killed_leaves_nothing_on_for_two_seconds(circuit: Circuit) -> None:
    def kill_and_measure() -> float:
        runner = circuit.live_runner()
        killed = time.time()
        runner.send_signal(signal.SIGKILL)
        wait_for(circuit.is_safe, "outputs off")
        return circuit.last_change() - killed

    assert least_measured(kill_and_measure, 2.0) < 2.0
    wait_for(lambda: bool(circuit.watchdog_notes()), "a note of the watchdog")
    assert circuit.watchdog_notes()[0] == "the runner is gone"


def test_a_runner_that_is_frozen_loses_the_bench(circuit: Circuit) -> None:
    runner = circuit.live_runner(limit_s=0.5)
    runner.send_signal(signal.SIGSTOP)
    wait_for(circuit.is_safe, "outputs off")
    assert runner.poll() is None
    wait_for(lambda: bool(circuit.watchdog_notes()), "a note of the watchdog")
    assert circuit.watchdog_notes() == ["no heartbeat for 0.5 s"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_runner_that_is_told_to_stop_leaves_nothing_on(
    circuit: Circuit, number: signal.Signals
) -> None:
    runner = circuit.live_runner()
    runner.send_signal(number)
    runner.wait(PATIENCE_S)
    wait_for(circuit.is_safe, "outputs off")


@pytest.mark.parametrize("order", ["end", "raise"])
def test_a_runner_that_ends_by_itself_leaves_nothing_on_and_the_watchdog_alone(
    circuit: Circuit, order: str
) -> None:
    runner = circuit.live_runner()
    assert runner.stdin is not None
    runner.stdin.write(order + "\n")
    runner.stdin.flush()
    runner.wait(PATIENCE_S)
    assert circuit.is_safe()
    assert circuit.watchdog_notes() == []


def test_a_watchdog_that_is_killed_takes_the_bench_with_it(circuit: Circuit) -> None:
    runner = circuit.runner()
    assert runner.stdout is not None
    watchdog = int(runner.stdout.readline().split()[1])
    os.kill(watchdog, signal.SIGKILL)
    wait_for(circuit.is_safe, "outputs off")
    assert runner.poll() is None


def test_two_runners_never_drive_one_bench(circuit: Circuit) -> None:
    circuit.live_runner()
    second = circuit.runner()
    assert second.stderr is not None
    second.wait(PATIENCE_S)
    assert "another run drives it" in second.stderr.read()
    assert circuit.output() == ("230", "2000")


def test_after_a_crash_the_next_runner_takes_the_bench_over(circuit: Circuit) -> None:
    circuit.live_runner().send_signal(signal.SIGKILL)
    before = len(circuit.changes())
    second = circuit.live_runner()
    volts = [value for _, what, value in circuit.changes()[before:] if what == "volts"]
    assert volts[0] == "0"
    assert second.poll() is None


def test_what_runner_and_watchdog_left_on_is_made_safe_by_the_next_runner_first(
    circuit: Circuit,
) -> None:
    runner = circuit.runner()
    assert runner.stdout is not None
    watchdog = int(runner.stdout.readline().split()[1])
    for process in (watchdog, runner.pid):
        os.kill(process, signal.SIGSTOP)
    for process in (watchdog, runner.pid):
        os.kill(process, signal.SIGKILL)
    runner.wait(PATIENCE_S)
    assert circuit.output() == ("230", "2000")
    before = len(circuit.changes())
    circuit.live_runner()
    first = [(what, value) for _, what, value in circuit.changes()[before:]]
    assert {first[0], first[1]} == {("volts", "0"), ("watts", "0")}


def job_of(runner: subprocess.Popen[str]) -> int:
    children = Path(f"/proc/{runner.pid}/task/{runner.pid}/children").read_text().split()
    return int(children[0])


def test_a_run_that_is_killed_with_its_job_leaves_nothing_on(
    circuit: Circuit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole campaign, in the middle of its first scenario."""
    monkeypatch.setenv("XDG_STATE_HOME", str(circuit.folder / "state"))
    before = len(circuit.changes())
    runner = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.rigs.safety.small_run"),
            *(str(circuit.folder / "bench.toml"), str(circuit.folder)),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    circuit.runners.append(runner)
    wait_for(
        lambda: len(circuit.changes()) > before and not circuit.is_safe(), "the supply on", 60.0
    )
    for process in (job_of(runner), runner.pid):
        os.kill(process, signal.SIGKILL)
    wait_for(circuit.is_safe, "outputs off")
    record = circuit.folder / "run" / "watchdog.jsonl"
    wait_for(record.exists, "a note of the watchdog in the run's folder")
    assert "the runner is gone" in record.read_text()
