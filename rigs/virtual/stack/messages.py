"""Application messages of any length between two nodes: in order, acknowledged, once each.

A message goes out in blocks where it is longer than a frame; the next for the same device waits
until the one before it has been acknowledged or given up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.alarm import Alarm
from rigs.virtual.stack.layers import Dropped, Layers, Received
from rigs.zigbee.aps import ApsFrame, ApsKind
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.fragments import LARGEST_BLOCK, Pace, Progress, Receiver, Sender
from rigs.zigbee.security import KeyKind

LARGEST_CLEAR = 82
"""Octets of a message without APS protection that still go in one frame."""
_EXTENDED_HEADER = 2


@dataclass(slots=True, eq=False)
class _Outgoing:
    peer: Eui64
    frame: ApsFrame
    is_encrypted: bool
    on_done: Callable[[bool], None]
    sender: Sender | None = None
    alarm: Alarm | None = None


class Messages:
    """`on_message` gets each message once, whole. `pace_for` a device is a hook: one that sleeps
    takes longer to acknowledge.
    """

    def __init__(self, clock: Clock, layers: Layers) -> None:
        self._clock = clock
        self._layers = layers
        self._queues: dict[Eui64, deque[_Outgoing]] = {}
        self._receiver = Receiver()
        self._pace = Pace()
        self.pace_for: Callable[[Eui64], Pace] = lambda _: self._pace
        self.on_message: Callable[[Received], None] = lambda _: None

    def send(
        self,
        peer: Eui64,
        frame: ApsFrame,
        *,
        is_encrypted: bool,
        on_done: Callable[[bool], None] = lambda _: None,
    ) -> None:
        """A data frame with the whole message; its counter is put in here. `on_done` says whether
        the device has acknowledged it."""
        outgoing = _Outgoing(
            peer=peer,
            frame=replace(frame, counter=self._layers.next_counter()),
            is_encrypted=is_encrypted,
            on_done=on_done,
        )
        queue = self._queues.setdefault(peer, deque())
        queue.append(outgoing)
        if len(queue) == 1:
            self._start(outgoing)

    def waiting_for(self, peer: Eui64) -> int:
        """Messages that are not acknowledged yet."""
        return len(self._queues.get(peer, ()))

    def forget(self, peer: Eui64) -> None:
        """The device is gone, or this one is off; what waited for it is not delivered."""
        for outgoing in self._queues.pop(peer, ()):
            if outgoing.alarm is not None:
                outgoing.alarm.cancel()
            outgoing.on_done(False)

    def take(self, received: Received) -> None:
        """An acknowledgement or a data frame."""
        if received.frame.kind is ApsKind.ACK:
            self._take_ack(received)
        elif received.frame.kind is ApsKind.DATA:
            self._take_data(received)

    def _start(self, outgoing: _Outgoing) -> None:
        size = len(outgoing.frame.payload)
        if outgoing.is_encrypted:
            block_size = LARGEST_BLOCK
        else:
            block_size = (
                LARGEST_CLEAR if size <= LARGEST_CLEAR else LARGEST_CLEAR - _EXTENDED_HEADER
            )
        outgoing.sender = Sender(
            outgoing.frame, block_size=block_size, pace=self.pace_for(outgoing.peer)
        )
        outgoing.alarm = Alarm(self._clock, lambda: self._poll(outgoing))
        self._emit(outgoing, outgoing.sender.start(self._clock.now()))

    def _poll(self, outgoing: _Outgoing) -> None:
        assert outgoing.sender is not None
        self._emit(outgoing, outgoing.sender.poll(self._clock.now()))

    def _take_ack(self, received: Received) -> None:
        queue = self._queues.get(received.peer)
        if not queue or queue[0].sender is None:
            return
        if queue[0].is_encrypted is not (received.key_kind is KeyKind.LINK):
            self._layers.dropped[Dropped.NOT_PROTECTED] += 1
            return
        self._emit(queue[0], queue[0].sender.receive(received.frame, self._clock.now()))

    def _emit(self, outgoing: _Outgoing, frames: list[ApsFrame]) -> None:
        for frame in frames:
            self._put(outgoing.peer, frame, outgoing.is_encrypted)
        sender, alarm = outgoing.sender, outgoing.alarm
        assert sender is not None and alarm is not None
        alarm.set(sender.deadline)
        if sender.progress is not Progress.SENDING:
            self._finish(outgoing, sender.progress is Progress.DELIVERED)

    def _finish(self, outgoing: _Outgoing, success: bool) -> None:
        queue = self._queues.get(outgoing.peer)
        if queue and queue[0] is outgoing:
            queue.popleft()
        outgoing.on_done(success)
        queue = self._queues.get(outgoing.peer)
        if queue and queue[0].sender is None:
            self._start(queue[0])

    def _put(self, peer: Eui64, frame: ApsFrame, is_encrypted: bool) -> None:
        address = self._layers.address_of(peer)
        link = self._layers.link_to(peer) if is_encrypted else None
        if address is not None and (link is not None or not is_encrypted):
            self._layers.send_aps(frame, address=address, link=link)

    def _take_data(self, received: Received) -> None:
        try:
            reception = self._receiver.receive(received.peer, received.frame, self._clock.now())
        except RemoteRadioError:
            self._layers.dropped[Dropped.MALFORMED] += 1
            return
        if reception.ack is not None:
            self._put(received.peer, reception.ack, received.link is not None)
        if reception.message is not None:
            self.on_message(replace(received, frame=reception.message))
