"""The randomised offset: by how much this meter's switching lags behind the calendar (E-057).

The number is fixed at manufacture, the limit is set by the supplier; offset = number x limit x
0.0001, in whole seconds. Halves are rounded up (inferred).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from assay.gbcs.identifiers import Eui64

NUMBERS = range(1, 10_001)
LIMITS_S = range(1800)
_PARTS = 10_000


class RandomisedOffset:
    """Hook: `seconds` may compute the offset otherwise. `on_change` is called at a new limit."""

    def __init__(self, number: int) -> None:
        if number not in NUMBERS:
            raise ValueError(f"randomised offset number: expected 1 to 10000, got {number}")
        self.number = number
        self.limit_s = 0
        self.on_change: list[Callable[[], None]] = []
        self.seconds: Callable[[], int] = self._seconds

    @property
    def value(self) -> timedelta:
        return timedelta(seconds=self.seconds())

    def set_limit(self, seconds: int) -> None:
        """
        Raises:
            ValueError: more than 1799.
        """
        if seconds not in LIMITS_S:
            raise ValueError(f"randomised offset limit: expected 0 to 1799 s, got {seconds}")
        self.limit_s = seconds
        for tell in self.on_change:
            tell()

    def _seconds(self) -> int:
        return (self.number * self.limit_s + _PARTS // 2) // _PARTS


def number_of(device_id: Eui64) -> int:
    """As a factory would draw it, but the same for the same device in every run."""
    return NUMBERS[int.from_bytes(device_id, "big") * 2_654_435_761 % (1 << 32) % len(NUMBERS)]
