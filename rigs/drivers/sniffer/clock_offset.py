"""How far a sniffer's clock is from the bench's, from frames alone.

A frame arrives after it was stamped, never before; so the smallest difference seen is the offset
and the shortest delay together. That it changes over a capture shows that a clock drifts.
"""

from __future__ import annotations

from datetime import datetime, timedelta

_FRAMES = 50
"""Enough for one of them to have come without waiting."""


class ClockOffset:
    """Bench clock minus sniffer clock."""

    def __init__(self) -> None:
        self._first: list[timedelta] = []
        self._last: list[timedelta] = []
        self._least: timedelta | None = None

    def add(self, stamped: datetime, arrived: datetime) -> None:
        difference = arrived - stamped
        if self._least is None or difference < self._least:
            self._least = difference
        if len(self._first) < _FRAMES:
            self._first.append(difference)
        else:
            self._last.append(difference)
            del self._last[:-_FRAMES]

    @property
    def offset(self) -> timedelta:
        return self._least or timedelta(0)

    @property
    def drift(self) -> timedelta:
        """From the beginning of the capture to its end; 0 while it is too short to tell."""
        if len(self._last) < _FRAMES:
            return timedelta(0)
        return min(self._last) - min(self._first)
