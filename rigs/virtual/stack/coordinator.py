"""A ZigBee coordinator and trust centre on the ether, up to whole application messages.

It lets in whom it was told to, under the key that it was given for that device. Of Smart Energy it
knows which clusters need a link key, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import ApsMessage, Delivery, NetworkParameters
from rigs.virtual.ether import Node
from rigs.virtual.stack.centre import Centre
from rigs.virtual.stack.keys import LinkKey
from rigs.virtual.stack.layers import Received
from rigs.virtual.stack.messages import Messages
from rigs.virtual.stack.trust_centre import Change, Joining
from rigs.zigbee.aps import ApsFrame, ApsKind
from rigs.zigbee.fragments import Pace
from rigs.zigbee.smart_energy.clusters import DEVICE_ANNOUNCE, DEVICE_PROFILE

SLEEPERS_PACE = Pace(ack_wait=timedelta(seconds=8), retries=2)
"""For devices that sleep: longer than a frame is kept for them."""


class RadioCoordinator:
    """`on_message`, `on_joined` (it holds the network key) and `on_left` are called on the state
    thread."""

    def __init__(self, clock: Clock, node: Node, eui: Eui64) -> None:
        self._clock = clock
        self.centre = centre = Centre(clock, node, eui)
        self.node, self.link, self.layers = node, centre.link, centre.layers
        self.children = centre.children
        self.messages = Messages(clock, self.layers)
        self.on_message: list[Callable[[ApsMessage], None]] = []
        self.on_joined: list[Callable[[Eui64], None]] = []
        self.on_left: list[Callable[[Eui64], None]] = []
        centre.on_aps = self._aps
        centre.trust_centre.is_open = lambda: any(centre.first_keys.awaited(clock.now()))
        centre.trust_centre.key_for = self._key_for
        centre.trust_centre.on_joining = self._joining
        self.messages.on_message = self._message
        self.messages.pace_for = self._pace_for

    @property
    def eui(self) -> Eui64:
        return self.centre.eui

    def network(self) -> NetworkParameters:
        """ValueError where no network has been formed."""
        if self.centre.network is None:
            raise ValueError(f"{self.eui} has formed no network")
        return self.centre.network

    def link_keys(self) -> dict[Eui64, bytes]:
        return self.centre.keys.link_keys

    def form(self, parameters: NetworkParameters) -> None:
        self.centre.start(parameters)

    def silence(self) -> None:
        """Radio off; what was under way is lost, what is known stays."""
        self.centre.stop()
        for child in self.children:
            self.messages.forget(child.eui)

    def resume(self) -> None:
        """Radio on, in the network that was formed."""
        self.form(self.network())

    def permit(self, device: Eui64, link_key: bytes, window: timedelta) -> None:
        self.centre.first_keys.add(device, link_key, self._clock.now() + window)

    def set_link_key(self, device: Eui64, link_key: bytes) -> None:
        self.centre.first_keys.forget(device)
        self.centre.keys.set_link_key(device, link_key)

    def send(self, message: ApsMessage, on_done: Callable[[Delivery], None]) -> None:
        """A whole message, in blocks where it is long. Not delivered to a device that is not on
        the network, and where it is to be encrypted and there is no key."""
        frame = ApsFrame(
            destination_endpoint=message.destination_endpoint,
            source_endpoint=message.source_endpoint,
            cluster=message.cluster,
            profile=message.profile,
            payload=message.payload,
            ack_request=True,
        )
        has_key = not message.is_encrypted or self.layers.link_to(message.peer) is not None
        is_known = self.children.find(message.peer) is not None
        if not has_key or not is_known or not self.centre.is_up:
            self._clock.call_later(timedelta(0), lambda: on_done(Delivery.NOT_DELIVERED))
            return
        self.messages.send(
            message.peer,
            frame,
            is_encrypted=message.is_encrypted,
            on_done=lambda success: on_done(
                Delivery.DELIVERED if success else Delivery.NOT_DELIVERED
            ),
        )

    def dismiss(self, device: Eui64) -> None:
        """Tell it to leave, and forget it with its key."""
        self.centre.first_keys.forget(device)
        if not self.centre.trust_centre.dismiss(device):
            self.centre.keys.forget_link_key(device)

    def _key_for(self, device: Eui64, change: Change) -> LinkKey | None:
        if change is not Change.UNSECURED_JOIN:
            return None
        return self.centre.first_keys.find(device, self._clock.now())

    def _joining(self, joining: Joining) -> None:
        if joining.link is not None:
            self.centre.keys.set_link_key(joining.eui, joining.link.key)
        elif joining.change is Change.LEFT:
            self.messages.forget(joining.eui)
            self.centre.keys.forget_link_key(joining.eui)
            for callback in tuple(self.on_left):
                callback(joining.eui)

    def _pace_for(self, device: Eui64) -> Pace:
        child = self.children.find(device)
        return SLEEPERS_PACE if child is not None and child.sleeps else Pace()

    def _aps(self, received: Received) -> None:
        frame = received.frame
        if frame.profile != DEVICE_PROFILE or frame.kind is not ApsKind.DATA:
            self.messages.take(received)
        elif frame.cluster == DEVICE_ANNOUNCE and self.children.find(received.peer) is not None:
            for callback in tuple(self.on_joined):
                callback(received.peer)

    def _message(self, received: Received) -> None:
        frame = received.frame
        message = ApsMessage(
            peer=received.peer,
            profile=frame.profile,
            cluster=frame.cluster,
            source_endpoint=frame.source_endpoint,
            destination_endpoint=frame.destination_endpoint,
            payload=frame.payload,
            is_encrypted=received.link is not None,
            at=received.at,
        )
        for callback in tuple(self.on_message):
            callback(message)
