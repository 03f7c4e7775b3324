"""Data of Commands to a Communications Hub: device logs and the sub-GHz configuration."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from assay.dcc.transform.errors import RecordMissingError
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.records import HubDeviceLog, ProxyDeviceLog
from assay.duis.values import field
from assay.gbcs.dlms.data import (
    Data,
    Tag,
    array,
    enum,
    long_unsigned,
    octet_string,
    structure,
    unsigned,
)
from assay.gbcs.errors import EncodeError
from assay.gbcs.identifiers import Eui64

Json = Any
_INSTALL_CODE = 1
_ANY_DEVICE = 0
"""The device type in the RTDS command that adds an ESME; for other types nothing is known."""
_HUNDREDTHS = Decimal(100)
_MOST_RESTORED = 16

_PAGES = (
    (28, "LowerBandSubGHzChannels0To26", 0),
    (29, "LowerBandSubGHzChannels27To34", 27),
    (30, "LowerBandSubGHzChannels35To61", 35),
    (31, "UpperBandSubGHzChannels0To26", 0),
)
"""Channel page of IEEE 802.15.4, the element that lists its channels, the first of them."""
_PAGE_BITS = 5
_CHANNEL_BITS = 27


def device_to_add(frame: Frame) -> Data:
    """Entry for the hub's device log: identifier, kind of key, install code, device type.

    The install code goes in as it came; whether one shorter than 16 octets is filled up is
    not in any text found.
    """
    return structure(
        octet_string(field(frame.body, "DeviceID", Eui64)),
        enum(_INSTALL_CODE),
        octet_string(field(frame.body, "AddDeviceToCHFWhitelist/InstallCode", bytes)),
        enum(_ANY_DEVICE),
    )


def restored_hub_log(frame: Frame) -> Data:
    """CCS03: the HAN identifier and the devices, as the old hub last reported them (CS14)."""
    log = frame.records.device_log
    if not isinstance(log, HubDeviceLog):
        hub = field(frame.body, "OldCHFID", Eui64)
        raise RecordMissingError(frame.request.srv, f"the last device log of hub {hub} (CS14)")
    if not 1 <= len(log.devices) <= _MOST_RESTORED:
        raise EncodeError("device log", f"1 to {_MOST_RESTORED} devices", len(log.devices))
    devices = (structure(octet_string(device), octet_string(key)) for device, key in log.devices)
    return structure(octet_string(log.han_id), array(*devices))


def restored_proxy_log(frame: Frame) -> dict[str, Json]:
    """GCS59: the devices as the old Gas Proxy Function last reported them (GCS62)."""
    log = frame.records.device_log
    if not isinstance(log, ProxyDeviceLog):
        proxy = field(frame.body, "OldGPFID", Eui64)
        raise RecordMissingError(frame.request.srv, f"the last device log of GPF {proxy} (GCS62)")
    return {
        "entries": [
            {"device_id": device.hyphenated, "device_type": kind} for device, kind in log.devices
        ]
    }


def sub_ghz_configuration(frame: Frame) -> Data:
    """DBCH04: four channel masks, then thresholds and periods; percentages in hundredths."""
    body = frame.body

    def count(name: str) -> int:
        return field(body, name, int)

    def hundredths(name: str) -> Data:
        return long_unsigned(int(field(body, name, Decimal) * _HUNDREDTHS))

    return structure(
        *(_channel_mask(frame, page, element, first) for page, element, first in _PAGES),
        hundredths("NormalLimitedDutyCycleThreshold"),
        hundredths("LimitedCriticalDutyCycleThreshold"),
        unsigned(count("MaximumSubGHzChannelChangesPerWeek")),
        long_unsigned(count("GSMECurfew")),
        unsigned(count("ChannelQuieterThreshold")),
        unsigned(count("ChannelNoisierThreshold")),
        hundredths("NonGSMEPoorCommsPercentageThreshold"),
        unsigned(count("NonGSMEPoorCommsMeasurementPeriods")),
        long_unsigned(count("LocalCHNoiseMeasurementPeriod")),
        hundredths("LocalCHFailurePercentage"),
        hundredths("LocalCHRetryPercentage"),
    )


def _channel_mask(frame: Frame, page: int, element: str, first: int) -> Data:
    """32 bits: five of the page, then channels, the page's first one last."""
    channels = field(frame.body, element, Mapping)  # type: ignore[type-abstract]
    named = {int(name.removeprefix("Channel")) - first for name in channels}
    bits = "".join("1" if bit in named else "0" for bit in reversed(range(_CHANNEL_BITS)))
    return Data(Tag.BIT_STRING, f"{page:0{_PAGE_BITS}b}{bits}")
