"""The cumulative and historical value store: days, weeks, months; energy and money (E-031).

Days are UTC days, weeks begin on Monday and months on the first; that the store follows UTC and
not local time is inferred. It is there for the household's displays.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

DAYS, WEEKS, MONTHS = 8, 5, 13
"""Periods that are over and still known, beside the current one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumption:
    """Of one period; `end` is its end, or what has come of it by now."""

    end: datetime
    watt_hours: int
    cost: Decimal


class PeriodHistory:
    """`is_end` tells whether the midnight that ends a day ends such a period too, `size` how many
    periods that are over are kept."""

    def __init__(self, size: int, is_end: Callable[[datetime], bool]) -> None:
        self.size = size
        self.is_end = is_end
        self._past: deque[Consumption] = deque()
        self._watt_hours = 0
        self._cost = Decimal(0)

    @property
    def past(self) -> tuple[Consumption, ...]:
        """The newest first."""
        return tuple(reversed(self._past))

    def past_since(self, since: datetime | None) -> tuple[Consumption, ...]:
        """What a household may see whose tenancy began then: periods that ended later."""
        if since is None:
            return self.past
        return tuple(one for one in self.past if one.end > since)

    def add(self, midnight: datetime, watt_hours: int, cost: Decimal) -> None:
        self._watt_hours += watt_hours
        self._cost += cost
        if self.is_end(midnight):
            self._past.append(self.current(midnight, 0, Decimal(0)))
            self._watt_hours, self._cost = 0, Decimal(0)
        while len(self._past) > self.size:
            self._past.popleft()

    def clear(self) -> None:
        self._past.clear()

    def current(self, now: datetime, watt_hours_today: int, cost_today: Decimal) -> Consumption:
        return Consumption(
            end=now, watt_hours=self._watt_hours + watt_hours_today, cost=self._cost + cost_today
        )


class HistoricalValues:
    """Fed with each day's energy as it ends, and with costs as they arise (`take_cost`)."""

    def __init__(self) -> None:
        self.cost_today = Decimal(0)
        self.days = PeriodHistory(DAYS, lambda _: True)
        self.weeks = PeriodHistory(WEEKS, lambda midnight: midnight.weekday() == 0)
        self.months = PeriodHistory(MONTHS, lambda midnight: midnight.day == 1)

    def take_cost(self, cost: Decimal) -> None:
        self.cost_today += cost

    def end_day(self, midnight: datetime, watt_hours: int) -> None:
        cost, self.cost_today = self.cost_today, Decimal(0)
        for history in (self.days, self.weeks, self.months):
            history.add(midnight, watt_hours, cost)
