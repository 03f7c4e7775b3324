"""A circular log of numbers with a UTC stamp, as profiles and daily, billing and other logs are.

An entry is a stamp in seconds since 2000 and its numbers, flat, so that a log of thirteen months
costs no more than its digits. The stamp is the end of what the numbers cover (E-026).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.dlms.data import CompactArray, Data, Tag, TypeDescription
from rigs.devices.dlms_objects import Call
from rigs.devices.logs import UTC_SECONDS, read_range

Entry = tuple[int, ...]
"""Seconds since 2000, then the numbers, arrays one after the other."""


class PeriodLog:
    """`columns` describe an entry without its stamp: numbers, and arrays of numbers.

    Hooks: `stamp` gives the time that an entry is kept under, `is_in_range` decides what a
    range holds (both ends included, E-028), `is_recorded` whether anything is kept at all.
    """

    def __init__(self, columns: Sequence[TypeDescription], capacity: int) -> None:
        self._description = TypeDescription(Tag.STRUCTURE, (UTC_SECONDS, *columns))
        self._entries: deque[Entry] = deque(maxlen=capacity)
        self.stamp: Callable[[datetime], datetime] = lambda at: at
        self.is_in_range: Callable[[int, int, int], bool] = lambda first, at, last: (
            first <= at <= last
        )
        self.is_recorded: Callable[[], bool] = lambda: True

    @property
    def capacity(self) -> int:
        return self._entries.maxlen or 0

    def resize(self, capacity: int) -> None:
        """Keep so many from now on, the newest first of all."""
        self._entries = deque(self._entries, maxlen=capacity)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Oldest first."""
        return tuple(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def append(self, at: datetime, *numbers: int) -> None:
        """The oldest entry gives way (E-174)."""
        if self.is_recorded():
            self._entries.append((seconds_since_2000(self.stamp(at)), *numbers))

    def between(self, first: int, last: int) -> Iterator[Entry]:
        return (entry for entry in self._entries if self.is_in_range(first, entry[0], last))

    def buffer(self, first: int, last: int) -> Data:
        """The entries from one second since 2000 to another."""
        return self.data_of(self.between(first, last))

    def newest(self) -> Data:
        return self.data_of(tuple(self._entries)[-1:])

    def read(self, call: Call) -> Data:
        """The buffer by range selection."""
        return self.buffer(*read_range(call))

    def data_of(self, entries: Iterator[Entry] | Sequence[Entry]) -> Data:
        elements = tuple(self._element(entry) for entry in entries)
        return Data(Tag.COMPACT_ARRAY, CompactArray(self._description, elements))

    def _element(self, entry: Entry) -> Data:
        numbers = iter(entry)
        parts = tuple(_value(column, numbers) for column in self._description.parts)
        return Data(Tag.STRUCTURE, parts)


def _value(column: TypeDescription, numbers: Iterator[int]) -> Data:
    if column.tag != Tag.ARRAY:
        return Data(column.tag, next(numbers))
    (part,) = column.parts
    return Data(Tag.ARRAY, tuple(Data(part.tag, next(numbers)) for _ in range(column.size)))
