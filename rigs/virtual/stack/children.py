"""Who is on the network, by short address and by EUI-64, and who of them sleeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from assay.gbcs.identifiers import Eui64
from rigs.zigbee import nwk
from rigs.zigbee.fcs import reflected_crc
from rigs.zigbee.mac import Address
from rigs.zigbee.mac_commands import IS_ROUTER, RECEIVES_WHEN_IDLE

_LAST_ADDRESS = nwk.LOWEST_BROADCAST - 1


@dataclass(slots=True, kw_only=True, eq=False)
class Child:
    """`unproven_until` it shows that it holds the network key; None once it has."""

    eui: Eui64
    address: int
    capability: int
    unproven_until: datetime | None = None
    timeout_step: int = 8

    @property
    def sleeps(self) -> bool:
        return not self.capability & RECEIVES_WHEN_IDLE

    @property
    def is_router(self) -> bool:
        return bool(self.capability & IS_ROUTER)


class Children:
    """All devices are children of the coordinator, as in a home with one hub: a star."""

    def __init__(self) -> None:
        self._children: dict[Eui64, Child] = {}

    def __iter__(self) -> Iterator[Child]:
        return iter(tuple(self._children.values()))

    def __len__(self) -> int:
        return len(self._children)

    def find(self, eui: Eui64) -> Child | None:
        return self._children.get(eui)

    def at(self, address: Address | None) -> Child | None:
        """By short or extended address."""
        if isinstance(address, bytes):
            return self._children.get(address)
        return next((one for one in self._children.values() if one.address == address), None)

    def enter(self, eui: Eui64, capability: int, address: int | None = None) -> Child:
        """A new child, or an old one that comes again and keeps its address."""
        child = self._children.get(eui)
        if child is None:
            free = self._free_address(eui) if address is None else address
            child = self._children[eui] = Child(eui=eui, address=free, capability=capability)
        child.capability = capability
        return child

    def remove(self, eui: Eui64) -> None:
        self._children.pop(eui, None)

    def clear(self) -> None:
        self._children.clear()

    def _free_address(self, eui: Eui64) -> int:
        """From the EUI-64, so that a bench with the same devices has the same addresses."""
        address = 1 + reflected_crc(eui, 0xFFFF) % _LAST_ADDRESS
        while address == nwk.COORDINATOR or self.at(address) is not None:
            address = address % _LAST_ADDRESS + 1
        return address
