"""The coordinator of the stick, as EZSP's commands find it, and what they are told of it.

It forms a network or takes up the one that it has stored, is open to devices or not, and hands
what it hears to a host.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from assay.clock import Clock, Timer
from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import Channel, NetworkParameters
from rigs.virtual.ether import Node
from rigs.virtual.ncp.admission import Admission
from rigs.virtual.ncp.codes import CounterId, EmberStatus
from rigs.virtual.ncp.deliveries import Deliveries
from rigs.virtual.ncp.key_table import KeyTable
from rigs.virtual.ncp.wire import Parameters
from rigs.virtual.stack.centre import Centre
from rigs.virtual.stack.device_objects import RESPONSE, DeviceObjects, Endpoint
from rigs.virtual.stack.layers import Received
from rigs.virtual.stack.trust_centre import Change, Joining
from rigs.zigbee.aps import ApsFrame, Delivery
from rigs.zigbee.smart_energy.clusters import DEVICE_PROFILE

OPEN_FOR_GOOD = 0xFF


class Host(Protocol):
    """Who is told what happens on the air."""

    def status_changed(self, status: EmberStatus) -> None: ...

    def joining(self, joining: Joining) -> None: ...

    def message(self, message: Received) -> None: ...

    def polled(self, address: int) -> None: ...


@dataclass(slots=True)
class _Life:
    """What a reset ends."""

    closing: Timer | None = None
    endpoints: dict[int, Endpoint] = field(default_factory=dict)


class Stack:
    """One coordinator. What a reset leaves: `network`, keys, children."""

    def __init__(self, node: Node, clock: Clock, eui: Eui64, *, seed: int = 0) -> None:
        self.eui = eui
        self.network: Parameters | None = None
        self.host: Host | None = None
        self.centre = centre = Centre(clock, node, eui, seed=seed)
        self.keys, self.children = centre.keys, centre.children
        self.key_table = KeyTable(centre.keys)
        self.admission = Admission(clock, centre.keys, centre.first_keys)
        self.deliveries = Deliveries(clock, centre)
        self._clock = clock
        self._life = _Life()
        centre.layers.requires_link_key = lambda _: False  # the host judges that
        centre.layers.names_sender = False
        centre.trust_centre.is_open = lambda: self.admission.is_open
        centre.trust_centre.key_for = self.admission.key_for
        centre.trust_centre.on_joining = self._joining
        centre.on_aps = self.deliveries.take
        centre.on_polled = self._polled
        self.deliveries.on_message = self._message
        node.channel = None

    @property
    def is_up(self) -> bool:
        return self.centre.is_up

    @property
    def endpoints(self) -> dict[int, Endpoint]:
        return self._life.endpoints

    def form(self, parameters: Parameters) -> None:
        """A new network, open to nobody. The security state has been set before."""
        self.forget_network()
        self.network = parameters
        self._start(parameters)

    def resume(self) -> bool:
        """Take up the stored network; False where there is none."""
        if self.network is None:
            return False
        if not self.is_up:
            self._start(self.network)
        return True

    def leave(self) -> None:
        self._stop()
        self.forget_network()
        self._tell(EmberStatus.NETWORK_DOWN)

    def forget_network(self) -> None:
        """As from the factory, from the next reset on."""
        self.network = None
        self.children.clear()
        self.deliveries.extended_timeouts.clear()

    def permit(self, seconds: int) -> None:
        """Open for so long, 0 closes, 255 for good."""
        self._cancel_closing()
        was_open, self.admission.is_open = self.admission.is_open, seconds > 0
        if 0 < seconds < OPEN_FOR_GOOD:
            span = timedelta(seconds=seconds)
            self._life.closing = self._clock.call_later(span, lambda: self.permit(0))
        if was_open != self.admission.is_open:
            self._tell(EmberStatus.NETWORK_CLOSED if was_open else EmberStatus.NETWORK_OPENED)

    def reset(self) -> None:
        """The stick starts again: network down, transient keys and endpoints gone."""
        self._stop()
        self.centre.first_keys.clear()
        self._life = _Life()

    def _start(self, network: Parameters) -> None:
        assert self.keys.network_key is not None
        self.centre.update = network.update
        self.centre.start(
            NetworkParameters(
                extended_pan_id=network.extended_pan,
                pan_id=network.pan,
                channel=Channel(number=network.channel),
                network_key=self.keys.network_key,
                key_sequence=self.keys.key_sequence,
            )
        )
        self._tell(EmberStatus.NETWORK_UP)

    def _stop(self) -> None:
        self._cancel_closing()
        self.admission.is_open = False
        self.centre.stop()
        self.deliveries.forget()

    def _cancel_closing(self) -> None:
        if self._life.closing is not None:
            self._life.closing.cancel()
            self._life.closing = None

    def _tell(self, status: EmberStatus) -> None:
        if self.host is not None:
            self.host.status_changed(status)

    def _joining(self, joining: Joining) -> None:
        self.deliveries.counts[CounterId.JOINED] += 1
        if joining.change is Change.LEFT:
            self.deliveries.extended_timeouts.discard(joining.eui)
        if self.host is not None:
            self.host.joining(joining)

    def _polled(self, address: int) -> None:
        if self.host is not None:
            self.host.polled(address)

    def _message(self, message: Received) -> None:
        frame = message.frame
        self.deliveries.counts[CounterId.RECEIVED] += frame.delivery is Delivery.UNICAST
        if frame.destination_endpoint == 0 and frame.profile == DEVICE_PROFILE:
            self._device_request(message)
        if self.host is not None:  # whatever the endpoint: the host judges that (inferred)
            self.host.message(message)

    def _device_request(self, message: Received) -> None:
        frame = message.frame
        objects = DeviceObjects(self.eui, self.endpoints, self.children)
        payload = objects.answer(frame.cluster, frame.payload)
        if payload is None:
            return
        response = ApsFrame(
            counter=self.centre.layers.next_counter(),
            cluster=frame.cluster | RESPONSE,
            profile=DEVICE_PROFILE,
            payload=payload,
        )
        self.deliveries.send(response, message.address)
