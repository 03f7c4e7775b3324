"""The SM WAN between the DCC and a hub, as a protocol and as an in-process carrier.

Messages travel down and up as GBCS octets; the hub reports power loss; coverage and
latency decide what arrives and when, on the bench's clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from assay.clock import Clock


class WanHub(Protocol):
    """The hub's side: EUI-64 of its CHF (8 octets), and what the WAN delivers to it."""

    @property
    def hub_id(self) -> bytes: ...

    def message_down(self, device_id: bytes, message: bytes) -> None: ...


@runtime_checkable
class ImageHub(Protocol):
    """A hub that takes firmware images for devices on its HAN."""

    def image_down(self, device_ids: Sequence[bytes], image: bytes) -> None:
        """One OTA file for these devices; what becomes of it the hub tells by CCS08."""


class WanLink(Protocol):
    """What the radio between the network and one hub does to a message."""

    def travel(self, octets: int) -> timedelta | None:
        """How long a message of this size is under way; None for one that is lost."""


@runtime_checkable
class LinkedHub(Protocol):
    """A hub with a radio link of its own kind; None for that of the WAN itself."""

    @property
    def wan_link(self) -> WanLink | None: ...


class ImageNotCarriedError(Exception):
    """The hub takes no firmware images."""


class WanDsp(Protocol):
    """The DCC's side: what the WAN brings up."""

    def message_up(self, hub_id: bytes, message: bytes) -> None: ...

    def power_lost(self, hub_id: bytes, since: datetime) -> None: ...


class SmWan(Protocol):
    """What both sides hold on to."""

    def attach_hub(self, hub: WanHub) -> None: ...

    def attach_dsp(self, dsp: WanDsp) -> None: ...

    def send_down(self, hub_id: bytes, device_id: bytes, message: bytes) -> None:
        """Carry one GBCS message to a device behind a hub; KeyError for an unknown hub."""

    def send_image_down(self, hub_id: bytes, device_ids: Sequence[bytes], image: bytes) -> None:
        """Carry one OTA file to a hub; KeyError for an unknown hub, ImageNotCarriedError for
        one that takes none."""

    def send_up(self, hub_id: bytes, message: bytes) -> None: ...

    def report_power_loss(self, hub_id: bytes, since: datetime) -> None: ...


WanTap = Callable[[str, bytes, bytes, datetime], None]
"""Called with direction ("down" or "up"), hub id, message and time; for the timeline."""


@dataclass(slots=True)
class InProcessWan:
    """Carries messages inside one process, with the latency and coverage it is told.

    `latency` is that of hubs without a link of their own.
    """

    clock: Clock
    latency: timedelta = timedelta(milliseconds=400)
    taps: list[WanTap] = field(default_factory=list)
    out_of_coverage: set[bytes] = field(default_factory=set)
    _hubs: dict[bytes, WanHub] = field(default_factory=dict, init=False)
    _dsp: WanDsp | None = field(default=None, init=False)

    def attach_hub(self, hub: WanHub) -> None:
        self._hubs[hub.hub_id] = hub

    def attach_dsp(self, dsp: WanDsp) -> None:
        self._dsp = dsp

    def send_down(self, hub_id: bytes, device_id: bytes, message: bytes) -> None:
        hub = self._hubs[hub_id]
        self._tap("down", hub_id, message)
        self._carry(hub_id, len(message), lambda: hub.message_down(device_id, message))

    def send_image_down(self, hub_id: bytes, device_ids: Sequence[bytes], image: bytes) -> None:
        hub = self._hubs[hub_id]
        if not isinstance(hub, ImageHub):
            raise ImageNotCarriedError(f"hub {hub_id.hex('-').upper()} takes no firmware images")
        self._carry(hub_id, len(image), lambda: hub.image_down(device_ids, image))

    def send_up(self, hub_id: bytes, message: bytes) -> None:
        self._tap("up", hub_id, message)
        dsp = self._dsp
        if dsp is not None:
            self._carry(hub_id, len(message), lambda: dsp.message_up(hub_id, message))

    def report_power_loss(self, hub_id: bytes, since: datetime) -> None:
        dsp = self._dsp
        if dsp is not None:
            self._carry(hub_id, 0, lambda: dsp.power_lost(hub_id, since))

    def _carry(self, hub_id: bytes, octets: int, deliver: Callable[[], None]) -> None:
        if hub_id in self.out_of_coverage:
            return
        hub = self._hubs.get(hub_id)
        link = hub.wan_link if isinstance(hub, LinkedHub) else None
        delay = self.latency if link is None else link.travel(octets)
        if delay is not None:
            self.clock.call_later(delay, deliver)

    def _tap(self, direction: str, hub_id: bytes, message: bytes) -> None:
        for tap in self.taps:
            tap(direction, hub_id, message, self.clock.now())
