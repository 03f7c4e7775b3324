"""Switching tables of an electricity meter's elements: seasons, weeks, days and special days.

A primary element's table stands in `ElecTariffElements`, a secondary one's at the top of the
body (ECS01a, ECS01c); `inside` says which.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from assay.dcc.transform.calendar_values import (
    ascii_octets,
    by_index,
    content,
    date_octets,
    elements_at,
    number_of,
    repeated,
    start_of_date,
    time_octets,
)
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.values import Source
from assay.duis.values import Content, field
from assay.gbcs.dlms.access import Obis
from assay.gbcs.dlms.data import Data, array, long_unsigned, octet_string, structure, unsigned

PRIMARY = "ElecTariffElements/"
SECONDARY = ""
_TARIFF_SCRIPTS = octet_string(Obis.from_text("0-0:10.0.100.255"))
_DAYS_OF_WEEK = range(1, 8)
_ACTIONS: Mapping[str, Mapping[str, int]] = {
    PRIMARY: {"TOUTariffAction": 0, "BlockTariffAction": 100},
    SECONDARY: {"TOUTariffAction": 200},
}
"""What is added to the number of an action to have the script that does it."""


def seasons(inside: str) -> Source:
    outer = elements_at(f"{inside}SwitchingTable/Seasons")
    return lambda frame: array(*map(_season, repeated(outer(frame), "Season")))


def _season(season: Content) -> Data:
    return structure(
        octet_string(ascii_octets("SeasonName", field(season, "SeasonName", str))),
        octet_string(start_of_date(content(season["SeasonStartDate"]))),
        octet_string(bytes((field(season, "ReferencedWeekName", int),))),
    )


def weeks(inside: str) -> Source:
    outer = elements_at(f"{inside}SwitchingTable/WeekProfiles")

    def source(frame: Frame) -> Data:
        found = _in_order(outer(frame), "WeekProfile", key="WeekName")
        return array(*(_week(name, week) for name, week in found))

    return source


def _week(name: int, week: Content) -> Data:
    days = by_index(week, "ReferencedDayName", _DAYS_OF_WEEK)
    identifiers = (unsigned(number_of(day)) for day in days.values())
    return structure(octet_string(bytes((name,))), *identifiers)


def _in_order(outer: Content, name: str, *, key: str) -> list[tuple[int, Content]]:
    """Names are identifiers, not places: each once, and in the order of the request."""
    by_index(outer, name, key=key)
    return [(field(item, key, int), item) for item in repeated(outer, name)]


def days(inside: str) -> Source:
    outer = elements_at(f"{inside}SwitchingTable/DayProfiles")
    actions = _ACTIONS[inside]

    def source(frame: Frame) -> Data:
        found = _in_order(outer(frame), "DayProfile", key="DayName")
        return array(*(_day(name, day, actions) for name, day in found))

    return source


def _day(name: int, day: Content, actions: Mapping[str, int]) -> Data:
    switches = (_switch(switch, actions) for switch in repeated(day, "ProfileSchedule"))
    return structure(unsigned(name), array(*switches))


def _switch(switch: Content, actions: Mapping[str, int]) -> Data:
    (action,) = (name for name in actions if name in switch)
    return structure(
        octet_string(time_octets(field(switch, "StartTime", time))),
        _TARIFF_SCRIPTS,
        long_unsigned(actions[action] + field(switch, action, int)),
    )


def special_days(inside: str) -> Source:
    """Numbered from 1 in the order of the request; they have no index of their own there."""
    outer = elements_at(f"{inside}SpecialDays")
    return lambda frame: array(
        *(
            structure(
                long_unsigned(place),
                octet_string(date_octets(content(day["Date"]))),
                unsigned(field(day, "ReferencedDayName", int)),
            )
            for place, day in enumerate(repeated(outer(frame), "SpecialDay"), start=1)
        )
    )
