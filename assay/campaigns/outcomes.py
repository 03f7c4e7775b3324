"""What the phases of a pytest item say about the subject under test.

FAIL only for a NonConformity. NOT APPLICABLE for a NotApplicable, or a skip that gives its
reason. Everything else that went wrong, a bare AssertionError included, is INCONCLUSIVE: the
bench, or our own code, cannot vouch for what it saw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from assay.campaigns.scenario import Outcome
from assay.verdicts import NonConformity, NotApplicable, Verdict

_NO_REASON = frozenset({"", "unconditional skip"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseError:
    """What ended a phase early: set-up, call or teardown."""

    when: str
    error: BaseException
    trace: str = ""


class SkippedAsNotApplicable(pytest.skip.Exception, NotApplicable):  # type: ignore[name-defined,misc]
    """A NotApplicable in the form that pytest, and whoever listens to it, takes for a skip."""


def verdict_of(error: BaseException) -> Verdict:
    if isinstance(error, NonConformity):
        return Verdict.FAIL
    if isinstance(error, NotApplicable):
        return Verdict.NOT_APPLICABLE
    if isinstance(error, pytest.skip.Exception) and str(error.msg) not in _NO_REASON:
        return Verdict.NOT_APPLICABLE
    return Verdict.INCONCLUSIVE


def outcome_of(errors: Sequence[PhaseError], step: str | None) -> Outcome:
    """The outcome of an attempt; no errors means that every phase passed.

    The worst phase speaks. `step` is the Gherkin step that was under way when it went wrong.
    """
    if not errors:
        return Outcome(verdict=Verdict.PASS)
    worst = max(errors, key=lambda each: verdict_of(each.error))
    error, verdict = worst.error, verdict_of(worst.error)
    where = step if worst.when == "call" else worst.when
    if isinstance(error, NonConformity):
        return Outcome(
            verdict=verdict,
            message=str(error),
            requirement=error.requirement,
            expected=str(error.expected),
            observed=str(error.observed),
            step=where,
        )
    if verdict is Verdict.NOT_APPLICABLE:
        return Outcome(verdict=verdict, message=str(error), step=where)
    return Outcome(verdict=verdict, message=_describe(error), step=where)


def _describe(error: BaseException) -> str:
    if isinstance(error, pytest.skip.Exception):
        return "skipped without a reason"
    if isinstance(error, KeyboardInterrupt):
        return "interrupted"
    text = str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
