"""Who is on the network, by short address and by EUI-64, and who of them sleeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assay.gbcs.identifiers import Eui64
from rigs.zigbee import nwk
from rigs.zigbee.fcs import reflected_crc
from rigs.zigbee.mac_commands import IS_ROUTER, RECEIVES_WHEN_IDLE

_LAST_ADDRESS = 0xFFF7


@dataclass(slots=True, kw_only=True)
class Child:
    """`is_authorised` once it has shown that it holds the network key."""

    eui: Eui64
    address: int
    capability: int
    is_authorised: bool = False
    timeout_step: int = 8

    @property
    def sleeps(self) -> bool:
        return not self.capability & RECEIVES_WHEN_IDLE

    @property
    def is_router(self) -> bool:
        return bool(self.capability & IS_ROUTER)


class Neighbours:
    """All devices are children of the coordinator, as in a home with one hub: a star."""

    def __init__(self) -> None:
        self._children: dict[Eui64, Child] = {}
        self.extended_timeouts: set[Eui64] = set()

    def __iter__(self) -> Iterator[Child]:
        return iter(tuple(self._children.values()))

    def __len__(self) -> int:
        return len(self._children)

    def by_eui(self, eui: Eui64) -> Child | None:
        return self._children.get(eui)

    def by_address(self, address: int) -> Child | None:
        return next((one for one in self._children.values() if one.address == address), None)

    def at(self, index: int) -> Child | None:
        children = list(self._children.values())
        return children[index] if index < len(children) else None

    def admit(self, eui: Eui64, capability: int, address: int | None = None) -> Child:
        """A new child, or an old one that comes again and keeps its address."""
        known = self._children.get(eui)
        if known is None:
            free = self._free_address(eui) if address is None else address
            known = self._children[eui] = Child(eui=eui, address=free, capability=capability)
        known.capability = capability
        known.is_authorised = False
        return known

    def remove(self, eui: Eui64) -> Child | None:
        self.extended_timeouts.discard(eui)
        return self._children.pop(eui, None)

    def clear(self) -> None:
        self._children.clear()
        self.extended_timeouts.clear()

    def is_extended(self, eui: Eui64) -> bool:
        return eui in self.extended_timeouts

    def _free_address(self, eui: Eui64) -> int:
        """From the EUI-64, so that a bench with the same devices has the same addresses."""
        address = 1 + reflected_crc(eui, 0xFFFF) % _LAST_ADDRESS
        while address == nwk.COORDINATOR or self.by_address(address) is not None:
            address = address % _LAST_ADDRESS + 1
        return address
