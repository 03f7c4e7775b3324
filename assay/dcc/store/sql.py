"""Books in a database: a table for each, records as octets, columns and due times indexed.

SQLAlchemy Core over one connection, which the loop's thread alone uses. SQLite is set to
write-ahead logging, to wait for the disk at each commit, and to let nobody else in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    BigInteger,
    Column,
    Executable,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DBAPIError

from assay.dcc.store.contract import Book, BookForm, StoreError
from assay.dcc.store.octets import RecordCodec
from assay.dcc.store.transactions import Transactions

R = TypeVar("R")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up in INTEGER alone
_KEY_SIZE = 255
_PAGE = 500
_KEPT_RECORDS = 256
_PRAGMAS = (
    "PRAGMA locking_mode=EXCLUSIVE",  # a second DCC on the same books would say all things twice
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=2000",
)


class SqlStore:
    """`url` is any SQLAlchemy URL; tables are made where they are missing."""

    def __init__(self, url: str) -> None:
        try:
            self._engine = create_engine(url)
            if self._engine.dialect.name == "sqlite":
                event.listen(self._engine, "connect", _set_up_sqlite)
            self._connection = self._engine.connect()
        except (ArgumentError, DBAPIError, ImportError) as error:
            raise StoreError(f"database {url}: {error}") from error
        self._metadata = MetaData()
        self._books: dict[str, SqlBook[Any]] = {}
        self._transactions = Transactions(self._unit)

    def book(self, form: BookForm[R]) -> Book[R]:
        if form.name not in self._books:
            table = _table(form, self._metadata)
            with self.transaction():
                self._metadata.create_all(self._connection, tables=[table])
                _check_layout(self._connection, table)
            self._books[form.name] = SqlBook(form, table, self._connection, self.transaction)
        return self._books[form.name]

    def transaction(self) -> AbstractContextManager[None]:
        return self._transactions.transaction()

    def after_commit(self, action: Callable[[], None]) -> None:
        self._transactions.after_commit(action)

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()

    @contextmanager
    def _unit(self) -> Iterator[None]:
        try:
            with self._connection.begin():
                yield
        except BaseException:
            for book in self._books.values():
                book.forget_count()
            raise


class SqlBook(Generic[R]):
    """Statements are made once; a record is read and written through, never kept."""

    def __init__(
        self,
        form: BookForm[R],
        table: Table,
        connection: Connection,
        transaction: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._form = form
        self._table = table
        self._connection = connection
        self._transaction = transaction
        self._codec = RecordCodec((form.record, *form.parts))
        # Records are immutable, so the same octets may be the same record: one request asks for
        # its device several times.
        self._from_octets = lru_cache(maxsize=_KEPT_RECORDS)(self._codec.from_octets)
        self._count: int | None = None
        by_key = table.c.key == bindparam("of_key")
        self._get = select(table.c.body).where(by_key)
        self._update = update(table).where(by_key)
        self._insert = insert(table)
        self._delete = delete(table).where(by_key)
        if form.due is not None:
            self._next_due = select(func.min(table.c.due))
            self._due = (
                select(table.c.body)
                .where(table.c.due <= bindparam("at"))
                .order_by(table.c.due, table.c.number)
                .limit(bindparam("limit"))
            )
        self._select = lru_cache(maxsize=32)(self._select_by)

    @property
    def form(self) -> BookForm[R]:
        return self._form

    def get(self, key: str) -> R | None:
        with self._transaction():
            return self._record(self._connection.execute(self._get, {"of_key": key}).scalar())

    def put(self, record: R) -> None:
        key = self._form.key(record)
        row: dict[str, object] = {
            "body": self._codec.to_octets(record),
            **{name: value_of(record) for name, value_of in self._form.columns.items()},
        }
        if self._form.due is not None:
            row["due"] = _microseconds(self._form.due(record))
        with self._transaction():
            changed = self._connection.execute(self._update, {"of_key": key, **row}).rowcount
            if not changed:
                self._connection.execute(self._insert, {"key": key, **row})
                self._add(1)

    def remove(self, key: str) -> None:
        with self._transaction():
            if self._connection.execute(self._delete, {"of_key": key}).rowcount:
                self._add(-1)

    def find(self, **columns: str) -> Iterator[R]:
        """In pages, each read whole: what is found may be changed on the way."""
        after = 0
        while True:
            page = self._page(columns, after, _PAGE)
            for number, body in page:
                after = number
                yield self._from_octets(body)
            if len(page) < _PAGE:
                return

    def first(self, **columns: str) -> R | None:
        page = self._page(columns, 0, 1)
        return self._from_octets(page[0][1]) if page else None

    def count(self, **columns: str) -> int:
        if not columns:
            return len(self)
        wanted = (self._table.c[name] == value for name, value in columns.items())
        statement = select(func.count()).select_from(self._table).where(*wanted)
        with self._transaction():
            return int(self._connection.execute(statement).scalar_one())

    def next_due(self) -> datetime | None:
        if self._form.due is None:
            return None
        with self._transaction():
            return _moment(self._connection.execute(self._next_due).scalar())

    def due(self, at: datetime, limit: int) -> list[R]:
        if self._form.due is None:
            return []
        bounds = {"at": _microseconds(at), "limit": limit}
        with self._transaction():
            bodies = self._connection.execute(self._due, bounds).scalars().all()
        return [self._from_octets(body) for body in bodies]

    def __len__(self) -> int:
        if self._count is None:
            with self._transaction():
                statement = select(func.count()).select_from(self._table)
                self._count = int(self._connection.execute(statement).scalar_one())
        return self._count

    def __contains__(self, key: str) -> bool:
        with self._transaction():
            return self._connection.execute(self._get, {"of_key": key}).scalar() is not None

    def forget_count(self) -> None:
        """A transaction was rolled back: count anew when it is asked for."""
        self._count = None

    def _add(self, number: int) -> None:
        if self._count is not None:
            self._count += number

    def _record(self, body: bytes | None) -> R | None:
        return self._from_octets(body) if body is not None else None

    def _page(self, columns: Mapping[str, str], after: int, size: int) -> list[tuple[int, bytes]]:
        values = {f"of_{name}": value for name, value in columns.items()}
        with self._transaction():
            rows = self._connection.execute(
                self._select(tuple(columns)), {"after": after, "size": size, **values}
            )
            return [(number, body) for number, body in rows]

    def _select_by(self, names: tuple[str, ...]) -> Executable:
        table = self._table
        return (
            select(table.c.number, table.c.body)
            .where(*(table.c[name] == bindparam(f"of_{name}") for name in names))
            .where(table.c.number > bindparam("after"))
            .order_by(table.c.number)
            .limit(bindparam("size"))
        )


def _table(form: BookForm[Any], metadata: MetaData) -> Table:
    columns: list[Any] = [
        Column("number", _NUMBER, primary_key=True, autoincrement=True),
        Column("key", String(_KEY_SIZE), nullable=False, unique=True),
    ]
    for name in form.columns:
        columns.append(Column(name, String(_KEY_SIZE)))
        # With the number behind it: found in order of entry without sorting.
        columns.append(Index(f"{form.name}_by_{name}", name, "number"))
    if form.due is not None:
        columns.append(Column("due", BigInteger))
        columns.append(Index(f"{form.name}_by_due", "due", "number"))
    columns.append(Column("body", LargeBinary, nullable=False))
    return Table(form.name, metadata, *columns)


def _check_layout(connection: Connection, table: Table) -> None:
    seen = {column["name"] for column in inspect(connection).get_columns(table.name)}
    expected = {column.name for column in table.columns}
    if seen != expected:
        raise StoreError(
            f"table {table.name}: expected columns {', '.join(sorted(expected))}, "
            f"seen {', '.join(sorted(seen))}: written by another version"
        )


def _set_up_sqlite(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _microseconds(moment: datetime | None) -> int | None:
    return (moment - _EPOCH) // _MICROSECOND if moment is not None else None


def _moment(microseconds: int | None) -> datetime | None:
    return _EPOCH + microseconds * _MICROSECOND if microseconds is not None else None
