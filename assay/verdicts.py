"""Five verdicts, and the errors that lead to them, sorted by who must act.

* HarnessError
  - NonConformity         the subject broke a requirement            -> FAIL
  - BenchFault            the rig, not the subject, is wrong         -> INCONCLUSIVE
    + BenchLost           an instrument or link does not answer
    + LimitExceeded       a ceiling of the bench file refuses the stimulus
    + InstrumentOutOfCalibration
  - NotApplicable         not claimed, or beyond this bench          -> NOT APPLICABLE
  - PlanError             a file or a selection makes no sense       -> refused before the run

Whatever the bench cannot vouch for is INCONCLUSIVE: any error that is not a
NonConformity, also one of our own, never becomes FAIL and never PASS.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum


class Verdict(IntEnum):
    """Ordered so that the verdict of a whole is the worst of its parts."""

    NOT_APPLICABLE = 0
    PASS = 1
    NOT_RUN = 2  # worse than PASS: a part that never ran must spoil the whole
    INCONCLUSIVE = 3
    FAIL = 4

    @property
    def words(self) -> str:
        return self.name.replace("_", " ")

    @classmethod
    def from_words(cls, words: str) -> Verdict:
        return cls[words.replace(" ", "_")]

    @classmethod
    def worst(cls, parts: Iterable[Verdict]) -> Verdict:
        return max(parts, default=cls.NOT_RUN)


def of_attempts(attempts: Sequence[Verdict]) -> Verdict:
    """The verdict of one test after its retries.

    Only an inconclusive attempt is worth a retry. A FAIL stands whatever follows,
    because the subject did fail.
    """
    if Verdict.FAIL in attempts:
        return Verdict.FAIL
    return attempts[-1] if attempts else Verdict.NOT_RUN


class HarnessError(Exception):
    """Root of everything Assay raises about a test; never raised itself."""


class NonConformity(HarnessError, AssertionError):
    """The subject under test broke a requirement that the bench could observe.

    It is also an AssertionError, so that Allure reports *failed*; every other
    error becomes *broken*, which is where INCONCLUSIVE belongs.
    """

    def __init__(self, requirement: str, expected: object, observed: object) -> None:
        super().__init__(f"{requirement}: expected {expected}, observed {observed}")
        self.requirement = requirement
        self.expected = expected
        self.observed = observed


class BenchFault(HarnessError):
    """The rig is wrong, not the subject."""


class BenchLost(BenchFault):
    """An instrument or a link does not answer."""


class LimitExceeded(BenchFault):
    """A stimulus above a ceiling of the bench file; nothing was sent."""


class InstrumentOutOfCalibration(BenchFault):
    """A reading that may not be used on this day."""


class NotApplicable(HarnessError):
    """The subject does not claim the function, or this bench cannot test it; the text says why."""


class PlanError(HarnessError):
    """A file that users write, or a selection, makes no sense; refused before the run."""


def require(condition: bool, requirement: str, expected: object, observed: object) -> None:
    """Raise NonConformity unless the condition holds."""
    if not condition:
        raise NonConformity(requirement, expected, observed)
