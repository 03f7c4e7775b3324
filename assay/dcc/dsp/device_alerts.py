"""What alerts of devices change in the DCC, beside going to whom they are for: two tables.

Alerts to the broker by message code; alerts to others by message code or alert code, where the
device has signed them, so that the DCC may believe what it reads in passing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from assay.dcc.dsp.credential_effects import credentials_replaced
from assay.dcc.dsp.estate import Estate
from assay.dcc.dsp.firmware_effects import runs, version_in
from assay.dcc.dsp.outcome import SUCCESS, asn1_value, is_success
from assay.dcc.inventory import DeviceType
from assay.dcc.transform.records import HubDeviceLog, ProxyDeviceLog, device_log_of
from assay.duis.values import Content
from assay.gbcs.envelope import Message
from assay.gbcs.errors import GbcsError
from assay.gbcs.identifiers import Eui64

AlertEffect = Callable[[Estate, Message, datetime], str | None]
"""(what may change, the alert, now) -> in words what changed."""

FIRMWARE_ACCEPTED, FIRMWARE_REFUSED = 0x8F72, 0x8F1C
_SUB_GHZ = range(0x0110, 0x0116)


def hub_log_backed_up(estate: Estate, alert: Message, _: datetime) -> str | None:
    """CS14."""
    log = _log_in(alert)
    if not isinstance(log, HubDeviceLog):
        return None
    estate.joining.hub_log(alert.originator, log)
    return f"log of {alert.originator}: {len(log.devices)} devices"


def proxy_log_backed_up(estate: Estate, alert: Message, _: datetime) -> str | None:
    """GCS62."""
    log = _log_in(alert)
    if not isinstance(log, ProxyDeviceLog):
        return None
    estate.joining.proxy_log(alert.originator, log)
    return f"log of {alert.originator}: {len(log.devices)} devices"


def image_transferred(estate: Estate, alert: Message, _: datetime) -> str | None:
    """CCS08: the hub has passed an image on, or has not."""
    value = asn1_value(alert)
    if value is None or not isinstance(value["result"], str):
        return None
    device = Eui64.from_text(value["device_id"])
    estate.distribution.hub_reported(device, value["result"])
    return f"firmware image for {device}: {value['result']}"


def ppmid_activated(estate: Estate, alert: Message, at: datetime) -> str | None:
    """CS09: a PPMID runs another image, or failed to; N39."""
    value, version = asn1_value(alert), version_in(alert)
    device = estate.inventory.find(alert.originator)
    if value is None or version is None or device is None:
        return None
    is_activated = value["result"] == SUCCESS
    estate.distribution.device_reported(device.device_id, is_accepted=is_activated)
    if is_activated:
        runs(estate, device.device_id, version, at)
    upgrade: Content = {
        "FirmwareVersion": version,
        "ActivateImageResultCode": f"Activation{'Success' if is_activated else 'Failure'}",
    }
    code = int(value["alert_code"], 16)
    told = estate.alerts.ppmid_alert(device, code, _time(value["time"]), upgrade)
    return f"PPMID firmware {version}: {value['result']}, {len(told)} parties told"


def ppmid_alert(estate: Estate, alert: Message, code: int) -> str | None:
    """Any other alert of a PPMID to the broker; N39. None of another device."""
    device = estate.inventory.find(alert.originator)
    if device is None or device.device_type is not DeviceType.PPMID:
        return None
    told = estate.alerts.ppmid_alert(device, code, None, None)
    return f"PPMID alert {code:04X}, {len(told)} parties told"


def sub_ghz(_: Estate, alert: Message, __: datetime) -> str:
    """DBCH06 to DBCH11. The code of the DCC alert for them is not established: on record only."""
    return f"sub GHz alert {alert.message_code:04X} of {alert.originator}, nobody is told"


def credentials_outcome(estate: Estate, alert: Message, at: datetime) -> str | None:
    """What CS02b or CS02g did when its time came."""
    if not is_success(alert):
        return None
    return credentials_replaced(estate, alert.originator, alert, at)


def firmware_outcome(estate: Estate, alert: Message, at: datetime) -> str | None:
    """What CS06 did when its time came."""
    version = version_in(alert)
    if version is None or not is_success(alert):
        return None
    return runs(estate, alert.originator, version, at)


def image_judged(estate: Estate, alert: Message, code: int) -> str | None:
    """8F72, 8F1C: a meter has looked at the image that it was sent."""
    if code not in (FIRMWARE_ACCEPTED, FIRMWARE_REFUSED):
        return None
    is_accepted = code == FIRMWARE_ACCEPTED
    estate.distribution.device_reported(alert.originator, is_accepted=is_accepted)
    return f"firmware image {'accepted' if is_accepted else 'refused'} by {alert.originator}"


def _log_in(alert: Message) -> HubDeviceLog | ProxyDeviceLog | None:
    try:
        return device_log_of(alert)
    except GbcsError:
        return None


def _time(text: Any) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


TO_OTHERS: Mapping[int, AlertEffect] = {
    0x00CA: firmware_outcome,
    0x00CB: credentials_outcome,
    0x0124: credentials_outcome,
}
TO_BROKER: Mapping[int, AlertEffect] = {
    0x0018: hub_log_backed_up,
    0x00B2: proxy_log_backed_up,
    0x0128: image_transferred,
    0x012B: ppmid_activated,
    **dict.fromkeys(_SUB_GHZ, sub_ghz),
    **TO_OTHERS,
}


def alert_to_broker(estate: Estate, alert: Message, code: int | None, at: datetime) -> str | None:
    """In words what an authentic alert to the broker changed."""
    effect = TO_BROKER.get(alert.message_code)
    if effect is not None:
        return effect(estate, alert, at)
    return ppmid_alert(estate, alert, code) if code is not None else None


def alert_to_others(estate: Estate, alert: Message, code: int | None, at: datetime) -> str | None:
    """In words what an authentic alert to a user, or to another DCC party, changed."""
    effect = TO_OTHERS.get(alert.message_code)
    if effect is not None:
        return effect(estate, alert, at)
    return image_judged(estate, alert, code) if code is not None else None
