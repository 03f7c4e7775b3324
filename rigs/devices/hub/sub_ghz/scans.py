"""Whether a request to look for a better channel is followed, by whom it came and what goes on.

The outcomes and triggers are those of the request schema, by their place in it (inferred). Numbers
per day are this bench's choice; the number of channel changes per week is configured.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import IntEnum

SCANS_PER_DAY = 3
COMMANDS_PER_DAY = 1
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


class Trigger(IntEnum):
    """C-008."""

    REMOTE_COMMAND = 0
    GSME_REQUEST = 1
    GSME_MISSED_CURFEW = 2
    GSME_MISSING_FOR_A_DAY = 3
    MESSAGE_FAILURES = 4
    MESSAGE_RETRIES = 5
    OTHER_DEVICE_REQUEST = 6
    FORMATION = 7


class Assessment(IntEnum):
    ACCEPTED = 0
    HAND_HELD_CONNECTED = 1
    DUTY_CYCLE_TOO_HIGH = 2
    JOINING_PERMITTED = 3
    GSME_IMAGE_UNDER_WAY = 4
    TOO_MANY_SCANS_TODAY = 5
    TOO_MANY_COMMANDS_TODAY = 6
    TOO_MANY_SCANS_THIS_WEEK = 7


class ScanRequests:
    """`obstacle` says what goes on that forbids a scan; hooks: `obstacle`, the numbers."""

    def __init__(self, now: Callable[[], datetime], per_week: Callable[[], int]) -> None:
        self._now = now
        self._per_week = per_week
        self._accepted: list[tuple[datetime, Trigger]] = []
        self.obstacle: Callable[[], Assessment | None] = lambda: None
        self.per_day = SCANS_PER_DAY
        self.commands_per_day = COMMANDS_PER_DAY

    def assess(self, trigger: Trigger) -> Assessment:
        """An accepted one counts from now on."""
        outcome = self._outcome(trigger)
        if outcome is Assessment.ACCEPTED:
            self._accepted.append((self._now(), trigger))
        return outcome

    def _outcome(self, trigger: Trigger) -> Assessment:
        if trigger is Trigger.FORMATION:
            return Assessment.ACCEPTED
        obstacle = self.obstacle()
        if obstacle is not None:
            return obstacle
        today = self._since(_DAY)
        if len(today) >= self.per_day:
            return Assessment.TOO_MANY_SCANS_TODAY
        commands = [one for one in today if one is Trigger.REMOTE_COMMAND]
        if trigger is Trigger.REMOTE_COMMAND and len(commands) >= self.commands_per_day:
            return Assessment.TOO_MANY_COMMANDS_TODAY
        if len(self._since(_WEEK)) >= self._per_week():
            return Assessment.TOO_MANY_SCANS_THIS_WEEK
        return Assessment.ACCEPTED

    def _since(self, span: timedelta) -> list[Trigger]:
        """Of the network's formation, which is no request, nothing counts."""
        after = self._now() - span
        return [
            trigger
            for at, trigger in self._accepted
            if at > after and trigger is not Trigger.FORMATION
        ]
