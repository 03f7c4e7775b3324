"""Where the DCC keeps what must outlive a restart: books of records, written in transactions.

A *book* is a table of frozen records under a text key: devices, dated requests, undelivered
letters. A part of the DCC declares the form of its book once and asks the store for the book;
whether that is memory (the bench) or a database (`--database URL`) it cannot tell.

To make something persistent:

1. The record is a frozen dataclass of plain values: numbers, texts, octets, aware times,
   enums, tuples, frozensets, mappings, Eui64, MessageId, GBCS Messages, other such dataclasses.
2. Its form says the key, what is looked up by, and when it is due, if ever::

       THRESHOLDS = BookForm(
           name="threshold",                      # the table's name
           record=Threshold,
           key=lambda t: f"{t.user}/{t.srv}",
           columns={"user": lambda t: str(t.user)},   # indexed; text or None
           due=lambda t: t.expires_at,                # indexed; optional
           parts=(ThresholdKind,),                # dataclasses and enums inside the record
       )

3. The part takes `book: Book[Threshold]`; the composition hands in `store.book(THRESHOLDS)`, or
   `MemoryStore().book(THRESHOLDS)` by default. `book.put(record)` adds or replaces;
   `get(key)`, `remove(key)`, `find(user=...)`, `first(user=...)`, `count(user=...)`, `due(at)`.
   Records are immutable: change one with `dataclasses.replace` and put it again. Keep no second
   copy in memory, or it will disagree after a rollback.
4. Deadlines are no timers of their own: `Agenda(clock, store, book, strike)` holds one timer, for
   the next record that is due, and calls `strike(record)` in a transaction of its own.
   `strike` removes the record or puts it with a later time.

One transaction for each document, message or deadline: the gateway's `Dsp.handle`, `message_up`
and the agendas open it; parts inside just write. Whatever leaves the DCC (a Command, a letter)
goes through `store.after_commit(action)`, so that nothing is said that could be forgotten. What
is done is done at least once: the deed is recorded as due first, done after the commit, then
recorded as done.

All calls on the loop's thread. `memory.MemoryStore`, `sql.SqlStore` (which alone imports
SQLAlchemy) and `open_store(url)`.
"""

from assay.dcc.store.agenda import Agenda
from assay.dcc.store.contract import Book, BookForm, Store, StoreError
from assay.dcc.store.memory import MemoryStore
from assay.dcc.store.opening import open_store

__all__ = ["Agenda", "Book", "BookForm", "MemoryStore", "Store", "StoreError", "open_store"]
