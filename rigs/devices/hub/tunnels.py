"""The hub's tunnels to devices that are always awake (C-017; GBCS digest 10.1).

The hub asks each for a tunnel once it has joined, at its own power-on, when the last answer is
65,535 seconds old, and when a message comes for a device without one. One that is busy is asked
again after three minutes; one that has no identifiers left is told to close all and asked at once.
What comes for a device waits until its tunnel works.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.alarm import Alarm

LIFE = timedelta(seconds=0xFFFF)
BUSY_WAIT = timedelta(minutes=3)
WAITING = 20
"""Messages kept for one device; this bench's choice."""


class TunnelStatus(IntEnum):
    """Of a RequestTunnelResponse."""

    SUCCESS = 0
    BUSY = 1
    NO_MORE_IDS = 2


@dataclass(slots=True)
class _Path:
    again: Alarm
    is_open: bool = False
    waiting: deque[bytes] = field(default_factory=lambda: deque(maxlen=WAITING))


class Tunnels:
    """`carry` takes a message for a device whose tunnel works.

    Hooks: `request` asks a device and gives its answer, `close_all` tells it to drop what it has;
    `ask` is in the place of `request` where the answer takes its time.
    """

    def __init__(self, clock: Clock, carry: Callable[[Eui64, bytes], None]) -> None:
        self._clock = clock
        self._carry = carry
        self._paths: dict[Eui64, _Path] = {}
        self.request: Callable[[Eui64], TunnelStatus] = lambda _: TunnelStatus.SUCCESS
        self.ask: Callable[[Eui64, Callable[[int], None]], None] = lambda device, on_status: (
            on_status(self.request(device))
        )
        self.close_all: Callable[[Eui64], None] = lambda _: None
        self.life = LIFE
        self.busy_wait = BUSY_WAIT

    def is_open(self, device_id: Eui64) -> bool:
        path = self._paths.get(device_id)
        return path is not None and path.is_open

    def joined(self, device_id: Eui64) -> None:
        self._ask(device_id)

    def left(self, device_id: Eui64) -> None:
        path = self._paths.pop(device_id, None)
        if path is not None:
            path.again.cancel()

    def lost(self, device_id: Eui64) -> None:
        """The device has closed it, or knows nothing of it: the next message asks for another."""
        path = self._paths.get(device_id)
        if path is not None:
            path.is_open = False
            path.again.cancel()

    def power_on(self) -> None:
        for device_id in tuple(self._paths):
            self._ask(device_id)

    def power_off(self) -> None:
        for path in self._paths.values():
            path.is_open = False
            path.again.cancel()

    def put(self, device_id: Eui64, octets: bytes) -> None:
        """One message for a device."""
        path = self._path(device_id)
        if not path.is_open and path.again.due is None:
            self._ask(device_id)
        if path.is_open:
            self._carry(device_id, octets)
        else:
            path.waiting.append(octets)

    def _path(self, device_id: Eui64) -> _Path:
        if device_id not in self._paths:
            again = Alarm(self._clock, lambda: self._ask(device_id))
            self._paths[device_id] = _Path(again)
        return self._paths[device_id]

    def _ask(self, device_id: Eui64) -> None:
        path = self._path(device_id)
        # Until the answer comes no other request is made.
        path.again.set(self._clock.now() + self.busy_wait)
        self.ask(device_id, lambda status: self._answered(path, device_id, status, is_last=False))

    def _answered(self, path: _Path, device_id: Eui64, status: int, *, is_last: bool) -> None:
        if self._paths.get(device_id) is not path:
            return
        if status == TunnelStatus.NO_MORE_IDS and not is_last:
            self.close_all(device_id)
            self.ask(device_id, lambda again: self._answered(path, device_id, again, is_last=True))
            return
        path.is_open = status == TunnelStatus.SUCCESS
        path.again.set(self._clock.now() + (self.life if path.is_open else self.busy_wait))
        while path.is_open and path.waiting:
            self._carry(device_id, path.waiting.popleft())
