"""The page of one scenario: every attempt with its steps, timeline, messages and plots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date

from jinja2 import Environment

from reports import attachments
from reports.evidence import TIMELINE, Moment, Step, faults, read_timeline, steps_of
from reports.run_folder import Attempt, Run, Scenario

_STOPPED = ("failed", "broken", "unfinished")
_LAST = 8  # moments before the end of a failed attempt that the overview shows
_PICTURES = 2
_TRACE = "error.txt"  # where a job leaves the traces of what an attempt raised
_HEAD, _TAIL = 300, 1200  # rows of a timeline on its page; a soak has far more


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenAttempt:
    """An attempt with what its timeline shows; pictures are (path from the run, title)."""

    attempt: Attempt
    moments: list[Moment]
    steps: list[Step]
    faults: list[str]
    pictures: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenScenario:
    """What the overview keeps of a scenario once its page is written."""

    scenario: Scenario
    attempt: Attempt | None
    steps: list[Step]
    step: Step | None
    last: list[Moment]
    pictures: list[tuple[str, str]]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a timeline, or the number of moments that a `gap` leaves out."""

    moment: Moment | None = None
    gap: int = 0
    beside: str = ""
    full: str = ""
    text: str | None = None
    href: str | None = None
    status: str = ""


def write(environment: Environment, run: Run, scenario: Scenario) -> SeenScenario:
    attempts = [_see(run, attempt) for attempt in scenario.attempts]
    shown = [
        {
            "attempt": seen.attempt,
            "steps": seen.steps,
            "faults": seen.faults,
            "count": len(seen.moments),
            "pictures": seen.pictures,
            "day": _only_day(seen.moments),
            "trace": attachments.readable(run.folder / seen.attempt.evidence / _TRACE),
            "rows": list(_rows(run, seen)),
        }
        for seen in attempts
    ]
    page = environment.get_template("scenario.html").render(
        run=run, scenario=scenario, attempts=shown, timeline_name=TIMELINE
    )
    (run.folder / scenario.page).write_text(page, encoding="utf-8")
    decisive = next((s for s in attempts if s.attempt == scenario.decisive), None)
    steps = decisive.steps if decisive else []
    return SeenScenario(
        scenario=scenario,
        attempt=scenario.decisive,
        steps=steps,
        step=_culprit(steps, scenario.decisive),
        last=_last(decisive.moments) if decisive else [],
        pictures=decisive.pictures[-_PICTURES:] if decisive else [],
        words=_search_words(scenario),
    )


def _see(run: Run, attempt: Attempt) -> SeenAttempt:
    folder = run.folder / attempt.evidence
    moments = read_timeline(folder)
    return SeenAttempt(
        attempt=attempt,
        moments=moments,
        steps=steps_of(moments),
        faults=faults(folder),
        pictures=[
            (f"{attempt.evidence.as_posix()}/{moment.attachment}", moment.title)
            for moment in moments
            if moment.attachment is not None and attachments.is_picture(moment.attachment)
        ],
    )


def _rows(run: Run, seen: SeenAttempt) -> Iterator[Row]:
    begun = (moment.number for moment in seen.moments if _begins_step(moment))
    status = dict(zip(begun, (step.status for step in seen.steps), strict=False))
    left_out = len(seen.moments) - _HEAD - _TAIL
    parts = [seen.moments] if left_out <= 0 else [seen.moments[:_HEAD], seen.moments[-_TAIL:]]
    for place, moments in enumerate(parts):
        if place:
            yield Row(gap=left_out)
        for moment in _shown(moments):
            yield _row(run, seen.attempt, moment, status.get(moment.number, ""))


def _shown(moments: Iterable[Moment]) -> Iterator[Moment]:
    """Without the lines that only frame the steps; their status stands with the steps."""
    return (m for m in moments if not (m.lane == "step" and m.kind in ("scenario", "step-end")))


def _begins_step(moment: Moment) -> bool:
    return moment.lane == "step" and moment.kind == "step"


def _row(run: Run, attempt: Attempt, moment: Moment, status: str) -> Row:
    if _begins_step(moment):
        return Row(moment=moment, status=status)
    name = moment.attachment
    return Row(
        moment=moment,
        beside=attachments.beside_title(moment.detail),
        full=attachments.in_full(moment.detail),
        text=None if name is None else attachments.readable(run.folder / attempt.evidence / name),
        href=None if name is None else f"../{attempt.evidence.as_posix()}/{name}",
    )


def _culprit(steps: list[Step], attempt: Attempt | None) -> Step | None:
    """The step that stopped the attempt, as the timeline or else the summary has it."""
    stopped = next((step for step in steps if step.status in _STOPPED), None)
    if stopped is None and attempt is not None and attempt.step:
        return Step(text=attempt.step, status=attempt.verdict.words)
    return stopped


def _last(moments: list[Moment]) -> list[Moment]:
    return [moment for moment in moments if moment.lane != "step"][-_LAST:]


def _search_words(scenario: Scenario) -> str:
    requirements = (f"{each.id} {each.title}" for each in scenario.requirements)
    parts = (
        scenario.name,
        scenario.feature,
        scenario.rule,
        scenario.scheme,
        scenario.verdict.words,
        *scenario.tags,
        *requirements,
    )
    return " ".join(parts).lower()


def _only_day(moments: list[Moment]) -> date | None:
    """The day of a timeline that has only one; it then stands in the heading alone."""
    days = {moment.at.astimezone(UTC).date() for moment in moments}
    return days.pop() if len(days) == 1 else None
