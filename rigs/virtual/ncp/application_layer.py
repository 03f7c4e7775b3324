"""The APS of the stick: acknowledgements, repetitions, copies, and link-key protection.

Blocks of long messages are each handed to the host, and each sent for it, as EmberZNet does: the
host joins and splits them. A block is acknowledged when the host says so (`reply`).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assay.clock import Clock, Timer
from assay.gbcs.identifiers import Eui64
from rigs.virtual.ncp.key_store import KeyStore, LinkKey
from rigs.virtual.ncp.neighbours import Neighbours
from rigs.virtual.ncp.network_layer import Incoming, NetworkLayer, ignore
from rigs.zigbee import aps, nwk
from rigs.zigbee.aps import ApsFrame, ApsKind, Delivery, Fragment, FragmentKind
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.security import KeyKind

MAX_ATTEMPTS = 4
"""One transmission and three repetitions (apscMaxFrameRetries)."""

COPY_WINDOW = timedelta(seconds=8)
"""So long the same counter from the same sender is a copy: longer than its repetitions last."""

_COPIES_KEPT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class ApsIncoming:
    """A message or a block, opened, for the host. `link` protected it, if one did."""

    frame: ApsFrame
    source: int
    source_eui: Eui64 | None
    link: LinkKey | None
    link_quality: int
    strength_dbm: float


@dataclass(slots=True)
class _Pending:
    """A frame that waits for its acknowledgement."""

    frame: ApsFrame
    destination: int
    is_protected: bool
    done: Callable[[bool], None]
    attempts: int = 0
    timer: Timer | None = None


@dataclass(slots=True)
class ApsCounts:
    """What happened beside plain deliveries, for statistics and tests."""

    retried: int = 0
    copies: int = 0
    not_authentic: int = 0
    replayed: int = 0
    failed: int = 0


class NoLinkKeyError(Exception):
    """Protection was asked for towards a device that shares no key."""


class ApplicationLayer:
    """Hand it frames without protection; it hands up what was meant for the host."""

    def __init__(
        self,
        network: NetworkLayer,
        keys: KeyStore,
        neighbours: Neighbours,
        clock: Clock,
        eui: Eui64,
    ) -> None:
        self._network = network
        self._keys = keys
        self._neighbours = neighbours
        self._clock = clock
        self._eui = eui
        self._counter = 0
        self._pending: list[_Pending] = []
        self._copies: OrderedDict[tuple[int, int, int, int], datetime] = OrderedDict()
        self.ack_wait = timedelta(milliseconds=1600)
        self.counts = ApsCounts()
        self.on_message: Callable[[ApsIncoming], None] = lambda _: None
        self.on_command: Callable[[ApsIncoming], None] = lambda _: None
        network.on_data = self._receive

    def next_counter(self) -> int:
        self._counter = self._counter + 1 & 0xFF
        return self._counter

    def send(
        self, frame: ApsFrame, destination: int, done: Callable[[bool], None], *, is_protected: bool
    ) -> None:
        """One unicast. Where it asks for an acknowledgement, `done` waits for that, with retries.

        Raises:
            NoLinkKeyError: nothing was sent.
        """
        if destination == nwk.COORDINATOR:
            done(True)
            self.on_message(_to_itself(frame, self._eui))
            return
        if is_protected:
            self._link_to(destination)
        pending = _Pending(frame, destination, is_protected, done)
        if not frame.ack_request:
            self._network.send(destination, lambda: self._octets(pending), done)
            return
        self._pending.append(pending)
        self._attempt(pending)

    def broadcast(self, frame: ApsFrame, destination: int, done: Callable[[bool], None]) -> None:
        octets = aps.build(replace(frame, delivery=Delivery.BROADCAST, ack_request=False))
        self._network.send(destination, lambda: octets, done)

    def send_command(
        self,
        payload: bytes,
        destination: int,
        done: Callable[[bool], None] = ignore,
        *,
        link: LinkKey | None,
        kind: KeyKind = KeyKind.LINK,
        is_secured_by_network: bool = True,
    ) -> None:
        """An APS command, in clear without `link`, of whose key that of `kind` is made."""
        counter = self.next_counter()

        def octets() -> bytes:
            header = ApsFrame(kind=ApsKind.COMMAND, counter=counter, payload=payload)
            if link is None:
                return aps.build(header)
            security = aps.link_security(self._keys.next_aps_counter(), self._eui, kind)
            return aps.build(replace(header, security=security), link.key, self._eui)

        self._network.send(destination, octets, done, is_secured=is_secured_by_network)

    def reply(self, ack: ApsFrame, destination: int, *, is_protected: bool) -> None:
        """The host's acknowledgement of a block, or anything else that is sent but once."""
        pending = _Pending(ack, destination, is_protected, ignore)
        self._network.send(destination, lambda: self._octets(pending))

    def forget(self) -> None:
        """The stick has been reset: what was under way is lost."""
        for pending in self._pending:
            if pending.timer is not None:
                pending.timer.cancel()
        self._pending.clear()
        self._copies.clear()

    def _link_to(self, destination: int) -> LinkKey:
        child = self._neighbours.by_address(destination)
        link = None if child is None else self._keys.link_key(child.eui, self._clock.now())
        if link is None:
            raise NoLinkKeyError(f"no link key with the device at {destination:04X}")
        return link

    def _octets(self, pending: _Pending) -> bytes:
        """As it goes out now: each transmission has a frame counter of its own."""
        if not pending.is_protected:
            return aps.build(pending.frame)
        try:
            link = self._link_to(pending.destination)
        except NoLinkKeyError:
            return aps.build(pending.frame)  # the device was dismissed meanwhile
        security = aps.link_security(self._keys.next_aps_counter())
        return aps.build(replace(pending.frame, security=security), link.key, self._eui)

    def _attempt(self, pending: _Pending) -> None:
        pending.attempts += 1
        self._network.send(
            pending.destination,
            lambda: self._octets(pending),
            lambda is_delivered: self._has_left(pending, is_delivered),
        )

    def _has_left(self, pending: _Pending, is_delivered: bool) -> None:
        if pending not in self._pending:
            return  # the acknowledgement was quicker than the MAC's
        child = self._neighbours.by_address(pending.destination)
        if not is_delivered and child is not None and child.sleeps:
            self._end(pending, False)  # it did not ask for it in time, and will not again
            return
        wait = self.ack_wait
        if child is not None and (child.sleeps or self._neighbours.is_extended(child.eui)):
            wait += self._network.persistence
        pending.timer = self._clock.call_later(wait, lambda: self._not_acknowledged(pending))

    def _not_acknowledged(self, pending: _Pending) -> None:
        if pending not in self._pending:
            return
        if pending.attempts >= MAX_ATTEMPTS:
            self._end(pending, False)
            return
        self.counts.retried += 1
        self._attempt(pending)

    def _end(self, pending: _Pending, is_delivered: bool) -> None:
        self._pending.remove(pending)
        if pending.timer is not None:
            pending.timer.cancel()
        self.counts.failed += not is_delivered
        pending.done(is_delivered)

    def _receive(self, incoming: Incoming) -> None:
        source_eui = incoming.source_eui
        try:
            sealed = aps.parse(incoming.frame.payload)
            frame, link = self._open(sealed, source_eui)
        except RemoteRadioError:
            self.counts.not_authentic += 1
            return
        if frame is None:
            self.counts.replayed += 1
            return
        message = ApsIncoming(
            frame=frame,
            source=incoming.frame.source,
            source_eui=source_eui,
            link=link,
            link_quality=incoming.heard.link_quality,
            strength_dbm=incoming.heard.strength_dbm,
        )
        if frame.kind is ApsKind.ACK:
            self._acknowledged(frame, incoming.frame.source)
        elif frame.kind is ApsKind.COMMAND:
            self.on_command(message)
        elif frame.kind is ApsKind.DATA:
            self._take_data(message)

    def _open(
        self, sealed: ApsFrame, source_eui: Eui64 | None
    ) -> tuple[ApsFrame | None, LinkKey | None]:
        """The frame and the key that opened it; no frame for a replay."""
        if sealed.security is None:
            return sealed, None
        eui = sealed.security.source or source_eui
        links = [] if eui is None else self._keys.candidates(eui, self._clock.now())
        for link in links:
            try:
                opened = aps.open_(sealed, (link.key,), eui)
            except RemoteRadioError:
                continue
            fresh = self._keys.accept_aps(link, sealed.security.counter)
            return (opened if fresh else None), link
        return aps.open_(sealed, (), eui), None  # raises: no key opens it

    def _take_data(self, message: ApsIncoming) -> None:
        frame = message.frame
        is_block = frame.extended is not None and frame.extended.kind is not FragmentKind.NONE
        if frame.ack_request and frame.delivery is Delivery.UNICAST and not is_block:
            self.reply(
                aps.acknowledge(frame), message.source, is_protected=message.link is not None
            )
        if not is_block and self._is_copy(message):
            self.counts.copies += 1
            return
        self.on_message(message)

    def _is_copy(self, message: ApsIncoming) -> bool:
        frame, now = message.frame, self._clock.now()
        key = (message.source, frame.counter, frame.source_endpoint, frame.cluster)
        last = self._copies.pop(key, None)
        self._copies[key] = now
        if len(self._copies) > _COPIES_KEPT:
            self._copies.popitem(last=False)
        return last is not None and now - last < COPY_WINDOW

    def _acknowledged(self, ack: ApsFrame, source: int) -> None:
        answered = [one for one in self._pending if _answers(ack, source, one)]
        for pending in answered:
            self._end(pending, True)


def _to_itself(frame: ApsFrame, eui: Eui64) -> ApsIncoming:
    """A stick that speaks to itself does so without its radio."""
    return ApsIncoming(
        frame=frame,
        source=nwk.COORDINATOR,
        source_eui=eui,
        link=None,
        link_quality=255,
        strength_dbm=0.0,
    )


def _answers(ack: ApsFrame, source: int, pending: _Pending) -> bool:
    frame = pending.frame
    if (source, ack.counter, ack.cluster) != (pending.destination, frame.counter, frame.cluster):
        return False
    if frame.extended is None:
        return ack.extended is None
    return ack.extended is not None and _covers(ack.extended, frame.extended)


def _covers(ack: Fragment, block: Fragment) -> bool:
    """Whether the bits of an acknowledgement have this block of the window."""
    number = 0 if block.kind is FragmentKind.FIRST else block.block
    bit = number - ack.block
    return 0 <= bit < 8 and bool((ack.acknowledged or 0) >> bit & 1)
