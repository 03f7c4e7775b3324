"""A gas meter on sub-GHz that is not heard any more is looked for, and after three times told.

A search is the scan that a missing gas meter asks for (trigger 3) and the time that it takes until
the meter has had three wakes to answer. That a search follows each day of silence is inferred: the
sources have the trigger and the alert (8F29).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.alarm import Alarm

MISSING_AFTER = timedelta(days=1)
SEARCH_TIME = timedelta(minutes=90)
SEARCHES = 3


class LostMeterSearch:
    """`seek` begins a search, `give_up` is called once when so many in a row have failed.

    Hooks: `missing_after`, `searches`, `is_up` while the hub itself works.
    """

    def __init__(
        self, clock: Clock, seek: Callable[[], object], give_up: Callable[[], object]
    ) -> None:
        self._clock = clock
        self._seek = seek
        self._give_up = give_up
        self.missing_after = MISSING_AFTER
        self.searches = SEARCHES
        self.is_up: Callable[[], bool] = lambda: True
        self._meter: Eui64 | None = None
        self._failed = 0
        self._silence = Alarm(clock, self._search)
        self._search_end = Alarm(clock, self._fail)

    def watch(self, meter: Eui64) -> None:
        """From now on this meter is expected to be heard."""
        self._meter = meter
        self.hear(meter)

    def forget(self, meter: Eui64) -> None:
        if meter == self._meter:
            self._meter = None
            self._silence.cancel()
            self._search_end.cancel()

    def hear(self, device_id: Eui64) -> None:
        if device_id != self._meter:
            return
        self._failed = 0
        self._search_end.cancel()
        self._silence.set(self._clock.now() + self.missing_after)

    def _search(self) -> None:
        """A hub in the dark hears nobody, and blames nobody."""
        self._silence.set(self._clock.now() + self.missing_after)
        if self.is_up():
            self._seek()
            self._search_end.set(self._clock.now() + SEARCH_TIME)

    def _fail(self) -> None:
        self._failed += 1
        if self._failed == self.searches:
            self._give_up()
