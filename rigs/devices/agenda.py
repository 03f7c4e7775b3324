"""What a device does by itself at times of its own clock: in order, none skipped, none twice.

Nothing ticks: one alarm waits for the earliest duty. A duty that fell due while the device had
no power, or in an hour that a clock adjustment jumped over, is done when the device can, in the
order of the times it was due at and with those times (E-007, E-074); an hour that a clock
adjustment repeats brings nothing a second time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from assay.clock import Clock
from rigs.devices.alarm import Alarm
from rigs.devices.power import RESOLUTION


class OwnClock(Protocol):
    """The clock of the device, as far as its agenda needs it."""

    def now(self) -> datetime: ...

    def bench_time(self, own: datetime) -> datetime:
        """When, by the bench's clock, the device's own clock shows this, if nobody sets it."""


NextDue = Callable[[datetime], datetime | None]
"""The first time strictly later than the given one, or None for never. Own clock, UTC."""
Act = Callable[[datetime], None]
"""Called with the time at which it was due."""


@dataclass(slots=True, eq=False)
class Duty:
    """One thing that comes back. Of duties due at the same time the lower rank goes first."""

    rank: int
    next_due: NextDue
    act: Act
    done_until: datetime
    due: datetime | None = None
    changed: Callable[[], None] = field(default=lambda: None, repr=False)
    """To be called when `next_due` would now answer otherwise."""


class Agenda:
    """`before` is called with the bench time up to which everything must be accounted for,
    ahead of each act; so energy is credited before a tariff switches.
    """

    def __init__(self, clock: Clock, own: OwnClock) -> None:
        self._clock = clock
        self._own = own
        self._duties: list[Duty] = []
        self._alarm = Alarm(clock, self.catch_up)
        self._is_on = True
        self._is_acting = False
        self.before: list[Callable[[datetime], None]] = []

    def add(self, rank: int, next_due: NextDue, act: Act) -> Duty:
        """A duty from now on."""
        duty = Duty(rank=rank, next_due=next_due, act=act, done_until=self._own.now())
        duty.changed = lambda: self._ask_again(duty)
        self._duties.append(duty)
        self._duties.sort(key=lambda one: one.rank)
        self._ask_again(duty)
        return duty

    def pause(self) -> None:
        """The device is without power."""
        self._is_on = False
        self._alarm.cancel()

    def resume(self) -> None:
        self._is_on = True
        self.catch_up()

    def clock_set(self, *, was_reliable: bool) -> None:
        """The own clock was set; what a clock that was never right missed is not made up for."""
        if not was_reliable:
            now = self._own.now()
            for duty in self._duties:
                duty.done_until = now
                duty.due = duty.next_due(now)
        self.catch_up()

    def catch_up(self) -> None:
        """Do all that is due by now."""
        if not self._is_on or self._is_acting:
            return
        self._is_acting = True
        try:
            while (duty := self._earliest(self._own.now())) is not None:
                self._do(duty)
        finally:
            self._is_acting = False
        self._set_alarm()

    def _do(self, duty: Duty) -> None:
        due = duty.due
        if due is None:
            return
        at = min(self._own.bench_time(due), self._clock.now())
        for account in self.before:
            account(at)
        duty.done_until, duty.due = due, None
        duty.act(due)
        duty.due = duty.next_due(duty.done_until)

    def _earliest(self, now: datetime) -> Duty | None:
        found: Duty | None = None
        for duty in self._duties:
            if duty.due is None or duty.due > now:
                continue
            if found is None or found.due is None or duty.due < found.due:
                found = duty
        return found

    def _ask_again(self, duty: Duty) -> None:
        duty.due = duty.next_due(max(duty.done_until, self._own.now()))
        if self._is_on and not self._is_acting:
            self._set_alarm()

    def _set_alarm(self) -> None:
        dues = [duty.due for duty in self._duties if duty.due is not None]
        if not dues:
            self._alarm.cancel()
            return
        at = self._own.bench_time(min(dues))
        # A drifting clock is rounded to microseconds: a hair too early would ring for nothing.
        self._alarm.set(at if at > self._clock.now() else self._clock.now() + RESOLUTION)
