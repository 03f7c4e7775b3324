"""The meter's own clock: it drifts, keeps running without supply, and follows the hub's time.

Commanded: Set Clock (ECS70) takes the hub's time if that lies in the window of the command.
By itself: once a day it compares and corrects a small difference silently, and leaves a
large one alone but says so (E-002, E-003). How often it compares is inferred, as is that
a clock never set, or told a window that has no place for the hub's time, stops comparing;
inferred, too, that what was never set stays invalid and what was set once becomes unreliable.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import IntEnum

from assay.clock import Clock
from rigs.devices.alarm import Alarm

COMPARE_EVERY = timedelta(days=1)
TOLERANCE = timedelta(seconds=10)
_MILLION = 1_000_000
_MICROSECOND = timedelta(microseconds=1)


class ClockStatus(IntEnum):
    """The status octet: no flag, value invalid, value doubtful.

    Zero is what the national vectors hold; the other two are those that GCS28 gives the same
    meaning in ASN.1 and DLMS gives its first two flags, so inferred.
    """

    RELIABLE = 0
    INVALID = 1
    UNRELIABLE = 2


class MeterClock:
    """`hub_time` is None while the hub cannot be heard.

    `on_difference` is called once when a comparison finds too large a difference, `on_set` at
    each adjustment with whether the clock was reliable before. Hooks: `is_inside` decides on a
    window, `tolerance` is the largest difference that is corrected, `status_after_failure` what
    the clock calls itself when it could not be set.
    """

    def __init__(self, clock: Clock, hub_time: Callable[[], datetime | None]) -> None:
        self._clock = clock
        self.hub_time = hub_time
        self.status = ClockStatus.INVALID
        self.on_difference: list[Callable[[], None]] = []
        self.on_set: list[Callable[[bool], None]] = []
        self.is_inside: Callable[[datetime, datetime, datetime], bool] = _is_inside
        self.adjust: Callable[[datetime], None] = self.set
        self.tolerance = TOLERANCE
        self.status_after_failure: Callable[[ClockStatus], ClockStatus] = _less_than_reliable
        self._bench_reference = clock.now()
        self._own_reference = self._bench_reference
        self._drift_ppm = Decimal(0)
        self.is_difference_told = False
        self._comparison = Alarm(clock, self._compare)

    @property
    def drift_ppm(self) -> Decimal:
        """How much faster than the bench's clock it runs, in parts per million."""
        return self._drift_ppm

    @drift_ppm.setter
    def drift_ppm(self, ppm: Decimal) -> None:
        self.set(self.now())
        self._drift_ppm = ppm

    def now(self) -> datetime:
        elapsed = self._clock.now() - self._bench_reference
        if not self._drift_ppm:
            return (self._own_reference + elapsed).astimezone(UTC)
        gained = int(Decimal(elapsed // _MICROSECOND) * self._drift_ppm / _MILLION)
        return (self._own_reference + elapsed + timedelta(microseconds=gained)).astimezone(UTC)

    def bench_time(self, own: datetime) -> datetime:
        """When, by the bench's clock, this one shows that time, if nobody sets it before."""
        span = own - self._own_reference
        if self._drift_ppm:
            rate = 1 + self._drift_ppm / _MILLION
            span = timedelta(microseconds=int(Decimal(span // _MICROSECOND) / rate) + 1)
        return self._bench_reference + span

    def set(self, when: datetime) -> None:
        self._bench_reference = self._clock.now()
        self._own_reference = when

    def set_from_hub(self, start: datetime, end: datetime) -> bool:
        """Take the hub's time if it is there and lies in the window, both ends included."""
        time = self.hub_time()
        if time is None or not self.is_inside(time, start, end):
            self.status = self.status_after_failure(self.status)
            self._comparison.cancel()
            return False
        was_reliable = self.status is ClockStatus.RELIABLE
        self.adjust(time)
        self.status = ClockStatus.RELIABLE
        self._tell_set(was_reliable)
        self.is_difference_told = False
        self._comparison.set(self._clock.now() + COMPARE_EVERY)
        return True

    def _compare(self) -> None:
        self._comparison.set(self._clock.now() + COMPARE_EVERY)
        time = self.hub_time()
        if time is None:
            return
        if abs(time - self.now()) <= self.tolerance:
            self.adjust(time)
            self._tell_set(True)
            self.is_difference_told = False
            return
        if not self.is_difference_told:
            self.is_difference_told = True
            for callback in self.on_difference:
                callback()

    def _tell_set(self, was_reliable: bool) -> None:
        for callback in self.on_set:
            callback(was_reliable)


def _less_than_reliable(before: ClockStatus) -> ClockStatus:
    return before if before is ClockStatus.INVALID else ClockStatus.UNRELIABLE


def _is_inside(time: datetime, start: datetime, end: datetime) -> bool:
    return start <= time <= end
