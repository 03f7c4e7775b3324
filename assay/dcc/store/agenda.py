"""What is due next, on one timer: however many records a book holds, the clock knows of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from assay.clock import Clock, Timer
from assay.dcc.store.contract import Book, Store

R = TypeVar("R")

RETRY = timedelta(minutes=1)
BATCH = 25
"""Records struck in one turn of the loop: a million that are due at midnight starve nobody."""


class Agenda(Generic[R]):
    """Strikes each record of a book when it is due, each in a transaction of its own.

    `strike` removes the record or gives it a later time. Whoever puts a record into the book
    says so by `note(when)`; after a restart `resume()` looks once. A timer that finds nothing
    due does no harm, so nobody has to take one back.
    """

    def __init__(
        self, clock: Clock, store: Store, book: Book[R], strike: Callable[[R], None]
    ) -> None:
        self._clock = clock
        self._store = store
        self._book = book
        self._strike = strike
        self._timer: Timer | None = None
        self._armed_for: datetime | None = None
        self._is_stopped = False

    def note(self, when: datetime) -> None:
        """Something is due then."""
        if self._armed_for is None or when < self._armed_for:
            self._arm(when)

    def resume(self) -> None:
        """Take up what the book holds."""
        self._is_stopped = False
        due = self._book.next_due()
        if due is not None:
            self.note(due)

    def stop(self) -> None:
        self._is_stopped = True
        self._disarm()

    def _arm(self, when: datetime) -> None:
        self._disarm()
        if not self._is_stopped:
            self._armed_for = when
            self._timer = self._clock.call_at(when, self._turn)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._armed_for = None, None

    def _turn(self) -> None:
        """One that fails is tried again later, and keeps no other one from its turn."""
        self._timer, self._armed_for = None, None
        now = self._clock.now()
        failures = [
            error for record in self._book.due(now, BATCH) if (error := self._struck(record, now))
        ]
        due = self._book.next_due()
        if due is not None:
            self.note(max(due, now + RETRY) if failures else due)
        if failures:
            raise failures[0]

    def _struck(self, record: R, now: datetime) -> Exception | None:
        form = self._book.form
        try:
            with self._store.transaction():
                # Another strike of this turn may have dealt with it.
                current = self._book.get(form.key(record))
                due = form.due(current) if current is not None and form.due is not None else None
                if current is not None and due is not None and due <= now:
                    self._strike(current)
        except Exception as error:  # noqa: BLE001 (the boundary of one deadline's job)
            return error
        return None
