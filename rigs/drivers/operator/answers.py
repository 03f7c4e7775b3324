"""What a person may answer, and how it is read: the same for a terminal and for a script."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation

from assay.verdicts import BenchFault
from rigs.driver_entry import Record

DONE, NOT_DONE = "done", "not done"


class AskingOperator(ABC):
    """Asks until the answer can be taken, and records every answer as it was given."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def confirm(self, instruction: str) -> None:
        """BenchFault where the person says that it could not be done."""
        answer = self.ask(f"Please do: {instruction}", (DONE, NOT_DONE))
        if answer == NOT_DONE:
            raise BenchFault(f"expected {instruction!r} done by hand, answered {NOT_DONE!r}")

    def ask(self, question: str, choices: Sequence[str]) -> str:
        """One of the choices, by its text or its number."""
        if not choices:
            raise ValueError(f"{question!r} has no choices")
        numbered = ", ".join(f"{number} {each}" for number, each in enumerate(choices, start=1))
        return self._until_taken(
            f"{question} [{numbered}]", lambda answer: _chosen(answer, choices)
        )

    def read_value(self, question: str, unit: str) -> Decimal:
        """A number without its unit."""
        taken = self._until_taken(f"{question} in {unit}", _number)
        return Decimal(taken)

    @abstractmethod
    def _answer_to(self, prompt: str, hint: str) -> str:
        """One answer; BenchFault where nobody gives one. `hint` says what was wrong before."""

    def _until_taken(self, prompt: str, read: Callable[[str], str | None]) -> str:
        hint = ""
        while True:
            answer = self._answer_to(prompt, hint).strip()
            self._record(prompt, answer)
            taken = read(answer)
            if taken is not None:
                return taken
            hint = f"{answer!r} cannot be taken"


def _chosen(answer: str, choices: Sequence[str]) -> str | None:
    if answer.isdigit() and 1 <= int(answer) <= len(choices):
        return choices[int(answer) - 1]
    return next((each for each in choices if each.casefold() == answer.casefold()), None)


def _number(answer: str) -> str | None:
    """A comma is taken for the point that is meant; nothing else is guessed."""
    text = answer.replace(",", ".")
    try:
        return text if Decimal(text).is_finite() else None
    except InvalidOperation:
        return None
