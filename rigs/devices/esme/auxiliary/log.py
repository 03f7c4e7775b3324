"""The event logs of auxiliary load: what each controller was told and how it went; the boosts."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.dlms.data import Data, Tag, TypeDescription
from rigs.devices.dlms_objects import Call
from rigs.devices.esme.auxiliary.loads import Outcome
from rigs.devices.logs import CAPACITY, NUMBER, UTC_SECONDS, buffer, read_range

BOOST_CAPACITY = 25
"""Boosts that the log holds at least (A-011)."""

_SCRIPT = TypeDescription(Tag.LONG_UNSIGNED)
_OUTCOME = TypeDescription(Tag.ENUM)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlEvent:
    """`command_id` names a command to an HCALCS, zero for others (A-010)."""

    at: datetime
    script: int
    outcome: Outcome
    command_id: int = 0


class ControllerLog:
    """Time, controller and action, outcome, command: as ECS35f and ECS35g return it."""

    def __init__(self) -> None:
        self._events: deque[ControlEvent] = deque()
        self.size = CAPACITY
        self.is_recorded: Callable[[ControlEvent], bool] = lambda _: True

    @property
    def events(self) -> tuple[ControlEvent, ...]:
        """Oldest first."""
        return tuple(self._events)

    def write(self, event: ControlEvent) -> None:
        if self.is_recorded(event):
            self._events.append(event)
        while len(self._events) > self.size:
            self._events.popleft()

    def clear(self) -> None:
        self._events.clear()

    def read(self, call: Call) -> Data:
        first, last = read_range(call)
        rows = (
            (seconds_since_2000(event.at), event.script, event.outcome, event.command_id)
            for event in self._events
        )
        columns = (UTC_SECONDS, _SCRIPT, _OUTCOME, NUMBER)
        return buffer(columns, (row for row in rows if first <= row[0] <= last))


class BoostLog:
    """Start and end of each boost: as ECS61c returns it, chosen by the start."""

    def __init__(self) -> None:
        self._boosts: deque[tuple[datetime, datetime]] = deque()
        self.size = BOOST_CAPACITY

    @property
    def boosts(self) -> tuple[tuple[datetime, datetime], ...]:
        """Oldest first."""
        return tuple(self._boosts)

    def write(self, start: datetime, end: datetime) -> None:
        self._boosts.append((start, end))
        while len(self._boosts) > self.size:
            self._boosts.popleft()

    def read(self, call: Call) -> Data:
        first, last = read_range(call)
        rows = ((seconds_since_2000(start), seconds_since_2000(end)) for start, end in self._boosts)
        return buffer((UTC_SECONDS, NUMBER), (row for row in rows if first <= row[0] <= last))
