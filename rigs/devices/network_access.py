"""A device's place on the home area network: seeking a hub, joining it, talking through it.

The in-process handshake compares install codes; the hashed install code and the key
exchange that a radio needs are no part of evidence level SIM. What a device says before
it has joined is lost, and what it says while the hub is away waits in its outbox.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.han import HanDevice, HanLink
from rigs.devices.han_requests import REPLY_WITHIN, Answerer, Reply, Request

JOIN_TIME = timedelta(seconds=5)
"""From the moment joining is open to an agreed link key; this bench's choice."""


class HomeAreaHub(Protocol):
    """What a device sees of its hub."""

    @property
    def link(self) -> HanLink: ...

    def time(self) -> datetime:
        """UTC as the hub serves it."""

    @property
    def is_time_reliable(self) -> bool: ...

    def admit(
        self, device_id: Eui64, install_code: bytes, former_key: bytes | None = None
    ) -> bytes | None:
        """The link key agreed, or None where the hub does not let the device in; `former_key` is
        the one that the device had before."""

    def is_linked(self, device_id: Eui64, link_key: bytes) -> bool: ...


class NetworkAccess:
    """`is_on` says whether the device can talk at all; `on_joined` is called at each joining."""

    def __init__(self, clock: Clock, device_id: Eui64, is_on: Callable[[], bool]) -> None:
        self._clock = clock
        self._device_id = device_id
        self._is_on = is_on
        self._hub: HomeAreaHub | None = None
        self._link_key: bytes | None = None
        self._former_key: bytes | None = None
        self.install_code = b""
        self.on_joined: list[Callable[[], None]] = []

    @property
    def is_joined(self) -> bool:
        return self._link_key is not None

    def seek(self, hub: HomeAreaHub, device: HanDevice, install_code: bytes) -> None:
        """Hang on this hub's network and join it as soon as it lets the device in."""
        self._hub = hub
        self._drop_key()
        self.install_code = install_code
        hub.link.attach(device, self._is_on)
        self.look()

    def look(self) -> None:
        """The link changed, or the device has booted."""
        hub = self._hub
        if hub is None or not self._is_on() or not hub.link.is_up:
            return
        if self._link_key is not None and not hub.is_linked(self._device_id, self._link_key):
            self._drop_key()
        if self._link_key is None:
            self._clock.call_later(JOIN_TIME, self._attempt)
        else:
            hub.link.woke(self._device_id)

    def _attempt(self) -> None:
        hub = self._hub
        if hub is None or self.is_joined or not self._is_on() or not hub.link.is_up:
            return
        hub.link.join(
            self._device_id, self.install_code, self._former_key, hub.admit, self._admitted
        )

    def _admitted(self, link_key: bytes) -> None:
        self._link_key = link_key
        for callback in self.on_joined:
            callback()

    def _drop_key(self) -> None:
        """It proves who the device is where it was known before (GBCS digest 10.4)."""
        if self._link_key is not None:
            self._former_key, self._link_key = self._link_key, None

    def hub_time(self) -> datetime | None:
        """None while the hub cannot be heard, or has no time that it stands for."""
        hub = self._hub
        if hub is None or not self.is_joined or not hub.link.is_up:
            return None
        return hub.time() if hub.is_time_reliable else None

    def can_send(self) -> bool:
        return self._is_on() and (
            not self.is_joined or (self._hub is not None and self._hub.link.is_up)
        )

    def ask(
        self, target: Eui64, request: Request, on_reply: Callable[[Reply | None], None]
    ) -> None:
        """Another device of the network; `on_reply` gets None where no answer came."""
        if self._hub is None or not self.is_joined or not self._is_on():
            self._clock.call_later(REPLY_WITHIN, lambda: on_reply(None))
        else:
            self._hub.link.requests.ask(self._device_id, target, request, on_reply)

    def offer(self, answerer: Answerer) -> None:
        """Answer the requests of the network's devices."""
        if self._hub is not None:
            self._hub.link.requests.offer(self._device_id, answerer)

    def send(self, octets: bytes) -> None:
        if self._hub is not None and self.is_joined:
            self._hub.link.up(self._device_id, octets)
