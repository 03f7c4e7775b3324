"""Tampering: seen, said, and answered by locking the supply where the supplier chose so.

Which event stands for which interference is the alert list's; that every one of them locks the
supply (E-126) is inferred, except that what ends or only turns or unplugs something does not. That
interference with a meter without power is seen, and reported on power-up, is recalled (E-180).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple, Protocol

from rigs.premises_tamper import Interference, TamperNode

LOCKED = 0x81BE


class Event(NamedTuple):
    """The codes of beginning and end, and whether the beginning is unauthorised access."""

    begin: int
    end: int | None
    locks: bool = True


EVENTS: Mapping[Interference, Event] = {
    Interference.METER_COVER: Event(0x8F74, 0x81B9),
    Interference.TERMINAL_COVER: Event(0x8F76, 0x81C1),
    Interference.SECOND_TERMINAL_COVER: Event(0x8F77, None),
    Interference.BATTERY_COVER: Event(0x8F73, 0x81A1),
    Interference.MAGNET: Event(0x8F75, 0x81BC),
    Interference.CASE: Event(0x8F3F, None),
    Interference.OTHER: Event(0x8F78, None),
    Interference.TILT: Event(0x81C3, 0x81C2, locks=False),
    Interference.HUB_REMOVED: Event(0x81A3, 0x81A2, locks=False),
}


class Lockable(Protocol):
    """The supply control, as far as tampering concerns it."""

    is_locked: bool

    def lock(self) -> bool: ...


class TamperDetection:
    """`report` takes a code and the time at which it was seen, by the meter's clock.

    `locks_supply` is the Supply Tamper State: true is Locked, false Unchanged (ECS81). As
    delivered it is Unchanged; that is this bench's choice. Hooks: `is_seen` may miss an
    interference, `is_seen_unpowered` those without power, `events` may tell it as another, and
    `is_locking` answers for what was chosen.
    """

    def __init__(
        self,
        node: TamperNode,
        supply: Lockable,
        *,
        now: Callable[[], datetime],
        is_on: Callable[[], bool],
        report: Callable[[int, datetime], None],
    ) -> None:
        self._supply = supply
        self._now = now
        self._is_on = is_on
        self._report = report
        self._unreported: list[tuple[datetime, Interference, bool]] = []
        self.locks_supply = False
        self.is_seen: Callable[[Interference], bool] = lambda _: True
        self.is_seen_unpowered: Callable[[Interference], bool] = lambda _: True
        self.events: Mapping[Interference, Event] = EVENTS
        self.is_locking: Callable[[bool], bool] = lambda chosen: chosen
        node.listen(lambda _at, change: self._sensed(*change))

    def power_restored(self) -> None:
        unreported, self._unreported = self._unreported, []
        for seen in unreported:
            self._react(*seen)

    def _sensed(self, interference: Interference, begins: bool) -> None:
        if not self.is_seen(interference):
            return
        if self._is_on():
            self._react(self._now(), interference, begins)
        elif self.is_seen_unpowered(interference):
            self._unreported.append((self._now(), interference, begins))

    def _react(self, seen: datetime, interference: Interference, begins: bool) -> None:
        event = self.events[interference]
        code = event.begin if begins else event.end
        if code is not None:
            self._report(code, seen)
        is_locking = begins and event.locks and self.is_locking(self.locks_supply)
        if is_locking and not self._supply.is_locked:
            self._supply.lock()
            self._report(LOCKED, self._now())
