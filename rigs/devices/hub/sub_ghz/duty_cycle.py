"""How much of the last hour a hub spent transmitting, and the state that puts it in (C-007).

Normal, limited, critical, regulated: two thresholds are configured, the third is the legal
cap. A state is entered at a threshold and left below it; each passing has an event code.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import IntEnum

from assay.clock import Clock
from rigs.devices.alarm import Alarm
from rigs.devices.power import RESOLUTION

WINDOW = timedelta(hours=1)
REGULATED = 280
"""Hundredths of a percent. Inferred: above the highest limited-critical threshold."""
BITS_PER_SECOND = 100_000
FRAME_OCTETS, FRAME_OVERHEAD = 80, 47
"""Octets of a message in one frame, and what each frame has besides: this bench's choice."""


class DutyState(IntEnum):
    NORMAL = 0
    LIMITED = 1
    CRITICAL = 2
    REGULATED = 3


def airtime(octets: int) -> timedelta:
    """Of a message with so many octets."""
    frames = -(-octets // FRAME_OCTETS) or 1
    bits = 8 * (octets + frames * FRAME_OVERHEAD)
    return timedelta(microseconds=bits * 1_000_000 // BITS_PER_SECOND)


class DutyCycle:
    """`thresholds` gives the two that are configured, in hundredths of a percent.

    `on_state` is called with the state before and the one after. Hook: `airtime_of` a message.
    """

    def __init__(self, clock: Clock, thresholds: Callable[[], tuple[int, int]]) -> None:
        self._clock = clock
        self._thresholds = thresholds
        self._sent: deque[tuple[datetime, timedelta]] = deque()
        self._used = timedelta(0)
        self._forget = Alarm(clock, self.look)
        self.state = DutyState.NORMAL
        self.airtime_of: Callable[[int], timedelta] = airtime
        self.on_state: list[Callable[[DutyState, DutyState], None]] = []

    @property
    def hundredths(self) -> int:
        """Of a percent, over the last hour."""
        return int(self._used * 10_000 / WINDOW)

    def transmit(self, octets: int) -> None:
        span = self.airtime_of(octets)
        self._sent.append((self._clock.now(), span))
        self._used += span
        self.look()

    def look(self) -> None:
        """Judge anew: time has passed, or a threshold is another."""
        now = self._clock.now()
        while self._sent and self._sent[0][0] + WINDOW <= now:
            self._used -= self._sent.popleft()[1]
        self._forget.set(self._sent[0][0] + WINDOW + RESOLUTION if self._sent else None)
        before, self.state = self.state, self._judged()
        if self.state != before:
            for callback in self.on_state:
                callback(before, self.state)

    def _judged(self) -> DutyState:
        limits = (*self._thresholds(), REGULATED)
        return DutyState(sum(self.hundredths >= limit for limit in limits))
