"""How a hub forms its 2.4 GHz network: channel, network identifiers, and what its beacons say.

The extended identifier is the address that is printed on the hub, or that of the hub whose
devices it takes over (C-001). The short one is drawn from it, and again where a neighbour uses it
already. The channel is the quietest of those that Smart Energy prefers (recalled). Energies are
in decibels over the quietest that a receiver can tell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass

from assay.gbcs.identifiers import Eui64

PREFERRED_CHANNELS = (11, 14, 15, 19, 20, 24, 25)
_LAST_SHORT_ID = 0xFFFE
"""FFFF is everybody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beacon:
    """What a device that scans hears of a network."""

    extended_id: Eui64
    short_id: int
    channel: int
    is_joining_permitted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    extended_id: Eui64
    short_id: int
    channel: int


class Formation:
    """Hooks: `energy_on` a channel, `neighbours`, the short identifiers that are in use nearby."""

    def __init__(self, extended_id: Eui64) -> None:
        self.energy_on: Callable[[int], int] = lambda _: 0
        self.neighbours: Callable[[], Collection[int]] = lambda: ()
        self.network = self._form(extended_id)

    def form(self, extended_id: Eui64) -> Network:
        """A network anew: at power-up of a new hub, and when a log is restored (CCS03)."""
        self.network = self._form(extended_id)
        return self.network

    def resolve_conflict(self) -> Network:
        """A neighbour has turned up with the same short identifier."""
        now = self.network
        self.network = Network(
            extended_id=now.extended_id,
            short_id=self._short_id(now.extended_id, {now.short_id, *self.neighbours()}),
            channel=now.channel,
        )
        return self.network

    def beacon(self, *, is_joining_permitted: bool) -> Beacon:
        now = self.network
        return Beacon(
            extended_id=now.extended_id,
            short_id=now.short_id,
            channel=now.channel,
            is_joining_permitted=is_joining_permitted,
        )

    def _form(self, extended_id: Eui64) -> Network:
        return Network(
            extended_id=extended_id,
            short_id=self._short_id(extended_id, frozenset(self.neighbours())),
            channel=min(PREFERRED_CHANNELS, key=self.energy_on),
        )

    @staticmethod
    def _short_id(extended_id: Eui64, taken: Collection[int]) -> int:
        drawn = int.from_bytes(hashlib.sha256(extended_id).digest()[:2], "big") % _LAST_SHORT_ID
        while drawn in taken:
            drawn = (drawn + 1) % _LAST_SHORT_ID
        return drawn
