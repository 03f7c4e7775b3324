"""The network layer of the stick: a coordinator whose children are one hop away.

It protects and opens frames with the network key, refuses replays, keeps frames for sleepers, and
passes on what one child sends to another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from assay.gbcs.identifiers import Eui64
from rigs.virtual.ether import Heard, MacLayer
from rigs.virtual.ncp.key_store import KeyStore
from rigs.virtual.ncp.mailbox import Done, Mailbox
from rigs.virtual.ncp.neighbours import Neighbours
from rigs.zigbee import mac, nwk
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.mac import MacFrame
from rigs.zigbee.nwk import NwkFrame, NwkKind

_FIRST_BROADCAST = 0xFFF8


def ignore(_is_delivered: bool) -> None:
    """For those to whom it is all the same what became of a frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A frame for this node, opened. `source_eui` where the frame or the child table names it."""

    frame: NwkFrame
    source_eui: Eui64 | None
    heard: Heard


@dataclass(slots=True)
class NwkCounts:
    """Why frames were dropped, for statistics and tests."""

    unreadable: int = 0
    not_authentic: int = 0
    replayed: int = 0
    unprotected: int = 0


class NetworkLayer:
    """Hand it payloads to send; it hands up what is for this node. Hook: `counts`."""

    def __init__(
        self, link: MacLayer, mailbox: Mailbox, keys: KeyStore, neighbours: Neighbours
    ) -> None:
        self._mac = link
        self._mailbox = mailbox
        self._keys = keys
        self._neighbours = neighbours
        self._sequence = 0
        self.persistence = timedelta(seconds=7.68)
        self.counts = NwkCounts()
        self.on_data: Callable[[Incoming], None] = lambda _: None
        self.on_command: Callable[[Incoming], None] = lambda _: None

    def send(
        self,
        destination: int,
        payload: Callable[[], bytes],
        done: Done = ignore,
        *,
        kind: NwkKind = NwkKind.DATA,
        is_secured: bool = True,
        destination_eui: Eui64 | None = None,
        source_eui: Eui64 | None = None,
        radius: int = nwk.DEFAULT_RADIUS,
    ) -> None:
        """Send a payload, made when the frame is. `done` says whether the next hop has it."""
        frame = NwkFrame(
            kind=kind,
            destination=destination,
            source=nwk.COORDINATOR,
            sequence=self._next_sequence(),
            radius=radius,
            destination_eui=destination_eui,
            source_eui=source_eui,
        )
        self._forward(frame, payload, done, is_secured=is_secured)

    def receive(self, frame: MacFrame, heard: Heard) -> None:
        """Take a MAC data frame."""
        try:
            sealed = nwk.parse(frame.payload)
            opened = self._open(sealed)
        except RemoteRadioError:
            self.counts.unreadable += 1
            return
        if opened is None:
            return
        eui = self._source_eui(opened)
        if opened.security is not None:
            self._mark_authorised(eui)
        if opened.destination == nwk.COORDINATOR or opened.destination >= _FIRST_BROADCAST:
            up = self.on_data if opened.kind is NwkKind.DATA else self.on_command
            up(Incoming(frame=opened, source_eui=eui, heard=heard))
        elif self._neighbours.by_address(opened.destination) is not None and opened.is_secured:
            self._pass_on(opened)

    def _open(self, sealed: NwkFrame) -> NwkFrame | None:
        """None for what must not be taken, counted by reason."""
        auxiliary, key = sealed.security, self._keys.network_key
        if auxiliary is None or key is None:
            if sealed.kind is NwkKind.COMMAND:
                return sealed  # an unsecured rejoin: who gets it decides
            self.counts.unprotected += 1
            return None
        try:
            opened = nwk.open_(sealed, (key,))
        except RemoteRadioError:
            self.counts.not_authentic += 1
            return None
        sender = auxiliary.source
        if sender is not None and not self._keys.accept_nwk(sender, auxiliary.counter):
            self.counts.replayed += 1
            return None
        return opened

    def _source_eui(self, frame: NwkFrame) -> Eui64 | None:
        if frame.source_eui is not None:
            return frame.source_eui
        child = self._neighbours.by_address(frame.source)
        if child is not None:
            return child.eui
        return None if frame.security is None else frame.security.source

    def _mark_authorised(self, eui: Eui64 | None) -> None:
        child = None if eui is None else self._neighbours.by_eui(eui)
        if child is not None:
            child.is_authorised = True

    def _pass_on(self, frame: NwkFrame) -> None:
        if frame.radius > 1:
            onward = replace(frame, radius=frame.radius - 1, security=None)
            self._forward(onward, lambda: frame.payload, ignore, is_secured=True)

    def _forward(
        self, frame: NwkFrame, payload: Callable[[], bytes], done: Done, *, is_secured: bool
    ) -> None:
        def make() -> MacFrame:
            return self._mac_frame(frame, payload(), is_secured=is_secured)

        child = self._neighbours.by_address(frame.destination)
        if child is not None and child.sleeps:
            self._mailbox.put(child.address, make, done, self.persistence)
        else:
            self._mac.send(make(), done)

    def _mac_frame(self, frame: NwkFrame, payload: bytes, *, is_secured: bool) -> MacFrame:
        security = None
        if is_secured:
            security = nwk.network_security(
                self._mac.eui, self._keys.next_nwk_counter(), self._keys.network_key_sequence
            )
        whole = replace(frame, payload=payload, security=security)
        is_broadcast = frame.destination >= _FIRST_BROADCAST
        assert self._mac.pan is not None
        return mac.data(
            sequence=0,
            pan=self._mac.pan,
            destination=mac.BROADCAST if is_broadcast else frame.destination,
            source=nwk.COORDINATOR,
            payload=nwk.build(whole, self._keys.network_key if is_secured else None),
            ack_request=not is_broadcast,
        )

    def _next_sequence(self) -> int:
        self._sequence = self._sequence + 1 & 0xFF
        return self._sequence
