"""The billing calendar: time and date patterns, of which each match ends a billing period (E-070).

One pattern makes daily, weekly, monthly or yearly periods, by what it leaves open; quarters and
half years are several patterns with a month each, as the national vectors have them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

LAST_SAFE_DAY = 28
"""A start on 29 to 31 would leave months out; it is not allowed (E-070)."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BillingStart:
    """`month` 1 to 12, `day` 1 to 28, `weekday` 1 (Monday) to 7; None matches any."""

    at: time
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def __post_init__(self) -> None:
        limits = (
            ("month", self.month, 12),
            ("day", self.day, LAST_SAFE_DAY),
            ("weekday", self.weekday, 7),
        )
        for name, value, high in limits:
            if value is not None and not 1 <= value <= high:
                raise ValueError(f"expected a {name} from 1 to {high}, got {value}")

    def next_after(self, after: datetime) -> datetime:
        """The first match later than `after`: within a year, as every day up to the 28th comes."""
        when = after.replace(
            hour=self.at.hour, minute=self.at.minute, second=self.at.second, microsecond=0
        )
        if when <= after:
            when += _ONE_DAY
        while not self._is_day(when):
            when = self._jump(when)
        return when

    def _is_day(self, when: datetime) -> bool:
        return (
            self.month in (None, when.month)
            and self.day in (None, when.day)
            and self.weekday in (None, when.isoweekday())
        )

    def _jump(self, when: datetime) -> datetime:
        """To the next day that may match; over months that do not at once."""
        if self.month not in (None, when.month):
            year, month = (when.year, when.month + 1) if when.month < 12 else (when.year + 1, 1)
            return when.replace(year=year, month=month, day=1)
        return when + _ONE_DAY


class BillingCalendar:
    """Without a pattern there are no billing periods. `next_after` is a hook."""

    def __init__(self, starts: Sequence[BillingStart] = ()) -> None:
        self.starts = tuple(starts)

    def next_after(self, after: datetime) -> datetime | None:
        return min((start.next_after(after) for start in self.starts), default=None)
