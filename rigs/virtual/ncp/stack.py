"""The stick's ZigBee stack: one coordinator on the ether, without a word of EZSP.

It forms a network or takes up the one that it has stored, says in beacons whether it is open, and
hands what it hears to a host.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from assay.clock import Clock, Timer
from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import Channel
from rigs.virtual.ether import Heard, MacLayer, Node
from rigs.virtual.ncp.application_layer import ApplicationLayer, ApsIncoming
from rigs.virtual.ncp.codes import EmberStatus
from rigs.virtual.ncp.device_objects import (
    PROFILE,
    RESPONSE,
    DeviceObjects,
    Endpoint,
)
from rigs.virtual.ncp.key_store import KeyStore
from rigs.virtual.ncp.mailbox import Mailbox
from rigs.virtual.ncp.neighbours import Neighbours
from rigs.virtual.ncp.network_layer import NetworkLayer, ignore
from rigs.virtual.ncp.trust_centre import Joining, TrustCentre
from rigs.virtual.ncp.wire import Parameters
from rigs.zigbee import mac, nwk
from rigs.zigbee.aps import ApsFrame, Delivery
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.mac import MacFrame, MacKind
from rigs.zigbee.mac_commands import MAC_COMMANDS, Beacon, BeaconRequest, DataRequest

OPEN_FOR_GOOD = 0xFF


class Host(Protocol):
    """Who is told what happens on the air."""

    def status_changed(self, status: EmberStatus) -> None: ...

    def joining(self, joining: Joining) -> None: ...

    def message(self, message: ApsIncoming) -> None: ...

    def polled(self, address: int) -> None: ...


@dataclass(slots=True)
class Counters:
    """What the counters of EZSP have of it; see `Ncp`."""

    received_unicasts: int = 0
    sent_unicasts: int = 0
    joined: int = 0


@dataclass(slots=True)
class _Life:
    """What a reset ends."""

    is_up: bool = False
    closing: Timer | None = None
    endpoints: dict[int, Endpoint] = field(default_factory=dict)


class Stack:
    """One coordinator. What a reset leaves: `network`, keys, children."""

    def __init__(self, node: Node, clock: Clock, eui: Eui64, *, seed: int = 0) -> None:
        self.eui = eui
        self.network: Parameters | None = None
        self.page = 0
        self.keys = KeyStore()
        self.neighbours = Neighbours()
        self.host: Host | None = None
        self.counters = Counters()
        self._node = node
        self._clock = clock
        self._life = _Life()
        self.mac = MacLayer(clock, node, eui, seed=seed)
        self.mailbox = Mailbox(self.mac, clock)
        self.network_layer = NetworkLayer(self.mac, self.mailbox, self.keys, self.neighbours)
        self.application = ApplicationLayer(
            self.network_layer, self.keys, self.neighbours, clock, eui
        )
        self.trust_centre = TrustCentre(
            self.mac,
            self.mailbox,
            self.network_layer,
            self.application,
            self.keys,
            self.neighbours,
            clock,
        )
        self.mac.on_frame = self._heard
        self.application.on_message = self._message
        self.trust_centre.on_joining = self._joining
        node.channel = None

    @property
    def is_up(self) -> bool:
        return self._life.is_up

    @property
    def endpoints(self) -> dict[int, Endpoint]:
        return self._life.endpoints

    def form(self, parameters: Parameters) -> None:
        """A new network, open to nobody. The security state has been set before."""
        self.neighbours.clear()
        self.network = parameters
        self._start()

    def resume(self) -> bool:
        """Take up the stored network; False where there is none."""
        if self.network is None:
            return False
        if not self.is_up:
            self._start()
        return True

    def leave(self) -> None:
        self._stop()
        self.network = None
        self.neighbours.clear()
        self._tell(EmberStatus.NETWORK_DOWN)

    def forget_network(self) -> None:
        """As from the factory, from the next reset on."""
        self.network = None
        self.neighbours.clear()

    def permit(self, seconds: int) -> None:
        """Open for so long, 0 closes, 255 for good."""
        if self._life.closing is not None:
            self._life.closing.cancel()
            self._life.closing = None
        was_open, self.trust_centre.is_open = self.trust_centre.is_open, seconds > 0
        if 0 < seconds < OPEN_FOR_GOOD:
            span = timedelta(seconds=seconds)
            self._life.closing = self._clock.call_later(span, lambda: self.permit(0))
        if was_open != self.trust_centre.is_open:
            self._tell(
                EmberStatus.NETWORK_OPENED
                if self.trust_centre.is_open
                else EmberStatus.NETWORK_CLOSED
            )

    def reset(self) -> None:
        """The stick starts again: network down, transient keys and endpoints gone."""
        self._stop()
        self.keys.clear_transient()
        self._life = _Life()

    def _start(self) -> None:
        assert self.network is not None
        self.mac.pan = self.network.pan
        self.mac.address = nwk.COORDINATOR
        self._node.channel = Channel(page=self.page, number=self.network.channel)
        self._life.is_up = True
        self._tell(EmberStatus.NETWORK_UP)

    def _stop(self) -> None:
        if self._life.closing is not None:
            self._life.closing.cancel()
            self._life.closing = None
        self._life.is_up = False
        self.trust_centre.is_open = False
        self._node.channel = None
        self.mac.forget()
        self.mac.pan = self.mac.address = None
        self.mailbox.clear()
        self.application.forget()

    def _tell(self, status: EmberStatus) -> None:
        if self.host is not None:
            self.host.status_changed(status)

    def _joining(self, joining: Joining) -> None:
        self.counters.joined += 1
        if self.host is not None:
            self.host.joining(joining)

    def _heard(self, frame: MacFrame, heard: Heard) -> None:
        if not self.is_up:
            return
        if frame.kind is MacKind.DATA:
            self.network_layer.receive(frame, heard)
        elif frame.kind is MacKind.COMMAND:
            self._command(frame)

    def _command(self, frame: MacFrame) -> None:
        try:
            command = MAC_COMMANDS.parse(frame.payload)
        except RemoteRadioError:
            return
        if isinstance(command, BeaconRequest):
            self._send_beacon()
        elif isinstance(command, DataRequest):
            self._polled(frame.source)
        else:
            self.trust_centre.take_mac_command(frame)

    def _polled(self, source: mac.Address | None) -> None:
        if source is None:
            return
        self.mailbox.hand_out(source)
        if self.host is not None and isinstance(source, int):
            self.host.polled(source)

    def _send_beacon(self) -> None:
        assert self.network is not None
        has_room = len(self.neighbours) < self.trust_centre.max_children
        beacon = Beacon(
            extended_pan_id=self.network.extended_pan,
            permits_association=self.trust_centre.is_open,
            has_router_capacity=has_room,
            has_end_device_capacity=has_room,
            update=self.network.update,
        )
        self.mac.send(
            MacFrame(
                kind=MacKind.BEACON,
                sequence=0,
                source_pan=self.network.pan,
                source=nwk.COORDINATOR,
                payload=beacon.to_octets(),
            )
        )

    def _message(self, message: ApsIncoming) -> None:
        frame = message.frame
        self.counters.received_unicasts += frame.delivery is Delivery.UNICAST
        if frame.destination_endpoint == 0 and frame.profile == PROFILE:
            self._device_request(message)
        if self.host is not None:  # whatever the endpoint: the host judges that (inferred)
            self.host.message(message)

    def _device_request(self, message: ApsIncoming) -> None:
        frame = message.frame
        objects = DeviceObjects(self.eui, self.endpoints, self.neighbours)
        payload = objects.answer(frame.cluster, frame.payload)
        if payload is None:
            return
        response = ApsFrame(
            counter=self.application.next_counter(),
            cluster=frame.cluster | RESPONSE,
            profile=PROFILE,
            payload=payload,
        )
        if message.source == nwk.COORDINATOR:
            self.application.send(response, nwk.COORDINATOR, ignore, is_protected=False)
        else:
            self.application.reply(response, message.source, is_protected=False)
