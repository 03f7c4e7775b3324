"""The hub's own clock: UTC as it serves it on the home area network (C-004)."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from assay.clock import Clock


class TimeQuality(StrEnum):
    """What the hub says of the time that it serves."""

    RELIABLE = "reliable"
    UNRELIABLE = "unreliable"
    INVALID = "invalid"


class HubClock:
    """Set over the WAN, so it is right unless `offset` says otherwise. A device takes no time of
    a hub that calls its own time unreliable or invalid (inferred).
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.offset = timedelta(0)
        self.quality = TimeQuality.RELIABLE

    def now(self) -> datetime:
        return self._clock.now() + self.offset

    def bench_time(self, own: datetime) -> datetime:
        """When, by the bench's clock, this clock shows the time given."""
        return own - self.offset
