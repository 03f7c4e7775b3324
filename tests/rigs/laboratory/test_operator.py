"""A person at the bench: every answer is taken as it was meant and recorded as it was given."""

from __future__ import annotations

import os
import pty
import threading
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from assay.verdicts import BenchFault, BenchLost, PlanError
from rigs.capabilities import Operator
from rigs.drivers.operator import ScriptedOperator, TerminalOperator
from rigs.drivers.operator.scripted import Answer, read_answers

Recorded = list[tuple[str, str]]


class Person:
    """Sits at the other end of a terminal, reads prompts and types what was agreed."""

    def __init__(self, answers: list[str]) -> None:
        self._near, self._far = pty.openpty()
        self.device = Path(os.ttyname(self._far))
        self.seen = ""
        self._answers = answers
        self._thread = threading.Thread(target=self._sit, daemon=True)
        self._thread.start()

    def _sit(self) -> None:
        for answer in self._answers:
            shown = ""
            while not shown.endswith("> "):
                shown += os.read(self._near, 1024).decode()
            self.seen += shown
            os.write(self._near, f"{answer}\n".encode())

    def leave(self) -> None:
        self._thread.join(timeout=2)
        os.close(self._near)
        os.close(self._far)


@pytest.fixture
def recorded() -> Recorded:
    return []


@pytest.fixture
def seat() -> Iterator[list[Person]]:
    people: list[Person] = []
    yield people
    for person in people:
        person.leave()


def at_terminal(person: Person, recorded: Recorded, patience_s: float = 2.0) -> TerminalOperator:
    return TerminalOperator(
        lambda question, answer: recorded.append((question, answer)),
        device=person.device,
        patience=timedelta(seconds=patience_s),
    )


def test_a_person_confirms_chooses_and_reads(recorded: Recorded, seat: list[Person]) -> None:
    person = Person(["done", "2", " 12,5 "])
    seat.append(person)
    operator = at_terminal(person, recorded)
    assert isinstance(operator, Operator)
    operator.confirm("take the cover off")
    assert operator.ask("Which lamp is lit?", ["none", "green", "red"]) == "green"
    assert operator.read_value("What does the thermometer show?", "°C") == Decimal("12.5")
    assert [answer for _, answer in recorded] == ["done", "2", "12,5"]
    assert "take the cover off" in person.seen


def test_what_cannot_be_taken_is_asked_again_and_recorded(
    recorded: Recorded, seat: list[Person]
) -> None:
    person = Person(["about ten", "10"])
    seat.append(person)
    assert at_terminal(person, recorded).read_value("How many flashes?", "1") == 10
    assert [answer for _, answer in recorded] == ["about ten", "10"]
    assert "'about ten' cannot be taken" in person.seen


def test_what_could_not_be_done_by_hand_is_the_benchs_fault(
    recorded: Recorded, seat: list[Person]
) -> None:
    person = Person(["not done"])
    seat.append(person)
    with pytest.raises(BenchFault, match="take the cover off"):
        at_terminal(person, recorded).confirm("take the cover off")


def test_a_person_who_has_left_is_lost(recorded: Recorded, seat: list[Person]) -> None:
    person = Person([])
    seat.append(person)
    with pytest.raises(BenchLost, match="expected an answer to 'Anybody"):
        at_terminal(person, recorded, patience_s=0.1).ask("Anybody there?", ["yes"])


@pytest.mark.parametrize("device", [Path("/dev/null"), Path("/nonexistent/terminal")])
def test_without_a_terminal_there_is_nobody_to_ask(device: Path, recorded: Recorded) -> None:
    operator = TerminalOperator(lambda *answer: recorded.append(answer), device=device)
    with pytest.raises(BenchFault, match="a person at a terminal"):
        operator.confirm("anything")
    assert not recorded


SCRIPT = b"""
[[answer]]
to = "cover"
say = "done"

[[answer]]
to = "thermometer"
say = "21.5"
"""


def test_a_script_answers_in_its_order(tmp_path: Path, recorded: Recorded) -> None:
    path = tmp_path / "answers.toml"
    path.write_bytes(SCRIPT)
    operator = ScriptedOperator.from_file(path, lambda *answer: recorded.append(answer))
    assert isinstance(operator, Operator)
    operator.confirm("take the cover off")
    assert operator.read_value("The thermometer shows", "°C") == Decimal("21.5")
    assert [answer for _, answer in recorded] == ["done", "21.5"]
    with pytest.raises(BenchFault, match="no further question"):
        operator.confirm("put it on again")


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ((Answer("magnet", "done"),), "expected 'magnet'"),
        ((Answer("cover", "perhaps"),), "'perhaps' cannot be taken"),
    ],
    ids=["another question", "an answer that is none"],
)
def test_a_script_that_does_not_fit_is_the_benchs_fault(
    answers: tuple[Answer, ...], problem: str
) -> None:
    operator = ScriptedOperator(answers, lambda *_: None)
    with pytest.raises(BenchFault, match=problem):
        operator.confirm("take the cover off")


@pytest.mark.parametrize("octets", [b"answer = 1", b"[[answer]]\nto = 'x'", b"\xff", b"x"])
def test_a_file_that_is_no_script_is_told_before_the_run(octets: bytes) -> None:
    with pytest.raises(PlanError, match=r"answers\.toml"):
        read_answers("answers.toml", octets)
