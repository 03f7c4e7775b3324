"""A database of the tester's own, by ASSAY_TEST_DATABASE: its tables are dropped before a test."""

from __future__ import annotations

import os

from sqlalchemy import MetaData, create_engine

from assay.dcc.store import Store, open_store

VARIABLE = "ASSAY_TEST_DATABASE"


def given_database() -> str | None:
    return os.environ.get(VARIABLE)


def fresh_store(url: str | None) -> Store:
    """None: memory."""
    if url is not None and url != "sqlite://":
        engine = create_engine(url)
        everything = MetaData()
        everything.reflect(engine)
        everything.drop_all(engine)
        engine.dispose()
    return open_store(url)
