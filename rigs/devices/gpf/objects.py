"""The GBZ objects of a Gas Proxy Function: mirrored values, copied logs, its own logs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from assay.gbcs.date_time import EPOCH
from assay.gbcs.gbz.fields import time_seconds
from assay.gbcs.gbz.tables import Direction
from rigs.devices import gbz_logs
from rigs.devices.gbz_objects import (
    INVALID_VALUE,
    NOT_FOUND,
    Attribute,
    CommandRow,
    GbzCall,
    GbzError,
    Reply,
)
from rigs.devices.gpf.mirror import DAY, FIRMWARE_VERSION, mirrored_attributes
from rigs.devices.gsme.calendar import IN_FORCE, published
from rigs.devices.gsme.objects import prepayment
from rigs.devices.gsme.profile import DAILY_SAMPLE, HALF_HOUR, PROFILE_SAMPLE, sampled
from rigs.devices.gsme.types import ATTRIBUTE_TYPES
from rigs.devices.gsme.use_cases import BASIC, CALENDAR, EVENTS, MANAGEMENT, METERING, PRICE
from rigs.devices.logs import Entry

if TYPE_CHECKING:
    from rigs.devices.gpf.proxy import GasProxy

Json = Any
_FROM_SERVER, _TO_SERVER = Direction.SERVER_TO_CLIENT, Direction.CLIENT_TO_SERVER
MANUFACTURER, MODEL, HARDWARE_VERSION = "Assay", "Virtual gas proxy", 1
_NO_INTERVAL = 0xFFFF
"""For days (GBCS digest 10.3)."""
_CLEAR_CONSUMER_DATA = 0x0200


def attributes(proxy: GasProxy) -> Iterator[Attribute]:
    yield BASIC, 0x0003, "uint8", lambda: HARDWARE_VERSION
    yield BASIC, 0x0004, "character-string", lambda: MANUFACTURER
    yield BASIC, 0x0005, "character-string", lambda: MODEL
    yield *FIRMWARE_VERSION, "octet-string", lambda: {"octets": proxy.firmware_version.hex()}
    for cluster, attribute in mirrored_attributes():
        kind = ATTRIBUTE_TYPES[cluster, attribute]
        yield cluster, attribute, kind, _mirrored(proxy, cluster, attribute)


def _mirrored(proxy: GasProxy, cluster: int, attribute: int) -> Callable[[], Json]:
    return lambda: proxy.store.value(cluster, attribute)


def commands(proxy: GasProxy) -> Iterator[CommandRow]:
    store = proxy.store

    def get_snapshot(call: GbzCall) -> list[Reply]:
        return [Reply(0x06, store.snapshots.registers.read(call.fields))]

    def get_sampled_data(call: GbzCall) -> list[Reply]:
        fields = call.fields
        first = EPOCH + timedelta(seconds=time_seconds(fields["earliest_time"]))
        sample = fields["sample_id"]
        if sample == PROFILE_SAMPLE:
            log, length, interval = store.profile, HALF_HOUR, int(HALF_HOUR.total_seconds())
        elif sample == DAILY_SAMPLE:
            log, length, interval = store.daily, DAY, _NO_INTERVAL
        else:
            raise GbzError(NOT_FOUND)
        payload = sampled(sample, interval, log.since(first), length, fields["samples"])
        return [Reply(0x07, payload)]

    def get_calendar(call: GbzCall) -> list[Reply]:
        kind = IN_FORCE.get(call.fields["calendar_id"])
        if kind is None:
            raise GbzError(NOT_FOUND)
        return published(store.stores[kind].published, call)

    def change_tenancy(call: GbzCall) -> None:
        """Whatever its date: carried out at once (GBCS digest 10.6)."""
        fields = call.fields
        if not fields["control"] & _CLEAR_CONSUMER_DATA:
            raise GbzError(INVALID_VALUE)
        proxy.restrict(EPOCH + timedelta(seconds=time_seconds(fields["implementation_time"])))

    def get_event_log(call: GbzCall) -> list[Reply]:
        logs: Mapping[int, tuple[Entry, ...]] = {
            gbz_logs.GENERAL: proxy.event_log.entries,
            gbz_logs.SECURITY: proxy.security_log.entries,
            gbz_logs.PROXY_EVENT: store.event_log,
            gbz_logs.PROXY_SECURITY: store.security_log,
        }
        return [Reply(0x01, gbz_logs.publish(logs, call.fields))]

    def clear_event_log(call: GbzCall) -> list[Reply]:
        clear = {gbz_logs.GENERAL: proxy.clear_event_log}
        return [Reply(0x02, gbz_logs.clear(clear, call.fields))]

    yield METERING, _TO_SERVER, 0x06, get_snapshot
    yield METERING, _TO_SERVER, 0x08, get_sampled_data
    for command in range(1, 5):
        yield CALENDAR, _TO_SERVER, command, get_calendar
    yield PRICE, _TO_SERVER, 0x00, lambda _: [Reply(0x00, store.current_price(proxy.now()))]
    yield PRICE, _TO_SERVER, 0x0B, lambda _: [Reply(0x09, store.billing_period())]
    yield MANAGEMENT, _FROM_SERVER, 0x00, change_tenancy
    yield EVENTS, _TO_SERVER, 0x00, get_event_log
    yield EVENTS, _TO_SERVER, 0x01, clear_event_log
    yield from prepayment.log_reads(
        store.snapshots, lambda: store.top_ups, lambda: store.debt_payments
    )
