"""Event logs as the ZigBee events cluster reads and clears them (CS10a, CS10b, CS11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.gbz.fields import time_seconds
from rigs.devices.gbz_objects import NOT_FOUND, GbzError
from rigs.devices.logs import Entry

Json = Any
GENERAL, SECURITY = 3, 4
PROXY_EVENT, PROXY_SECURITY = 6, 7
"""Log numbers; the last two are a GPF's copies of its meter's (GBCS digest 10.2)."""
_LOG_NIBBLE = 0x0F
_ANY_EVENT = 0


def publish(logs: Mapping[int, Sequence[Entry]], fields: Mapping[str, Json]) -> Json:
    """PublishEventLog for a GetEventLog: one command with all that match, oldest first.

    Raises:
        GbzError: not found, where none match or there is no such log.
    """
    number = fields["control_log_id"] & _LOG_NIBBLE
    first, last = time_seconds(fields["start"]), time_seconds(fields["end"])
    wanted = int(fields["event_id"], 16)
    found = [
        entry
        for entry in logs.get(number, ())
        if first <= seconds_since_2000(entry.at) <= last and wanted in (_ANY_EVENT, entry.code)
    ]
    chosen = found[fields["offset"] :]
    if fields["events"]:
        chosen = chosen[: fields["events"]]
    if not chosen:
        raise GbzError(NOT_FOUND)
    return {
        "total_events": len(found),
        "command_index": 0,
        "total_commands": 1,
        "log_payload_control": 0,
        "events": [_event(number, entry) for entry in chosen],
    }


def clear(logs: Mapping[int, Callable[[], None]], fields: Mapping[str, Json]) -> Json:
    """ClearEventLogResponse: the logs that were cleared, as bits by their number; a log that
    can't be cleared is none of them."""
    number = fields["log_id"] & _LOG_NIBBLE
    act = logs.get(number)
    if act is None:
        return {"cleared": 0}
    act()
    return {"cleared": 1 << number}


def _event(number: int, entry: Entry) -> Json:
    other = entry.other if isinstance(entry.other, bytes) else entry.other.to_bytes(4, "big")
    return {
        "log_id": number,
        "event_id": f"0x{entry.code:04X}",
        "time": seconds_since_2000(entry.at),
        "data": other.hex(),
    }
