"""When a schedule runs: the dates of a frequency, counted from its start."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

_DAYS: Mapping[str, int] = {"Daily": 1, "Weekly": 7}
_MONTHS: Mapping[str, int] = {"Monthly": 1, "Quarterly": 3, "Half-Yearly": 6, "Yearly": 12}
FREQUENCIES = (*_DAYS, *_MONTHS)
"""As the schema names them."""


def occurrence(frequency: str, start: date, number: int) -> date:
    """The date of the run of this number, 0 for the first.

    Months are counted from the start, so that a schedule of the 31st comes back to the 31st
    after a shorter month (inferred).
    """
    if frequency in _DAYS:
        return start + timedelta(days=_DAYS[frequency] * number)
    months = start.year * 12 + start.month - 1 + _MONTHS[frequency] * number
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def next_run(
    frequency: str, start: date, at: time, after: datetime, end: date | None
) -> datetime | None:
    """The first run later than `after`; None once the end date has passed. UTC."""
    number = _at_least(frequency, start, after.astimezone(UTC).date())
    while True:
        day = occurrence(frequency, start, number)
        if end is not None and day > end:
            return None
        run = datetime.combine(day, at.replace(tzinfo=None), tzinfo=UTC)
        if run > after:
            return run
        number += 1


def _at_least(frequency: str, start: date, day: date) -> int:
    """A number of a run that is not later than that day."""
    if day <= start:
        return 0
    if frequency in _DAYS:
        return (day - start).days // _DAYS[frequency]
    months = (day.year - start.year) * 12 + day.month - start.month
    return max(0, months // _MONTHS[frequency] - 1)
