"""What a controller switches: a relay of the meter, a proportional output, an HCALCS far away.

The meter commands a `ControlledLoad` and learns either at once how it went, or, of one over the
home area network, later (`AuxiliaryControl.answered`).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple, Protocol

from rigs.devices.esme.auxiliary.actions import FULL
from rigs.premises import Contactor
from rigs.premises_auxiliary import ProportionalNode


class Outcome(IntEnum):
    """As the event log has it; not known only of commands over the network (A-010)."""

    NOT_KNOWN = 0
    SUCCESS = 1
    FAILURE = 2


class Levels(NamedTuple):
    """Percent of the rated power, to the load and from it."""

    output: int = 0
    input: int = 0


class ControlledLoad(Protocol):
    """`command_id` is zero for what hangs on the meter itself.

    `on_lost` is set by the meter; it is to be called when the load left its state by itself.
    """

    on_lost: Callable[[], None]

    @property
    def levels(self) -> Levels:
        """What it is in now, as far as is known."""

    def command(self, levels: Levels, command_id: int, /) -> Outcome: ...


class Relay:
    """An ALCS: a contactor in the meter. Hooks: `actuate` moves it, `sense` tells where it is."""

    def __init__(self, contactor: Contactor) -> None:
        self._contactor = contactor
        self._commanded = contactor.closed
        self.on_lost: Callable[[], None] = lambda: None
        self.actuate: Callable[[bool], None] = self._move
        self.sense: Callable[[], bool] = lambda: contactor.closed
        contactor.listen(lambda _at, closed: self._moved(closed))

    @property
    def levels(self) -> Levels:
        return Levels(FULL if self.sense() else 0)

    def command(self, levels: Levels, _command_id: int, /) -> Outcome:
        self._commanded = levels.output > 0
        self.actuate(self._commanded)
        return Outcome.SUCCESS if self.sense() is self._commanded else Outcome.FAILURE

    def _moved(self, closed: bool) -> None:
        if closed is not self._commanded:
            self.on_lost()

    def _move(self, closed: bool) -> None:
        if closed:
            self._contactor.close()
        else:
            self._contactor.open()


class ProportionalOutput:
    """An APC: follows both levels. Hook: `actuate`."""

    def __init__(self, node: ProportionalNode) -> None:
        self._node = node
        self.on_lost: Callable[[], None] = lambda: None
        self.actuate: Callable[[Levels], None] = lambda levels: node.set(*levels)

    @property
    def levels(self) -> Levels:
        return Levels(self._node.output, self._node.input)

    def command(self, levels: Levels, _command_id: int, /) -> Outcome:
        self.actuate(levels)
        return Outcome.SUCCESS if self.levels == levels else Outcome.FAILURE
