"""Circular logs of a device, and their reading by date range as DLMS compact arrays."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.dlms.access import Result
from assay.gbcs.dlms.data import CompactArray, Data, Tag, TypeDescription
from rigs.devices.dlms_objects import Call, ItemError

CAPACITY = 100
"""Entries that event, security and power event log hold at least (E-170 to E-172)."""

UTC_SECONDS = TypeDescription(Tag.DOUBLE_LONG_UNSIGNED)
CODE = TypeDescription(Tag.LONG_UNSIGNED)
OCTETS = TypeDescription(Tag.OCTET_STRING)
NUMBER = TypeDescription(Tag.DOUBLE_LONG_UNSIGNED)

_CAPTURE_TIME = bytes.fromhex("00005E2C64FF")
"""The object by which profile reads select: 0-0:94.44.100.255 (GBCS digest 4.8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; `at` is UTC by the device's own clock. `other` is octets or a number."""

    at: datetime
    code: int
    other: bytes | int = b""


class Log:
    """The oldest entry gives way (E-174). Hooks: which codes are kept at all (`is_recorded`),
    what a range holds, what a clearing leaves, how many there are (`size`). `is_wanted` answers
    for the log settings of the remote parties.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        columns: tuple[TypeDescription, ...],
        size: int = CAPACITY,
    ) -> None:
        self._now = now
        self._columns = columns
        self._entries: deque[Entry] = deque()
        self.size = size
        self.is_recorded: Callable[[int], bool] = lambda _: True
        self.is_wanted: Callable[[int], bool] = lambda _: True
        self.after_clearing: Callable[[tuple[Entry, ...]], Iterable[Entry]] = lambda _: ()
        self.is_in_range: Callable[[int, int, int], bool] = lambda first, at, last: (
            first <= at <= last
        )

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Oldest first."""
        return tuple(self._entries)

    def write(
        self, code: int, other: bytes | int | None = None, *, at: datetime | None = None
    ) -> None:
        """`other` as the third column has it; without one that column is empty or zero."""
        if not self.is_recorded(code) or not self.is_wanted(code):
            return
        if other is None:
            other = self._nothing
        self._entries.append(
            Entry(at=at if at is not None else self._now(), code=code, other=other)
        )
        while len(self._entries) > self.size:
            self._entries.popleft()

    def clear(self) -> None:
        left = tuple(self.after_clearing(self.entries))
        self._entries.clear()
        self._entries.extend(left)

    def codes(self) -> tuple[int, ...]:
        return tuple(entry.code for entry in self._entries)

    def read(self, call: Call) -> Data:
        """The buffer from one time to another, both included (E-028)."""
        first, last = read_range(call)
        chosen = (
            self._row(entry)
            for entry in self._entries
            if self.is_in_range(first, seconds_since_2000(entry.at), last)
        )
        return buffer(self._columns, chosen)

    @property
    def _nothing(self) -> bytes | int:
        return 0 if NUMBER in self._columns[2:] else b""

    def _row(self, entry: Entry) -> tuple[int | bytes, ...]:
        return (seconds_since_2000(entry.at), entry.code, entry.other)[: len(self._columns)]


def event_log(now: Callable[[], datetime]) -> Log:
    """Time, code, octets: as ECS35a and ECS35c return it."""
    return Log(now, (UTC_SECONDS, CODE, OCTETS))


def security_log(now: Callable[[], datetime]) -> Log:
    """Time and code: as ECS35b returns it."""
    return Log(now, (UTC_SECONDS, CODE))


def power_event_log(now: Callable[[], datetime]) -> Log:
    """Time, code, number: as ECS35e returns it."""
    return Log(now, (UTC_SECONDS, CODE, NUMBER))


def read_range(call: Call) -> tuple[int, int]:
    """First and last second since 2000 of a range selection (GBCS digest 4.8)."""
    selection = call.item.selection
    if call.item.selector != 1 or selection.tag != Tag.STRUCTURE or len(selection.value) != 4:
        raise ItemError(Result.TYPE_UNMATCHED)
    by, first, last, columns = selection.value
    by_object = by.value[1].value if by.tag == Tag.STRUCTURE and len(by.value) == 4 else None
    numbers = (first.tag, last.tag) == (Tag.DOUBLE_LONG_UNSIGNED, Tag.DOUBLE_LONG_UNSIGNED)
    if by_object != _CAPTURE_TIME or not numbers or columns.tag != Tag.ARRAY:
        raise ItemError(Result.TYPE_UNMATCHED)
    return first.value, last.value


def buffer(columns: tuple[TypeDescription, ...], rows: Iterable[tuple[int | bytes, ...]]) -> Data:
    """A compact array of structures with these columns."""
    elements = tuple(
        Data(
            Tag.STRUCTURE,
            tuple(Data(column.tag, value) for column, value in zip(columns, row, strict=True)),
        )
        for row in rows
    )
    return Data(Tag.COMPACT_ARRAY, CompactArray(TypeDescription(Tag.STRUCTURE, columns), elements))
