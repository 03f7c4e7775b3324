"""Commands that send messages, and the callbacks that tell what became of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rigs.virtual.ncp.codes import (
    NO_INDEX,
    ApsOption,
    CounterId,
    EmberStatus,
    IncomingType,
    OutgoingType,
)
from rigs.virtual.ncp.handlers import answers
from rigs.virtual.ncp.session_commands import SessionCommands
from rigs.virtual.ncp.stack import Stack
from rigs.virtual.ncp.wire import ApsHeader
from rigs.virtual.stack.layers import Received
from rigs.zigbee.aps import ApsFrame, ApsKind, Delivery, Fragment, FragmentKind

LARGEST_PAYLOAD = 82
"""Octets that 127 leave beside 2 of check sequence, 9 of MAC, 8 + 14 + 4 of NWK and 8 of APS."""

APS_PROTECTION = 9  # auxiliary header without extended nonce, integrity code
BLOCK_HEADER = 2

Callback = Callable[..., None]


class MessageCommands:
    """`callback(name, *values)` tells the host something by itself."""

    def __init__(self, stack: Stack, session: SessionCommands, callback: Callback) -> None:
        self._stack = stack
        self._session = session
        self._callback = callback

    @answers("maximumPayloadLength")
    def largest_payload(self) -> tuple[int]:
        return (LARGEST_PAYLOAD,)

    @answers("sendUnicast")
    def unicast(
        self, kind: int, destination: int, aps: ApsHeader, tag: int, contents: bytes
    ) -> tuple[int, int]:
        if not self._stack.is_up:
            return EmberStatus.NOT_JOINED, 0
        if kind != OutgoingType.DIRECT:
            return EmberStatus.BAD_ARGUMENT, 0  # no bindings, no address table
        if len(contents) > _room_for(aps):
            return EmberStatus.MESSAGE_TOO_LONG, 0
        deliveries = self._stack.deliveries
        if aps.is_encrypted and not deliveries.can_protect(destination):
            return EmberStatus.NO_LINK_KEY_RECEIVED, 0
        is_later_block = aps.is_fragment and aps.group & 0xFF > 0
        sequence = aps.sequence if is_later_block else self._stack.centre.layers.next_counter()
        header = replace(aps, sequence=sequence)

        def sent(is_delivered: bool) -> None:
            self._sent(OutgoingType.DIRECT, destination, header, tag, contents, is_delivered)

        deliveries.send(_frame(header, contents), destination, sent, is_protected=aps.is_encrypted)
        return EmberStatus.SUCCESS, sequence

    @answers("sendBroadcast")
    def broadcast(
        self, destination: int, aps: ApsHeader, tag: int, contents: bytes, **_radius: int
    ) -> tuple[int, int]:
        if not self._stack.is_up:
            return EmberStatus.NOT_JOINED, 0
        if len(contents) > LARGEST_PAYLOAD:
            return EmberStatus.MESSAGE_TOO_LONG, 0
        sequence = self._stack.centre.layers.next_counter()
        header = replace(aps, sequence=sequence)

        def sent(is_delivered: bool) -> None:
            self._sent(OutgoingType.BROADCAST, destination, header, tag, contents, is_delivered)

        self._stack.deliveries.broadcast(_frame(header, contents), destination, sent)
        return EmberStatus.SUCCESS, sequence

    @answers("sendReply")
    def reply(self, sender: int, aps: ApsHeader, contents: bytes) -> tuple[int]:
        """Of use for blocks only: other messages the stick acknowledges by itself."""
        if not self._stack.is_up:
            return (EmberStatus.NOT_JOINED,)
        if not aps.is_fragment:
            return (EmberStatus.INVALID_CALL,)
        base = aps.group & 0xFF
        ack = ApsFrame(
            kind=ApsKind.ACK,
            counter=aps.sequence,
            destination_endpoint=aps.destination_endpoint,
            source_endpoint=aps.source_endpoint,
            cluster=aps.cluster,
            profile=aps.profile,
            payload=contents,
            extended=Fragment(
                kind=FragmentKind.REST if base else FragmentKind.FIRST,
                block=base,
                acknowledged=aps.group >> 8,
            ),
        )
        self._stack.deliveries.reply(ack, sender, is_protected=aps.is_encrypted)
        return (EmberStatus.SUCCESS,)

    def incoming(self, message: Received) -> None:
        """A message or a block from the air, for the host."""
        frame = message.frame
        options = ApsOption.RETRY * frame.ack_request
        if message.link is not None:
            options |= ApsOption.ENCRYPTION
        group, extended = frame.group or 0, frame.extended
        if extended is not None and extended.kind is not FragmentKind.NONE:
            options |= ApsOption.FRAGMENT
            is_first = extended.kind is FragmentKind.FIRST
            group = extended.block << 8 if is_first else extended.block
        aps = ApsHeader(
            profile=frame.profile,
            cluster=frame.cluster,
            source_endpoint=frame.source_endpoint,
            destination_endpoint=frame.destination_endpoint,
            options=int(options),
            group=group,
            sequence=frame.counter,
        )
        self._callback(
            "incomingMessageHandler",
            _INCOMING[frame.delivery],
            aps,
            message.link_quality,
            max(-128, min(127, round(message.strength_dbm))),
            message.address,
            NO_INDEX,
            NO_INDEX,
            frame.payload,
        )

    def _sent(
        self,
        kind: OutgoingType,
        destination: int,
        aps: ApsHeader,
        tag: int,
        contents: bytes,
        is_delivered: bool,
    ) -> None:
        self._stack.deliveries.counts[CounterId.SENT] += is_delivered
        status = EmberStatus.SUCCESS if is_delivered else EmberStatus.DELIVERY_FAILED
        shown = contents if self._session.settings.echoes_contents else b""
        self._callback("messageSentHandler", kind, destination, aps, tag, status, shown)


_INCOMING = {
    Delivery.UNICAST: IncomingType.UNICAST,
    Delivery.INDIRECT: IncomingType.UNICAST,
    Delivery.BROADCAST: IncomingType.BROADCAST,
    Delivery.GROUP: IncomingType.MULTICAST,
}


def _room_for(aps: ApsHeader) -> int:
    return LARGEST_PAYLOAD - APS_PROTECTION * aps.is_encrypted - BLOCK_HEADER * aps.is_fragment


def _frame(aps: ApsHeader, contents: bytes) -> ApsFrame:
    """The first block's number of blocks is the high octet of `group`, an index the low one."""
    extended = None
    if aps.is_fragment:
        index = aps.group & 0xFF
        extended = Fragment(
            kind=FragmentKind.REST if index else FragmentKind.FIRST,
            block=index or aps.group >> 8,
        )
    return ApsFrame(
        counter=aps.sequence,
        destination_endpoint=aps.destination_endpoint,
        source_endpoint=aps.source_endpoint,
        cluster=aps.cluster,
        profile=aps.profile,
        payload=contents,
        ack_request=bool(aps.options & ApsOption.RETRY) or aps.is_fragment,
        extended=extended,
    )
