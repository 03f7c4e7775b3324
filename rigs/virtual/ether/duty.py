"""How much of the last hour a node spent transmitting on 868 MHz, exact to the microsecond."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from fractions import Fraction

WINDOW = timedelta(hours=1)


class DutyAccount:
    """A sliding hour: a transmission that began in it counts with the part that lies in it."""

    def __init__(self) -> None:
        self._sent: deque[tuple[datetime, datetime]] = deque()

    def add(self, start: datetime, airtime: timedelta) -> None:
        self._forget(start)
        self._sent.append((start, start + airtime))

    def used(self, now: datetime) -> timedelta:
        """Airtime within the hour that ends now."""
        self._forget(now)
        since = now - WINDOW
        return sum(
            (min(end, now) - max(start, since) for start, end in self._sent if start < now),
            timedelta(0),
        )

    def fraction(self, now: datetime) -> Fraction:
        microsecond = timedelta(microseconds=1)
        return Fraction(self.used(now) // microsecond, WINDOW // microsecond)

    def _forget(self, now: datetime) -> None:
        while self._sent and self._sent[0][1] <= now - WINDOW:
            self._sent.popleft()
