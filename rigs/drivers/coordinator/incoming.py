"""Messages from devices: blocks acknowledged and joined, senders named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import bellows.types as ezsp_types

from assay.clock import Clock
from rigs.capabilities.radio import ApsMessage
from rigs.drivers.coordinator.blocks import ENCRYPTION, FRAGMENT, WHOLE_WINDOW, Joiner
from rigs.drivers.coordinator.neighbours import Neighbours
from rigs.drivers.coordinator.session import NO_EUI, StickSession
from rigs.zigbee.smart_energy.clusters import DEVICE_ANNOUNCE, DEVICE_PROFILE


class Incoming:
    """`on_message` gets each message once, whole."""

    def __init__(self, session: StickSession, neighbours: Neighbours, clock: Clock) -> None:
        self._session = session
        self._neighbours = neighbours
        self._clock = clock
        self._joiner = Joiner()
        self.on_message: list[Callable[[ApsMessage], None]] = []

    def take(self, fields: dict[str, Any]) -> None:
        """The fields of the stick's callback, as bellows read them."""
        header, sender = fields["apsFrame"], int(fields["sender"])
        payload = bytes(fields["messageContents"])
        if int(header.profileId) == DEVICE_PROFILE:
            if int(header.clusterId) == DEVICE_ANNOUNCE:
                self._neighbours.announced(payload)
            return  # the stick answers the rest of what devices ask it about itself
        peer = self._neighbours.at(sender)
        message = ApsMessage(
            peer=peer or NO_EUI,
            profile=int(header.profileId),
            cluster=int(header.clusterId),
            source_endpoint=int(header.sourceEndpoint),
            destination_endpoint=int(header.destinationEndpoint),
            payload=payload,
            is_encrypted=bool(int(header.options) & ENCRYPTION),
            at=self._clock.now(),
        )
        if peer is None:
            self._session.start(self._take_from_stranger(message, sender, header))
        else:
            self._take(message, sender, header)

    async def _take_from_stranger(self, message: ApsMessage, sender: int, header: Any) -> None:
        peer = await self._neighbours.ask_who(sender)
        if peer is not None:
            self._take(replace(message, peer=peer), sender, header)

    def _take(self, message: ApsMessage, sender: int, header: Any) -> None:
        whole: ApsMessage | None = message
        if int(header.options) & FRAGMENT:
            self._session.start(self._acknowledge(sender, header))
            group, sequence = int(header.groupId), int(header.sequence)
            whole = self._joiner.join(message, group, sequence, self._clock.now())
        if whole is not None:
            for callback in tuple(self.on_message):
                callback(whole)

    async def _acknowledge(self, sender: int, header: Any) -> None:
        """A block, also one that has come before: its acknowledgement was lost."""
        reply = ezsp_types.EmberApsFrame(
            profileId=header.profileId,
            clusterId=header.clusterId,
            sourceEndpoint=header.destinationEndpoint,
            destinationEndpoint=header.sourceEndpoint,
            options=header.options,
            groupId=WHOLE_WINDOW | int(header.groupId) & 0xFF,
            sequence=header.sequence,
        )
        await self._session.ask("sendReply", sender=sender, apsFrame=reply, messageContents=b"")
