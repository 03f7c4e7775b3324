"""What a meter shows to the displays of a home: cluster and attribute, with a typed value.

A small protocol of this bench in place of the ZigBee clusters; the numbers are those of Smart
Energy where a national message has them. Every joined device that may read can read all of it, and
none can write any. Values with a history hold no entry older than the date from which
the household may see its data (D-004, E-165).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from assay.gbcs.identifiers import Eui64
from rigs.devices.han_requests import ReadAttributes, Reply, Request, RequestTable, WriteAttribute
from rigs.devices.peers import Right

Value = int | str | bytes | bool
HistoryEntry = tuple[datetime, int]


class Status(IntEnum):
    """ZCL statuses."""

    SUCCESS = 0x00
    NOT_AUTHORISED = 0x7E
    UNSUPPORTED_ATTRIBUTE = 0x86
    NOT_FOUND = 0x8B
    READ_ONLY = 0x88


class ValueType(StrEnum):
    NUMBER = "number"
    TEXT = "text"
    OCTETS = "octets"
    FLAG = "flag"
    HISTORY = "numbers by time"


_TYPES: dict[ValueType, type] = {
    ValueType.NUMBER: int,
    ValueType.TEXT: str,
    ValueType.OCTETS: bytes,
    ValueType.FLAG: bool,
}


@dataclass(frozen=True, slots=True)
class AttributeName:
    cluster: int
    attribute: int

    def __str__(self) -> str:
        return f"{self.cluster:04X}.{self.attribute:04X}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeReport:
    """`value` is None unless the status is success; a tuple of entries for a history."""

    name: AttributeName
    status: Status
    value: Value | tuple[HistoryEntry, ...] | None = None


class AttributeTable:
    """`visible_from` is the date before which nothing is shown; None shows all.

    Hooks: `may_see` decides on each entry of a history.
    """

    def __init__(self, visible_from: Callable[[], datetime | None] = lambda: None) -> None:
        self.visible_from = visible_from
        self.may_see: Callable[[datetime], bool] = self._is_recent
        self._values: dict[AttributeName, tuple[ValueType, Callable[[], Value | None]]] = {}
        self._histories: dict[AttributeName, Callable[[], Iterable[HistoryEntry]]] = {}

    @property
    def names(self) -> frozenset[AttributeName]:
        return frozenset(self._values) | frozenset(self._histories)

    def provide(
        self, name: AttributeName, kind: ValueType, get: Callable[[], Value | None]
    ) -> None:
        """`get` gives None while there is no value yet.

        Raises:
            ValueError: a history, which `provide_history` takes.
        """
        if kind is ValueType.HISTORY:
            raise ValueError(f"{name}: a history has entries, see provide_history")
        self._values[name] = (kind, get)

    def provide_history(
        self, name: AttributeName, entries: Callable[[], Iterable[HistoryEntry]]
    ) -> None:
        self._histories[name] = entries

    def read(self, name: AttributeName, since: datetime | None = None) -> AttributeReport:
        entries = self._histories.get(name)
        if entries is not None:
            shown = tuple(
                (at, value)
                for at, value in entries()
                if (since is None or at >= since) and self.may_see(at)
            )
            return AttributeReport(name=name, status=Status.SUCCESS, value=shown)
        known = self._values.get(name)
        if known is None:
            return AttributeReport(name=name, status=Status.UNSUPPORTED_ATTRIBUTE)
        kind, get = known
        value = get()
        if value is None:
            return AttributeReport(name=name, status=Status.NOT_FOUND)
        if not isinstance(value, _TYPES[kind]):
            raise TypeError(f"{name}: expected a {kind}, its provider gave {value!r}")
        return AttributeReport(name=name, status=Status.SUCCESS, value=value)

    def serve(self, table: RequestTable) -> None:
        """Answer reads of those that may read, and refuse every write."""
        table.serve(ReadAttributes, Right.READ, self._read)
        table.serve(WriteAttribute, None, self._write)

    def _read(self, _sender: Eui64, request: Request) -> tuple[AttributeReport, ...]:
        if not isinstance(request, ReadAttributes):
            raise TypeError(f"expected a read of attributes, got {type(request).__name__}")
        names = (AttributeName(request.cluster, one) for one in request.attributes)
        return tuple(self.read(name, request.since) for name in names)

    def _write(self, _sender: Eui64, request: Request) -> Reply:
        if not isinstance(request, WriteAttribute):
            raise TypeError(f"expected a write of an attribute, got {type(request).__name__}")
        name = AttributeName(request.cluster, request.attribute)
        status = Status.READ_ONLY if name in self.names else Status.UNSUPPORTED_ATTRIBUTE
        return Reply(is_granted=False, content=AttributeReport(name=name, status=status))

    def _is_recent(self, at: datetime) -> bool:
        first = self.visible_from()
        return first is None or at >= first
