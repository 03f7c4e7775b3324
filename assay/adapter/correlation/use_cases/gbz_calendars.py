"""Calendars of a GSME: a tariff's (GCS01a) and the non-disablement one (GCS05)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assay.adapter.correlation.asked import Asked
from assay.adapter.correlation.expected import ComponentRow, Listed, Node, Parts, Want, parts
from assay.adapter.correlation.gbz_values import (
    CALENDAR,
    CALENDAR_ID,
    Components,
    always,
    component,
    gas_date,
    number,
)
from assay.adapter.correlation.known import Known
from assay.adapter.correlation.times import ZCL_CANCEL_CALENDAR, zcl_activation

DELIVERED, FRIENDLY_CREDIT = 0x00, 0x03
Elements = Callable[[Asked], list[Asked]]
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ONE_COMMAND = {"command_index": always(0), "total_commands": always(1)}


def calendar(
    kind: int,
    *,
    days: str,
    day_name: str,
    entries: Callable[[Asked], tuple[Node, ...]],
    weeks: str,
    seasons: str,
    special_days: str,
) -> tuple[Components, ...]:
    """Calendar, day profiles, week profiles, seasons, special days: in this order.

    `entries` are a day's schedule entries, pairs of minute and tier or flag.
    """

    def head(asked: Asked) -> Mapping[str, Node]:
        return {
            "calendar_id": CALENDAR_ID,
            "start_time": zcl_activation(asked, ZCL_CANCEL_CALENDAR),
            "calendar_type": always(kind),
            "time_reference": always(0),
            "calendar_name": always(""),
            "seasons": _count(asked, seasons),
            "weeks": _count(asked, weeks),
            "days": _count(asked, days),
        }

    def day(asked: Asked) -> Mapping[str, Node]:
        listed = entries(asked)
        return {
            "calendar_id": CALENDAR_ID,
            "day_id": number(asked, day_name),
            "entry_count": Want(len(listed), asked.path, f"{len(listed)} entries"),
            **_ONE_COMMAND,
            "calendar_type": always(kind),
            "entries": Listed(listed, asked.path),
        }

    def season_list(asked: Asked) -> Mapping[str, Node]:
        return {
            "calendar_id": CALENDAR_ID,
            **_ONE_COMMAND,
            "seasons": Listed(tuple(map(_season, asked.each(seasons))), seasons),
        }

    def special_day_list(asked: Asked) -> Mapping[str, Node]:
        return {
            "calendar_id": CALENDAR_ID,
            "start_time": zcl_activation(asked, ZCL_CANCEL_CALENDAR),
            "calendar_type": always(kind),
            "special_day_count": _count(asked, special_days),
            **_ONE_COMMAND,
            "special_days": Listed(tuple(map(_special_day, asked.each(special_days)))),
        }

    return (
        component("calendar", CALENDAR, 0x00, head),
        _repeated(component("day profile", CALENDAR, 0x01, day), days),
        _repeated(component("week profile", CALENDAR, 0x02, _week), weeks),
        component("seasons", CALENDAR, 0x03, season_list),
        component("special days", CALENDAR, 0x04, special_day_list),
    )


def _repeated(make: Components, path: str) -> Components:
    """A component per element, in the request's order."""

    def build(asked: Asked, known: Known) -> tuple[ComponentRow, ...]:
        return tuple(row for element in asked.each(path) for row in make(element, known))

    return build


def _count(asked: Asked, path: str) -> Want:
    count = len(asked.each(path))
    return Want(count, path, f"{count} of them")


def _week(asked: Asked) -> Mapping[str, Node]:
    days = asked.without_gaps("ReferencedDayName", len(_WEEKDAYS))
    named = {weekday: number(day, "#text") for weekday, day in zip(_WEEKDAYS, days, strict=True)}
    return {"calendar_id": CALENDAR_ID, "week_id": number(asked, "WeekName"), **named}


def _season(asked: Asked) -> Parts:
    return parts(
        start_date=gas_date(asked.at("SeasonStartDate")),
        week_id=number(asked, "ReferencedWeekName"),
    )


def _special_day(asked: Asked) -> Parts:
    return parts(date=gas_date(asked.at("Date")), day_id=number(asked, "ReferencedDayName"))
