"""The half-hourly profile of a gas meter, and its samples on request (G-006, G-007).

Both are differences of the register in whole litres, so that they add up to it exactly.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from assay.clock import Clock
from assay.gbcs.date_time import EPOCH, seconds_since_2000
from rigs.devices.alarm import Alarm
from rigs.devices.gbz_objects import GbzError

Json = Any
HALF_HOUR = timedelta(minutes=30)
PROFILE_SIZE = 19_056
"""Thirteen months and a little: the bound of the national table (G-006)."""
PROFILE_SAMPLE, DAILY_SAMPLE, NETWORK_SAMPLE = 0, 1, 2
"""Numbers of ZigBee samples: half hours, days (GPF alone), six minutes on request."""
INVALID_SAMPLE = 0xFFFFFF


@dataclass(frozen=True, slots=True)
class Interval:
    """What was used from `start` on, in litres; `total` is the register at its end."""

    start: datetime
    litres: int
    total: int


def next_half_hour(after: datetime) -> datetime:
    return EPOCH + ((after - EPOCH) // HALF_HOUR + 1) * HALF_HOUR


class Profile:
    """The oldest entry gives way. Hook: `is_kept` decides on a start time."""

    def __init__(self, size: int = PROFILE_SIZE, length: timedelta = HALF_HOUR) -> None:
        self._length = length
        self._entries: deque[Interval] = deque(maxlen=size)
        self._total: int | None = None
        self.is_kept: Callable[[datetime], bool] = lambda _: True

    @property
    def entries(self) -> tuple[Interval, ...]:
        """Oldest first."""
        return tuple(self._entries)

    def begin(self, total: int) -> None:
        """Where the first interval starts to count."""
        self._total = total

    def record(self, end: datetime, total: int) -> None:
        """The interval that ends now."""
        before = total if self._total is None else self._total
        self._total = total
        start = end - self._length
        if self.is_kept(start):
            self._entries.append(Interval(start, total - before, total))

    def append(self, entry: Interval) -> None:
        """An interval that somebody else has measured."""
        self._total = entry.total
        self._entries.append(entry)

    def clear(self) -> None:
        """Forget every interval; the next begins where the last ended."""
        self._entries.clear()

    def since(self, start: datetime) -> tuple[Interval, ...]:
        """Those that start at this time or later."""
        found: list[Interval] = []
        for entry in reversed(self._entries):
            if entry.start < start:
                break
            found.append(entry)
        return tuple(reversed(found))

    @property
    def first_start(self) -> datetime:
        """Of the oldest; the beginning of all time where there is none."""
        return self._entries[0].start if self._entries else EPOCH

    @property
    def last_start(self) -> datetime | None:
        return self._entries[-1].start if self._entries else None


def sampled(
    sample_id: int, interval: int, entries: Iterable[Interval], length: timedelta, limit: int
) -> Json:
    """GetSampledDataResponse with the first `limit` of them; a gap is filled with invalid values.

    Raises:
        GbzError: not found, where there is none.
    """
    values: list[int] = []
    first: datetime | None = None
    for entry in entries:
        if len(values) >= limit:
            break
        if first is None:
            first = entry.start
        missing = (entry.start - first) // length - len(values)
        values.extend([INVALID_SAMPLE] * min(missing, limit - len(values)))
        if len(values) < limit:
            values.append(min(entry.litres, INVALID_SAMPLE - 1))
    if first is None:
        raise GbzError("notFound")
    return {
        "sample_id": sample_id,
        "start_time": seconds_since_2000(first),
        "sample_type": 0,
        "interval": interval,
        "sample_count": len(values),
        "samples": values,
    }


class NetworkSampling:
    """Samples at short intervals for a while, started by StartSampling; the last set is kept.

    Hook: `read` gives litres at the time of the call. `on_sample` is called for each (it costs).
    """

    def __init__(self, clock: Clock, now: Callable[[], datetime], read: Callable[[], int]) -> None:
        self._clock = clock
        self._now = now
        self.read = read
        self._alarm = Alarm(clock, self._take)
        self._interval = timedelta(minutes=6)
        self._left = 0
        self._before = 0
        self._start = EPOCH
        self._is_begun = False
        self._entries: list[Interval] = []
        self.on_sample: list[Callable[[], None]] = []

    @property
    def entries(self) -> Sequence[Interval]:
        return tuple(self._entries)

    @property
    def interval(self) -> timedelta:
        return self._interval

    def start(self, at: datetime, interval: timedelta, samples: int) -> None:
        """From this time of the own clock on; a set under way is given up."""
        self._interval, self._left = interval, samples
        self._entries = []
        self._start = at
        delay = max(at - self._now(), timedelta(0))
        self._alarm.set(self._clock.now() + delay)
        self._is_begun = False

    def _take(self) -> None:
        total = self.read()
        if self._is_begun:
            start = self._start + len(self._entries) * self._interval
            self._entries.append(Interval(start, total - self._before, total))
            self._left -= 1
            for callback in self.on_sample:
                callback()
        self._is_begun = True
        self._before = total
        if self._left > 0:
            self._alarm.set(self._clock.now() + self._interval)
