"""The course of a transaction, common to all stores: nesting, and what waits for the commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager


class Transactions:
    """`unit` opens what really commits or rolls back."""

    def __init__(self, unit: Callable[[], AbstractContextManager[object]]) -> None:
        self._unit = unit
        self._is_open = False
        self._waiting: list[Callable[[], None]] = []

    @property
    def is_open(self) -> bool:
        return self._is_open

    @contextmanager
    def transaction(self) -> Iterator[None]:
        if self._is_open:
            yield
            return
        self._is_open = True
        try:
            with self._unit():
                yield
        except BaseException:
            self._waiting.clear()
            raise
        finally:
            self._is_open = False
        waiting, self._waiting = self._waiting, []
        for action in waiting:
            action()

    def after_commit(self, action: Callable[[], None]) -> None:
        if self._is_open:
            self._waiting.append(action)
        else:
            action()
