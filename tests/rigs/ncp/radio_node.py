"""A plain device on the ether for tests of the stick: it joins, polls, sends and answers.

Written from the codecs alone, so that the stick is judged by something else than itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import Channel
from rigs.virtual.ether import Ether, Heard, MacLayer
from rigs.zigbee import aps, aps_commands, mac, nwk
from rigs.zigbee.aps import ApsFrame, ApsKind, Delivery
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.fragments import Pace, Progress, Receiver, Sender
from rigs.zigbee.mac import MacFrame, MacKind
from rigs.zigbee.mac_commands import (
    IS_MAINS_POWERED,
    MAC_COMMANDS,
    RECEIVES_WHEN_IDLE,
    WANTS_ADDRESS,
    AssociationRequest,
    AssociationResponse,
    Beacon,
    BeaconRequest,
    DataRequest,
)
from rigs.zigbee.nwk import NwkFrame, NwkKind
from rigs.zigbee.nwk_commands import NWK_COMMANDS, Leave, RejoinRequest, RejoinResponse
from rigs.zigbee.octets import eui_octets
from rigs.zigbee.security import KeyKind

POLL_EVERY = timedelta(milliseconds=250)
SE_PROFILE = 0x0109
CHANNEL = Channel(number=15)


@dataclass(slots=True)
class Received:
    frame: ApsFrame
    is_protected: bool


class RadioNode:
    """`link_key` is what it was installed with, `new_link_key` what it agreed on since."""

    def __init__(
        self,
        ether: Ether,
        clock: Clock,
        eui: Eui64,
        link_key: bytes,
        *,
        channel: Channel = CHANNEL,
        sleeps: bool = False,
        block_size: int = 60,
        window: int = 1,
    ) -> None:
        self._clock = clock
        self.eui = eui
        self.link_key = link_key
        self.sleeps = sleeps
        self.node = ether.node(f"device {eui}")
        self.node.channel = channel
        self.mac = MacLayer(clock, self.node, eui)
        self.mac.on_frame = self._heard
        self.trust_centre: Eui64 | None = None
        self.network_key: bytes | None = None
        self.key_sequence = 0
        self.beacons: list[Beacon] = []
        self.messages: list[Received] = []
        self.commands: list[object] = []
        self.acknowledges = True
        self.left = False
        self._pace = Pace(window=window)
        self._block_size = block_size
        self._counters = [0, 0]
        self._aps_counter = 0
        self._nwk_sequence = 0
        self._receiver = Receiver(self._pace)
        self._senders: list[tuple[Sender, bool, Callable[[bool], None]]] = []
        self._polls = False

    @property
    def address(self) -> int | None:
        return self.mac.address

    @property
    def is_on_network(self) -> bool:
        return self.network_key is not None

    def look_around(self) -> None:
        self.mac.send(
            MacFrame(
                kind=MacKind.COMMAND,
                sequence=0,
                destination_pan=mac.BROADCAST_PAN,
                destination=mac.BROADCAST,
                payload=MAC_COMMANDS.build(BeaconRequest()),
            )
        )

    def associate(self, pan: int) -> None:
        self.mac.pan = pan
        capability = WANTS_ADDRESS | (0 if self.sleeps else IS_MAINS_POWERED | RECEIVES_WHEN_IDLE)
        self._mac_command(AssociationRequest(capability=capability), self.eui)
        self._poll_while(lambda: not self.is_on_network)

    def rejoin(self) -> None:
        """Under the network key that it has, or without one."""
        capability = 0 if self.sleeps else IS_MAINS_POWERED | RECEIVES_WHEN_IDLE
        self._network_command(RejoinRequest(capability=capability))
        self.start_polling()

    def leave(self) -> None:
        self._network_command(Leave(options=0))

    def start_polling(self) -> None:
        self._poll_while(lambda: self._polls)
        self._polls = True

    def stop_polling(self) -> None:
        self._polls = False

    def announce(self) -> None:
        payload = b"\x01" + self.address_octets + eui_octets(self.eui) + b"\x8e"
        frame = ApsFrame(
            counter=self._next_aps(), delivery=Delivery.BROADCAST, cluster=0x0013, payload=payload
        )
        self._send_nwk(aps.build(frame), destination=nwk.BROADCAST_AWAKE)

    @property
    def address_octets(self) -> bytes:
        assert self.address is not None
        return self.address.to_bytes(2, "little")

    def send(
        self,
        payload: bytes,
        *,
        cluster: int = 0x0704,
        profile: int = SE_PROFILE,
        endpoint: int = 1,
        is_protected: bool = True,
        done: Callable[[bool], None] = lambda _: None,
    ) -> None:
        frame = ApsFrame(
            counter=self._next_aps(),
            destination_endpoint=endpoint,
            source_endpoint=1 if profile else 0,
            cluster=cluster,
            profile=profile,
            payload=payload,
            ack_request=True,
        )
        sender = Sender(frame, block_size=self._block_size, pace=self._pace)
        self._senders.append((sender, is_protected, done))
        self._drive(sender, is_protected, sender.start(self._clock.now()))

    def replay(self, octets: bytes) -> None:
        """Put a frame on the air that was heard before, with a new MAC sequence number."""
        self.mac.send(mac.parse(octets))

    def _drive(self, sender: Sender, is_protected: bool, blocks: list[ApsFrame]) -> None:
        for block in blocks:
            self._send_aps(block, is_protected=is_protected)
        if sender.deadline is not None:
            self._clock.call_at(sender.deadline, lambda: self._poll_sender(sender, is_protected))
        self._settle()

    def _poll_sender(self, sender: Sender, is_protected: bool) -> None:
        blocks = sender.poll(self._clock.now())
        if blocks:
            self._drive(sender, is_protected, blocks)
        self._settle()

    def _settle(self) -> None:
        for entry in [one for one in self._senders if one[0].progress is not Progress.SENDING]:
            self._senders.remove(entry)
            entry[2](entry[0].progress is Progress.DELIVERED)

    def _send_aps(self, frame: ApsFrame, *, is_protected: bool) -> None:
        if not is_protected:
            self._send_nwk(aps.build(frame))
            return
        security = aps.link_security(self._count(1))
        self._send_nwk(aps.build(replace(frame, security=security), self.link_key, self.eui))

    def _send_nwk(self, payload: bytes, destination: int = nwk.COORDINATOR) -> None:
        assert self.address is not None and self.mac.pan is not None
        self._nwk_sequence = self._nwk_sequence + 1 & 0xFF
        frame = NwkFrame(
            destination=destination,
            source=self.address,
            sequence=self._nwk_sequence,
            payload=payload,
            security=nwk.network_security(self.eui, self._count(0), self.key_sequence),
        )
        self.mac.send(
            mac.data(
                sequence=0,
                pan=self.mac.pan,
                destination=mac.BROADCAST if destination >= 0xFFF8 else destination,
                source=self.address,
                payload=nwk.build(frame, self.network_key),
                ack_request=destination < 0xFFF8,
            )
        )

    def _network_command(self, command: object) -> None:
        assert self.address is not None and self.mac.pan is not None
        security = None
        if self.network_key is not None:
            security = nwk.network_security(self.eui, self._count(0), self.key_sequence)
        frame = NwkFrame(
            kind=NwkKind.COMMAND,
            destination=nwk.COORDINATOR,
            source=self.address,
            sequence=1,
            source_eui=self.eui,
            payload=NWK_COMMANDS.build(command),
            security=security,
        )
        self.mac.send(
            mac.data(
                sequence=0,
                pan=self.mac.pan,
                destination=nwk.COORDINATOR,
                source=self.address,
                payload=nwk.build(frame, self.network_key),
            )
        )

    def _mac_command(self, command: object, source: mac.Address) -> None:
        self.mac.send(
            MacFrame(
                kind=MacKind.COMMAND,
                sequence=0,
                destination_pan=self.mac.pan,
                destination=nwk.COORDINATOR,
                source=source,
                source_pan=mac.BROADCAST_PAN if isinstance(command, AssociationRequest) else None,
                payload=MAC_COMMANDS.build(command),
                ack_request=True,
            )
        )

    def _poll_while(self, condition: Callable[[], bool]) -> None:
        def poll() -> None:
            if condition() and not self.left:
                source = self.eui if self.address is None else self.address
                self._mac_command(DataRequest(), source)
                self._clock.call_later(POLL_EVERY, poll)

        self._clock.call_later(POLL_EVERY, poll)

    def _heard(self, frame: MacFrame, _heard: Heard) -> None:
        if frame.kind is MacKind.BEACON:
            self.beacons.append(Beacon.from_octets(frame.payload))
        elif frame.kind is MacKind.COMMAND:
            command = MAC_COMMANDS.parse(frame.payload)
            if isinstance(command, AssociationResponse) and command.status == 0:
                self.mac.address = command.address
        elif frame.kind is MacKind.DATA:
            self._heard_data(nwk.parse(frame.payload))

    def _heard_data(self, sealed: NwkFrame) -> None:
        if sealed.destination not in (self.address, *range(0xFFF8, 0x10000)):
            return
        keys = () if self.network_key is None else (self.network_key,)
        try:
            frame = nwk.open_(sealed, keys)
        except RemoteRadioError:
            return
        if sealed.security is not None:
            self.trust_centre = sealed.security.source
        if frame.kind is NwkKind.COMMAND:
            self._network_heard(NWK_COMMANDS.parse(frame.payload))
        else:
            self._application_heard(aps.parse(frame.payload))

    def _network_heard(self, command: object) -> None:
        self.commands.append(command)
        if isinstance(command, Leave):
            self.left = True
        elif isinstance(command, RejoinResponse):
            self.mac.address = command.address

    def _application_heard(self, sealed: ApsFrame) -> None:
        try:
            frame = aps.open_(sealed, (self.link_key,), self.trust_centre)
        except RemoteRadioError:
            return
        is_protected = sealed.security is not None
        if frame.kind is ApsKind.COMMAND:
            self._command(aps_commands.parse(frame.payload), sealed)
        elif frame.kind is ApsKind.ACK:
            for sender, protected, _ in tuple(self._senders):
                blocks = sender.receive(frame, self._clock.now())
                if blocks:
                    self._drive(sender, protected, blocks)
            self._settle()
        else:
            self._message(frame, is_protected)

    def _command(self, command: object, sealed: ApsFrame) -> None:
        self.commands.append(command)
        if not isinstance(command, aps_commands.TransportNetworkKey):
            return
        assert sealed.security is not None
        assert sealed.security.key_kind is KeyKind.KEY_TRANSPORT
        self.network_key, self.key_sequence = command.key, command.sequence
        self.trust_centre = command.source
        self.announce()

    def _message(self, frame: ApsFrame, is_protected: bool) -> None:
        reception = self._receiver.receive(0, frame, self._clock.now())
        if reception.ack is not None and self.acknowledges:
            self._send_aps(reception.ack, is_protected=is_protected)
        if reception.message is not None:
            self.messages.append(Received(reception.message, is_protected))

    def _count(self, which: int) -> int:
        self._counters[which] += 1
        return self._counters[which]

    def _next_aps(self) -> int:
        self._aps_counter = self._aps_counter + 1 & 0xFF
        return self._aps_counter
