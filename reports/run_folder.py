"""What a finished run left in its folder, as frozen values for every report.

`summary.json` is the run's own word on its verdicts, `declarations.json` and its copies say
what was tested; nothing here judges again. Keys are those of docs/run_folder.md.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from assay.declarations import Catalogue, Declarations, read_catalogue, read_frozen
from assay.verdicts import Verdict
from reports.levels import Level, level_of

SUMMARY = "summary.json"
FORMAT = 1


class RunFolderError(Exception):
    """The folder is not that of a run that ended, or its summary is not as documented."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try at a scenario; `evidence` is relative to the run's folder."""

    number: int
    verdict: Verdict
    duration: timedelta
    message: str
    requirement: str | None
    expected: str | None
    observed: str | None
    step: str | None
    evidence: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """A requirement that a scenario checks; no statement if the catalogue lacks it by now."""

    id: str
    title: str
    reference: str
    provenance: str
    severity: str
    advisory: bool
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    id: str
    name: str
    feature: str
    rule: str
    scheme: str
    tags: tuple[str, ...]
    requirements: tuple[Expectation, ...]
    verdict: Verdict
    advisory: bool
    attempts: tuple[Attempt, ...]

    @property
    def duration(self) -> timedelta:
        return sum((attempt.duration for attempt in self.attempts), timedelta())

    @property
    def decisive(self) -> Attempt | None:
        """The attempt that the verdict rests on: the first FAIL, else the last one."""
        failed = (attempt for attempt in self.attempts if attempt.verdict is Verdict.FAIL)
        return next(failed, self.attempts[-1] if self.attempts else None)

    @property
    def page(self) -> str:
        """The path of its page from the run's folder."""
        return f"scenarios/{re.sub(r'[^A-Za-z0-9_.-]+', '-', self.id)}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A scenario outside this plan, and why."""

    id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """`faults` are those of the bench or the harness that no scenario owns."""

    folder: Path
    id: str
    begun: datetime
    ended: datetime
    harness_version: str
    level: Level
    rogue: str | None
    verdict: Verdict
    exit_code: int
    declarations: Declarations
    scenarios: tuple[Scenario, ...]
    left_out: tuple[LeftOut, ...]
    faults: tuple[str, ...]
    is_interrupted: bool

    def counts(self, scheme: str | None = None) -> Counter[Verdict]:
        return Counter(s.verdict for s in self.scenarios if scheme in (None, s.scheme))

    @property
    def schemes(self) -> list[str]:
        """Those of the plan first, in its order."""
        planned = list(self.declarations.plan.value.schemes)
        return list(dict.fromkeys([*planned, *(s.scheme for s in self.scenarios)]))


def read_run(folder: Path) -> Run:
    """RunFolderError if there is no summary or it is not as documented."""
    path = folder / SUMMARY
    try:
        summary = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RunFolderError(f"{path}: expected the summary of a run: {error.strerror}") from None
    except ValueError as error:
        raise RunFolderError(f"{path}: expected JSON: {error}") from None
    if not isinstance(summary, dict) or summary.get("format") != FORMAT:
        raise RunFolderError(f"{path}: expected a summary of format {FORMAT}")
    try:
        return _run(folder, summary, read_catalogue())
    except (KeyError, TypeError, ValueError) as error:
        kind = "missing key" if isinstance(error, KeyError) else "unexpected value"
        raise RunFolderError(f"{path}: {kind}: {error}") from error


def _run(folder: Path, summary: Mapping[str, Any], catalogue: Catalogue) -> Run:
    return Run(
        folder=folder,
        id=str(summary["run"]),
        begun=datetime.fromisoformat(summary["begun"]),
        ended=datetime.fromisoformat(summary["ended"]),
        harness_version=str(summary["harness"]["version"]),
        level=level_of(summary["evidence_level"]),
        rogue=summary.get("rogue"),
        verdict=Verdict.from_words(summary["verdict"]),
        exit_code=int(summary["exit_code"]),
        declarations=read_frozen(folder),
        scenarios=tuple(_scenario(value, catalogue) for value in summary["scenarios"]),
        left_out=tuple(
            LeftOut(id=each["id"], name=each["name"], reason=each["reason"])
            for each in summary["left_out"]
        ),
        faults=tuple(map(str, summary["faults"])),
        is_interrupted=bool(summary["interrupted"]),
    )


def _scenario(value: Mapping[str, Any], catalogue: Catalogue) -> Scenario:
    return Scenario(
        id=str(value["id"]),
        name=str(value["name"]),
        feature=str(value["feature"]),
        rule=str(value.get("rule") or ""),
        scheme=str(value["scheme"]),
        tags=tuple(value.get("tags", ())),
        requirements=tuple(_expectations(value["requirements"], catalogue)),
        verdict=Verdict.from_words(value["verdict"]),
        advisory=bool(value["advisory"]),
        attempts=tuple(_attempt(each) for each in value["attempts"]),
    )


def _expectations(rows: Iterable[Mapping[str, Any]], catalogue: Catalogue) -> Iterable[Expectation]:
    for row in rows:
        identifier = str(row["id"])
        yield Expectation(
            id=identifier,
            title=str(row["title"]),
            reference=str(row["reference"]),
            provenance=str(row["provenance"]),
            severity=str(row["severity"]),
            advisory=bool(row["advisory"]),
            statement=catalogue[identifier].statement if identifier in catalogue else "",
        )


def _attempt(value: Mapping[str, Any]) -> Attempt:
    def text(key: str) -> str | None:
        return None if value.get(key) is None else str(value[key])

    return Attempt(
        number=int(value["number"]),
        verdict=Verdict.from_words(value["verdict"]),
        duration=timedelta(seconds=float(value.get("duration_s") or 0)),
        message=str(value.get("message") or ""),
        requirement=text("requirement"),
        expected=text("expected"),
        observed=text("observed"),
        step=text("step"),
        evidence=Path(str(value["evidence"])),
    )
