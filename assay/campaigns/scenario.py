"""A scenario as the campaign knows it, and what one attempt at it came to. Plain data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from assay.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`id` is stable: feature file and name. Tags are `kind:value`, sorted, each once.

    Advisory means that it rests on an expectation that is neither verified nor published.
    """

    id: str
    name: str
    feature: str
    feature_file: str
    rule: str | None
    scheme: str
    tags: tuple[str, ...]
    advisory: bool

    def values(self, kind: str) -> tuple[str, ...]:
        """The values of the tags of one kind, as `requirement`."""
        prefix = f"{kind}:"
        return tuple(tag.removeprefix(prefix) for tag in self.tags if tag.startswith(prefix))

    @property
    def requirements(self) -> tuple[str, ...]:
        return self.values("requirement")

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"tags": list(self.tags)}

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> Self:
        return cls(**(record | {"tags": tuple(record["tags"])}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an attempt came to. `requirement`, `expected` and `observed` belong to a FAIL."""

    verdict: Verdict
    message: str = ""
    requirement: str | None = None
    expected: str | None = None
    observed: str | None = None
    step: str | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"verdict": self.verdict.words}

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> Self:
        return cls(**(record | {"verdict": Verdict.from_words(record["verdict"])}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try, in one job. It is open until it has an outcome."""

    number: int
    job: int
    begun: datetime
    ended: datetime | None
    outcome: Outcome | None

    @property
    def verdict(self) -> Verdict:
        """An attempt that is not closed proves nothing."""
        return Verdict.INCONCLUSIVE if self.outcome is None else self.outcome.verdict

    @property
    def duration_s(self) -> float | None:
        return None if self.ended is None else (self.ended - self.begun).total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A scenario outside the plan, and why."""

    id: str
    name: str
    reason: str
