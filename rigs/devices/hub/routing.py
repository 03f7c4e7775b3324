"""Where the hub carries a message: to itself, to a device, to an installer's terminal, to the DCC.

What comes down is for the hub, for a device in its box, or for one of its log; what a device says
goes to whom it is addressed if that is on the network too (PCS01), and else over the WAN, but a
response to what a terminal brought goes back to the terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from assay.gbcs.identifiers import Eui64
from rigs.devices.hub.local_delivery import LocalDelivery, message_in

if TYPE_CHECKING:
    from rigs.devices.hub.hub import VirtualHub


class Hosted(Protocol):
    """A device with an identity of its own in the hub's box."""

    @property
    def device_id(self) -> Eui64: ...

    def process(self, octets: bytes) -> None:
        """One message addressed to it."""


class Routing:
    """`hosted` are the devices in the hub's box, which are reached without the network."""

    def __init__(self, hub: VirtualHub) -> None:
        self._hub = hub
        self.local = LocalDelivery()
        self.hosted: dict[Eui64, Hosted] = {}

    def down(self, target: Eui64, octets: bytes) -> None:
        """A message for this device; lost where the hub does not know it."""
        hub = self._hub
        if target == hub.device_id:
            hub.process(octets)
        elif (hosted := self.hosted.get(target)) is not None:
            hosted.process(octets)
        elif hub.is_listed(target):
            self._to_device(target, octets)

    def from_device(self, device_id: Eui64, octets: bytes) -> None:
        """What came over the network."""
        hub = self._hub
        if not hub.power.is_ready or not hub.is_listed(device_id):
            return
        hub.communications.hear(device_id)
        entry, tunnel = hub.device_log.find(device_id), hub.mailboxes.find(device_id)
        if entry is not None and entry.is_hand_held:
            self._from_terminal(device_id, octets)
        elif tunnel is not None:
            tunnel.frame(octets)
        else:
            self.onward(octets)

    def onward(self, octets: bytes) -> None:
        """A message of the hub or of a device, to whom it is for."""
        hub, message = self._hub, message_in(octets)
        terminal = self.local.terminal_of(message) if message is not None else None
        if terminal is not None:
            hub.link.down(terminal, octets)
        elif message is not None and hub.is_in_log(message.recipient):
            self._to_device(message.recipient, octets)
        else:
            hub.wan_up(octets)

    def _to_device(self, device_id: Eui64, octets: bytes) -> None:
        hub = self._hub
        if hub.sub_ghz is not None and not hub.sub_ghz.carry_down(device_id, octets):
            return
        tunnel = hub.mailboxes.find(device_id)
        if tunnel is None:
            hub.tunnels.put(device_id, octets)
        else:
            tunnel.put(octets)

    def _from_terminal(self, terminal: Eui64, octets: bytes) -> None:
        message = message_in(octets)
        if message is not None and self.local.take(terminal, message):
            self.down(message.recipient, octets)
