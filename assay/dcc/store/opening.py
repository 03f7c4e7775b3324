"""A store by its address."""

from __future__ import annotations

from assay.dcc.store.contract import Store
from assay.dcc.store.memory import MemoryStore


def open_store(url: str | None) -> Store:
    """None: memory. Otherwise any SQLAlchemy URL, such as `sqlite:///dcc.db`.

    StoreError where no database can be opened there.
    """
    if url is None:
        return MemoryStore()
    from assay.dcc.store.sql import SqlStore  # a bench without a database does not load it

    return SqlStore(url)
