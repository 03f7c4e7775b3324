"""The energy a hub has left to say that its power is gone (C-003).

It drains while there is no supply and comes back while there is, so after several cuts in a row
nothing may be left to report the last one with. The figures are inferred: enough for the longest
published detection time, and as long to charge as to drain.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

HOLD_UP = timedelta(minutes=15)


class LastGasp:
    """Hook: `hold_up`, what a full store lasts."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.hold_up = HOLD_UP
        self._stored = HOLD_UP
        self._at = now()
        self._is_charging = True

    @property
    def left(self) -> timedelta:
        """How long the hub could go on from now."""
        passed = self._now() - self._at
        if self._is_charging:
            return min(self._stored + passed, self.hold_up)
        return max(self._stored - passed, timedelta(0))

    def drain(self) -> None:
        self._turn(is_charging=False)

    def charge(self) -> None:
        self._turn(is_charging=True)

    def _turn(self, *, is_charging: bool) -> None:
        self._stored, self._at = self.left, self._now()
        self._is_charging = is_charging
