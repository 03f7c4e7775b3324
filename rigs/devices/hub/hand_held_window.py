"""When a hub talks to terminals that are not on its network: an hour from power-on (C-010)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

LENGTH = timedelta(minutes=60)


class HandHeldWindow:
    """Hook: `length`."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._since: datetime | None = None
        self.length = LENGTH

    @property
    def is_open(self) -> bool:
        return self._since is not None and self._now() < self._since + self.length

    def power_on(self) -> None:
        self._since = self._now()

    def power_off(self) -> None:
        self._since = None
