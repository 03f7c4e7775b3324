"""Which device has which short address, as the stick and the devices say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assay.gbcs.identifiers import Eui64
from rigs.drivers.coordinator import settings
from rigs.drivers.coordinator.session import StickSession, device_of, eui_of

_NO_NODE = 0xFFFF
_DEVICE_LEFT, _DENIED = 2, 2
_RECEIVES_WHEN_IDLE = 0x08
_ANNOUNCE_SIZE = 12
"""Transaction, short address, EUI-64, capability."""


class Neighbours:
    """`on_joined` gets a device that has announced itself, so holds the network key."""

    def __init__(self, session: StickSession) -> None:
        self._session = session
        self._addresses: dict[Eui64, int] = {}
        self.on_joined: list[Callable[[Eui64], None]] = []
        self.on_left: list[Callable[[Eui64], None]] = []

    def clear(self) -> None:
        self._addresses.clear()

    def forget(self, device: Eui64) -> None:
        self._addresses.pop(device, None)

    def at(self, address: int) -> Eui64 | None:
        return next((eui for eui, one in self._addresses.items() if one == address), None)

    async def ask_who(self, address: int) -> Eui64 | None:
        """A device that joined before this session."""
        status, eui = await self._session.ask("lookupEui64ByNodeId", nodeId=address)
        if int(status) != settings.SUCCESS:
            return None
        device = device_of(eui)
        self._addresses[device] = address
        return device

    async def address_of(self, device: Eui64) -> int | None:
        known = self._addresses.get(device)
        if known is not None:
            return known
        (address,) = await self._session.ask("lookupNodeIdByEui64", eui64=eui_of(device))
        if int(address) == _NO_NODE:
            return None
        self._addresses[device] = int(address)
        return int(address)

    async def read_children(self) -> None:
        for index in range(settings.CHILDREN):
            status, child = await self._session.ask("getChildData", index=index)
            if int(status) == settings.SUCCESS:
                self._addresses[device_of(child.eui64)] = int(child.id)

    def joining(self, address: int, eui: Any, update: int, decision: int, _parent: int) -> None:
        """The stick's word on a device that came or went."""
        device = device_of(eui)
        if int(update) == _DEVICE_LEFT:
            self._addresses.pop(device, None)
            for left in tuple(self.on_left):
                left(device)
        elif int(decision) != _DENIED:
            self._addresses[device] = int(address)

    def announced(self, payload: bytes) -> None:
        """A device says who and where it is."""
        if len(payload) < _ANNOUNCE_SIZE:
            return
        device = Eui64(payload[3:11][::-1])
        self._addresses[device] = int.from_bytes(payload[1:3], "little")
        if not payload[11] & _RECEIVES_WHEN_IDLE:
            self._session.start(self._expect_sleep(device))
        for joined in tuple(self.on_joined):
            joined(device)

    async def _expect_sleep(self, device: Eui64) -> None:
        await self._session.ask(
            "setExtendedTimeout", remoteEui64=eui_of(device), extendedTimeout=True
        )
