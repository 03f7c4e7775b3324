"""The contacts of a relay board and what hangs on each, whatever moves them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rigs.premises_tamper import TamperNode

Moved = Callable[[bool], None]


class Contacts:
    """Numbers from 1. `wired` is told each move; `stuck` contacts stay where they are."""

    def __init__(self, count: int, wired: Mapping[int, Moved] | None = None) -> None:
        self.closed = [False] * count
        self.inputs = [True] * count
        self.stuck: set[int] = set()
        self._wired = dict(wired or {})

    def wire(self, number: int, moved: Moved) -> None:
        self._wired[number] = moved

    def move(self, number: int, closed: bool) -> None:
        """IndexError for a contact that is not there."""
        if not 1 <= number <= len(self.closed):
            raise IndexError(number)
        if number in self.stuck or self.closed[number - 1] == closed:
            return
        self.closed[number - 1] = closed
        moved = self._wired.get(number)
        if moved is not None:
            moved(closed)


def interferes(tamper: TamperNode, interference: str) -> Moved:
    """A closed contact begins the interference, an open one ends it."""

    def moved(closed: bool) -> None:
        (tamper.begin if closed else tamper.end)(interference)

    return moved


def presses(press: Callable[[], None]) -> Moved:
    """A contact that closes presses the button; nothing happens when it opens."""

    def moved(closed: bool) -> None:
        if closed:
            press()

    return moved
