"""Local time of Great Britain: an hour ahead of UTC between the last Sundays of March and October.

Computed, as a meter does it, rather than looked up in the computer's time zones. Both changes are
at 01:00 UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

_SUMMER_BEGINS, _SUMMER_ENDS = 3, 10
_CHANGE_AT = time(1)
_SUNDAY = 7
_HOUR = timedelta(hours=1)


def local_time(utc: datetime) -> datetime:
    """What a clock on the wall shows; without a time zone, as that clock has none."""
    utc = utc.astimezone(UTC)
    is_summer = _change(utc.year, _SUMMER_BEGINS) <= utc < _change(utc.year, _SUMMER_ENDS)
    return (utc + _HOUR * is_summer).replace(tzinfo=None)


def _change(year: int, month: int) -> datetime:
    last = date(year, month, 31)
    sunday = last - timedelta(days=last.isoweekday() % _SUNDAY)
    return datetime.combine(sunday, _CHANGE_AT, UTC)
