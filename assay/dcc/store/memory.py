"""Books in memory: the bench's, gone with the process, but with real transactions."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any, Generic, TypeVar

from assay.dcc.store.contract import Book, BookForm
from assay.dcc.store.transactions import Transactions

R = TypeVar("R")


class MemoryStore:
    def __init__(self) -> None:
        self._books: dict[str, MemoryBook[Any]] = {}
        self._undo: list[Callable[[], None]] = []
        self._transactions = Transactions(self._unit)

    def book(self, form: BookForm[R]) -> Book[R]:
        if form.name not in self._books:
            self._books[form.name] = MemoryBook(form, self._changed)
        return self._books[form.name]

    def transaction(self) -> AbstractContextManager[None]:
        return self._transactions.transaction()

    def after_commit(self, action: Callable[[], None]) -> None:
        self._transactions.after_commit(action)

    def close(self) -> None:
        """Nothing to let go of."""

    def _changed(self, undo: Callable[[], None]) -> None:
        if self._transactions.is_open:
            self._undo.append(undo)

    @contextmanager
    def _unit(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            for undo in reversed(self._undo):
                undo()
            raise
        finally:
            self._undo.clear()


class MemoryBook(Generic[R]):
    """A dictionary, one more for each column, and a heap of what is due.

    A replaced record leaves its entry in the heap; entries that no longer hold are passed over.
    """

    def __init__(self, form: BookForm[R], changed: Callable[[Callable[[], None]], None]) -> None:
        self._form = form
        self._changed = changed
        self._records: dict[str, R] = {}
        self._columns: dict[str, dict[str, dict[str, None]]] = {n: {} for n in form.columns}
        self._heap: list[tuple[datetime, int, str]] = []
        self._order = itertools.count()

    @property
    def form(self) -> BookForm[R]:
        return self._form

    def get(self, key: str) -> R | None:
        return self._records.get(key)

    def put(self, record: R) -> None:
        key = self._form.key(record)
        before = self._records.get(key)
        self._set(key, record)
        self._changed(lambda: self._set(key, before))

    def remove(self, key: str) -> None:
        before = self._records.get(key)
        if before is not None:
            self._set(key, None)
            self._changed(lambda: self._set(key, before))

    def find(self, **columns: str) -> Iterator[R]:
        return iter([self._records[key] for key in self._keys(columns)])

    def first(self, **columns: str) -> R | None:
        key = next(iter(self._keys(columns)), None)
        return self._records[key] if key is not None else None

    def count(self, **columns: str) -> int:
        keys = self._keys(columns)
        return len(keys) if isinstance(keys, dict) else sum(1 for _ in keys)

    def next_due(self) -> datetime | None:
        self._drop_stale()
        return self._heap[0][0] if self._heap else None

    def due(self, at: datetime, limit: int) -> list[R]:
        found: dict[str, tuple[datetime, int, str]] = {}
        while len(found) < limit:
            self._drop_stale()
            if not self._heap or self._heap[0][0] > at:
                break
            entry = heapq.heappop(self._heap)
            found.setdefault(entry[2], entry)
        for entry in found.values():
            heapq.heappush(self._heap, entry)
        return [self._records[key] for key in found]

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, key: str) -> bool:
        return key in self._records

    def _keys(self, columns: dict[str, str]) -> dict[str, Any] | Iterator[str]:
        if not columns:
            return self._records
        (name, value), *others = columns.items()
        keys = self._columns[name].get(value, {})
        if not others:
            return keys
        return (key for key in keys if self._has(key, others))

    def _has(self, key: str, columns: list[tuple[str, str]]) -> bool:
        record = self._records[key]
        return all(self._form.columns[name](record) == value for name, value in columns)

    def _set(self, key: str, record: R | None) -> None:
        before = self._records.get(key)
        for name, value_of in self._form.columns.items():
            old = value_of(before) if before is not None else None
            new = value_of(record) if record is not None else None
            if old == new:
                continue
            if old is not None:
                self._columns[name][old].pop(key)
                if not self._columns[name][old]:
                    del self._columns[name][old]
            if new is not None:
                self._columns[name].setdefault(new, {})[key] = None
        if record is None:
            self._records.pop(key, None)
            return
        self._records[key] = record
        due = self._form.due(record) if self._form.due is not None else None
        if due is not None:
            heapq.heappush(self._heap, (due, next(self._order), key))

    def _drop_stale(self) -> None:
        while self._heap:
            due, _, key = self._heap[0]
            record = self._records.get(key)
            if record is not None and self._form.due is not None and self._form.due(record) == due:
                return
            heapq.heappop(self._heap)
