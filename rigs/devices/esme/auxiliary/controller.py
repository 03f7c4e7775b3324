"""One auxiliary controller: what its calendar, a command, a boost and a limit make of it.

A command for a time stands above the calendar, and of command and boost the later one counts
(A-013, one maker). A limit takes what is above it off whatever results. When a command or a boost
ends, the controller is where its calendar has it by then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rigs.devices.esme.auxiliary.actions import FULL, Direction
from rigs.devices.esme.auxiliary.loads import Levels

_ALCS = bytes(8)
_APC = b"\xff"


class Kind(StrEnum):
    """How a controller's type octets are read (A-001)."""

    NONE = "none"
    ALCS = "auxiliary load control switch in the meter"
    HCALCS = "HAN-connected auxiliary load control switch"
    APC = "auxiliary proportional controller"


TYPE_OCTETS = {Kind.NONE: b"", Kind.ALCS: _ALCS, Kind.APC: _APC}


def kind_of(octets: bytes) -> Kind:
    """
    Raises:
        ValueError: type octets that mean nothing.
    """
    if octets in (b"", _ALCS, _APC):
        return next(kind for kind, known in TYPE_OCTETS.items() if known == octets)
    if len(octets) != len(_ALCS):
        raise ValueError(f"type of a controller: expected 8 octets, got {octets.hex()}")
    return Kind.HCALCS


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A level that holds from a start to before an end; `script` is what asked for it."""

    level: int
    start: datetime
    end: datetime
    script: int

    def holds(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


class Controller:
    """The number is 1 to 5."""

    def __init__(self, number: int, kind: Kind) -> None:
        self.number = number
        self.type_octets = TYPE_OCTETS[kind]
        self.description = ""
        self.is_boosted = False
        self.calendar: dict[Direction, int] = {}
        self.settings: dict[Direction, Period] = {}
        self.limits: dict[Direction, Period] = {}
        self.boost_since: datetime | None = None

    @property
    def kind(self) -> Kind:
        return kind_of(self.type_octets)

    @property
    def is_switch(self) -> bool:
        return self.kind in (Kind.ALCS, Kind.HCALCS)

    def levels(self, moment: datetime) -> Levels:
        """What it is to be in."""
        return Levels(*(self._level(direction, moment) for direction in Direction))

    def boundaries(self) -> Iterator[datetime]:
        """The times at which something begins or ends."""
        for period in (*self.settings.values(), *self.limits.values()):
            yield period.start
            yield period.end

    def is_held(self, direction: Direction, moment: datetime) -> bool:
        """Whether something stands above the calendar."""
        setting = self.settings.get(direction)
        is_set = setting is not None and setting.holds(moment)
        return is_set or (direction is Direction.OUTPUT and self.boost_since is not None)

    def _level(self, direction: Direction, moment: datetime) -> int:
        level = self.calendar.get(direction, 0)
        setting = self.settings.get(direction)
        began: datetime | None = None
        if setting is not None and setting.holds(moment):
            level, began = setting.level, setting.start
        if direction is Direction.OUTPUT and self._is_boost_later_than(began):
            level = FULL
        limit = self.limits.get(direction)
        return min(level, limit.level) if limit is not None and limit.holds(moment) else level

    def _is_boost_later_than(self, began: datetime | None) -> bool:
        return self.boost_since is not None and (began is None or self.boost_since >= began)
