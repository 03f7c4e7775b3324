"""Billing calendars of an electricity meter: times and dates with wildcards (ECS30, ECS30a).

The national tables leave the form out ("EXCEPTIONAL") and the national messages show monthly
and quarterly. Inferred by their pattern: a day has no date, a week its weekday, six months two
entries and a year one. Periods go on from the start month, past December where need be.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from assay.dcc.transform.calendar_values import content, time_octets
from assay.dcc.transform.frame import Frame
from assay.duis.values import Content, Value, field
from assay.gbcs.dlms.data import Data, array, octet_string, structure

_CALENDAR = "ElectricityBillingCalendar"
_MONTHS_OF_A_PERIOD: Mapping[str, int] = {"Quarterly": 3, "SixMonthly": 6, "Yearly": 12}
SHORT_PERIODS = frozenset(("Daily", "Weekly", "Monthly"))
_ANY = 0xFF


def billing_calendar(frame: Frame) -> Data:
    calendar = content(frame.body[_CALENDAR])
    at = octet_string(time_octets(field(calendar, "BillingTime", time)))
    dates = _dates(period_of(calendar), calendar[period_of(calendar)])
    return array(*(structure(at, octet_string(date)) for date in dates))


def period_of(calendar: Content) -> str:
    (period,) = (name for name in calendar if name != "BillingTime")
    return period


def _dates(period: str, when: Value) -> list[bytes]:
    if period in _MONTHS_OF_A_PERIOD:
        start = content(when)
        first, day = field(start, "BillingPeriodStartMonth", int), field(start, "DayOfMonth", int)
        months = range(first - 1, first + 11, _MONTHS_OF_A_PERIOD[period])
        return [_date(month=month % 12 + 1, day=day) for month in months]
    if isinstance(when, int):
        return [_date(weekday=when) if period == "Weekly" else _date(day=when)]
    return [_date()]


def _date(*, month: int = _ANY, day: int = _ANY, weekday: int = _ANY) -> bytes:
    """In any year."""
    return bytes((_ANY, _ANY, month, day, weekday))
