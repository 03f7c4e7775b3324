"""Answers from a file, in the place of a person: for rehearsals and for virtual benches.

A TOML file of tables `[[answer]]` with `to`, a part of the question, and `say`. They are taken in
order; a question that the next one does not belong to ends the rehearsal.
"""

from __future__ import annotations

import tomllib
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from assay.verdicts import BenchFault, PlanError
from rigs.capabilities import Identity
from rigs.driver_entry import Record
from rigs.drivers.operator.answers import AskingOperator


@dataclass(frozen=True, slots=True)
class Answer:
    to: str
    say: str


def read_answers(name: str, octets: bytes) -> tuple[Answer, ...]:
    """PlanError for a file that is none."""
    try:
        content = tomllib.loads(octets.decode("utf-8"))
        rows = content["answer"]
        return tuple(Answer(to=str(row["to"]), say=str(row["say"])) for row in rows)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise PlanError(f"{name}: expected tables [[answer]] with to and say: {error!r}") from error


class ScriptedOperator(AskingOperator):
    """BenchFault for a question without an answer in the script."""

    def __init__(self, answers: tuple[Answer, ...], record: Record) -> None:
        super().__init__(record)
        self._answers = deque(answers)

    @classmethod
    def from_file(cls, path: Path, record: Record) -> ScriptedOperator:
        try:
            octets = path.read_bytes()
        except OSError as error:
            raise PlanError(f"{path}: expected a script of answers: {error}") from error
        return cls(read_answers(str(path), octets), record)

    def identify(self) -> Identity:
        return Identity(
            maker="", model="script", serial=f"{len(self._answers)} answers", firmware=""
        )

    def _answer_to(self, prompt: str, hint: str) -> str:
        if hint:
            raise BenchFault(
                f"{hint} as an answer to {prompt!r}, and a script cannot be asked again"
            )
        if not self._answers or self._answers[0].to.casefold() not in prompt.casefold():
            expected = repr(self._answers[0].to) if self._answers else "no further question"
            raise BenchFault(f"the script expected {expected}, asked was {prompt!r}")
        return self._answers.popleft().say
