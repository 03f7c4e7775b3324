"""A run that is stopped, or whose job dies, says truly what ran, what was running, what not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from assay.campaigns.exit_codes import ExitCode
from assay.campaigns.folder import is_held
from assay.campaigns.ledger import Ledger
from assay.verdicts import Verdict

from .conftest import PLAN, TinySuite


def test_a_job_that_is_killed_leaves_the_ledger_consistent(tiny: TinySuite) -> None:
    tiny.scenarios(["all is well", "the process dies", "it fails"])
    result = tiny.run()
    assert [each.verdict for each in result.results] == [
        Verdict.PASS,
        Verdict.INCONCLUSIVE,
        Verdict.NOT_RUN,
    ]
    assert result.exit_code is ExitCode.FAULT
    assert "killed by SIGKILL" in result.faults[0]
    with Ledger(tiny.out, read_only=True) as ledger:
        (attempt,) = ledger.attempts("meter.the-process-dies")
        assert attempt.outcome is not None
        assert "the job was lost" in attempt.outcome.message
        assert ledger.run().verdict is Verdict.INCONCLUSIVE


def test_with_retries_left_a_new_job_takes_up_what_the_lost_one_left(tiny: TinySuite) -> None:
    tiny.scenarios(["all is well", "the process dies", "it fails"])
    result = tiny.run(PLAN.replace("retries_of_inconclusive = 0", "retries_of_inconclusive = 1"))
    attempts = [[one.job for one in each.attempts] for each in result.results]
    assert attempts == [[1], [1, 2], []]


def test_once_ctrl_c_lets_the_scenario_end(tiny: TinySuite) -> None:
    gate = tiny.root / "gate"
    waiting = f"it takes until {gate} is there"
    tiny.scenarios([waiting, "it fails"])

    def interrupt_then_open(_scenario: str) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        gate.touch()

    tiny.told.on_began = interrupt_then_open
    result = tiny.run()
    assert [each.verdict for each in result.results] == [Verdict.PASS, Verdict.NOT_RUN]
    assert result.exit_code is ExitCode.INTERRUPTED
    assert result.is_interrupted
    assert (tiny.out / "safe").is_file()


def test_twice_ctrl_c_breaks_off_and_makes_the_bench_safe(tiny: TinySuite) -> None:
    tiny.scenarios([f"it takes until {tiny.root / 'never'} is there", "it fails"])

    def interrupt_twice_once_it_runs() -> None:
        wait_for(lambda: is_first_waiting(tiny.out))
        for notice in ("once more", "breaking off"):
            os.kill(os.getpid(), signal.SIGINT)
            wait_for(lambda: any(notice in line for line in tiny.told.lines))  # noqa: B023

    operator = threading.Thread(target=interrupt_twice_once_it_runs)
    operator.start()
    result = tiny.run()
    operator.join()
    assert [each.verdict for each in result.results] == [
        Verdict.INCONCLUSIVE,
        Verdict.NOT_RUN,
    ]
    assert result.results[0].attempts[0].outcome is not None
    assert result.results[0].attempts[0].outcome.message == "interrupted"
    assert result.exit_code is ExitCode.INTERRUPTED
    assert (tiny.out / "safe").read_text() == "all outputs off"


def test_three_times_ctrl_c_kills_a_job_that_does_not_end(tiny: TinySuite) -> None:
    tiny.scenarios(["nothing stops it", "it fails"])

    def interrupt_three_times_once_it_runs() -> None:
        wait_for(lambda: is_first_waiting(tiny.out))
        for _ in range(3):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.1)

    operator = threading.Thread(target=interrupt_three_times_once_it_runs)
    operator.start()
    result = tiny.run()
    operator.join()
    assert [each.verdict for each in result.results] == [
        Verdict.INCONCLUSIVE,
        Verdict.NOT_RUN,
    ]
    assert result.results[0].attempts[0].outcome is not None
    assert result.results[0].attempts[0].outcome.message == "broken off by the operator"
    assert result.exit_code is ExitCode.INTERRUPTED


def test_a_runner_that_is_terminated_breaks_off_at_once(tiny: TinySuite) -> None:
    tiny.scenarios([f"it takes until {tiny.root / 'never'} is there"])
    (tiny.root / "plan.toml").write_text(PLAN)
    runner = subprocess.Popen([sys.executable, "-c", RUNNER, str(tiny.root)])
    wait_for(lambda: is_first_waiting(tiny.out))
    runner.terminate()
    runner.wait(timeout=20)
    assert (tiny.out / "safe").is_file()
    with Ledger(tiny.out, read_only=True) as ledger:
        assert ledger.run().exit_code == ExitCode.INTERRUPTED


def test_a_job_makes_the_bench_safe_when_its_runner_is_killed(tiny: TinySuite) -> None:
    tiny.scenarios([f"it takes until {tiny.root / 'never'} is there", "it fails"])
    (tiny.root / "plan.toml").write_text(PLAN)
    runner = subprocess.Popen([sys.executable, "-c", RUNNER, str(tiny.root)])
    wait_for(lambda: is_first_waiting(tiny.out))
    assert is_held(tiny.out)
    runner.kill()
    runner.wait()
    wait_for((tiny.out / "safe").is_file)
    assert not is_held(tiny.out)
    with Ledger(tiny.out, read_only=True) as ledger:
        assert ledger.run().ended is None
        names = [each.id for each in ledger.scenarios()]
        assert [ledger.verdict(name) for name in names] == [
            Verdict.INCONCLUSIVE,
            Verdict.NOT_RUN,
        ]


RUNNER = """\
import sys
from pathlib import Path

from assay.campaigns.launch import Suite
from assay.campaigns.run import run_plan
from assay.cli.progress import PlainProgress
from assay.declarations import read_bench, read_device, read_plan

root = Path(sys.argv[1])
run_plan(
    read_bench(), read_device(), read_plan(root / "plan.toml"), rogue=None, out=root / "run",
    suite=Suite(folder=root / "suite", plugins=()), listener=PlainProgress(),
)
"""


def is_first_waiting(run: Path) -> bool:
    """A step is at work: what stands earlier (the evidence folder) is there before the bench is."""
    return any(run.glob("evidence/*/1/waiting"))


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "waited for 20 s"
        time.sleep(0.02)
