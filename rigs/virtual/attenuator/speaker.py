"""How virtual attenuators talk: one line in, one line out, at once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable


class _Done:
    """A command is executed before its answer leaves."""

    expects_answer = False

    def cancel(self) -> None:
        """There is nothing left to cancel."""


class LineSpeaker(ABC):
    """A `Speaker` of the servers of `rigs.virtual`. These instruments have no error queue.

    An error that is injected makes it refuse the message instead, in its own words.
    """

    def __init__(self) -> None:
        self._refuses_next = False

    @abstractmethod
    def answer(self, command: str) -> str:
        """Execute it; "" where the language has no answer."""

    @abstractmethod
    def refusal(self, command: str) -> str:
        """What it says of a command that it does not execute."""

    def handle(self, message: str, respond: Callable[[str], None]) -> _Done:
        command = message.strip()
        refuses, self._refuses_next = self._refuses_next, False
        respond(self.refusal(command) if refuses else self.answer(command))
        return _Done()

    def report(self, number: int) -> None:
        del number
        self._refuses_next = True

    def status_byte(self) -> int:
        return 0
