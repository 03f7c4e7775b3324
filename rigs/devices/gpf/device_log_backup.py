"""The GPF's device log as the DCC keeps it: backup alerts and restoring (GCS62, GCS59)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from assay.gbcs.acceptance import Accepted
from assay.gbcs.asn1 import codec
from assay.gbcs.dlms.data import Data
from assay.gbcs.envelope import Cra, Message, OtherInformation
from assay.gbcs.identifiers import Eui64
from rigs.devices.alerts import PROXY_LOG_BACKUP
from rigs.devices.device_type import DeviceType
from rigs.devices.gbz_alerts import Encrypt, GbzAlertBuilder
from rigs.devices.gsme.asn1_times import time_text
from rigs.devices.peers import DeviceLog, Peer

Json = Any
SUCCESS, FULL, UNSUITABLE = "success", "deviceLogFull", "incompatibleWithExistingEntry"


class BackupAlerts:
    """Builds the backup in ASN.1 and every other alert in GBZ."""

    def __init__(self, encrypt: Encrypt, entries: Callable[[], list[dict[str, str]]]) -> None:
        self._gbz = GbzAlertBuilder(encrypt)
        self._entries = entries

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
        if message_code != PROXY_LOG_BACKUP:
            return self._gbz.build(
                message_code=message_code,
                alert_code=alert_code,
                originator=originator,
                recipient=recipient,
                counter=counter,
                at=at,
                extras=extras,
            )
        value = {
            "alert_code": alert_code,
            "backup_time": time_text(at),
            "entries": self._entries(),
        }
        return Message(
            cra=Cra.ALERT,
            counter=counter,
            originator=originator,
            recipient=recipient,
            other=OtherInformation(message_code=message_code),
            payload=codec.build(message_code, Cra.ALERT, value),
        )


def restore(command: Accepted, log: DeviceLog) -> bytes:
    """The log becomes what the command lists; one outcome for each entry, in its order.

    An entry beyond the capacity is answered with a full log, one that names the proxy itself or
    a type without a place in its log as incompatible: inferred.
    """
    message = command.message
    wanted = codec.decode_message(message).value["entries"]
    peers: list[Peer] = []
    outcomes: list[Json] = []
    for entry in wanted:
        outcome = SUCCESS
        device_id = Eui64.from_text(entry["device_id"])
        kind = next((one for one in DeviceType if one == entry["device_type"]), None)
        if kind is None or device_id == message.recipient:
            outcome = UNSUITABLE
        elif not log.holds(peers, kind):
            outcome = FULL
        else:
            peers.append(Peer(device_id=device_id, device_type=kind))
        outcomes.append({"entry": entry, "join_response_code": outcome})
    log.replace(tuple(peers))
    return codec.build(message.message_code, Cra.RESPONSE, {"outcomes": outcomes})
