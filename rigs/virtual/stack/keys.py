"""The keys of one node, and the counters that make each use of a key a new one."""

from __future__ import annotations

from assay.gbcs.identifiers import Eui64


class Keys:
    """Kept over a loss of power. A frame is fresh if its counter is above all before it, per
    sender and kind of key; a new link key starts its count anew."""

    def __init__(self) -> None:
        self.network_key: bytes | None = None
        self.key_sequence = 0
        self._link_keys: dict[Eui64, bytes] = {}
        self._network_counter = 0
        self._link_counter = 0
        self._seen_network: dict[Eui64, int] = {}
        self._seen_link: dict[Eui64, int] = {}

    def set_network_key(self, key: bytes, sequence: int) -> None:
        if (key, sequence) != (self.network_key, self.key_sequence):
            self._seen_network.clear()
        self.network_key, self.key_sequence = key, sequence

    def link_key(self, peer: Eui64) -> bytes | None:
        return self._link_keys.get(peer)

    @property
    def link_keys(self) -> dict[Eui64, bytes]:
        return dict(self._link_keys)

    def set_link_key(self, peer: Eui64, key: bytes) -> None:
        if self._link_keys.get(peer) != key:
            self._seen_link.pop(peer, None)
        self._link_keys[peer] = key

    def forget_link_key(self, peer: Eui64) -> None:
        self._link_keys.pop(peer, None)
        self._seen_link.pop(peer, None)

    def next_network_counter(self) -> int:
        self._network_counter += 1
        return self._network_counter

    def next_link_counter(self) -> int:
        self._link_counter += 1
        return self._link_counter

    def is_fresh_on_network(self, sender: Eui64, counter: int) -> bool:
        return _is_fresh(self._seen_network, sender, counter)

    def is_fresh_on_link(self, sender: Eui64, counter: int) -> bool:
        return _is_fresh(self._seen_link, sender, counter)


def _is_fresh(seen: dict[Eui64, int], sender: Eui64, counter: int) -> bool:
    if counter <= seen.get(sender, -1):
        return False
    seen[sender] = counter
    return True
