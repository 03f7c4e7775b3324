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
    """Carries messages inside one process, with the latency and coverage it is told."""

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
        if hub_id not in self.out_of_coverage:
            self.clock.call_later(self.latency, lambda: hub.message_down(device_id, message))

    def send_image_down(self, hub_id: bytes, device_ids: Sequence[bytes], image: bytes) -> None:
        hub = self._hubs[hub_id]
        if not isinstance(hub, ImageHub):
            raise ImageNotCarriedError(f"hub {hub_id.hex('-').upper()} takes no firmware images")
        if hub_id not in self.out_of_coverage:
            self.clock.call_later(self.latency, lambda: hub.image_down(device_ids, image))

    def send_up(self, hub_id: bytes, message: bytes) -> None:
        self._tap("up", hub_id, message)
        dsp = self._dsp
        if dsp is not None and hub_id not in self.out_of_coverage:
            self.clock.call_later(self.latency, lambda: dsp.message_up(hub_id, message))

    def report_power_loss(self, hub_id: bytes, since: datetime) -> None:
        dsp = self._dsp
        if dsp is not None and hub_id not in self.out_of_coverage:
            self.clock.call_later(self.latency, lambda: dsp.power_lost(hub_id, since))

    def _tap(self, direction: str, hub_id: bytes, message: bytes) -> None:
        for tap in self.taps:
            tap(direction, hub_id, message, self.clock.now())
