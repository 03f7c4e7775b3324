"""What came of a run, as its runner hands it back. Plain data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assay.campaigns.exit_codes import ExitCode
from assay.campaigns.scenario import Attempt, LeftOut, Scenario
from assay.verdicts import Verdict, of_attempts


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioResult:
    """A scenario of the plan with everything that was tried on it."""

    scenario: Scenario
    attempts: tuple[Attempt, ...]

    @property
    def verdict(self) -> Verdict:
        return of_attempts([each.verdict for each in self.attempts])

    @property
    def decisive(self) -> Attempt | None:
        """The attempt that the verdict rests on: the first FAIL, else the last one."""
        failed = (each for each in self.attempts if each.verdict is Verdict.FAIL)
        return next(failed, self.attempts[-1] if self.attempts else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What came of a run. Faults are the bench's or ours, the last one decides."""

    run: str
    folder: Path
    begun: datetime
    ended: datetime
    verdict: Verdict
    exit_code: ExitCode
    is_interrupted: bool
    faults: tuple[str, ...]
    results: tuple[ScenarioResult, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def counts(self) -> Counter[Verdict]:
        return Counter(each.verdict for each in self.results)
