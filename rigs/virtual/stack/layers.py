"""NWK and APS of one node: frames out are numbered and protected, frames in are opened and judged.

What does not open, is not fresh, or should have been protected and is not, is dropped and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.virtual.ether import Heard, MacLayer
from rigs.virtual.stack.keys import Keys
from rigs.zigbee import aps, mac, nwk
from rigs.zigbee.aps import ApsFrame, ApsKind
from rigs.zigbee.errors import NotAuthentic, RemoteRadioError
from rigs.zigbee.mac import MacFrame, MacKind
from rigs.zigbee.nwk import NwkFrame, NwkKind
from rigs.zigbee.nwk_commands import NWK_COMMANDS
from rigs.zigbee.security import KeyKind
from rigs.zigbee.smart_energy.clusters import needs_link_key


class Dropped(StrEnum):
    """Why a frame that was heard went no further."""

    MALFORMED = "malformed"
    NO_KEY = "no key"
    NOT_AUTHENTIC = "not authentic"
    REPLAYED = "replayed"
    NOT_PROTECTED = "not protected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One APS frame in clear. `key_kind` is what protected it at APS, None for nothing, and
    `link_key` that or what it was made from."""

    frame: ApsFrame
    peer: Eui64
    address: int
    key_kind: KeyKind | None
    link_key: bytes | None = field(default=None, repr=False)
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
    mac_source: mac.Address | None


class Layers:
    """`carry` takes each MAC frame that is ready; it may keep it until its receiver asks.

    `on_aps` gets APS frames, `on_command` NWK commands. Hooks: `accepts_unprotected` says whether
    an APS frame that came without the network key may be looked at (a device that waits for that
    key); `requires_link_key` whether a data frame must be protected at APS; `keys_for` a
    sender, those that may have protected what it sent.
    """

    def __init__(self, clock: Clock, link: MacLayer, keys: Keys) -> None:
        self._clock = clock
        self.link = link
        self.keys = keys
        self.addresses: dict[Eui64, int] = {}
        self.dropped: Counter[Dropped] = Counter()
        self.carry: Callable[[MacFrame, Callable[[bool], None]], None] = link.send
        self.on_aps: Callable[[Received], None] = lambda _: None
        self.on_command: Callable[[ReceivedCommand], None] = lambda _: None
        self.accepts_unprotected: Callable[[], bool] = lambda: False
        self.requires_link_key: Callable[[ApsFrame], bool] = needs_link_key
        self.keys_for: Callable[[Eui64], tuple[bytes, ...]] = self._link_keys_of
        self._sequence = 0
        self._counter = 0

    def next_counter(self) -> int:
        """For one APS message; its blocks share it."""
        self._counter = self._counter + 1 & 0xFF
        return self._counter

    def address_of(self, peer: Eui64) -> int | None:
        return self.addresses.get(peer)

    def send_aps(
        self,
        frame: ApsFrame,
        *,
        peer: Eui64 | None,
        address: int,
        key_kind: KeyKind | None = None,
        on_network: bool = True,
        on_done: Callable[[bool], None] = lambda _: None,
    ) -> None:
        """One APS frame to a device, or to all (a broadcast address).

        Raises:
            ValueError: a key kind without a link key of this peer.
        """
        key = None
        if key_kind is not None:
            key = self.keys.link_key(peer) if peer is not None else None
            if key is None:
                raise ValueError(f"no link key with {peer}")
            auxiliary = aps.link_security(self.keys.next_link_counter(), self.link.eui, key_kind)
            frame = replace(frame, security=auxiliary)
        self._send(NwkKind.DATA, aps.build(frame, key), address, on_network, on_done)

    def send_command(
        self,
        command: object,
        *,
        address: int,
        on_network: bool = True,
        on_done: Callable[[bool], None] = lambda _: None,
    ) -> None:
        """One NWK command, one hop."""
        payload = NWK_COMMANDS.build(command)
        self._send(NwkKind.COMMAND, payload, address, on_network, on_done, radius=1)

    def _send(
        self,
        kind: NwkKind,
        payload: bytes,
        address: int,
        on_network: bool,
        on_done: Callable[[bool], None],
        radius: int = nwk.DEFAULT_RADIUS,
    ) -> None:
        own, pan, keys = self.link.address, self.link.pan, self.keys
        if own is None or pan is None:
            on_done(False)
            return
        self._sequence = self._sequence + 1 & 0xFF
        auxiliary = None
        if on_network:
            if keys.network_key is None:
                on_done(False)
                return
            auxiliary = nwk.network_security(
                self.link.eui, keys.next_network_counter(), keys.key_sequence
            )
        frame = NwkFrame(
            kind=kind,
            destination=address,
            source=own,
            sequence=self._sequence,
            radius=radius,
            payload=payload,
            source_eui=self.link.eui if kind is NwkKind.COMMAND else None,
            security=auxiliary,
        )
        is_broadcast = address >= nwk.BROADCAST_ROUTERS
        octets = nwk.build(frame, keys.network_key if on_network else None)
        self.carry(
            mac.data(
                sequence=0,
                pan=pan,
                destination=mac.BROADCAST if is_broadcast else address,
                source=own,
                payload=octets,
                ack_request=not is_broadcast,
            ),
            on_done,
        )

    def take(self, frame: MacFrame, heard: Heard) -> None:
        """A MAC data frame for this node."""
        if frame.kind is not MacKind.DATA:
            return
        try:
            self._take(nwk.parse(frame.payload), frame, heard)
        except NotAuthentic:
            self.dropped[Dropped.NOT_AUTHENTIC] += 1
        except RemoteRadioError:
            self.dropped[Dropped.MALFORMED] += 1

    def _take(self, frame: NwkFrame, outer: MacFrame, heard: Heard) -> None:
        if frame.kind is NwkKind.INTER_PAN:
            return
        if frame.destination != self.link.address and frame.destination < nwk.BROADCAST_ROUTERS:
            return
        opened = self._opened(frame)
        if opened is None:
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
                        mac_source=outer.source,
                    )
                )
            return
        self._take_aps(aps.parse(opened.payload), opened, peer, heard)

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
        auxiliary, key = frame.security, None
        if auxiliary is not None:
            peer = auxiliary.source or peer
        if peer is None:
            self.dropped[Dropped.MALFORMED] += 1
            return
        if auxiliary is not None:
            opened = self._opened_with_link_key(frame, peer)
            if opened is None:
                return
            frame, key = opened
            if not self.keys.is_fresh_on_link(peer, auxiliary.counter):
                self.dropped[Dropped.REPLAYED] += 1
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
                link_key=key,
                at=heard.at,
                strength_dbm=heard.strength_dbm,
                link_quality=heard.link_quality,
            )
        )

    def _opened_with_link_key(self, frame: ApsFrame, peer: Eui64) -> tuple[ApsFrame, bytes] | None:
        """In clear, and the key that opened it; NotAuthentic where there are keys and none does."""
        auxiliary, keys = frame.security, self.keys_for(peer)
        assert auxiliary is not None
        if not keys:
            self.dropped[Dropped.NO_KEY] += 1
            return None
        for key in keys[:-1]:
            try:
                return aps.open_(frame, (key,), peer), key
            except NotAuthentic:
                continue
        return aps.open_(frame, keys[-1:], peer), keys[-1]

    def _link_keys_of(self, peer: Eui64) -> tuple[bytes, ...]:
        key = self.keys.link_key(peer)
        return () if key is None else (key,)
