"""Records as octets and back: JSON with a tag wherever JSON has no such value.

A dataclass is written with its name and its fields by name: a field that a later version
adds is read as its default from what an earlier one wrote.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from assay.dcc.store.contract import StoreError
from assay.duis.identifiers import MessageId
from assay.duis.requests import Request, SignedPreCommand
from assay.duis.values import CalendarDate
from assay.gbcs.envelope import Message, parse
from assay.gbcs.identifiers import Eui64

_TAG, _VALUE = "$", "v"
_COMMON: tuple[type, ...] = (CalendarDate, Request, SignedPreCommand)


class RecordCodec:
    """`types` are the dataclasses and enums that may occur."""

    def __init__(self, types: Iterable[type]) -> None:
        known = (*_COMMON, *types)
        self._classes = {one.__name__: one for one in known}
        self._names = {
            one: tuple(f.name for f in fields(one)) for one in known if is_dataclass(one)
        }

    def to_octets(self, record: object) -> bytes:
        return json.dumps(self._plain(record), separators=(",", ":")).encode()

    def from_octets(self, octets: bytes) -> Any:
        try:
            return self._value(json.loads(octets))
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"a record cannot be read back: {error!r}") from error

    def _plain(self, value: Any) -> Any:
        kind = type(value)
        if value is None or kind in (bool, int, str, float):
            return value
        write = _WRITERS.get(kind)
        if write is not None:
            return {_TAG: kind.__name__, _VALUE: write(value)}
        names = self._names.get(kind)
        if names is not None:
            content = {name: self._plain(getattr(value, name)) for name in names}
            return {_TAG: kind.__name__, _VALUE: content}
        if isinstance(value, Enum):
            self._known(kind)
            return {_TAG: kind.__name__, _VALUE: value.value}
        if isinstance(value, tuple | list):
            return [self._plain(item) for item in value]
        if isinstance(value, frozenset):
            return {_TAG: "frozenset", _VALUE: [self._plain(item) for item in value]}
        if isinstance(value, Mapping):
            return {_TAG: "", _VALUE: [[self._plain(k), self._plain(v)] for k, v in value.items()]}
        raise TypeError(f"expected a value that a record may hold, seen {kind.__name__}")

    def _known(self, kind: type) -> None:
        if self._classes.get(kind.__name__) is not kind:
            raise TypeError(f"{kind.__name__} is not among the parts of this book's form")

    def _value(self, plain: Any) -> Any:
        if isinstance(plain, list):
            return tuple(self._value(item) for item in plain)
        if not isinstance(plain, dict):
            return plain
        tag, content = plain[_TAG], plain[_VALUE]
        if tag == "":
            return {self._value(key): self._value(item) for key, item in content}
        if tag == "frozenset":
            return frozenset(self._value(item) for item in content)
        read = _READERS.get(tag)
        if read is not None:
            return read(content)
        known = self._classes[tag]
        if is_dataclass(known):
            return known(**{name: self._value(item) for name, item in content.items()})
        return known(content)


_CODECS: tuple[tuple[type, Callable[[Any], Any], Callable[[Any], Any]], ...] = (
    (bytes, lambda v: b64encode(v).decode(), b64decode),
    (Eui64, lambda v: v.hex(), lambda text: Eui64(bytes.fromhex(text))),
    (MessageId, str, MessageId.from_text),
    (Message, lambda v: b64encode(v.to_octets()).decode(), lambda text: parse(b64decode(text))),
    (datetime, datetime.isoformat, datetime.fromisoformat),
    (time, time.isoformat, time.fromisoformat),
    (timedelta, timedelta.total_seconds, lambda seconds: timedelta(seconds=seconds)),
    (Decimal, str, Decimal),
)
_WRITERS = {kind: write for kind, write, _ in _CODECS}
_READERS = {kind.__name__: read for kind, _, read in _CODECS}
