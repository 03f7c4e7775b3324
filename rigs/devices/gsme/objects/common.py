"""Rows that a gas meter and a Gas Proxy Function share: calendars in force and event logs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from assay.gbcs.gbz.tables import Direction
from rigs.devices import gbz_logs
from rigs.devices.gbz_objects import CommandRow, GbzCall, Reply
from rigs.devices.gsme.calendar import CalendarCluster
from rigs.devices.gsme.use_cases import CALENDAR, EVENTS
from rigs.devices.logs import Entry

_FROM_SERVER, _TO_SERVER = Direction.SERVER_TO_CLIENT, Direction.CLIENT_TO_SERVER


def calendar_reads(cluster: CalendarCluster) -> Iterator[CommandRow]:
    for command in range(1, 5):
        yield CALENDAR, _TO_SERVER, command, cluster.get


def calendar_updates(cluster: CalendarCluster) -> Iterator[CommandRow]:
    yield CALENDAR, _FROM_SERVER, 0x00, cluster.publish_calendar
    yield CALENDAR, _FROM_SERVER, 0x01, cluster.publish_day
    yield CALENDAR, _FROM_SERVER, 0x02, cluster.publish_week
    yield CALENDAR, _FROM_SERVER, 0x03, cluster.publish_seasons
    yield CALENDAR, _FROM_SERVER, 0x04, cluster.publish_special_days


def event_logs(
    logs: Callable[[], Mapping[int, tuple[Entry, ...]]], clear: Mapping[int, Callable[[], None]]
) -> Iterator[CommandRow]:
    """`clear`: what clearing each log that may be cleared does."""

    def get(call: GbzCall) -> list[Reply]:
        return [Reply(0x01, gbz_logs.publish(logs(), call.fields))]

    def clear_log(call: GbzCall) -> list[Reply]:
        return [Reply(0x02, gbz_logs.clear(clear, call.fields))]

    yield EVENTS, _TO_SERVER, 0x00, get
    yield EVENTS, _TO_SERVER, 0x01, clear_log
