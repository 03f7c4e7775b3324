"""The home area network of evidence level SIM: in process, with a latency, and taps.

No radio and no link keys are modelled here; who may talk is the hub's business. At evidence level
EMU a `RadioLink` (rigs/radio_link.py) takes its place, and everything goes over the virtual air.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.han_requests import RequestCarrier

if TYPE_CHECKING:
    from rigs.devices.hub.tunnels import Tunnels

Admit = Callable[[Eui64, bytes, bytes | None], bytes | None]
"""The hub's decision on a device, its install code and its former key: the link key, or None."""

HanTap = Callable[[str, Eui64, bytes, datetime], None]
"""Called with direction ("down" to the device, "up" to the hub), device, message and time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A device that may join now, for so long: with its install code, or with the key of which
    the hub has the hash."""

    device_id: Eui64
    window: timedelta
    install_code: bytes = b""
    former_hash: bytes = b""


class HanDevice(Protocol):
    """What hangs on the network."""

    @property
    def device_id(self) -> Eui64: ...

    def receive(self, octets: bytes) -> None:
        """One GBCS message for the device; a device without power does not hear it."""

    def link_changed(self) -> None:
        """The network came up or went down, or joining was opened: look at the link."""


class TrustCentre(Protocol):
    """The hub, as a network that is joined by radio sees it."""

    @property
    def device_id(self) -> Eui64: ...

    @property
    def network_id(self) -> Eui64: ...

    @property
    def tunnels(self) -> Tunnels: ...

    def candidates(self) -> Iterable[Candidate]: ...

    def enter(self, device_id: Eui64, link_key: bytes) -> bool:
        """A device has agreed on this link key; whether the hub takes it in."""

    def open_tunnel(self, device_id: Eui64) -> object | None: ...

    def time(self) -> datetime: ...

    @property
    def is_time_reliable(self) -> bool: ...


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
        self._told_on: dict[Eui64, Callable[[], bool]] = {}
        self._to_hub: Callable[[Eui64, bytes], None] = lambda _device_id, _octets: None

    def attach(self, device: HanDevice, is_on: Callable[[], bool] = lambda: True) -> None:
        """A device comes into range; `is_on` says whether it has power and is awake."""
        self._devices[device.device_id] = device
        self._told_on[device.device_id] = is_on

    def find(self, device_id: Eui64) -> HanDevice | None:
        """Who has this name within range."""
        return self._devices.get(device_id)

    def attach_hub(self, to_hub: Callable[[Eui64, bytes], None]) -> None:
        self._to_hub = to_hub

    def attach_trust_centre(self, trust_centre: TrustCentre) -> None:
        """The hub, as who decides on joining. In process a device asks it itself."""

    def join(
        self,
        device_id: Eui64,
        install_code: bytes,
        former_key: bytes | None,
        admit: Admit,
        on_key: Callable[[bytes], None],
    ) -> None:
        """A device tries to get in; `on_key` gets the link key, if it does."""
        link_key = admit(device_id, install_code, former_key)
        if link_key is not None:
            on_key(link_key)

    def woke(self, device_id: Eui64) -> None:
        """A device that has joined is awake, or has its power back."""

    def dismiss(self, device_id: Eui64) -> None:
        """The hub has removed a device."""

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
