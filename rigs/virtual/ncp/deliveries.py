"""Single frames for a host that splits and joins long messages by itself, as EmberZNet's do.

What comes is acknowledged and handed on once, blocks excepted: each goes to the host, which says
when it is acknowledged (`reply`). What goes out is repeated until its acknowledgement comes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from assay.clock import Clock, Timer
from assay.gbcs.identifiers import Eui64
from rigs.virtual.ncp.codes import CounterId
from rigs.virtual.stack.centre import Centre
from rigs.virtual.stack.keys import LinkKey
from rigs.virtual.stack.layers import Done, Received, ignore
from rigs.zigbee import nwk
from rigs.zigbee.aps import ApsFrame, ApsKind, Delivery, Fragment, FragmentKind
from rigs.zigbee.fragments import Receiver

MAX_ATTEMPTS = 4
"""One transmission and three repetitions (apscMaxFrameRetries)."""


@dataclass(slots=True, eq=False)
class _Pending:
    """A frame that waits for its acknowledgement."""

    frame: ApsFrame
    destination: int
    is_protected: bool
    done: Done
    attempts: int = 0
    timer: Timer | None = None


class Deliveries:
    """`on_message` gets what is for the host. Those of `extended_timeouts` may take as long to
    acknowledge as a sleeper."""

    def __init__(self, clock: Clock, centre: Centre) -> None:
        self._clock = clock
        self._centre = centre
        self._pending: list[_Pending] = []
        self._receiver = Receiver()
        self.ack_wait = timedelta(milliseconds=1600)
        self.extended_timeouts: set[Eui64] = set()
        self.counts: Counter[int] = Counter()
        self.on_message: Callable[[Received], None] = lambda _: None

    def can_protect(self, destination: int) -> bool:
        """Whether there is a key for it; a message to oneself needs none."""
        return destination == nwk.COORDINATOR or self._link_to(destination) is not None

    def send(
        self, frame: ApsFrame, destination: int, done: Done = ignore, *, is_protected: bool = False
    ) -> None:
        """One unicast. Where it asks for an acknowledgement, `done` waits for that, with
        repetitions."""
        if destination == nwk.COORDINATOR:
            done(True)
            self.on_message(self._to_itself(frame))
        elif frame.ack_request:
            pending = _Pending(frame, destination, is_protected, done)
            self._pending.append(pending)
            self._attempt(pending)
        else:
            self._put(frame, destination, is_protected, done)

    def broadcast(self, frame: ApsFrame, destination: int, done: Done) -> None:
        everybody = replace(frame, delivery=Delivery.BROADCAST, ack_request=False)
        self._centre.layers.send_aps(everybody, address=destination, on_done=done)

    def reply(self, ack: ApsFrame, destination: int, *, is_protected: bool) -> None:
        """The host's acknowledgement of a block."""
        self._put(ack, destination, is_protected)

    def forget(self) -> None:
        """The stick has been reset: what was under way is lost."""
        for pending in self._pending:
            if pending.timer is not None:
                pending.timer.cancel()
        self._pending.clear()
        self._receiver = Receiver()

    def take(self, received: Received) -> None:
        """An acknowledgement or a data frame."""
        if received.frame.kind is ApsKind.ACK:
            for pending in [one for one in self._pending if _answers(received, one)]:
                self._end(pending, True)
        elif received.frame.kind is ApsKind.DATA:
            self._take_data(received)

    def _link_to(self, destination: int) -> LinkKey | None:
        child = self._centre.children.at(destination)
        return None if child is None else self._centre.layers.link_to(child.eui)

    def _put(
        self, frame: ApsFrame, destination: int, is_protected: bool, done: Done = ignore
    ) -> None:
        link = self._link_to(destination) if is_protected else None
        if is_protected and link is None:
            done(False)  # the device was dismissed meanwhile
        else:
            self._centre.layers.send_aps(frame, address=destination, link=link, on_done=done)

    def _attempt(self, pending: _Pending) -> None:
        pending.attempts += 1
        self._put(
            pending.frame,
            pending.destination,
            pending.is_protected,
            lambda is_delivered: self._has_left(pending, is_delivered),
        )

    def _has_left(self, pending: _Pending, is_delivered: bool) -> None:
        if pending not in self._pending:
            return  # the acknowledgement was quicker than the MAC's
        child = self._centre.children.at(pending.destination)
        if not is_delivered and child is not None and child.sleeps:
            self._end(pending, False)  # it did not ask for it in time, and will not again
            return
        wait = self.ack_wait
        if child is not None and (child.sleeps or child.eui in self.extended_timeouts):
            wait += self._centre.mailbox.kept_for
        pending.timer = self._clock.call_later(wait, lambda: self._not_acknowledged(pending))

    def _not_acknowledged(self, pending: _Pending) -> None:
        if pending not in self._pending:
            return
        if pending.attempts >= MAX_ATTEMPTS:
            self._end(pending, False)
            return
        self.counts[CounterId.RETRIED] += 1
        self._attempt(pending)

    def _end(self, pending: _Pending, is_delivered: bool) -> None:
        self._pending.remove(pending)
        if pending.timer is not None:
            pending.timer.cancel()
        self.counts[CounterId.FAILED] += not is_delivered
        pending.done(is_delivered)

    def _take_data(self, received: Received) -> None:
        frame = received.frame
        if frame.extended is not None and frame.extended.kind is not FragmentKind.NONE:
            self.on_message(received)
            return
        reception = self._receiver.receive(received.peer, frame, self._clock.now())
        if reception.ack is not None and frame.delivery is Delivery.UNICAST:
            self._put(reception.ack, received.address, received.link is not None)
        if reception.message is not None:
            self.on_message(received)

    def _to_itself(self, frame: ApsFrame) -> Received:
        """A stick that speaks to itself does so without its radio."""
        return Received(
            frame=frame,
            peer=self._centre.eui,
            address=nwk.COORDINATOR,
            at=self._clock.now(),
            strength_dbm=0.0,
            link_quality=255,
        )


def _answers(received: Received, pending: _Pending) -> bool:
    ack, frame = received.frame, pending.frame
    if received.address != pending.destination:
        return False
    if (ack.counter, ack.cluster) != (frame.counter, frame.cluster):
        return False
    if frame.extended is None:
        return ack.extended is None
    return ack.extended is not None and _covers(ack.extended, frame.extended)


def _covers(ack: Fragment, block: Fragment) -> bool:
    """Whether the bits of an acknowledgement have this block of the window."""
    number = 0 if block.kind is FragmentKind.FIRST else block.block
    bit = number - ack.block
    return 0 <= bit < 8 and bool((ack.acknowledged or 0) >> bit & 1)
