"""A ZigBee coordinator and trust centre on the ether, up to whole application messages.

It lets in whom it was told to, under the key that it was given for that device: association at the
MAC, then the network key under the key-transport key of that link key. Whoever cannot read that
never gets in. Of Smart Energy it knows which clusters need a link key, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import ApsMessage, Delivery, NetworkParameters
from rigs.devices.alarm import Alarm
from rigs.virtual.ether import Heard, MacLayer, Node
from rigs.virtual.stack.children import Child, Children
from rigs.virtual.stack.keys import Keys
from rigs.virtual.stack.layers import Layers, Received, ReceivedCommand
from rigs.virtual.stack.messages import Messages
from rigs.zigbee import aps_commands, mac, mac_commands, nwk
from rigs.zigbee.aps import ApsFrame, ApsKind
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.fragments import Pace
from rigs.zigbee.mac import MacFrame, MacKind
from rigs.zigbee.mac_commands import MAC_COMMANDS
from rigs.zigbee.nwk_commands import LEAVE_REQUEST, Leave, RejoinRequest, RejoinResponse
from rigs.zigbee.security import KeyKind
from rigs.zigbee.smart_energy.clusters import DEVICE_PROFILE

DEVICE_ANNOUNCE = 0x0013
PATIENCE = timedelta(seconds=10)
"""For a device that has associated to show that it could read the network key; then it is
forgotten (this bench's choice)."""
SLEEPERS_PACE = Pace(ack_wait=timedelta(seconds=8), retries=2)
"""For devices that sleep: longer than a frame is kept for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Permit:
    link_key: bytes
    until: datetime


class RadioCoordinator:
    """`on_message`, `on_joined` (it holds the network key) and `on_left` are called on the state
    thread. Hooks: `transports_key` says whether a child that has associated gets the network key.
    """

    def __init__(self, clock: Clock, node: Node, eui: Eui64) -> None:
        self._clock = clock
        self.node = node
        self.keys = Keys()
        self.link = MacLayer(clock, node, eui)
        self.layers = Layers(clock, self.link, self.keys)
        self.messages = Messages(clock, self.layers)
        self.children = Children(clock, eui.hex())
        self._permits: dict[Eui64, _Permit] = {}
        # Turned down: they have an answer to fetch, and no address to fetch it with.
        self._denied: dict[Eui64, Child] = {}
        self._parameters: NetworkParameters | None = None
        self._unproven = Alarm(clock, self._forget_unproven)
        self._unproven_until: dict[Eui64, datetime] = {}
        self.on_message: list[Callable[[ApsMessage], None]] = []
        self.on_joined: list[Callable[[Eui64], None]] = []
        self.on_left: list[Callable[[Eui64], None]] = []
        self.transports_key: Callable[[Child], bool] = lambda _: True
        self.link.on_frame = self._mac_frame
        self.link.has_pending = self._has_pending
        self.layers.carry = self._carry
        self.layers.on_aps = self._aps
        self.layers.on_command = self._command
        self.messages.on_message = self._message
        self.messages.pace_for = self._pace_for

    @property
    def eui(self) -> Eui64:
        return self.link.eui

    def network(self) -> NetworkParameters:
        """ValueError where no network has been formed."""
        if self._parameters is None:
            raise ValueError(f"{self.eui} has formed no network")
        return self._parameters

    def link_keys(self) -> dict[Eui64, bytes]:
        return self.keys.link_keys

    # What is asked of it.

    def form(self, parameters: NetworkParameters) -> None:
        self._parameters = parameters
        self.node.channel = parameters.channel
        self.node.is_listening = True
        self.link.pan, self.link.address = parameters.pan_id, nwk.COORDINATOR
        self.keys.set_network_key(parameters.network_key, parameters.key_sequence)

    def silence(self) -> None:
        """Radio off; what was under way is lost, what is known stays."""
        self.link.forget()
        self.node.channel = None
        for child in self.children:
            self.messages.forget(child.eui)

    def resume(self) -> None:
        """Radio on, in the network that was formed."""
        self.form(self.network())

    def permit(self, device: Eui64, link_key: bytes, window: timedelta) -> None:
        self._permits[device] = _Permit(link_key=link_key, until=self._clock.now() + window)

    def set_link_key(self, device: Eui64, link_key: bytes) -> None:
        self._permits.pop(device, None)
        self.keys.set_link_key(device, link_key)

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
        has_key = not message.is_encrypted or self.keys.link_key(message.peer) is not None
        is_known = self.children.find(message.peer) is not None
        if not has_key or not is_known or self.node.channel is None:
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
        child = self.children.find(device)
        self._permits.pop(device, None)
        if child is None:
            self.keys.forget_link_key(device)
            return
        self.layers.send_command(
            Leave(options=LEAVE_REQUEST),
            address=child.address,
            on_done=lambda _: self._forget(device),
        )

    def is_permitting(self) -> bool:
        now = self._clock.now()
        return any(permit.until > now for permit in self._permits.values())

    # MAC.

    def _mac_frame(self, frame: MacFrame, heard: Heard) -> None:
        if frame.kind is MacKind.DATA:
            self.layers.take(frame, heard)
            return
        if frame.kind is not MacKind.COMMAND:
            return
        try:
            command = MAC_COMMANDS.parse(frame.payload)
        except RemoteRadioError:
            return
        match command:
            case mac_commands.BeaconRequest():
                self._beacon()
            case mac_commands.AssociationRequest() if isinstance(frame.source, bytes):
                self._associate(frame.source, command.capability)
            case mac_commands.DataRequest():
                self._give(frame)
            case mac_commands.OrphanNotification() if isinstance(frame.source, bytes):
                self._realign(frame.source)

    def _beacon(self) -> None:
        parameters = self.network()
        payload = mac_commands.Beacon(
            extended_pan_id=parameters.extended_pan_id, permits_association=self.is_permitting()
        ).to_octets()
        self.link.send(
            MacFrame(
                kind=MacKind.BEACON,
                sequence=0,
                source_pan=parameters.pan_id,
                source=nwk.COORDINATOR,
                payload=payload,
            )
        )

    def _associate(self, device: Eui64, capability: int) -> None:
        if not self.is_permitting():
            response = mac_commands.AssociationResponse(
                address=mac_commands.NO_ADDRESS, status=mac_commands.ACCESS_DENIED
            )
            ghost = Child(device, mac_commands.NO_ADDRESS, capability)
            self._denied[device] = ghost
            self._answer_association(ghost, response, lambda _: None)
            return
        child = self.children.enter(device, capability)
        child.is_trusted = False
        self.layers.addresses[device] = child.address
        self._unproven_until[device] = self._clock.now() + PATIENCE
        self._unproven.set(min(self._unproven_until.values()))
        response = mac_commands.AssociationResponse(
            address=child.address, status=mac_commands.ASSOCIATED
        )
        self._answer_association(child, response, lambda got: self._associated(child, got))

    def _answer_association(
        self,
        child: Child,
        response: mac_commands.AssociationResponse,
        on_done: Callable[[bool], None],
    ) -> None:
        """It waits until the device asks, with its extended address."""
        frame = MacFrame(
            kind=MacKind.COMMAND,
            sequence=0,
            destination_pan=self.link.pan,
            destination=child.eui,
            source=self.eui,
            payload=MAC_COMMANDS.build(response),
            ack_request=True,
        )
        self.children.keep(child, frame, on_done)

    def _associated(self, child: Child, got: bool) -> None:
        permit = self._permits.get(child.eui)
        if not got or permit is None or permit.until <= self._clock.now():
            return
        if not self.transports_key(child):
            return
        self.keys.set_link_key(child.eui, permit.link_key)
        parameters = self.network()
        self._send_command(
            child,
            aps_commands.TransportNetworkKey(
                key=parameters.network_key,
                sequence=parameters.key_sequence,
                destination=child.eui,
                source=self.eui,
            ),
            KeyKind.KEY_TRANSPORT,
        )

    def _send_command(self, child: Child, command: object, key_kind: KeyKind) -> None:
        frame = ApsFrame(
            kind=ApsKind.COMMAND,
            counter=self.layers.next_counter(),
            payload=aps_commands.build(command),
        )
        self.layers.send_aps(
            frame,
            peer=child.eui,
            address=child.address,
            key_kind=key_kind,
            on_network=False,
        )

    def _realign(self, device: Eui64) -> None:
        child = self.children.find(device)
        parameters = self.network()
        if child is None:
            return
        command = mac_commands.CoordinatorRealignment(
            pan=parameters.pan_id,
            coordinator=nwk.COORDINATOR,
            channel=parameters.channel.number,
            address=child.address,
        )
        self.link.send(
            MacFrame(
                kind=MacKind.COMMAND,
                sequence=0,
                destination_pan=mac.BROADCAST_PAN,
                destination=device,
                source_pan=parameters.pan_id,
                source=self.eui,
                payload=MAC_COMMANDS.build(command),
                ack_request=True,
            )
        )

    # What waits for those that sleep.

    def _child_at(self, address: mac.Address | None) -> Child | None:
        child = self.children.at(address)
        if child is None and isinstance(address, bytes):
            return self._denied.get(Eui64(address))
        return child

    def _has_pending(self, address: mac.Address) -> bool:
        child = self._child_at(address)
        return child is not None and bool(child.waiting)

    def _give(self, request: MacFrame) -> None:
        child = self._child_at(request.source)
        if child is None:
            return
        kept = self.children.next_for(child)
        self._denied.pop(child.eui, None)
        if kept is not None:
            frame, on_done = kept
            self.link.send(replace(frame, pending=bool(child.waiting)), on_done)

    def _carry(self, frame: MacFrame, on_done: Callable[[bool], None]) -> None:
        child = self.children.at(frame.destination)
        if child is not None and child.sleeps:
            self.children.keep(child, frame, on_done)
        else:
            self.link.send(frame, on_done)

    def _pace_for(self, device: Eui64) -> Pace:
        child = self.children.find(device)
        return SLEEPERS_PACE if child is not None and child.sleeps else Pace()

    # NWK and APS.

    def _command(self, received: ReceivedCommand) -> None:
        if not received.is_secured:
            return
        match received.command:
            case RejoinRequest():
                self._rejoin(received.peer, received.command.capability)
            case Leave() if not received.command.options & LEAVE_REQUEST:
                self._forget(received.peer)

    def _rejoin(self, device: Eui64, capability: int) -> None:
        """Whoever holds the network key may come back."""
        child = self.children.enter(device, capability)
        self.layers.addresses[device] = child.address
        self.layers.send_command(
            RejoinResponse(address=child.address, status=0), address=child.address
        )
        self._trust(child)

    def _aps(self, received: Received) -> None:
        child = self.children.find(received.peer)
        if child is not None:
            self._trust(child)
        if received.frame.profile == DEVICE_PROFILE and received.frame.kind is ApsKind.DATA:
            if received.frame.cluster == DEVICE_ANNOUNCE and child is not None:
                for callback in tuple(self.on_joined):
                    callback(received.peer)
            return
        self.messages.take(received)

    def _trust(self, child: Child) -> None:
        """It used the network key: it could read what it was sent."""
        child.is_trusted = True
        self._unproven_until.pop(child.eui, None)

    def _message(self, received: Received) -> None:
        frame = received.frame
        message = ApsMessage(
            peer=received.peer,
            profile=frame.profile,
            cluster=frame.cluster,
            source_endpoint=frame.source_endpoint,
            destination_endpoint=frame.destination_endpoint,
            payload=frame.payload,
            is_encrypted=received.key_kind is not None,
            at=received.at,
        )
        for callback in tuple(self.on_message):
            callback(message)

    def _forget(self, device: Eui64) -> None:
        self.messages.forget(device)
        self.children.remove(device)
        self.layers.addresses.pop(device, None)
        self.keys.forget_link_key(device)
        for callback in tuple(self.on_left):
            callback(device)

    def _forget_unproven(self) -> None:
        now = self._clock.now()
        for device in [one for one, until in self._unproven_until.items() if until <= now]:
            del self._unproven_until[device]
            self.children.remove(device)
            self.layers.addresses.pop(device, None)
        self._unproven.set(min(self._unproven_until.values(), default=None))
