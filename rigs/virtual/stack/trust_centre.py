"""Who may join, and with which key: association, rejoining, transport of keys, leaving.

The coordinator is trust centre and parent at once. A device that has associated gets the network
key under the key-transport key of the link key that it joins with (its install code's), or
nothing. Whoever cannot read that never gets in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.alarm import Alarm
from rigs.virtual.stack.children import Child, Children
from rigs.virtual.stack.keys import LinkKey
from rigs.virtual.stack.layers import Layers, ReceivedCommand
from rigs.virtual.stack.mailbox import Mailbox
from rigs.zigbee import aps_commands, nwk
from rigs.zigbee.aps import ApsFrame, ApsKind
from rigs.zigbee.mac import MacFrame, MacKind
from rigs.zigbee.mac_commands import (
    ASSOCIATED,
    MAC_COMMANDS,
    NO_ADDRESS,
    PAN_FULL,
    AssociationResponse,
)
from rigs.zigbee.nwk_commands import (
    LEAVE_REQUEST,
    EndDeviceTimeoutRequest,
    EndDeviceTimeoutResponse,
    Leave,
    RejoinRequest,
    RejoinResponse,
)
from rigs.zigbee.security import KeyKind

PATIENCE = timedelta(seconds=10)
"""For a device that has associated to show that it could read the network key; then it is
forgotten (this bench's choice)."""
MAX_CHILDREN = 64

_KEEP_ALIVE_BY_POLLS = 0x01
"""Parent information in an end device timeout response."""


class Change(IntEnum):
    """How a device came or went, with the numbers of APS's update device command."""

    SECURED_REJOIN = 0
    UNSECURED_JOIN = 1
    LEFT = 2
    UNSECURED_REJOIN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """A device that came or went. `link` is the key under which it is sent the network key; None
    where it is denied that, has it, or needs it no more."""

    address: int
    eui: Eui64
    change: Change
    link: LinkKey | None = None


class TrustCentre:
    """Hooks: `is_open` to association; `key_for` a device that comes without the network key,
    under which it gets it, None if it does not; `max_children`. `on_joining` is told of each that
    comes or goes."""

    def __init__(self, clock: Clock, layers: Layers, mailbox: Mailbox, children: Children) -> None:
        self._clock = clock
        self._layers = layers
        self._mailbox = mailbox
        self._children = children
        self._unproven = Alarm(clock, self._forget_unproven)
        self.max_children = MAX_CHILDREN
        self.is_open: Callable[[], bool] = lambda: False
        self.key_for: Callable[[Eui64, Change], LinkKey | None] = lambda _eui, _change: None
        self.on_joining: Callable[[Joining], None] = lambda _: None

    @property
    def has_room(self) -> bool:
        return len(self._children) < self.max_children

    def take(self, received: ReceivedCommand) -> None:
        """A network command."""
        child = self._children.find(received.peer)
        match received.command:
            case RejoinRequest():
                self._rejoin(received, received.command.capability)
            case _ if not received.is_secured:
                return  # only a device without the key may speak without it, to come back
            case Leave() if not received.command.options & LEAVE_REQUEST:
                self.left(received.peer)
            case EndDeviceTimeoutRequest() if child is not None:
                self._agree_timeout(child, received.command)

    def dismiss(self, eui: Eui64) -> bool:
        """Tell a child to leave; it is forgotten then. False where there is no such child."""
        child = self._children.find(eui)
        if child is None:
            return False
        command = Leave(options=LEAVE_REQUEST)
        self._say(child, command, on_done=lambda _: self.left(eui))
        return True

    def associate(self, eui: Eui64, capability: int) -> None:
        if not self.is_open():
            return  # the MAC discards a request while it permits none (802.15.4)
        known = self._children.find(eui)
        if known is None and not self.has_room:
            self._answer_association(eui, AssociationResponse(address=NO_ADDRESS, status=PAN_FULL))
            return
        if known is not None:
            self._mailbox.forget(known.address)
        self._mailbox.forget(eui)
        self._layers.keys.forget_network_counter(eui)
        child = self._children.enter(eui, capability)
        self._await_proof(child)
        response = AssociationResponse(address=child.address, status=ASSOCIATED)
        self._answer_association(
            eui, response, lambda is_delivered: self._associated(child, is_delivered)
        )

    def left(self, eui: Eui64) -> None:
        child = self._children.find(eui)
        if child is not None:
            self._remove(child)
            self.on_joining(Joining(address=child.address, eui=child.eui, change=Change.LEFT))

    def _answer_association(
        self,
        eui: Eui64,
        response: AssociationResponse,
        on_done: Callable[[bool], None] = lambda _: None,
    ) -> None:
        """It waits until the device asks, with its extended address."""
        frame = MacFrame(
            kind=MacKind.COMMAND,
            sequence=0,
            destination_pan=self._layers.link.pan,
            destination=eui,
            source=self._layers.link.eui,
            payload=MAC_COMMANDS.build(response),
            ack_request=True,
        )
        self._mailbox.put(eui, lambda: frame, on_done)

    def _associated(self, child: Child, is_delivered: bool) -> None:
        if is_delivered:
            self._decide(child, Change.UNSECURED_JOIN)
        else:
            self._children.remove(child.eui)

    def _decide(self, child: Child, change: Change) -> None:
        """The trust centre's word on a device that is on the network without its key."""
        link = self.key_for(child.eui, change)
        self.on_joining(Joining(address=child.address, eui=child.eui, change=change, link=link))
        if link is not None:
            self._transport_network_key(child, link)
        else:
            self._remove(child)

    def _transport_network_key(self, child: Child, link: LinkKey) -> None:
        keys, own = self._layers.keys, self._layers.link.eui
        assert keys.network_key is not None
        command = aps_commands.TransportNetworkKey(
            key=keys.network_key, sequence=keys.key_sequence, destination=child.eui, source=own
        )
        frame = ApsFrame(
            kind=ApsKind.COMMAND,
            counter=self._layers.next_counter(),
            payload=aps_commands.build(command),
        )
        self._layers.send_aps(
            frame,
            address=child.address,
            link=link,
            key_kind=KeyKind.KEY_TRANSPORT,
            on_network=False,
        )

    def _rejoin(self, received: ReceivedCommand, capability: int) -> None:
        """Whoever holds the network key may come back; others if they are given it again."""
        eui, is_secured = received.peer, received.is_secured
        change = Change.SECURED_REJOIN if is_secured else Change.UNSECURED_REJOIN
        if self._children.find(eui) is None and not self.has_room:
            return
        if not is_secured and self.key_for(eui, change) is None:
            return
        child = self._children.enter(eui, capability, self._address_for(eui, received.frame.source))
        self._mailbox.forget(child.address)
        if is_secured:
            child.unproven_until = None
        else:
            self._await_proof(child)

        def answered(is_delivered: bool) -> None:
            if is_delivered and not is_secured:
                self._decide(child, change)
            elif is_delivered:
                self.on_joining(Joining(address=child.address, eui=eui, change=change))

        response = RejoinResponse(address=child.address, status=0)
        self._say(child, response, on_network=is_secured, on_done=answered)

    def _address_for(self, eui: Eui64, address: int) -> int | None:
        """A device keeps the address that it comes with, if nobody else has it."""
        holder = self._children.at(address)
        is_usable = nwk.COORDINATOR < address < nwk.LOWEST_BROADCAST
        return address if is_usable and (holder is None or holder.eui == eui) else None

    def _agree_timeout(self, child: Child, request: EndDeviceTimeoutRequest) -> None:
        child.timeout_step = request.timeout
        self._say(child, EndDeviceTimeoutResponse(status=0, parent=_KEEP_ALIVE_BY_POLLS))

    def _say(
        self,
        child: Child,
        command: object,
        *,
        on_network: bool = True,
        on_done: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self._layers.send_command(
            command,
            address=child.address,
            peer=child.eui,
            on_network=on_network,
            on_done=on_done,
        )

    def _await_proof(self, child: Child) -> None:
        child.unproven_until = self._clock.now() + PATIENCE
        self._set_alarm()

    def _forget_unproven(self) -> None:
        now = self._clock.now()
        for child in self._children:
            if child.unproven_until is not None and child.unproven_until <= now:
                self._remove(child)
        self._set_alarm()

    def _set_alarm(self) -> None:
        due = (one.unproven_until for one in self._children if one.unproven_until is not None)
        self._unproven.set(min(due, default=None))

    def _remove(self, child: Child) -> None:
        self._children.remove(child.eui)
        self._mailbox.forget(child.address)
