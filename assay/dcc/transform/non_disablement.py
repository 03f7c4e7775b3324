"""The calendar of times at which an electricity meter does not cut off for want of credit.

ECS08 and ECS08a carry it as a table of special days and a schedule that refers to them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import time

from assay.dcc.transform.calendar_values import by_index, content, elements_at, repeated
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.schedule_table import (
    days_of_week_bits,
    schedule_entry,
    special_day_bits,
    special_day_table,
)
from assay.duis.values import CalendarDate, Content, field
from assay.gbcs.dlms.data import Data, array

_CALENDAR = elements_at("UpdatePrepayConfigElectricity/ElectricityNonDisablementCalendar")
_SCRIPTS = {"START": 0x20, "STOP": 0x21}
_ANY_DAY_OF_WEEK = b"\xff"


def special_days(frame: Frame) -> Data:
    days = _special_days(_CALENDAR(frame))
    return special_day_table({index: content(day["Date"]) for index, day in days.items()})


def _special_days(calendar: Content) -> dict[int, Content]:
    return by_index(content(calendar["ElectricitySpecialDays"]), "SpecialDay")


def schedule(frame: Frame) -> Data:
    """Entries are numbered from 1 in the order of the request."""
    calendar = _CALENDAR(frame)
    defined = _special_days(calendar).keys()
    entries = repeated(calendar, "ElectricityNonDisablementSchedule")
    return array(*(_entry(index, entry, defined) for index, entry in enumerate(entries, start=1)))


def _entry(index: int, entry: Content, defined: Collection[int]) -> Data:
    when = content(entry["ScheduleDatesAndTime"])
    days = repeated(content(entry["SpecialDaysApplicability"]), "SpecialDayApplicability")
    named = {field(day, "SpecialDayID", int) for day in days}
    return schedule_entry(
        index=index,
        script_table="0-0:10.0.106.255",
        script=_SCRIPTS[field(entry, "NonDisablementScript", str)],
        at=field(when, "SwitchTime", time),
        days_of_week=days_of_week_bits(content(entry["DaysOfWeekApplicability"])),
        special_days=special_day_bits("SpecialDaysApplicability", named, defined),
        begin=_date(field(when, "StartDate", CalendarDate)),
        end=_date(field(when, "EndDate", CalendarDate)),
    )


def _date(date: CalendarDate) -> bytes:
    """Year 65535 is any year, in the schema as in the Command."""
    return date.year.to_bytes(2, "big") + bytes((date.month, date.day)) + _ANY_DAY_OF_WEEK
