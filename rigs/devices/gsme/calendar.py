"""Calendars of the ZigBee calendar cluster: kept as they were sent, and read for what they say.

A calendar comes in parts that only its number joins. It is replaced whole: all parts of one
command, once every component of it has been accepted (G-028); special days have a date of their
own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time
from typing import Any, Generic, TypeVar

from rigs.devices.gbz_dated import DatedComponents
from rigs.devices.gbz_objects import INVALID_VALUE, NOT_FOUND, GbzCall, GbzError, Reply
from rigs.devices.tariff.dates import Beginning, DatePattern
from rigs.devices.tariff.sizes import CalendarSizes
from rigs.devices.tariff.switching_table import (
    DayProfile,
    Season,
    SpecialDay,
    Switch,
    SwitchingTable,
    WeekProfile,
)

Json = Any
Action = TypeVar("Action")
TARIFF_CALENDAR, NON_DISABLEMENT_CALENDAR = 0, 3
IN_FORCE: Mapping[int, int] = {0xFFFFFFFF: TARIFF_CALENDAR, 0xFFFFFFFE: NON_DISABLEMENT_CALENDAR}
"""Numbers that ask for whichever calendar of a type is in force (GBCS digest 10.2)."""
NO_SPACE = "insufficientSpace"
DAYS, WEEKS, SEASONS, SPECIAL_DAYS = 0x01, 0x02, 0x03, 0x04
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class PublishedCalendar:
    """Payloads of the publications, as they came."""

    days: tuple[Json, ...] = ()
    weeks: tuple[Json, ...] = ()
    seasons: tuple[Json, ...] = ()
    special_days: tuple[Json, ...] = ()

    def payloads(self, command: int) -> tuple[Json, ...]:
        return {
            DAYS: self.days,
            WEEKS: self.weeks,
            SEASONS: self.seasons,
            SPECIAL_DAYS: self.special_days,
        }[command]


@dataclass(kw_only=True)
class CalendarStore(Generic[Action]):
    """One type of calendar; its methods are hooks, so it has no slots.

    `action` gives the meaning of an entry's tier or flag; `on_changed` is called whenever another
    calendar or other special days come into force.
    """

    kind: int
    sizes: CalendarSizes
    action: Callable[[int], Action]
    published: PublishedCalendar = field(default_factory=PublishedCalendar)
    on_changed: list[Callable[[], None]] = field(default_factory=list)

    def check(self, part: str, payload: Json) -> None:
        """GbzError for what does not fit into the calendar of this type."""
        counted = {
            "calendar": (
                (payload.get("days", 0), self.sizes.day_profiles),
                (payload.get("weeks", 0), self.sizes.week_profiles),
                (payload.get("seasons"), self.sizes.seasons),
            ),
            "day": ((len(payload.get("entries", ())), self.sizes.switches_per_day),),
            "week": (),
            "seasons": ((len(_listed(payload, "seasons")), self.sizes.seasons),),
            "special days": ((len(_listed(payload, "special_days")), self.sizes.special_days),),
        }[part]
        if any(number is not None and number > most for number, most in counted):
            raise GbzError(NO_SPACE)

    def replace(self, published: PublishedCalendar) -> None:
        """Days, weeks and seasons; special days stay."""
        self._set(replace(published, special_days=self.published.special_days))

    def replace_special_days(self, payloads: tuple[Json, ...]) -> None:
        self._set(replace(self.published, special_days=payloads))

    def copy(self, other: PublishedCalendar) -> None:
        """All of it, from another device."""
        if other != self.published:
            self._set(other)

    def _set(self, published: PublishedCalendar) -> None:
        self.published = published
        for callback in self.on_changed:
            callback()

    def table(self) -> SwitchingTable[Action]:
        """What the publications say."""
        return SwitchingTable(
            seasons=tuple(
                Season(
                    bytes((number,)),
                    Beginning(on=_pattern(season["start_date"])),
                    bytes((season["week_id"],)),
                )
                for number, season in enumerate(
                    (one for payload in self.published.seasons for one in payload["seasons"]), 1
                )
            ),
            weeks=tuple(
                WeekProfile(bytes((week["week_id"],)), tuple(week[day] for day in _WEEKDAYS))
                for week in self.published.weeks
            ),
            days=tuple(
                DayProfile(
                    day["day_id"],
                    tuple(
                        Switch(
                            time(*divmod(entry["start_min"], _PER_HOUR)),
                            self.action(entry["tier_or_flag"]),
                        )
                        for entry in day["entries"]
                    ),
                )
                for day in self.published.days
            ),
        )

    def special_days(self) -> tuple[SpecialDay, ...]:
        entries = (
            one for payload in self.published.special_days for one in payload["special_days"]
        )
        return tuple(
            SpecialDay(index, _pattern(one["date"]), one["day_id"])
            for index, one in enumerate(entries)
        )


class CalendarCluster:
    """The commands of cluster 0707 over the stores of a device."""

    def __init__(self, stores: Sequence[CalendarStore[Any]], dated: DatedComponents) -> None:
        self.stores = {store.kind: store for store in stores}
        self._dated = dated

    def publish_calendar(self, call: GbzCall) -> None:
        fields = call.fields
        store = self._store(fields["calendar_type"])
        store.check("calendar", fields)
        self._dated.check_date(call, fields["start_time"])
        parts = call.transaction.parts
        number = str(fields["calendar_id"])
        if f"calendar {number}" in parts:
            raise GbzError(INVALID_VALUE)
        parts[f"calendar {number}"] = [store]

        def take() -> None:
            whole = PublishedCalendar(
                days=tuple(parts.get(f"day {number}", ())),
                weeks=tuple(parts.get(f"week {number}", ())),
                seasons=tuple(parts.get(f"seasons {number}", ())),
            )
            kind = f"calendar {store.kind}"
            self._dated.date(call, fields["start_time"], lambda: store.replace(whole), kind)

        call.transaction.on_success.append(take)

    def publish_day(self, call: GbzCall) -> None:
        self._part(call, "day")

    def publish_week(self, call: GbzCall) -> None:
        self._part(call, "week")

    def publish_seasons(self, call: GbzCall) -> None:
        self._part(call, "seasons")

    def publish_special_days(self, call: GbzCall) -> None:
        fields = call.fields
        store = self._store(fields["calendar_type"])
        store.check("special days", fields)
        self._dated.check_date(call, fields["start_time"])
        kind = f"special days {store.kind}"
        more = call.transaction.parts.setdefault(kind, [])
        more.append(fields)
        if len(more) == 1:
            call.transaction.on_success.append(
                lambda: self._dated.date(
                    call,
                    fields["start_time"],
                    lambda: store.replace_special_days(tuple(more)),
                    kind,
                )
            )

    def get(self, call: GbzCall) -> list[Reply]:
        """Days, weeks, seasons or special days of the calendar in force, one reply each."""
        store = self._named(call.fields["calendar_id"])
        if store is None:
            raise GbzError(NOT_FOUND)
        return published(store.published, call)

    def _part(self, call: GbzCall, part: str) -> None:
        """Of a calendar that an earlier component of the same command has begun."""
        fields, parts = call.fields, call.transaction.parts
        number = str(fields["calendar_id"])
        begun = parts.get(f"calendar {number}")
        if not begun:
            raise GbzError(INVALID_VALUE)
        store: CalendarStore[Any] = begun[0]
        store.check(part, fields)
        most = {"day": store.sizes.day_profiles, "week": store.sizes.week_profiles}.get(part)
        taken = parts.setdefault(f"{part} {number}", [])
        if most is not None and len(taken) >= most:
            raise GbzError(NO_SPACE)
        taken.append(fields)

    def _store(self, kind: int) -> CalendarStore[Any]:
        store = self.stores.get(kind)
        if store is None:
            raise GbzError(INVALID_VALUE)
        return store

    def _named(self, number: int) -> CalendarStore[Any] | None:
        if number in IN_FORCE:
            return self.stores.get(IN_FORCE[number])
        for store in self.stores.values():
            if any(day["calendar_id"] == number for day in store.published.days):
                return store
        return None


def published(calendar: PublishedCalendar, call: GbzCall) -> list[Reply]:
    """What a Get command of the cluster asks for, one reply for each publication.

    Raises:
        GbzError: not found, where the calendar has none.
    """
    fields, command = call.fields, call.component.command
    found = calendar.payloads(command)
    if command == DAYS:
        found = _from(found, "day_id", fields["start_day"], fields["days"])
    if command == WEEKS:
        found = _from(found, "week_id", fields["start_week"], fields["weeks"])
    if not found:
        raise GbzError(NOT_FOUND)
    return [Reply(command, _as_read(payload)) for payload in found]


def _from(payloads: tuple[Json, ...], name: str, first: int, count: int) -> tuple[Json, ...]:
    """From a number on; so many, or all for 0."""
    found = tuple(one for one in payloads if one[name] >= first)
    return found[:count] if count else found


def _as_read(payload: Json) -> Json:
    """What is in force has no date any more, as the vectors have it."""
    return {**payload, "start_time": 0} if "start_time" in payload else payload


def _listed(payload: Json, name: str) -> Sequence[Json]:
    listed = payload.get(name, ())
    return listed if isinstance(listed, list | tuple) else ()


def _pattern(date: Json) -> DatePattern:
    return DatePattern(
        year=date["year"], month=date["month"], day=date["day"], weekday=date["weekday"]
    )
