"""Conduct the jobs of a round: write down what they tell, pass on the operator's wish to stop.

A round is one job, or several side by side, each with a copy of the bench; a scenario is run by
the job that claims it first.

Ctrl-C once: the scenarios under way end, then the run. Twice: they break off now. Both times the
jobs' fixtures make their benches safe. A third time, or a job that does not end: it is killed.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from types import FrameType
from typing import Protocol

from assay.campaigns.channel import Message, RunnerEnd, messages
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
    """How often the operator asked to stop, and the jobs that are to hear of it."""

    listener: Listener
    count: int = 0
    jobs: Sequence[JobProcess] = ()
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

    def watch(self, jobs: Sequence[JobProcess]) -> None:
        self.jobs = jobs
        if self.count:
            self._pass_on()

    def has_job_overstayed(self) -> bool:
        return self.deadline is not None and time.monotonic() > self.deadline

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        # Nobody is there to ask twice when a supervisor terminates the runner.
        self.count = max(self.count + 1, 2 if number == signal.SIGTERM else 1)
        self._pass_on()

    def _pass_on(self) -> None:
        for job in self.jobs:
            if job.is_over():
                continue
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
    first_number: int,
    copies: int,
    only: Collection[str] | None,
    interruption: Interruption,
) -> list[JobResult]:
    """Run a round to its end; every attempt that a job leaves open is closed as INCONCLUSIVE."""
    jobs: list[JobProcess] = []
    claims = _Claims(only)
    secretaries: dict[RunnerEnd, _Secretary] = {}
    try:
        for place in range(copies):
            part = Fraction(place, copies)
            jobs.append(start_job(suite, run_folder, first_number + place, only, part))
        for job in jobs:
            result = JobResult(number=job.number)
            secretaries[job.channel] = _Secretary(ledger, result, claims, interruption.listener)
        interruption.watch(jobs)
        by_channel = {job.channel: job for job in jobs}

        def is_over(end: RunnerEnd) -> bool:
            interruption.tell()
            job = by_channel[end]
            if interruption.has_job_overstayed():
                job.kill()
            return job.is_over()

        for end, message in messages(by_channel, is_over):
            answer = secretaries[end].take(message)
            if answer is not None:
                end.answer(answer)
    except BaseException:
        # Whatever ends the runner, an interrupt too: nobody would hear its jobs any more.
        for job in jobs:
            job.kill()
        raise
    finally:
        for job in jobs:
            _end(job, run_folder, ledger, is_interrupted=bool(interruption.count))
    results = [secretaries[job.channel].result for job in jobs]
    for job, result in zip(jobs, results, strict=True):
        _judge(job, run_folder, result, is_interrupted=bool(interruption.count))
    return results


def _end(job: JobProcess, run_folder: Path, ledger: Ledger, *, is_interrupted: bool) -> None:
    job.channel.close()
    code = job.process.wait()
    log = job.log.relative_to(run_folder)
    reason = f"the job was lost: it {_ending(code)}; see {log}"
    if is_interrupted:
        reason = "broken off by the operator"
    ledger.abandon(job.number, reason, datetime.now(UTC))


def _judge(job: JobProcess, run_folder: Path, result: JobResult, *, is_interrupted: bool) -> None:
    code = job.process.wait()
    is_sound = code in (0, 1) and result.is_collected and not result.unfinished
    if not (is_sound or is_interrupted or result.refused):
        told = result.fault or _last_line(job.log)
        log = job.log.relative_to(run_folder)
        result.fault = f"job {job.number} {_ending(code)}, see {log}: {told}"


@dataclass(slots=True)
class _Claims:
    """What has been claimed in this round; `chosen` by the plan, once a job has collected."""

    only: Collection[str] | None
    chosen: dict[str, Scenario] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def claim(self, scenario: str) -> bool:
        if scenario in self._taken:
            return False
        self._taken.add(scenario)
        return True


@dataclass(slots=True)
class _Secretary:
    """Writes down each message of a job; its methods are named for the events."""

    ledger: Ledger
    result: JobResult
    claims: _Claims
    listener: Listener

    def take(self, message: Message) -> Message | None:
        """The answer to a message that is a question."""
        match message["event"]:
            case "collected":
                self._collected(message)
            case "claim":
                return self._claim(message["scenario"])
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
        if self.claims.chosen:
            return
        self.claims.chosen = {each.id: each for each in chosen}
        if not self.ledger.scenarios():
            only = self.claims.only
            wanted = [each for each in chosen if only is None or each.id in only]
            self.ledger.register(wanted)
            self.listener.collected(len(wanted), len(self.result.left_out))

    def _claim(self, scenario: str) -> Message:
        is_granted = self.claims.claim(scenario)
        self.result.unfinished += is_granted
        return {"granted": is_granted}

    def _begin(self, scenario: str) -> Message:
        attempt = self.ledger.begin(scenario, self.result.number, datetime.now(UTC))
        self.listener.began(self.claims.chosen[scenario], attempt)
        return {"attempt": attempt}

    def _finish(self, message: Message) -> None:
        scenario, number = message["scenario"], message["attempt"]
        outcome = Outcome.from_json(message["outcome"])
        self.ledger.finish(scenario, number, outcome, datetime.now(UTC))
        self.result.unfinished -= 1
        attempt = self.ledger.attempts(scenario)[number - 1]
        self.listener.ended(self.claims.chosen[scenario], attempt)


def _ending(code: int) -> str:
    if code < 0:
        return f"was killed by {signal.Signals(-code).name}"
    return _ENDS_OF_PYTEST.get(code, f"ended with code {code}")


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line for line in reversed(lines) if line.strip()), "it printed nothing")
