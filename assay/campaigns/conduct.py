"""Conduct one job: write down what it tells, pass on the operator's wish to stop.

Ctrl-C once: this scenario ends, then the run. Twice: it breaks off now. Both times the job's
fixtures make the bench safe. A third time, or a job that does not end: it is killed.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Protocol

from assay.campaigns.channel import Message
from assay.campaigns.launch import JobProcess, Suite, start_job
from assay.campaigns.ledger import Ledger
from assay.campaigns.scenario import Attempt, LeftOut, Outcome, Scenario

ABORT_GRACE_S = 60.0  # what fixtures may take to make the bench safe

_NOTICES = (
    "stopping after this scenario; once more to break off now",
    "breaking off, the bench is being made safe; once more to kill the job",
)

_ENDS_OF_PYTEST = {
    2: "broke off",
    3: "had an internal error",
    4: "could not start",
    5: "found no scenario",
}


class Listener(Protocol):
    """Is told how a run goes on, in the runner's main thread."""

    def collected(self, chosen: int, left_out: int) -> None: ...

    def began(self, scenario: Scenario, attempt: int) -> None: ...

    def ended(self, scenario: Scenario, attempt: Attempt) -> None: ...

    def notice(self, text: str) -> None: ...


@dataclass(slots=True)
class Interruption:
    """How often the operator asked to stop, and the job that is to hear of it."""

    listener: Listener
    count: int = 0
    job: JobProcess | None = None
    deadline: float | None = None
    _told: int = field(default=0, init=False)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Take SIGINT and SIGTERM; only a process's main thread can."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
        for each in before:
            signal.signal(each, self._hear)
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def tell(self) -> None:
        """Tell the listener what was heard; not in the handler, which may interrupt a print."""
        while self._told < min(self.count, len(_NOTICES)):
            self.listener.notice(_NOTICES[self._told])
            self._told += 1

    def watch(self, job: JobProcess) -> None:
        self.job = job
        if self.count:
            self._pass_on()

    def has_job_overstayed(self) -> bool:
        return self.deadline is not None and time.monotonic() > self.deadline

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        # Nobody is there to ask twice when a supervisor terminates the runner.
        self.count = max(self.count + 1, 2 if number == signal.SIGTERM else 1)
        self._pass_on()

    def _pass_on(self) -> None:
        job = self.job
        if job is None or job.is_over():
            return
        if self.count == 1:
            job.channel.stop()
        elif self.count == 2:
            self.deadline = time.monotonic() + ABORT_GRACE_S
            job.interrupt()
        else:
            job.kill()


@dataclass(slots=True)
class JobResult:
    """How a job ended. A fault is ours or the bench's; refused means a file makes no sense."""

    number: int
    is_collected: bool = False
    unfinished: int = 0
    fault: str | None = None
    refused: str | None = None
    left_out: list[LeftOut] = field(default_factory=list)


def conduct(
    suite: Suite,
    run_folder: Path,
    ledger: Ledger,
    number: int,
    only: Collection[str] | None,
    interruption: Interruption,
) -> JobResult:
    """Run one job to its end; every attempt that it leaves open is closed as INCONCLUSIVE."""
    result = JobResult(number=number)
    job = start_job(suite, run_folder, number, only)
    secretary = _Secretary(ledger, result, only, interruption.listener)
    try:
        interruption.watch(job)

        def is_over() -> bool:
            interruption.tell()
            if interruption.has_job_overstayed():
                job.kill()
            return job.is_over()

        for message in job.channel.messages(is_over):
            answer = secretary.take(message)
            if answer is not None:
                job.channel.answer(answer)
    except BaseException:
        job.kill()
        raise
    finally:
        job.channel.close()
        code = job.process.wait()
        log = job.log.relative_to(run_folder)
        reason = f"the job was lost: it {_ending(code)}; see {log}"
        if interruption.count:
            reason = "broken off by the operator"
        ledger.abandon(reason, datetime.now(UTC))
    is_sound = code in (0, 1) and result.is_collected and not result.unfinished
    if not (is_sound or interruption.count or result.refused):
        told = result.fault or _last_line(job.log)
        result.fault = f"job {number} {_ending(code)}, see {log}: {told}"
    return result


@dataclass(slots=True)
class _Secretary:
    """Writes down each message of a job; its methods are named for the events."""

    ledger: Ledger
    result: JobResult
    only: Collection[str] | None
    listener: Listener
    scenarios: dict[str, Scenario] = field(default_factory=dict)

    def take(self, message: Message) -> Message | None:
        """The answer to a message that is a question."""
        match message["event"]:
            case "collected":
                self._collected(message)
            case "begin":
                return self._begin(message["scenario"])
            case "finish":
                self._finish(message)
            case "fault":
                self.result.fault = message["message"]
            case "refused":
                self.result.refused = message["message"]
        return None

    def _collected(self, message: Message) -> None:
        chosen = [Scenario.from_json(each) for each in message["chosen"]]
        self.result.left_out = [LeftOut(**each) for each in message["left_out"]]
        self.result.is_collected = True
        self.result.unfinished = len(chosen if self.only is None else self.only)
        self.scenarios = {each.id: each for each in chosen}
        if self.result.number == 1:
            self.ledger.register(chosen)
            self.listener.collected(len(chosen), len(self.result.left_out))

    def _begin(self, scenario: str) -> Message:
        attempt = self.ledger.begin(scenario, self.result.number, datetime.now(UTC))
        self.listener.began(self.scenarios[scenario], attempt)
        return {"attempt": attempt}

    def _finish(self, message: Message) -> None:
        scenario, number = message["scenario"], message["attempt"]
        outcome = Outcome.from_json(message["outcome"])
        self.ledger.finish(scenario, number, outcome, datetime.now(UTC))
        self.result.unfinished -= 1
        attempt = self.ledger.attempts(scenario)[number - 1]
        self.listener.ended(self.scenarios[scenario], attempt)


def _ending(code: int) -> str:
    if code < 0:
        return f"was killed by {signal.Signals(-code).name}"
    return _ENDS_OF_PYTEST.get(code, f"ended with code {code}")


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line for line in reversed(lines) if line.strip()), "it printed nothing")
