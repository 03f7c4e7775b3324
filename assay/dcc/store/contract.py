"""What a store owes to the parts of the DCC, and how a part says what it keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar

R = TypeVar("R")


class StoreError(Exception):
    """The database is not what this DCC wrote: another layout, an unreadable record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookForm(Generic[R]):
    """A table of records. `columns` are those to look up by, `due` orders by time.

    `parts` names the dataclasses and enums that occur inside a record.
    """

    name: str
    record: type[R]
    key: Callable[[R], str]
    columns: Mapping[str, Callable[[R], str | None]] = field(default_factory=dict)
    due: Callable[[R], datetime | None] | None = None
    parts: tuple[type, ...] = ()


class Book(Protocol[R]):
    """Records by key; oldest first wherever several are given."""

    @property
    def form(self) -> BookForm[R]: ...

    def get(self, key: str) -> R | None: ...

    def put(self, record: R) -> None:
        """Add, or replace the record of the same key, which keeps its place in the order."""

    def remove(self, key: str) -> None:
        """Nothing happens where there is none."""

    def find(self, **columns: str) -> Iterator[R]:
        """Those with these values in these columns; all without any. Safe to write meanwhile."""

    def first(self, **columns: str) -> R | None: ...

    def count(self, **columns: str) -> int: ...

    def next_due(self) -> datetime | None: ...

    def due(self, at: datetime, limit: int) -> list[R]:
        """Due at or before the time, the longest due first."""

    def __len__(self) -> int: ...

    def __contains__(self, key: str) -> bool: ...


class Store(Protocol):
    """Books, and transactions over all of them."""

    def book(self, form: BookForm[R]) -> Book[R]:
        """The book of this form; the same one whenever it is asked for."""

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; inside another one it is a part of that."""

    def after_commit(self, action: Callable[[], None]) -> None:
        """Once what was written so far is safe; at once outside a transaction."""

    def close(self) -> None: ...
