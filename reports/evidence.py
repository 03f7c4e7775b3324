"""Reads what the bench left of one attempt: its timeline, its steps, and whether it is whole.

Reading is lenient where a killed process may have stopped in the middle of a line, and says
so; it never repairs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

TIMELINE = "timeline.jsonl"
GENESIS = "0" * 64  # in the first line, in place of the hash of a line before


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One line of a timeline; `at` is bench time (UTC), `attachment` a file name or None."""

    number: int
    at: datetime
    lane: str
    kind: str
    title: str
    detail: Any
    attachment: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One Gherkin step; status is passed, failed, broken, skipped, unfinished or not reached."""

    text: str
    status: str
    at: datetime | None = None
    message: str = ""


def read_timeline(folder: Path) -> list[Moment]:
    """The moments in the order they were written; none where there is no timeline."""
    path = folder / TIMELINE
    if not path.is_file():
        return []
    return [_moment(number, value) for number, _, value in _lines(path) if value is not None]


def steps_of(moments: Sequence[Moment]) -> list[Step]:
    """The steps that ran, and after them those that the scenario announced and never reached."""
    announced: list[str] = []
    steps: list[Step] = []
    for moment in (m for m in moments if m.lane == "step"):
        detail = moment.detail if isinstance(moment.detail, dict) else {}
        if moment.kind == "scenario":
            announced = [str(text) for text in detail.get("steps", ())]
        elif moment.kind == "step":
            steps.append(Step(text=moment.title, status="unfinished", at=moment.at))
        elif moment.kind == "step-end" and steps:
            status, message = str(detail.get("status", "")), str(detail.get("message") or "")
            steps[-1] = replace(steps[-1], status=status, message=message)
    missed = announced[len(steps) :]
    return steps + [Step(text=text, status="not reached") for text in missed]


def faults(folder: Path) -> list[str]:
    """What is wrong with the hash chain of the timeline and its attachments; nothing if whole."""
    path = folder / TIMELINE
    if not path.is_file():
        return [f"{TIMELINE} is missing"]
    found: list[str] = []
    expected = GENESIS
    for number, line, value in _lines(path):
        if value is None:
            found.append(f"line {number} was cut off")
        else:
            if value.get("previous") != expected:
                found.append(f"line {number} does not follow from the line before it")
            found += _attachment_fault(folder, number, value)
        expected = hashlib.sha256(line).hexdigest()
    return found


def _attachment_fault(folder: Path, number: int, value: dict[str, Any]) -> Iterator[str]:
    name = value.get("attachment")
    if name is None:
        return
    file = folder / str(name)
    if not file.is_file():
        yield f"{name} of line {number} is missing"
    elif hashlib.sha256(file.read_bytes()).hexdigest() != value.get("attachment_sha256"):
        yield f"{name} of line {number} has been altered"


def _lines(path: Path) -> Iterator[tuple[int, bytes, dict[str, Any] | None]]:
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        yield number, line, value if isinstance(value, dict) else None


def _moment(number: int, value: dict[str, Any]) -> Moment:
    return Moment(
        number=number,
        at=datetime.fromisoformat(str(value["at"])),
        lane=str(value["lane"]),
        kind=str(value["kind"]),
        title=str(value["title"]),
        detail=value.get("detail"),
        attachment=value.get("attachment"),
    )
