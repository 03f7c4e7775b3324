"""Entry of top-up codes by hand, locked after repeated refusals (E-150)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rigs.devices.payment.open_questions import OpenQuestions


class KeypadEntry:
    """Counts refusals in a row. Hook: `is_too_many` says after how many entry is locked."""

    def __init__(self, questions: OpenQuestions) -> None:
        self._lock = questions.entry_lock
        self._failures = 0
        self._locked_until: datetime | None = None
        self.is_too_many: Callable[[int], bool] = lambda failures: (
            failures >= questions.entry_attempts
        )

    def is_locked(self, at: datetime) -> bool:
        return self._locked_until is not None and at < self._locked_until

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self, at: datetime) -> bool:
        """Whether entry is locked from now on; the count then starts again."""
        self._failures += 1
        if not self.is_too_many(self._failures):
            return False
        self._failures = 0
        self._locked_until = at + self._lock
        return True
