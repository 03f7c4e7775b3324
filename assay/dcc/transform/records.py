"""What the DCC knows beside the request, where a Command carries more than the user said.

The inventory knows of what type the other device of a join is, and the repository its
certificate; the hub's last alert about its device log (CS14) and the Gas Proxy Function's
(GCS62) are the logs that are restored after a hub is exchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from assay.gbcs.asn1 import codec
from assay.gbcs.asn1.messages import TYPE_NAMES
from assay.gbcs.dlms.access import Notification, decode_payload
from assay.gbcs.dlms.data import Data
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64

HUB_LOG_ALERT = 0x0018
PROXY_LOG_ALERT = 0x00B2
_IDENTIFIER_SIZE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDevice:
    """The device that is joined to the target; its certificate (DER) is for key agreement."""

    device_type: str | None = None
    certificate: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HubDeviceLog:
    """Device and the hash of its link key, in the hub's order; `han_id` is its Extended PAN id."""

    han_id: bytes
    devices: tuple[tuple[Eui64, bytes], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyDeviceLog:
    """Device and its type in the words of the ASN.1 type, in the order of the backup."""

    devices: tuple[tuple[Eui64, str | int], ...]


DeviceLog: TypeAlias = HubDeviceLog | ProxyDeviceLog


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """None where it is not known, or not needed."""

    other_device: OtherDevice | None = None
    device_log: DeviceLog | None = None


NO_RECORDS = Records()


def device_log_of(alert: Message) -> DeviceLog | None:
    """The log that a backup alert carries; None for any other message.

    Raises:
        RemoteGbcsError: a payload that cannot be read at all.
    """
    if alert.message_code == PROXY_LOG_ALERT:
        return _proxy_log(alert)
    if alert.message_code == HUB_LOG_ALERT:
        return _hub_log(alert)
    return None


def _proxy_log(alert: Message) -> ProxyDeviceLog | None:
    type_name = TYPE_NAMES.get((PROXY_LOG_ALERT, alert.cra))
    if type_name is None:
        return None
    entries = codec.decode(type_name, alert.payload).value["entries"]
    return ProxyDeviceLog(
        devices=tuple(
            (Eui64.from_text(entry["device_id"]), entry["device_type"]) for entry in entries
        )
    )


def _hub_log(alert: Message) -> HubDeviceLog | None:
    """structure{code, time, structure{time, HAN id, array of structure{device, hash}}}."""
    payload = decode_payload(alert.payload)
    if not isinstance(payload, Notification):
        return None
    try:
        _, _, log = _parts(payload.body)
        _, han_id, entries = _parts(log)
        pairs = tuple(_parts(entry) for entry in _parts(entries))
        devices = tuple((Eui64(_octets(device)), _octets(key)) for device, key in pairs)
        identifier = _octets(han_id)
    except (TypeError, ValueError):
        return None
    if len(identifier) != _IDENTIFIER_SIZE:
        return None
    return HubDeviceLog(han_id=identifier, devices=devices)


def _parts(data: Data) -> tuple[Data, ...]:
    if not isinstance(data.value, tuple):
        raise TypeError(f"expected elements, seen tag {data.tag}")
    return data.value


def _octets(data: Data) -> bytes:
    if not isinstance(data.value, bytes):
        raise TypeError(f"expected octets, seen tag {data.tag}")
    return data.value
