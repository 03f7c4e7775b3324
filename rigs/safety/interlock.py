"""Watches the contact that says whether the bench may be live: a door, a cover, a stop button.

It is read again and again on a thread of its own. Open, or not readable, means: everything off,
and nothing on again until the bench is opened anew with the contact closed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from assay.verdicts import BenchFault
from rigs.safety.permission import Permission


@runtime_checkable
class ContactInput(Protocol):
    """An input of a relay or I/O board."""

    def read_contact(self, number: int) -> bool:
        """Whether it is closed; inputs count from 1."""


class Interlock:
    """Reads the contact at once, and then until it is closed down."""

    def __init__(
        self,
        board: ContactInput,
        channel: int,
        permission: Permission,
        make_safe: Callable[[], object],
        *,
        poll_s: float,
    ) -> None:
        self._board = board
        self._channel = channel
        self._permission = permission
        self._make_safe = make_safe
        self._poll_s = poll_s
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="interlock", daemon=True)

    def open(self) -> None:
        """BenchFault if the contact is open before anything was switched on."""
        if not self._board.read_contact(self._channel):
            raise BenchFault(f"the interlock is open (input {self._channel})")
        self._thread.start()

    def close(self) -> None:
        self._is_over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        while not self._is_over.wait(self._poll_s):
            problem = self._problem()
            if problem is not None:
                self._permission.withdraw(problem)
                self._make_safe()
                return

    def _problem(self) -> str | None:
        try:
            is_closed = self._board.read_contact(self._channel)
        except BenchFault as fault:
            return f"the interlock cannot be read: {fault}"
        return None if is_closed else f"the interlock opened (input {self._channel})"
