"""Schedule tables of an ESME: non-disablement (ECS08) and auxiliary loads (ECS46c, ECS46d)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assay.adapter.correlation.asked import Asked
from assay.adapter.correlation.dlms_values import (
    TRUE,
    Value,
    calendar_date,
    constant,
    date,
    special_days,
    weekdays,
)
from assay.adapter.correlation.expected import Listed, Node, Parts, Want, parts
from assay.adapter.correlation.times import dlms_time
from assay.gbcs.dlms.access import Obis
from assay.gbcs.dlms.data import Data, Tag

_NO_VALIDITY_WINDOW = 0xFFFF
Dates = Callable[[Asked], tuple[Node, Node, Node]]
"""Of an entry: switch time, begin date, end date."""


def schedule(
    entries: Sequence[Asked],
    *,
    table: str,
    script: Callable[[Asked], Node],
    special_days: Callable[[Asked], Node],
    dates: Dates,
) -> Listed:
    """A schedule table: entries in the request's order, numbered from 1, all enabled."""
    scripts = constant(Tag.OCTET_STRING, bytes(Obis.from_text(table)))
    return Listed(
        tuple(
            _entry(at, entry, scripts, script(entry), special_days(entry), dates(entry))
            for at, entry in enumerate(entries, 1)
        )
    )


def _entry(
    at: int,
    entry: Asked,
    scripts: Want,
    script: Node,
    days: Node,
    dates: tuple[Node, Node, Node],
) -> Parts:
    switch_time, begin, end = dates
    return parts(
        index=constant(Tag.LONG_UNSIGNED, at),
        enabled=constant(Tag.BOOLEAN, TRUE),
        scripts=scripts,
        script=script,
        switch_time=switch_time,
        validity_window=constant(Tag.LONG_UNSIGNED, _NO_VALIDITY_WINDOW),
        weekdays=weekdays(entry),
        special_days=days,
        begin_date=begin,
        end_date=end,
    )


def calendar_dates(path: str) -> Dates:
    return lambda entry: (
        dlms_time(entry, f"{path}/SwitchTime"),
        calendar_date(entry, f"{path}/StartDate"),
        calendar_date(entry, f"{path}/EndDate"),
    )


def wildcard_dates(path: str) -> Dates:
    return lambda entry: (
        dlms_time(entry, f"{path}/SwitchTime"),
        date(entry.at(f"{path}/StartDate")),
        date(entry.at(f"{path}/EndDate")),
    )


def named_special_days(
    path: str, index: str, defined: Mapping[int, Asked]
) -> Callable[[Asked], Node]:
    """Bits of the special days that an entry names, among those that are defined.

    With gaps in their numbers the highest counts (inferred; vectors have none).
    """
    count = max(defined, default=0)

    def build(entry: Asked) -> Node:
        named = [day.value(index, int) for day in entry.each(path)]
        return special_days(named, count, f"{entry.path}{path}")

    return build


def special_day_table(path: str, *, date_at: str = "", index: str = "@index") -> Value:
    """Index and date of each special day; its day id repeats the index (vectors)."""

    def build(asked: Asked) -> Listed:
        rows = []
        for number, day in asked.by_index(path, index).items():
            where = f"{day.path}{index}"
            rows.append(
                parts(
                    index=Want(Data(Tag.LONG_UNSIGNED, number), where, number),
                    date=date(day.at(date_at) if date_at else day),
                    day=Want(Data(Tag.UNSIGNED, number), where, number),
                )
            )
        return Listed(tuple(rows), path)

    return build
