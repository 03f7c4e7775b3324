"""Who may join, and with which key: association, rejoining, transport of keys, leaving.

The stick is trust centre and parent at once. A device that has associated gets the network key
under the key-transport key of the link key that it joins with (its install code's), or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.virtual.ether import MacLayer
from rigs.virtual.ncp.application_layer import ApplicationLayer
from rigs.virtual.ncp.codes import DeviceUpdate, JoinDecision, JoinPolicy, SecurityBits
from rigs.virtual.ncp.key_store import KeyStore, LinkKey
from rigs.virtual.ncp.mailbox import Mailbox
from rigs.virtual.ncp.neighbours import Child, Neighbours
from rigs.virtual.ncp.network_layer import Incoming, NetworkLayer
from rigs.zigbee import aps_commands, mac, nwk
from rigs.zigbee.aps_commands import TransportNetworkKey
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.mac import MacFrame, MacKind
from rigs.zigbee.mac_commands import (
    ASSOCIATED,
    MAC_COMMANDS,
    NO_ADDRESS,
    PAN_FULL,
    AssociationRequest,
    AssociationResponse,
    Disassociation,
)
from rigs.zigbee.nwk import NwkKind
from rigs.zigbee.nwk_commands import (
    LEAVE_REQUEST,
    NWK_COMMANDS,
    EndDeviceTimeoutRequest,
    EndDeviceTimeoutResponse,
    Leave,
    RejoinRequest,
    RejoinResponse,
)
from rigs.zigbee.security import KeyKind

_KEEP_ALIVE_BY_POLLS = 0x01
"""Parent information in an end device timeout response."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What the host is told of a device that came or went."""

    address: int
    eui: Eui64
    update: DeviceUpdate
    decision: JoinDecision


class TrustCentre:
    """Hooks: `policy` (decision bits), `is_open`, `max_children`."""

    def __init__(
        self,
        link: MacLayer,
        mailbox: Mailbox,
        network: NetworkLayer,
        application: ApplicationLayer,
        keys: KeyStore,
        neighbours: Neighbours,
        clock: Clock,
    ) -> None:
        self._mac = link
        self._mailbox = mailbox
        self._network = network
        self._application = application
        self._keys = keys
        self._neighbours = neighbours
        self._clock = clock
        self.policy = JoinPolicy(0)
        self.is_open = False
        self.max_children = 6
        self.on_joining: Callable[[Joining], None] = lambda _: None
        network.on_command = self._take_network_command

    def take_mac_command(self, frame: MacFrame) -> None:
        """Association requests and farewells; polls are the mailbox's."""
        try:
            command = MAC_COMMANDS.parse(frame.payload)
        except RemoteRadioError:
            return
        if isinstance(command, AssociationRequest) and isinstance(frame.source, Eui64):
            self._associate(frame.source, command.capability)
        elif isinstance(command, Disassociation):
            self._has_left(self._child_at(frame.source))

    def dismiss(self, eui: Eui64) -> bool:
        """Tell a child to leave; it is forgotten at once. False where there is no such child."""
        child = self._neighbours.by_eui(eui)
        if child is None:
            return False
        payload = NWK_COMMANDS.build(Leave(options=LEAVE_REQUEST))

        def left(_is_delivered: bool) -> None:
            self._has_left(self._neighbours.by_eui(eui))

        self._network.send(
            child.address,
            lambda: payload,
            left,
            kind=NwkKind.COMMAND,
            destination_eui=child.eui,
            source_eui=self._mac.eui,
            radius=1,
        )
        return True

    def _associate(self, eui: Eui64, capability: int) -> None:
        if not self.is_open:
            return  # the MAC discards a request while it permits none (802.15.4)
        known = self._neighbours.by_eui(eui)
        if known is None and len(self._neighbours) >= self.max_children:
            self._answer_association(eui, AssociationResponse(address=NO_ADDRESS, status=PAN_FULL))
            return
        if known is not None:
            self._mailbox.forget(known.address)
        self._mailbox.forget(eui)
        self._keys.forget_counters(eui)
        child = self._neighbours.admit(eui, capability)
        response = AssociationResponse(address=child.address, status=ASSOCIATED)
        self._answer_association(
            eui, response, lambda: self._decide(child, DeviceUpdate.UNSECURED_JOIN)
        )

    def _answer_association(
        self, eui: Eui64, response: AssociationResponse, then: Callable[[], None] | None = None
    ) -> None:
        def frame() -> MacFrame:
            return MacFrame(
                kind=MacKind.COMMAND,
                sequence=0,
                destination_pan=self._mac.pan,
                destination=eui,
                source=self._mac.eui,
                payload=MAC_COMMANDS.build(response),
                ack_request=True,
            )

        def done(is_delivered: bool) -> None:
            if is_delivered and then is not None:
                then()
            elif then is not None:
                self._neighbours.remove(eui)

        self._mailbox.put(eui, frame, done, self._network.persistence)

    def _decide(self, child: Child, update: DeviceUpdate) -> None:
        """The trust centre's word on a device that is on the network without its key."""
        link = self._key_to_join_with(child.eui)
        allowed = (
            JoinPolicy.ALLOW_JOINS
            if update is DeviceUpdate.UNSECURED_JOIN
            else JoinPolicy.ALLOW_UNSECURED_REJOINS
        )
        is_welcome = bool(self.policy & allowed) and link is not None
        decision = JoinDecision.USE_PRECONFIGURED_KEY if is_welcome else JoinDecision.DENY_JOIN
        self.on_joining(
            Joining(address=child.address, eui=child.eui, update=update, decision=decision)
        )
        if is_welcome and link is not None:
            self._transport_network_key(child, link)
        else:
            self._neighbours.remove(child.eui)

    def _key_to_join_with(self, eui: Eui64) -> LinkKey | None:
        now = self._clock.now()
        own = self._keys.transient(eui, now) or self._keys.table.of(eui)
        if own is not None:
            return own
        bits = self._keys.security_bits
        is_global = bool(bits & SecurityBits.GLOBAL_LINK_KEY)
        is_hashed = bits & SecurityBits.HASHED_LINK_KEY == SecurityBits.HASHED_LINK_KEY
        if is_global and not is_hashed and not self.policy & JoinPolicy.JOINS_USE_INSTALL_CODE_KEY:
            return LinkKey(device=eui, key=self._keys.preconfigured_key)
        return None

    def _transport_network_key(self, child: Child, link: LinkKey) -> None:
        assert self._keys.network_key is not None
        command = TransportNetworkKey(
            key=self._keys.network_key,
            sequence=self._keys.network_key_sequence,
            destination=child.eui,
            source=self._mac.eui,
        )
        self._application.send_command(
            aps_commands.build(command),
            child.address,
            link=link,
            kind=KeyKind.KEY_TRANSPORT,
            is_secured_by_network=False,
        )

    def _take_network_command(self, incoming: Incoming) -> None:
        try:
            command = NWK_COMMANDS.parse(incoming.frame.payload)
        except RemoteRadioError:
            return
        if isinstance(command, RejoinRequest):
            self._rejoin(incoming, command)
            return
        if not incoming.frame.is_secured:
            return  # only a device without the key may speak without it, and only to come back
        if isinstance(command, Leave) and not command.options & LEAVE_REQUEST:
            self._has_left(self._child_at(incoming.frame.source))
        elif isinstance(command, EndDeviceTimeoutRequest):
            self._agree_timeout(incoming, command)

    def _rejoin(self, incoming: Incoming, request: RejoinRequest) -> None:
        eui = incoming.source_eui
        is_secured = incoming.frame.is_secured
        if eui is None:
            return
        known = self._neighbours.by_eui(eui)
        if known is None and len(self._neighbours) >= self.max_children:
            return
        if not is_secured and not self.policy & JoinPolicy.ALLOW_UNSECURED_REJOINS:
            return
        child = self._neighbours.admit(eui, request.capability, self._address_for(incoming))
        child.is_authorised = is_secured
        self._mailbox.forget(child.address)
        payload = NWK_COMMANDS.build(RejoinResponse(address=child.address, status=0))
        update = DeviceUpdate.SECURED_REJOIN if is_secured else DeviceUpdate.UNSECURED_REJOIN

        def answered(is_delivered: bool) -> None:
            if is_delivered and not is_secured:
                self._decide(child, update)
            elif is_delivered:
                self.on_joining(
                    Joining(
                        address=child.address,
                        eui=eui,
                        update=update,
                        decision=JoinDecision.NO_ACTION,
                    )
                )

        self._network.send(
            child.address,
            lambda: payload,
            answered,
            kind=NwkKind.COMMAND,
            is_secured=is_secured,
            destination_eui=eui,
            source_eui=self._mac.eui,
            radius=1,
        )

    def _address_for(self, incoming: Incoming) -> int | None:
        """A device keeps the address that it comes with, if nobody else has it."""
        address = incoming.frame.source
        holder = self._neighbours.by_address(address)
        is_usable = nwk.COORDINATOR < address < 0xFFF8
        if is_usable and (holder is None or holder.eui == incoming.source_eui):
            return address
        return None

    def _agree_timeout(self, incoming: Incoming, request: EndDeviceTimeoutRequest) -> None:
        child = self._child_at(incoming.frame.source)
        if child is None:
            return
        child.timeout_step = request.timeout
        response = EndDeviceTimeoutResponse(status=0, parent=_KEEP_ALIVE_BY_POLLS)
        payload = NWK_COMMANDS.build(response)
        self._network.send(
            child.address,
            lambda: payload,
            kind=NwkKind.COMMAND,
            destination_eui=child.eui,
            source_eui=self._mac.eui,
            radius=1,
        )

    def _has_left(self, child: Child | None) -> None:
        if child is None:
            return
        self._neighbours.remove(child.eui)
        self._mailbox.forget(child.address)
        self.on_joining(
            Joining(
                address=child.address,
                eui=child.eui,
                update=DeviceUpdate.DEVICE_LEFT,
                decision=JoinDecision.NO_ACTION,
            )
        )

    def _child_at(self, source: mac.Address | None) -> Child | None:
        if isinstance(source, Eui64):
            return self._neighbours.by_eui(source)
        return None if source is None else self._neighbours.by_address(source)
