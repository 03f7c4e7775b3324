"""Commands of in-home displays to a gas meter: who may send them, and how they are proved.

PCS01 and PCS02 come over the home area network in a GBCS envelope, with a MAC of display and
meter and no broker (GBCS digest 2). Their counter must rise per display, as that of a remote
party does (inferred).
"""

from __future__ import annotations

from collections.abc import Mapping

from assay.gbcs import catalogue, protection
from assay.gbcs.acceptance import Accepted, Refusal, Refused
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import Role
from rigs.devices.credentials import DeviceCredentials
from rigs.devices.peers import DeviceLog, Right

TOP_UP, EMERGENCY_CREDIT = 0x009B, 0x0090
_RIGHTS: Mapping[int, Right] = {
    TOP_UP: Right.TOP_UP,
    EMERGENCY_CREDIT: Right.EMERGENCY_CREDIT,
}


class Displays:
    """`counters` are the highest that each display has used."""

    def __init__(self, credentials: DeviceCredentials, log: DeviceLog) -> None:
        self._credentials = credentials
        self._log = log
        self.counters: dict[Eui64, int] = {}

    def takes(self, octets: bytes) -> bool:
        """Whether it is one of these commands, good or bad."""
        try:
            return parse(octets).message_code in _RIGHTS
        except RemoteGbcsError:
            return False

    def accept(self, octets: bytes) -> Accepted | Refused:
        message = parse(octets)
        row = catalogue.use_case(message.message_code)
        refusal = self._refusal(message)
        if row is None or refusal is not None:
            return Refused(
                reason=refusal or Refusal.UNKNOWN_MESSAGE_CODE,
                message=message,
                detail=f"{message.message_code:04X} of {message.originator}",
            )
        self.counters[message.originator] = message.counter
        return Accepted(message=message, use_case=row, role=Role.OTHER, party=message.originator)

    def _refusal(self, message: Message) -> Refusal | None:
        if message.recipient != self._credentials.device_id:
            return Refusal.WRONG_RECIPIENT
        if message.cra is not Cra.COMMAND:
            return Refusal.NOT_A_COMMAND
        if self._log.find(message.originator) is None:
            return Refusal.UNKNOWN_ORIGINATOR
        if not self._log.allows(message.originator, _RIGHTS[message.message_code]):
            return Refusal.ROLE_WITHOUT_AUTHORITY
        if message.counter <= self.counters.get(message.originator, 0):
            return Refusal.COUNTER_NOT_GREATER
        if message.signature or message.mac is None:
            return Refusal.WRONG_PROTECTION
        secret = self._credentials.secret_with(message.originator)
        if secret is None or not protection.is_mac_valid(message, secret):
            return Refusal.BAD_MAC
        return None
