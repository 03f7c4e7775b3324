"""802.15.4's medium access on a node: carrier sense, acknowledgements, repetition, addresses.

Simplified from the standard: no beacon mode, no security; what it leaves out changes no octet on
the air. Frames wait in one queue, as the radio does one thing at a time.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from assay.clock import Clock, Timer
from assay.gbcs.identifiers import Eui64
from rigs.virtual.ether.node import Heard, Node
from rigs.zigbee import mac
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.mac import Address, MacFrame, MacKind

MAX_RETRIES = 3
MAX_BACKOFFS = 4
MIN_EXPONENT, MAX_EXPONENT = 3, 5
_ACK_OCTETS = 3
_MARGIN = timedelta(microseconds=500)
"""How much longer than needed an acknowledgement is waited for."""


@dataclass(slots=True)
class _Outgoing:
    frame: MacFrame
    on_done: Callable[[bool], None]
    retries: int = 0
    backoffs: int = 0


@dataclass(slots=True)
class MacCounts:
    """For statistics and tests."""

    sent: int = 0
    retried: int = 0
    failed: int = 0
    channel_busy: int = 0


class MacLayer:
    """`on_frame` gets each frame for this node once; acknowledgements are dealt with here.

    Hooks: `has_pending` says whether something waits for a device that asks (the bit in the
    acknowledgement of its data request); `is_powered`: without power nothing is heard or sent.
    """

    def __init__(self, clock: Clock, node: Node, eui: Eui64, *, seed: int = 0) -> None:
        self._clock = clock
        self.node = node
        self.eui = eui
        self._random = random.Random(f"{eui.hex()}{seed}")
        self.pan: int | None = None
        self.address: int | None = None
        self.counts = MacCounts()
        self.is_powered: Callable[[], bool] = lambda: True
        self.on_frame: Callable[[MacFrame, Heard], None] = lambda _frame, _heard: None
        self.has_pending: Callable[[Address], bool] = lambda _: False
        self._queue: deque[_Outgoing] = deque()
        self._timer: Timer | None = None
        self._awaits_ack = False
        self._sequence = self._random.randrange(256)
        self._last: dict[Address, int] = {}
        node.on_heard = self._heard

    def send(self, frame: MacFrame, on_done: Callable[[bool], None] = lambda _: None) -> None:
        """A frame; its sequence number is put in here. `on_done` says whether it got through:
        acknowledged, or on the air where no acknowledgement is asked for."""
        self._sequence = self._sequence + 1 & 0xFF
        self._queue.append(_Outgoing(replace(frame, sequence=self._sequence), on_done))
        if len(self._queue) == 1:
            self._back_off()

    def forget(self) -> None:
        """What waits to be sent is dropped, without a word: the radio is off."""
        self._queue.clear()
        self._stop_timer()
        self._awaits_ack = False

    @property
    def is_idle(self) -> bool:
        return not self._queue

    def _back_off(self) -> None:
        exponent = min(MIN_EXPONENT + self._queue[0].backoffs, MAX_EXPONENT)
        periods = self._random.randrange(1, 1 << exponent)
        self._set_timer(periods * self.node.plan.backoff, self._transmit)

    def _transmit(self) -> None:
        outgoing = self._queue[0]
        if self.node.channel is None or not self.is_powered():
            self._done(False)
            return
        if self.node.is_channel_busy():
            outgoing.backoffs += 1
            if outgoing.backoffs > MAX_BACKOFFS:
                self.counts.channel_busy += 1
                self._retry()
            else:
                self._back_off()
            return
        self.counts.sent += 1
        takes = self.node.transmit(mac.build(outgoing.frame))
        if not outgoing.frame.ack_request:
            self._set_timer(takes, lambda: self._done(True))
            return
        plan = self.node.plan
        self._awaits_ack = True
        wait = takes + plan.acknowledge_after + plan.airtime(_ACK_OCTETS) + _MARGIN
        self._set_timer(wait, self._no_ack)

    def _no_ack(self) -> None:
        self._awaits_ack = False
        self._retry()

    def _retry(self) -> None:
        outgoing = self._queue[0]
        outgoing.retries += 1
        outgoing.backoffs = 0
        if outgoing.retries > MAX_RETRIES:
            self.counts.failed += 1
            self._done(False)
        else:
            self.counts.retried += 1
            self._back_off()

    def _done(self, success: bool) -> None:
        self._stop_timer()
        outgoing = self._queue.popleft()
        if self._queue:
            self._back_off()
        outgoing.on_done(success)

    def _heard(self, heard: Heard) -> None:
        if not self.is_powered():
            return
        try:
            frame = mac.parse(heard.octets)
        except RemoteRadioError:
            return
        if frame.kind is MacKind.ACK:
            self._acknowledged(frame, heard)
        elif self._is_for_us(frame):
            self._take(frame, heard)

    def _acknowledged(self, ack: MacFrame, heard: Heard) -> None:
        if not self._awaits_ack or ack.sequence != self._queue[0].frame.sequence:
            return
        self._awaits_ack = False
        self._done(True)
        if ack.pending:
            self.on_frame(ack, heard)

    def _take(self, frame: MacFrame, heard: Heard) -> None:
        source = frame.source
        if frame.ack_request and not _is_broadcast(frame):
            pending = source is not None and self.has_pending(source)
            octets = mac.build(mac.ack(frame.sequence, pending=pending))
            self.node.transmit(octets, after=self.node.plan.acknowledge_after)
        if source is not None:
            if frame.ack_request and self._last.get(source) == frame.sequence:
                return
            self._last[source] = frame.sequence
        self.on_frame(frame, heard)

    def _is_for_us(self, frame: MacFrame) -> bool:
        if frame.destination is None:
            return True
        if frame.destination_pan not in (mac.BROADCAST_PAN, self.pan):
            return False
        return _is_broadcast(frame) or frame.destination in (self.eui, self.address)

    def _set_timer(self, delay: timedelta, callback: Callable[[], None]) -> None:
        self._stop_timer()
        self._timer = self._clock.call_later(delay, callback)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _is_broadcast(frame: MacFrame) -> bool:
    return frame.destination == mac.BROADCAST
