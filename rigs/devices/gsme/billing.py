"""The billing calendar of gas: periods of days, weeks or months from a start (GCS25, E-070).

A period of months ends on the same day of the month; the 29th to 31st are not to be used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

_DAYS, _WEEKS, _MONTHS = 1, 2, 3
_UNIT_BITS = 0x0F
_MONTHS_PER_YEAR = 12
_LAST_SAFE_DAY = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class BillingPeriod:
    """`duration_type` holds the unit in its lower half, as ZigBee numbers it.

    Raises:
        ValueError: a duration or unit that no billing calendar has.
    """

    start: datetime
    duration: int
    duration_type: int

    def __post_init__(self) -> None:
        unit = self.duration_type & _UNIT_BITS
        if unit not in (_DAYS, _WEEKS, _MONTHS) or not self.duration:
            raise ValueError(
                f"expected days, weeks or months, got {self.duration} of type {self.duration_type}"
            )
        if unit == _MONTHS and self.start.day > _LAST_SAFE_DAY:
            raise ValueError(f"a month ends on a day up to 28, got {self.start.day}")

    def next_end(self, after: datetime) -> datetime:
        """The first boundary later than this; the start itself is the first of all."""
        if after < self.start:
            return self.start
        if self.duration_type & _UNIT_BITS == _MONTHS:
            passed = (after.year - self.start.year) * _MONTHS_PER_YEAR
            passed += after.month - self.start.month
            number = passed // self.duration
            while (end := self._month(number * self.duration)) <= after:
                number += 1
            return end
        days = self.duration * (7 if self.duration_type & _UNIT_BITS == _WEEKS else 1)
        length = timedelta(days=days)
        return self.start + ((after - self.start) // length + 1) * length

    def _month(self, months: int) -> datetime:
        month = self.start.month - 1 + months
        return self.start.replace(
            year=self.start.year + month // _MONTHS_PER_YEAR, month=month % _MONTHS_PER_YEAR + 1
        )
