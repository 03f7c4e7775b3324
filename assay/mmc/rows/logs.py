"""Event, security and power event logs, electricity, hub and gas (6.13).

An event of a command on the home network carries that command's message code as data; the
use case's title is given as its meaning.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.gbcs import catalogue
from assay.gbcs.dlms.data import Data, Tag
from assay.mmc.nodes import Hex, Node
from assay.mmc.rows.row import Row
from assay.mmc.templates import Reading, group, item, nodes, parts
from assay.mmc.values import hexadecimal, iso, moment

_COMMAND_EVENTS = (0x8154, 0x8155)
_EVENTS, _PUBLISH = 0x0709, 0x01


def event_nodes(code: int, other: bytes) -> Iterator[Node]:
    """Code, meaning, and data with their meaning, of one entry."""
    yield Node("LogCode", hexadecimal(code, 2))
    row = catalogue.alert_codes().get(code)
    if row is not None and row.meaning:
        yield Node("LogMeaning", row.meaning)
    if not other:
        return
    yield Node("OtherInformation", Hex(other))
    if code in _COMMAND_EVENTS and len(other) == 2:
        use_case = catalogue.use_case(int.from_bytes(other, "big"))
        if use_case is not None:
            yield Node("OtherInformationLogMeaning", f"{use_case.name} {use_case.title}")


def _dlms_events(log: Data) -> Iterator[Node]:
    for entry in parts(log):
        stamp, code, *rest = entry.value
        other = _octets(rest[0]) if rest else b""
        inside = (Node("Timestamp", moment(stamp)), *event_nodes(code.value, other))
        yield Node("LogEntry", inside, is_many=True)


def _octets(data: Data) -> bytes:
    """The power event log has a number there, the others octets."""
    if data.tag == Tag.DOUBLE_LONG_UNSIGNED:
        return int(data.value).to_bytes(4, "big")
    return bytes(data.value)


def _zigbee_events(reading: Reading) -> Iterator[Node]:
    for payload in reading.payloads(_EVENTS, _PUBLISH):
        for event in payload["events"]:
            when = iso(event["time"])
            stamp = () if when is None else (Node("Timestamp", when),)
            other = bytes.fromhex(event["data"] or "")
            inside = (*stamp, *event_nodes(int(event["event_id"], 16), other))
            yield Node("LogEntry", inside, is_many=True)


def _log(obis: str) -> Row:
    return (group("Log", nodes(item(obis), _dlms_events)),)


_ZIGBEE = (group("Log", _zigbee_events),)

ROWS: dict[int, Row] = {
    0x0014: _ZIGBEE,
    0x00A1: _ZIGBEE,
    0x0048: _log("0-0:99.98.0.255"),
    0x0049: _log("0-0:99.98.1.255"),
    0x0093: _log("0-0:99.98.0.255"),
    0x0094: _log("0-0:99.98.1.255"),
    0x00B9: _log("0-0:99.98.4.255"),
}
