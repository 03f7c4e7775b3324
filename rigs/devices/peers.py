"""With whom a device that is no hub is joined, and what those may ask of it.

A type 2 device reads and does nothing else; who is not in the log may ask nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assay.gbcs.certificates import CertificateView
from assay.gbcs.identifiers import Eui64
from rigs.devices.device_type import DeviceType

CAPACITY = 16
"""Of every type of device but the ESME: this bench's choice, as no source used here gives one."""
_ESME, _GSME, _GPF = DeviceType.ESME, DeviceType.GSME, DeviceType.GPF
_PPMID, _HCALCS, _TYPE_2 = DeviceType.PPMID, DeviceType.HCALCS, DeviceType.TYPE_2


class Right(StrEnum):
    """What a device of the network may ask of one that it is joined with."""

    READ = "read"
    TOP_UP = "enter a top-up"
    EMERGENCY_CREDIT = "activate emergency credit"
    ENABLE_SUPPLY = "enable supply that is armed"
    LOAD_CONTROL = "ask for load control events"


RIGHTS: Mapping[DeviceType, frozenset[Right]] = {
    _PPMID: frozenset((Right.READ, Right.TOP_UP, Right.EMERGENCY_CREDIT, Right.ENABLE_SUPPLY)),
    _HCALCS: frozenset((Right.LOAD_CONTROL,)),
    _TYPE_2: frozenset((Right.READ,)),
    _ESME: frozenset((Right.READ,)),
    _GSME: frozenset((Right.READ,)),
    _GPF: frozenset((Right.READ,)),
}


@dataclass(frozen=True, slots=True)
class Room:
    """So many places for devices of these types together."""

    types: frozenset[DeviceType]
    places: int


ROOMS: Mapping[DeviceType, tuple[Room, ...]] = {
    _ESME: (
        Room(frozenset((_PPMID, _HCALCS, DeviceType.SAPC)), 7),
        Room(frozenset((_HCALCS,)), 5),
        Room(frozenset((_TYPE_2,)), 4),
    )
}
"""Who has a log -> what it has room for. Seven of type 1, no more than five of them load control
switches, and four of type 2: one maker's figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One device of the log, as the join named it. `certificate`: key agreement, method C alone."""

    device_id: Eui64
    device_type: DeviceType
    certificate: CertificateView | None = None


class DeviceLog:
    """In order of joining. `on_change`: an entry came or went. `allows` is what the objects of the
    network ask before they obey; hooks: `rights_of` says what an entry may do, `has_room_for`
    whether one more of a type is taken.
    """

    def __init__(self, rooms: tuple[Room, ...] = ()) -> None:
        self._rooms = rooms or (Room(frozenset(DeviceType), CAPACITY),)
        self._peers: dict[Eui64, Peer] = {}
        self.rights_of: Callable[[Peer], frozenset[Right]] = lambda peer: RIGHTS.get(
            peer.device_type, frozenset()
        )
        self.has_room_for: Callable[[DeviceType], bool] = lambda kind: self.holds(self.peers, kind)
        self.on_change: list[Callable[[], None]] = []

    @property
    def peers(self) -> tuple[Peer, ...]:
        return tuple(self._peers.values())

    def find(self, device_id: Eui64) -> Peer | None:
        return self._peers.get(device_id)

    def allows(self, device_id: Eui64, right: Right) -> bool:
        """Whether this device may ask that; nobody who is not in the log may ask anything."""
        peer = self._peers.get(device_id)
        return peer is not None and right in self.rights_of(peer)

    def holds(self, peers: Sequence[Peer], one_more: DeviceType) -> bool:
        """Whether a log with these entries has a place for a device of this type."""
        held = [peer.device_type for peer in peers]
        return all(
            sum(kind in room.types for kind in held) < room.places
            for room in self._rooms
            if one_more in room.types
        )

    def enter(self, peer: Peer) -> None:
        self._peers[peer.device_id] = peer
        self._changed()

    def remove(self, device_id: Eui64) -> bool:
        """False for a device that is not in the log."""
        if self._peers.pop(device_id, None) is None:
            return False
        self._changed()
        return True

    def replace(self, peers: tuple[Peer, ...]) -> None:
        """All entries at once, as a log that is restored has them (GCS59)."""
        self._peers = {peer.device_id: peer for peer in peers}
        self._changed()

    def _changed(self) -> None:
        for callback in self.on_change:
            callback()
