"""Alerts of devices that speak GBZ: the same sender as for DLMS, another payload.

What follows the time comes as octet strings, as it does in DLMS; which field they fill
depends on the message code (GBCS digest 5.4).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.dlms.data import Data
from assay.gbcs.envelope import Cra, Message, OtherInformation
from assay.gbcs.gbz.components import (
    CLUSTER_COMMAND,
    DISABLE_DEFAULT_RESPONSE,
    FROM_SERVER,
    Component,
    Executed,
    GbzAlert,
    encode,
)
from assay.gbcs.identifiers import Eui64

EXECUTED = 0x00CD
IMAGE_RECEIVED = 0x00CF
ISSUE = 0x00F2
BILLING_DATA = 0x008B
METERING = 0x0702
PUBLISH_SNAPSHOT = 0x06

Encrypt = Callable[[Eui64, int, bytes], bytes | None]


class GbzAlertBuilder:
    """Builds in the place of `messages.dlms_alert`; `encrypt` is that of the device's seal."""

    def __init__(self, encrypt: Encrypt) -> None:
        self._encrypt = encrypt

    def build(
        self,
        *,
        message_code: int,
        alert_code: int,
        originator: Eui64,
        recipient: Eui64,
        counter: int,
        at: datetime,
        extras: tuple[Data, ...] = (),
    ) -> Message:
        """An unprotected alert; the snapshot of a billing alert is encrypted here."""
        alert = GbzAlert(alert_code, seconds_since_2000(at))
        for extra in extras:
            alert = self._with_extra(alert, message_code, bytes(extra.value), recipient, counter)
        return Message(
            cra=Cra.ALERT,
            counter=counter,
            originator=originator,
            recipient=recipient,
            other=OtherInformation(message_code=message_code),
            payload=encode(alert),
        )

    def _with_extra(
        self, alert: GbzAlert, message_code: int, extra: bytes, recipient: Eui64, counter: int
    ) -> GbzAlert:
        if message_code == EXECUTED:
            return alert._replace(executed=executed_of(extra))
        if message_code == IMAGE_RECEIVED:
            return alert._replace(image_hash=extra)
        if message_code == ISSUE:
            return alert._replace(issue_code=int.from_bytes(extra, "big"))
        if message_code == BILLING_DATA:
            frame = CLUSTER_COMMAND | FROM_SERVER | DISABLE_DEFAULT_RESPONSE
            blob = self._encrypt(recipient, counter, extra)
            component = Component(METERING, frame, 0, PUBLISH_SNAPSHOT, blob=blob)
            return alert._replace(component=component)
        raise ValueError(f"message code {message_code:04X} has no extra")


def executed_octets(executed: Executed) -> bytes:
    """14 octets: message code, counter, cluster, frame control, command."""
    return (
        executed.message_code.to_bytes(2, "big")
        + executed.counter.to_bytes(8, "big")
        + executed.cluster.to_bytes(2, "big")
        + bytes((executed.frame_control, executed.command))
    )


def executed_of(octets: bytes) -> Executed:
    return Executed(
        int.from_bytes(octets[:2], "big"),
        int.from_bytes(octets[2:10], "big"),
        int.from_bytes(octets[10:12], "big"),
        octets[12],
        octets[13],
    )
