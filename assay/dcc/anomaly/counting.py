"""Counting communications against thresholds: the User's, the DCC's, of a type and in general."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from assay.dcc.anomaly.thresholds import (
    ANY,
    COUNTS,
    THRESHOLDS,
    Communication,
    Count,
    Threshold,
    threshold_key,
)
from assay.dcc.store import Store
from assay.gbcs.identifiers import Eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """`exceeded`: the threshold in excess of which this communication is. `warned`: those whose
    warning level it is the first to pass in this period."""

    exceeded: Threshold | None
    warned: tuple[Threshold, ...]


class Counting:
    """Every communication counts, held or not: what was asked for is what is measured."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._thresholds = store.book(THRESHOLDS)
        self._counts = store.book(COUNTS)
        self._now = now

    def set(self, threshold: Threshold) -> None:
        """A threshold anew keeps the count of its period."""
        self._thresholds.put(threshold)

    def replace_all(self, owner: Eui64 | None, thresholds: list[Threshold]) -> None:
        """All thresholds of the owner are these."""
        name = owner.hyphenated if owner is not None else "DCC"
        for known in tuple(self._thresholds.find(owner=name)):
            self._thresholds.remove(known.key)
        for threshold in thresholds:
            self._thresholds.put(threshold)

    def thresholds(self) -> tuple[Threshold, ...]:
        return tuple(self._thresholds.find())

    def number(self, threshold: Threshold) -> int:
        """How many came in the current period."""
        return self._current(threshold).number

    def count(self, owner: Eui64, communication: Communication, subject: str) -> Tally:
        """One more; of several thresholds that it exceeds the User's own of the type counts."""
        exceeded: Threshold | None = None
        warned = []
        for threshold in self._concerned(owner, communication, subject):
            count = self._current(threshold)
            count = replace(count, number=count.number + 1)
            is_above = threshold.warning is not None and count.number > threshold.warning
            if is_above and not count.has_warned:
                warned.append(threshold)
                count = replace(count, has_warned=True)
            self._counts.put(count)
            if exceeded is None and count.number > threshold.quarantine:
                exceeded = threshold
        return Tally(exceeded=exceeded, warned=tuple(warned))

    def _concerned(
        self, owner: Eui64, communication: Communication, subject: str
    ) -> Iterator[Threshold]:
        if not len(self._thresholds):
            return  # no look-ups for a DCC that measures nothing
        for whose in (owner, None):
            for what in (subject, ANY):
                threshold = self._thresholds.get(threshold_key(whose, communication, what))
                if threshold is not None:
                    yield threshold

    def _current(self, threshold: Threshold) -> Count:
        since = threshold.period.start(self._now())
        count = self._counts.get(threshold.key)
        if count is None or count.since != since:
            return Count(key=threshold.key, since=since)
        return count
