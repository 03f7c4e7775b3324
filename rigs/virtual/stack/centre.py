"""The centre of a star: a ZigBee coordinator on a node of the ether, without its host.

It answers who looks for a network, keeps what is for those that sleep, and has its trust centre
judge who comes. What it does with messages is the matter of who stands on it: a host in process,
or one behind a serial line.
"""

from __future__ import annotations

from collections.abc import Callable

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import NetworkParameters
from rigs.virtual.ether import Heard, MacLayer, Node
from rigs.virtual.stack.children import Children
from rigs.virtual.stack.keys import FirstKeys, Keys, LinkKey
from rigs.virtual.stack.layers import Done, Layers, Make, Received, ReceivedCommand
from rigs.virtual.stack.mailbox import Mailbox
from rigs.virtual.stack.trust_centre import TrustCentre
from rigs.zigbee import mac, mac_commands, nwk
from rigs.zigbee.mac import Address, MacFrame, MacKind
from rigs.zigbee.mac_commands import MAC_COMMANDS


class Centre:
    """`on_aps` gets APS frames in clear, `on_polled` the address of a child that has asked for
    its mail."""

    def __init__(self, clock: Clock, node: Node, eui: Eui64, *, seed: int = 0) -> None:
        self._clock = clock
        self.node = node
        self.keys = Keys()
        self.first_keys = FirstKeys()
        self.children = Children()
        self.link = MacLayer(clock, node, eui, seed=seed)
        self.layers = Layers(clock, self.link, self.keys)
        self.mailbox = Mailbox(self.link, clock)
        self.trust_centre = TrustCentre(clock, self.layers, self.mailbox, self.children)
        self.network: NetworkParameters | None = None
        self.update = 0
        self.on_aps: Callable[[Received], None] = lambda _: None
        self.on_polled: Callable[[int], None] = lambda _: None
        self.link.on_frame = self._mac_frame
        self.layers.carry = self._carry
        self.layers.on_aps = self._aps
        self.layers.on_command = self._command
        self.layers.address_of = self._address_of
        self.layers.link_to = lambda peer: next(iter(self._links_of(peer)), None)
        self.layers.links_of = self._links_of
        self.layers.passes_on = lambda address: self.children.at(address) is not None

    @property
    def eui(self) -> Eui64:
        return self.link.eui

    @property
    def is_up(self) -> bool:
        return self.link.pan is not None

    def start(self, network: NetworkParameters) -> None:
        self.network = network
        self.node.channel = network.channel
        self.node.is_listening = True
        self.link.pan, self.link.address = network.pan_id, nwk.COORDINATOR
        self.keys.set_network_key(network.network_key, network.key_sequence)

    def stop(self) -> None:
        """Radio off; what was under way is lost, what is known stays."""
        self.link.forget()
        self.node.channel = None
        self.link.pan = self.link.address = None
        self.mailbox.clear()

    def _mac_frame(self, frame: MacFrame, heard: Heard) -> None:
        if frame.kind is MacKind.DATA:
            self.layers.take(frame, heard)
            return
        command = mac_commands.command_in(frame)
        match command:
            case mac_commands.BeaconRequest():
                self._beacon()
            case mac_commands.DataRequest() if frame.source is not None:
                self._give(frame.source)
            case mac_commands.AssociationRequest() if isinstance(frame.source, bytes):
                self.trust_centre.associate(frame.source, command.capability)
            case mac_commands.OrphanNotification() if isinstance(frame.source, bytes):
                self._realign(frame.source)
            case mac_commands.Disassociation():
                child = self.children.at(frame.source)
                if child is not None:
                    self.trust_centre.left(child.eui)

    def _beacon(self) -> None:
        network, has_room = self.network, self.trust_centre.has_room
        if network is None:
            return
        beacon = mac_commands.Beacon(
            extended_pan_id=network.extended_pan_id,
            permits_association=self.trust_centre.is_open(),
            has_router_capacity=has_room,
            has_end_device_capacity=has_room,
            update=self.update,
        )
        self.link.send(
            MacFrame(
                kind=MacKind.BEACON,
                sequence=0,
                source_pan=network.pan_id,
                source=nwk.COORDINATOR,
                payload=beacon.to_octets(),
            )
        )

    def _give(self, source: Address) -> None:
        self.mailbox.hand_out(source)
        if isinstance(source, int):
            self.on_polled(source)

    def _realign(self, device: Eui64) -> None:
        """A child that has lost its parent, and asks for it on this channel."""
        child, network = self.children.find(device), self.network
        if child is None or network is None:
            return
        command = mac_commands.CoordinatorRealignment(
            pan=network.pan_id,
            coordinator=nwk.COORDINATOR,
            channel=network.channel.number,
            address=child.address,
        )
        self.link.send(
            MacFrame(
                kind=MacKind.COMMAND,
                sequence=0,
                destination_pan=mac.BROADCAST_PAN,
                destination=device,
                source_pan=network.pan_id,
                source=self.eui,
                payload=MAC_COMMANDS.build(command),
                ack_request=True,
            )
        )

    def _carry(self, address: int, make: Make, on_done: Done) -> None:
        child = self.children.at(address)
        if child is not None and child.sleeps:
            self.mailbox.put(address, make, on_done)
        else:
            self.link.send(make(), on_done)

    def _aps(self, received: Received) -> None:
        self._trust(received.peer)
        self.on_aps(received)

    def _command(self, received: ReceivedCommand) -> None:
        if received.is_secured:
            self._trust(received.peer)
        self.trust_centre.take(received)

    def _trust(self, device: Eui64) -> None:
        """It used the network key: it could read what it was sent."""
        child = self.children.find(device)
        if child is not None:
            child.unproven_until = None

    def _address_of(self, device: Eui64) -> int | None:
        child = self.children.find(device)
        return None if child is None else child.address

    def _links_of(self, device: Eui64) -> tuple[LinkKey, ...]:
        """The one that holds first; the device may not have changed to it yet."""
        found = self.keys.link(device), self.first_keys.find(device, self._clock.now())
        return tuple(link for link in found if link is not None)
