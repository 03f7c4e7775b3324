"""A check of the DSP as a row: its name, the codes it may refuse with, and how sure they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from assay.dcc.audit import Stage
from assay.dcc.dsp.examination import Examination


class Basis(StrEnum):
    """Where it comes from that this failure has this code."""

    PUBLISHED = "published"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A response code, and in words what was expected and what was seen."""

    code: str
    detail: str


Examine = Callable[[Examination], Refusal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    name: str
    codes: tuple[str, ...]
    basis: Basis
    examine: Examine
    passed: Stage = field(init=False)
    """What the audit trail notes where the check does not refuse: always the same."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "passed", Stage(self.name))


def run_checks(
    checks: Sequence[Check], examination: Examination
) -> tuple[Refusal | None, tuple[Stage, ...]]:
    """In order, up to the first refusal; a stage for each check that was made."""
    stages = []
    for check in checks:
        refusal = check.examine(examination)
        if refusal is not None:
            stages.append(Stage(check.name, f"{refusal.code}: {refusal.detail}"))
            return refusal, tuple(stages)
        stages.append(check.passed)
    return None, tuple(stages)
