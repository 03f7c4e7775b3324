"""Communications hub: device logs and sub-GHz radio (6.30 to 6.32, 8.9).

A channel mask is 32 bits: five name the page, the rest the page's channels, channel 0 of the
page last (verified by 6.28 commands). Thresholds are hundredths of a per cent, verified there.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from assay.gbcs import catalogue
from assay.gbcs.dlms.data import Data
from assay.mmc.errors import RemoteMmcError
from assay.mmc.nodes import Node
from assay.mmc.rows.row import Row
from assay.mmc.templates import group, item, leaf, nodes, parts
from assay.mmc.values import eui64, hexadecimal, instant, moment, number

_PAGE_BITS = 5


class Page(NamedTuple):
    """First channel of a ZigBee page, and the words of the schema for its band."""

    first: int
    band: str


_PAGES = {
    28: Page(0, "OperatingLowerBandSubGHzChannel"),
    29: Page(27, "OperatingLowerBandSubGHzChannel"),
    30: Page(35, "OperatingLowerBandSubGHzChannel"),
    31: Page(0, "OperatingUpperBandSubGHzChannel"),
}
SCAN_TRIGGERS = (
    "RemotePartyCommand",
    "GSMERequest",
    "GSMEMissedItsCurfew",
    "GSMEMissingForTheLastDay",
    "CHDetectedMessageFailureProblems",
    "CHDetectedMessageRetryProblems",
    "SubGHzNon-GSMEDeviceRequest",
    "SMHANFormation",
)
"""By their number in the log (inferred: the log holds 0 to 7, the schema lists eight)."""


def _channels(bits: str) -> tuple[Page, list[int]]:
    page = _PAGES.get(int(bits[:_PAGE_BITS], 2))
    if page is None:
        raise RemoteMmcError("channel mask", "page 28 to 31", bits)
    mask = bits[_PAGE_BITS:]
    return page, [page.first + at for at, bit in enumerate(reversed(mask)) if bit == "1"]


def _mask(data: Data) -> tuple[Node, ...]:
    return tuple(Node(f"Channel{channel}") for channel in _channels(data.value)[1])


def operating_channel(bits: str) -> Iterator[Node]:
    """None where the mask names no channel: nothing operates on sub-GHz."""
    page, channels = _channels(bits)
    if channels:
        channel = Node(page.band, (Node(f"Channel{channels[0]}"),))
        yield Node("OperatingSubGHzChannel", (channel,))


def _hundredths(data: Data) -> Decimal:
    return Decimal(data.value) / 100


_SETTINGS = "0-0:94.44.10.0"
_FIELDS: tuple[tuple[str, int, Any], ...] = (
    ("LowerBandSubGHzChannels0To26", 0, _mask),
    ("LowerBandSubGHzChannels27To34", 1, _mask),
    ("LowerBandSubGHzChannels35To61", 2, _mask),
    ("UpperBandSubGHzChannels0To26", 3, _mask),
    ("NormalLimitedDutyCycleThreshold", 4, _hundredths),
    ("LimitedCriticalDutyCycleThreshold", 5, _hundredths),
    ("MaximumSubGHzChannelChangesPerWeek", 6, number),
    ("GSMECurfew", 7, number),
    ("ChannelQuieterThreshold", 8, number),
    ("ChannelNoisierThreshold", 9, number),
    ("NonGSMEPoorCommsPercentageThreshold", 10, _hundredths),
    ("NonGSMEPoorCommsMeasurementPeriods", 11, number),
    ("LocalCHNoiseMeasurementPeriod", 12, number),
    ("LocalCHFailurePercentage", 13, _hundredths),
    ("LocalCHRetryPercentage", 14, _hundredths),
)
_CHANNEL_OCTETS = 4
_TRIGGER_HEAD = b"\x09\x01"


def _channel_log(log: Data) -> Iterator[Node]:
    """`otherInformation`: the operating channel's mask (4), then an octet-string of one."""
    codes = catalogue.alert_codes()
    for entry in parts(log):
        stamp, code, other = entry.value
        meaning = codes.get(code.value)
        inside = [Node("Timestamp", moment(stamp)), Node("EventCode", hexadecimal(code.value, 2))]
        if meaning is not None and meaning.meaning:
            inside.append(Node("EventDescription", meaning.meaning))
        octets = other.value
        mask, rest = octets[:_CHANNEL_OCTETS], octets[_CHANNEL_OCTETS:]
        if len(mask) == _CHANNEL_OCTETS:
            inside += operating_channel(f"{int.from_bytes(mask, 'big'):032b}")
        if rest[:2] == _TRIGGER_HEAD and len(rest) == 3 and rest[2] < len(SCAN_TRIGGERS):
            inside.append(Node("ScanTrigger", SCAN_TRIGGERS[rest[2]]))
        yield Node("LogEntry", tuple(inside), is_many=True)


_LAST_COMMUNICATION, _AVERAGE_SIGNAL = 8, 3


def _hub_devices(devices: Data) -> Iterator[Node]:
    for device in parts(devices):
        fields = device.value
        seen = (
            ("DeviceID", eui64(fields[0].value)),
            ("LastCommunicationsDateTime", instant(fields[_LAST_COMMUNICATION])),
            ("SubGHzLinkQuality", fields[_AVERAGE_SIGNAL].value),
        )
        inside = tuple(Node(name, value) for name, value in seen if value is not None)
        yield Node("CHFDeviceLogEntry", inside, is_many=True)


def _connected(name: str) -> Any:
    def build(devices: Data) -> Iterator[Node]:
        for device in parts(devices):
            identifier, key_hash = device.value
            inside = [Node("DeviceID", eui64(identifier.value))]
            if key_hash.value:
                inside.append(Node("DeviceSecurityDetails", key_hash.value.hex().upper()))
            yield Node(name, tuple(inside), is_many=True)

    return build


_DEVICES = (group("CHFDeviceLog", nodes(item("0-0:30.3.0.255", 4), _hub_devices)),)

ROWS: dict[int, Row] = {
    0x0004: _DEVICES,
    0x010F: _DEVICES,
    0x00FE: (
        group(
            "CHFConnectedDeviceLog",
            nodes(item("0-0:30.3.0.255", 4, 2), _connected("CHFCurrentConnectedDeviceLogEntry")),
            nodes(item("0-0:30.3.1.255", 4, 2), _connected("CHFHistoricConnectedDeviceLogEntry")),
        ),
    ),
    0x010A: (nodes(item("0-0:94.44.10.2"), lambda data: operating_channel(data.value)),),
    0x010B: (nodes(item("0-0:94.44.10.3"), _channel_log),),
    0x010C: tuple(leaf(name, item(_SETTINGS, 2, at), convert) for name, at, convert in _FIELDS),
}
