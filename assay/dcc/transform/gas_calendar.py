"""The five kinds of command that a gas calendar is made of: the switching table of a tariff,
and the calendar of times at which credit running out disables nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time

from assay.dcc.transform.frame import Frame
from assay.dcc.transform.gbz import Json, Zcl, zcl
from assay.dcc.transform.gbz_values import (
    activation_of_list,
    complete,
    indexed,
    inner,
    issued,
    minutes,
    several,
)
from assay.duis.values import Content, field
from assay.gbcs.errors import EncodeError

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FIRST_YEAR = 1900
_LAST_YEAR = _FIRST_YEAR + 0xFE
_BLOCK = 0
"""Instead of a tier: the day is charged by blocks."""
_FLAGS = {"START": 1, "STOP": 0}
_SINGLE_COMMAND = {"command_index": 0, "total_commands": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class GasCalendar:
    """Where in the body one calendar stands, and what its type and its days are.

    `days` holds the elements that `day_id` and `entries` read.
    """

    calendar_type: int
    days: str
    day_name: str
    entries: Callable[[Content], list[Json]]
    weeks: str
    seasons: str
    special_days: str

    def commands(self, frame: Frame) -> Iterator[Zcl]:
        """The issuer's number of the calendar is its moment of issue, as in the national
        commands; nothing but this number joins the commands of one calendar."""
        body, calendar_type = frame.body, self.calendar_type
        days, weeks = several(body, self.days), several(body, self.weeks)
        seasons, special = several(body, self.seasons), several(body, self.special_days)
        start = activation_of_list(frame)
        common = {
            "provider_id": 0,
            "issuer_event_id": issued(frame),
            "calendar_id": issued(frame),
        }
        yield zcl(
            "PublishCalendar",
            {
                **common,
                "start_time": start,
                "calendar_type": calendar_type,
                "time_reference": 0,
                "calendar_name": "",
                "seasons": len(seasons),
                "weeks": len(weeks),
                "days": len(days),
            },
        )
        for day in days:
            yield self._day(common, day)
        for week in weeks:
            yield _week(common, week)
        dated = [_dated(season, "SeasonStartDate", "start_date") for season in seasons]
        yield zcl(
            "PublishSeasons",
            {
                **common,
                **_SINGLE_COMMAND,
                "seasons": [
                    {**date, "week_id": field(season, "ReferencedWeekName", int)}
                    for date, season in zip(dated, seasons, strict=True)
                ],
            },
        )
        yield zcl(
            "PublishSpecialDays",
            {
                **common,
                **_SINGLE_COMMAND,
                "start_time": start,
                "calendar_type": calendar_type,
                "special_day_count": len(special),
                "special_days": [
                    {
                        **_dated(day, "Date", "date"),
                        "day_id": field(day, "ReferencedDayName", int),
                    }
                    for day in special
                ],
            },
        )

    def _day(self, common: dict[str, Json], day: Content) -> Zcl:
        entries = self.entries(day)
        return zcl(
            "PublishDayProfile",
            {
                **common,
                **_SINGLE_COMMAND,
                "day_id": field(day, self.day_name, int),
                "entry_count": len(entries),
                "calendar_type": self.calendar_type,
                "entries": entries,
            },
        )


def _week(common: dict[str, Json], week: Content) -> Zcl:
    label = "ReferencedDayName"
    days = complete(indexed(several(week, label), label), label, len(_WEEK))
    return zcl(
        "PublishWeekProfile",
        {
            **common,
            "week_id": field(week, "WeekName", int),
            **dict(zip(_WEEK, days, strict=True)),
        },
    )


def _dated(content: Content, element: str, name: str) -> dict[str, Json]:
    """A date with wildcards; EncodeError for a year that one octet cannot say."""
    date = inner(content, element)
    year = _part(date, "GasYearWithWildcards/SpecifiedYear")
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise EncodeError(element, f"a year up to {_LAST_YEAR}", year)
    return {
        name: {
            "year": year,
            "month": _part(date, "GasMonthWithWildcards/SpecifiedMonth"),
            "day": _part(date, "GasDayOfMonthWithWildcards/SpecifiedDayOfMonth"),
            "weekday": _part(date, "GasDayOfWeekWithWildcards/SpecifiedDayOfWeek"),
        }
    }


def _part(date: Content, path: str) -> int | None:
    """None where the request does not specify it, whatever the name of that element."""
    outer, _, name = path.partition("/")
    value = inner(date, outer).get(name)
    return value if isinstance(value, int) else None


def _tier_of_day(day: Content) -> list[Json]:
    """A gas tariff does not switch within a day: one entry, from midnight."""
    tier = _BLOCK if "BlockTariff" in day else field(day, "TOUTariffAction", int)
    return [{"start_min": 0, "tier_or_flag": tier}]


def _flags_of_day(day: Content) -> list[Json]:
    return [
        {
            "start_min": minutes(field(action, "StartTime", time), "StartTime"),
            "tier_or_flag": _FLAGS[field(action, "NonDisablementAction", str)],
        }
        for action in several(day, "TimeStartAction")
    ]


_TARIFF = "GasTariffElements"
_NON_DISABLEMENT = "UpdatePrepayConfigGas/GasNonDisablementCalendar"

SWITCHING_TABLE = GasCalendar(
    calendar_type=0,
    days=f"{_TARIFF}/SwitchingTable/DayProfiles/DayProfile",
    day_name="DayName",
    entries=_tier_of_day,
    weeks=f"{_TARIFF}/SwitchingTable/WeekProfiles/WeekProfile",
    seasons=f"{_TARIFF}/SwitchingTable/Seasons/Season",
    special_days=f"{_TARIFF}/SpecialDays/SpecialDay",
)
NON_DISABLEMENT_CALENDAR = GasCalendar(
    calendar_type=3,
    days=f"{_NON_DISABLEMENT}/DayProfiles/GasNonDisablementDayProfile",
    day_name="GasDayName",
    entries=_flags_of_day,
    weeks=f"{_NON_DISABLEMENT}/WeekProfiles/WeekProfile",
    seasons=f"{_NON_DISABLEMENT}/SeasonProfiles/Season",
    special_days=f"{_NON_DISABLEMENT}/SpecialDays/SpecialDay",
)
