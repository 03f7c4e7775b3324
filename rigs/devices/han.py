"""The home area network of evidence level SIM: in process, with a latency, and taps.

No radio and no link keys are modelled here; who may talk is the hub's business.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.han_requests import RequestCarrier

HanTap = Callable[[str, Eui64, bytes, datetime], None]
"""Called with direction ("down" to the device, "up" to the hub), device, message and time."""


class HanDevice(Protocol):
    """What hangs on the network."""

    @property
    def device_id(self) -> Eui64: ...

    def receive(self, octets: bytes) -> None:
        """One GBCS message for the device; a device without power does not hear it."""

    def link_changed(self) -> None:
        """The network came up or went down, or joining was opened: look at the link."""


class HanLink:
    """Every device in range of one hub. `is_up` follows the hub's power."""

    def __init__(self, clock: Clock, latency: timedelta = timedelta(milliseconds=50)) -> None:
        self._clock = clock
        self.latency = latency
        self.taps: list[HanTap] = []
        self.is_up = False
        self.requests = RequestCarrier(clock, lambda: self.latency)
        self.requests.is_up = lambda: self.is_up
        self._devices: dict[Eui64, HanDevice] = {}
        self._to_hub: Callable[[Eui64, bytes], None] = lambda _device_id, _octets: None

    def attach(self, device: HanDevice) -> None:
        self._devices[device.device_id] = device

    def find(self, device_id: Eui64) -> HanDevice | None:
        """Who has this name within range."""
        return self._devices.get(device_id)

    def attach_hub(self, to_hub: Callable[[Eui64, bytes], None]) -> None:
        self._to_hub = to_hub

    def set_up(self, up: bool) -> None:
        if up != self.is_up:
            self.is_up = up
            self.announce()

    def announce(self) -> None:
        """Let every device know that the link is not what it was."""
        for device in tuple(self._devices.values()):
            self._clock.call_later(self.latency, device.link_changed)

    def down(self, device_id: Eui64, octets: bytes) -> None:
        """To a device; lost where none of that name is in range."""
        device = self._devices.get(device_id)
        if device is None or not self.is_up:
            return
        self._tap("down", device_id, octets)
        self._clock.call_later(self.latency, lambda: device.receive(octets))

    def up(self, device_id: Eui64, octets: bytes) -> None:
        """To the hub; lost while the network is down."""
        if not self.is_up:
            return
        self._tap("up", device_id, octets)
        self._clock.call_later(self.latency, lambda: self._to_hub(device_id, octets))

    def _tap(self, direction: str, device_id: Eui64, octets: bytes) -> None:
        for tap in self.taps:
            tap(direction, device_id, octets, self._clock.now())
