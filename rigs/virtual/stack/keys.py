"""The keys of one node, and the counters that make each use of a key a new one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from assay.gbcs.identifiers import Eui64

ANY_DEVICE = Eui64(b"\xff" * 8)
"""A first key for whoever joins."""


@dataclass(slots=True, eq=False)
class LinkKey:
    """A key shared with one device, and the highest counter that the device has used under it."""

    device: Eui64
    key: bytes = field(repr=False)
    highest: int | None = None

    def is_fresh(self, counter: int) -> bool:
        """Whether this counter is above all before it; remembers it."""
        if self.highest is not None and counter <= self.highest:
            return False
        self.highest = counter
        return True


class Keys:
    """Kept over a loss of power. A frame is fresh if its counter is above all before it, per
    sender and key; a new link key starts its count anew. `network_counter` and `link_counter`
    are those of the next frame."""

    def __init__(self) -> None:
        self.network_key: bytes | None = None
        self.key_sequence = 0
        self.network_counter = 0
        self.link_counter = 0
        self._links: dict[Eui64, LinkKey] = {}
        self._seen_network: dict[Eui64, int] = {}

    def set_network_key(self, key: bytes, sequence: int) -> None:
        if (key, sequence) != (self.network_key, self.key_sequence):
            self._seen_network.clear()
        self.network_key, self.key_sequence = key, sequence

    def link(self, peer: Eui64) -> LinkKey | None:
        return self._links.get(peer)

    def link_key(self, peer: Eui64) -> bytes | None:
        link = self._links.get(peer)
        return None if link is None else link.key

    @property
    def link_keys(self) -> dict[Eui64, bytes]:
        return {device: link.key for device, link in self._links.items()}

    def set_link_key(self, peer: Eui64, key: bytes) -> None:
        if self.link_key(peer) != key:
            self._links[peer] = LinkKey(peer, key)

    def forget_link_key(self, peer: Eui64) -> None:
        self._links.pop(peer, None)

    def next_network_counter(self) -> int:
        self.network_counter += 1
        return self.network_counter - 1

    def next_link_counter(self) -> int:
        self.link_counter += 1
        return self.link_counter - 1

    def is_fresh_on_network(self, sender: Eui64, counter: int) -> bool:
        if counter <= self._seen_network.get(sender, -1):
            return False
        self._seen_network[sender] = counter
        return True

    def forget_network_counter(self, device: Eui64) -> None:
        """A device that joins anew starts where it likes."""
        self._seen_network.pop(device, None)


class FirstKeys:
    """Keys that devices join with, those of their install codes as a rule, each until a time."""

    def __init__(self) -> None:
        self._keys: dict[Eui64, tuple[LinkKey, datetime]] = {}

    def add(self, device: Eui64, key: bytes, until: datetime) -> None:
        self._keys[device] = (LinkKey(device, key), until)

    def find(self, device: Eui64, now: datetime) -> LinkKey | None:
        """Its own, or that for any device."""
        found = (self._keys.get(eui) for eui in (device, ANY_DEVICE))
        return next((one[0] for one in found if one is not None and now < one[1]), None)

    def awaited(self, now: datetime) -> Iterator[Eui64]:
        """The devices whose keys still hold."""
        return (device for device, (_, until) in self._keys.items() if now < until)

    def forget(self, device: Eui64) -> None:
        self._keys.pop(device, None)

    def clear(self) -> None:
        self._keys.clear()
