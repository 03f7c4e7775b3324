"""Whom a coordinator knows by address, and what waits for those that sleep.

A frame for a device that does not listen by itself is kept until it asks (a data request), or
until it is too old.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.alarm import Alarm
from rigs.zigbee.mac import Address, MacFrame
from rigs.zigbee.mac_commands import RECEIVES_WHEN_IDLE

KEPT_FOR = timedelta(seconds=7.68)
"""Recalled: the persistence of indirect frames."""
_LAST_ADDRESS = 0xFFF7


@dataclass(slots=True, eq=False)
class Child:
    """`is_trusted`: it has shown that it holds the network key."""

    eui: Eui64
    address: int
    capability: int
    is_trusted: bool = False
    waiting: deque[tuple[datetime, MacFrame, Callable[[bool], None]]] = field(default_factory=deque)

    @property
    def sleeps(self) -> bool:
        return not self.capability & RECEIVES_WHEN_IDLE


class Children:
    def __init__(self, clock: Clock, seed: str) -> None:
        self._clock = clock
        self._random = random.Random(seed)
        self._children: dict[Eui64, Child] = {}
        self._expiry = Alarm(clock, self._expire)
        self.kept_for = KEPT_FOR

    def __iter__(self) -> Iterator[Child]:
        return iter(tuple(self._children.values()))

    def find(self, eui: Eui64) -> Child | None:
        return self._children.get(eui)

    def at(self, address: Address | None) -> Child | None:
        """By short or extended address."""
        if isinstance(address, bytes):
            return self._children.get(address)
        return next((one for one in self if one.address == address), None)

    def enter(self, eui: Eui64, capability: int) -> Child:
        """A new child, or the same one with what it is capable of now; it keeps its address."""
        child = self._children.get(eui)
        if child is None:
            child = self._children[eui] = Child(eui, self._free_address(), capability)
        child.capability = capability
        return child

    def remove(self, eui: Eui64) -> None:
        child = self._children.pop(eui, None)
        if child is not None:
            for _, _, on_done in child.waiting:
                on_done(False)

    def keep(self, child: Child, frame: MacFrame, on_done: Callable[[bool], None]) -> None:
        """Until the child asks."""
        child.waiting.append((self._clock.now() + self.kept_for, frame, on_done))
        self._set_expiry()

    def next_for(self, child: Child) -> tuple[MacFrame, Callable[[bool], None]] | None:
        if not child.waiting:
            return None
        _, frame, on_done = child.waiting.popleft()
        self._set_expiry()
        return frame, on_done

    def _free_address(self) -> int:
        taken = {one.address for one in self}
        while (address := self._random.randrange(1, _LAST_ADDRESS)) in taken:
            pass
        return address

    def _expire(self) -> None:
        now = self._clock.now()
        for child in self:
            while child.waiting and child.waiting[0][0] <= now:
                _, _, on_done = child.waiting.popleft()
                on_done(False)
        self._set_expiry()

    def _set_expiry(self) -> None:
        due = [one.waiting[0][0] for one in self if one.waiting]
        self._expiry.set(min(due) if due else None)
