"""NWK and APS of one node: frames out are numbered and protected, frames in are opened and judged.

What does not open, is not fresh, or should have been protected and is not, is dropped and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.virtual.ether import Heard, MacLayer
from rigs.virtual.stack.keys import Keys, LinkKey
from rigs.zigbee import aps, mac, nwk
from rigs.zigbee.aps import ApsFrame, ApsKind
from rigs.zigbee.errors import NotAuthentic, RemoteRadioError
from rigs.zigbee.mac import MacFrame, MacKind
from rigs.zigbee.nwk import NwkFrame, NwkKind
from rigs.zigbee.nwk_commands import NWK_COMMANDS
from rigs.zigbee.security import KeyKind
from rigs.zigbee.smart_energy.clusters import needs_link_key

_BROADCASTS = range(nwk.LOWEST_BROADCAST, nwk.BROADCAST_ALL + 1)


Done = Callable[[bool], None]
Make = Callable[[], MacFrame]
"""Gives the frame when its turn has come, so that counters in it rise in the order of the air."""


def ignore(_is_delivered: bool) -> None:
    """For those to whom it is all the same what became of a frame."""


class Dropped(StrEnum):
    """Why a frame that was heard went no further."""

    MALFORMED = "malformed"
    NO_KEY = "no key"
    NOT_AUTHENTIC = "not authentic"
    REPLAYED = "replayed"
    REPLAYED_UNDER_LINK_KEY = "replayed under the link key"
    NOT_PROTECTED = "not protected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One APS frame in clear. `link` protected it at APS, or the key of `key_kind` that is made
    from it; both are None for nothing."""

    frame: ApsFrame
    peer: Eui64
    address: int
    key_kind: KeyKind | None = None
    link: LinkKey | None = None
    at: datetime
    strength_dbm: float
    link_quality: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedCommand:
    """One NWK command in clear, and whether the network key protected it."""

    command: Any
    frame: NwkFrame
    peer: Eui64
    is_secured: bool


class Layers:
    """`carry` takes what makes the MAC frame for an address; it may keep it until somebody asks.

    `on_aps` gets APS frames, `on_command` NWK commands. Hooks: `accepts_unprotected` says whether
    an APS frame that came without the network key may be looked at (a device that waits for that
    key); `requires_link_key` whether a data frame must be protected at APS; `link_to` and
    `links_of` a device, what protects messages to it and what may have protected its own;
    `passes_on` whether frames for another address go there; `names_sender` whether messages under
    a link key say whose they are.
    """

    def __init__(self, clock: Clock, link: MacLayer, keys: Keys) -> None:
        self._clock = clock
        self.link = link
        self.keys = keys
        self.dropped: Counter[Dropped] = Counter()
        self.carry: Callable[[int, Make, Done], None] = self._send_at_once
        self.on_aps: Callable[[Received], None] = lambda _: None
        self.on_command: Callable[[ReceivedCommand], None] = lambda _: None
        self.accepts_unprotected: Callable[[], bool] = lambda: False
        self.requires_link_key: Callable[[ApsFrame], bool] = needs_link_key
        self.address_of: Callable[[Eui64], int | None] = lambda _: None
        self.link_to: Callable[[Eui64], LinkKey | None] = keys.link
        self.links_of: Callable[[Eui64], tuple[LinkKey, ...]] = self._link_of
        self.passes_on: Callable[[int], bool] = lambda _: False
        self.names_sender = True
        self._sequence = 0
        self._counter = 0

    def next_counter(self) -> int:
        """For one APS message; its blocks share it."""
        self._counter = self._counter + 1 & 0xFF
        return self._counter

    def send_aps(
        self,
        frame: ApsFrame,
        *,
        address: int,
        link: LinkKey | None = None,
        key_kind: KeyKind = KeyKind.LINK,
        on_network: bool = True,
        on_done: Done = ignore,
    ) -> None:
        """One APS frame to a device, or to all (a broadcast address); protected at APS under the
        key of `key_kind` that is made from `link`, if there is one."""
        self._send(
            NwkFrame(destination=address),
            lambda: self._sealed(frame, link, key_kind),
            on_network,
            on_done,
        )

    def send_command(
        self,
        command: object,
        *,
        address: int,
        peer: Eui64 | None = None,
        on_network: bool = True,
        on_done: Done = ignore,
    ) -> None:
        """One NWK command, one hop."""
        payload = NWK_COMMANDS.build(command)
        header = NwkFrame(
            kind=NwkKind.COMMAND,
            destination=address,
            destination_eui=peer,
            source_eui=self.link.eui,
            radius=1,
        )
        self._send(header, lambda: payload, on_network, on_done)

    def _sealed(self, frame: ApsFrame, link: LinkKey | None, key_kind: KeyKind) -> bytes:
        """As it goes out now: each transmission has a frame counter of its own."""
        if link is None:
            return aps.build(frame)
        own = self.link.eui
        source = own if self.names_sender or key_kind is not KeyKind.LINK else None
        auxiliary = aps.link_security(self.keys.next_link_counter(), source, key_kind)
        return aps.build(replace(frame, security=auxiliary), link.key, own)

    def _send(
        self, header: NwkFrame, payload: Callable[[], bytes], on_network: bool, on_done: Done
    ) -> None:
        own, network_key = self.link.address, self.keys.network_key
        if own is None or (on_network and network_key is None):
            on_done(False)
            return
        self._sequence = self._sequence + 1 & 0xFF
        self._carry(
            replace(header, source=own, sequence=self._sequence), payload, on_network, on_done
        )

    def _carry(
        self, header: NwkFrame, payload: Callable[[], bytes], on_network: bool, on_done: Done
    ) -> None:
        def make() -> MacFrame:
            return self._mac_frame(replace(header, payload=payload()), on_network)

        self.carry(header.destination, make, on_done)

    def _mac_frame(self, frame: NwkFrame, on_network: bool) -> MacFrame:
        keys, own, pan = self.keys, self.link.address, self.link.pan
        assert own is not None and pan is not None
        if on_network:
            auxiliary = nwk.network_security(
                self.link.eui, keys.next_network_counter(), keys.key_sequence
            )
            frame = replace(frame, security=auxiliary)
        is_broadcast = frame.destination in _BROADCASTS
        return mac.data(
            sequence=0,
            pan=pan,
            destination=mac.BROADCAST if is_broadcast else frame.destination,
            source=own,
            payload=nwk.build(frame, keys.network_key if on_network else None),
            ack_request=not is_broadcast,
        )

    def _send_at_once(self, _address: int, make: Make, on_done: Done) -> None:
        self.link.send(make(), on_done)

    def take(self, frame: MacFrame, heard: Heard) -> None:
        """A MAC data frame for this node."""
        if frame.kind is not MacKind.DATA:
            return
        try:
            self._take(nwk.parse(frame.payload), heard)
        except NotAuthentic:
            self.dropped[Dropped.NOT_AUTHENTIC] += 1
        except RemoteRadioError:
            self.dropped[Dropped.MALFORMED] += 1

    def _take(self, frame: NwkFrame, heard: Heard) -> None:
        if frame.kind is NwkKind.INTER_PAN:
            return
        is_ours = frame.destination == self.link.address or frame.destination in _BROADCASTS
        if not is_ours and not self.passes_on(frame.destination):
            return
        opened = self._opened(frame)
        if opened is None:
            return
        if not is_ours:
            self._pass_on(opened)
            return
        peer = opened.security.source if opened.security is not None else opened.source_eui
        if opened.kind is NwkKind.COMMAND:
            if peer is not None:
                command = NWK_COMMANDS.parse(opened.payload)
                self.on_command(
                    ReceivedCommand(
                        command=command,
                        frame=opened,
                        peer=peer,
                        is_secured=opened.is_secured,
                    )
                )
            return
        self._take_aps(aps.parse(opened.payload), opened, peer, heard)

    def _pass_on(self, frame: NwkFrame) -> None:
        if frame.is_secured and frame.radius > 1:
            onward = replace(frame, radius=frame.radius - 1, security=None)
            self._carry(onward, lambda: frame.payload, True, ignore)

    def _opened(self, frame: NwkFrame) -> NwkFrame | None:
        auxiliary, key = frame.security, self.keys.network_key
        if auxiliary is None:
            if frame.kind is NwkKind.COMMAND or self.accepts_unprotected():
                return frame
            self.dropped[Dropped.NOT_PROTECTED] += 1
            return None
        if key is None:
            self.dropped[Dropped.NO_KEY] += 1
            return None
        opened = nwk.open_(frame, (key,))
        source = auxiliary.source
        if source is None or not self.keys.is_fresh_on_network(source, auxiliary.counter):
            self.dropped[Dropped.REPLAYED] += 1
            return None
        return opened

    def _take_aps(self, frame: ApsFrame, outer: NwkFrame, peer: Eui64 | None, heard: Heard) -> None:
        auxiliary, link = frame.security, None
        if auxiliary is not None:
            peer = auxiliary.source or peer
        if peer is None:
            self.dropped[Dropped.MALFORMED] += 1
            return
        if auxiliary is not None:
            opened = self._opened_with_link_key(frame, peer)
            if opened is None:
                return
            frame, link = opened
            if not link.is_fresh(auxiliary.counter):
                self.dropped[Dropped.REPLAYED_UNDER_LINK_KEY] += 1
                return
        elif self.requires_link_key(frame) or (
            outer.security is None and frame.kind is not ApsKind.COMMAND
        ):
            self.dropped[Dropped.NOT_PROTECTED] += 1
            return
        self.on_aps(
            Received(
                frame=frame,
                peer=peer,
                address=outer.source,
                key_kind=auxiliary.key_kind if auxiliary is not None else None,
                link=link,
                at=heard.at,
                strength_dbm=heard.strength_dbm,
                link_quality=heard.link_quality,
            )
        )

    def _opened_with_link_key(
        self, frame: ApsFrame, peer: Eui64
    ) -> tuple[ApsFrame, LinkKey] | None:
        """In clear, and the key that opened it; NotAuthentic where there are keys and none does."""
        links = self.links_of(peer)
        if not links:
            self.dropped[Dropped.NO_KEY] += 1
            return None
        for link in links[:-1]:
            try:
                return aps.open_(frame, (link.key,), peer), link
            except NotAuthentic:
                continue
        return aps.open_(frame, (links[-1].key,), peer), links[-1]

    def _link_of(self, peer: Eui64) -> tuple[LinkKey, ...]:
        link = self.keys.link(peer)
        return () if link is None else (link,)
