"""A radio stick as an asyncio coordinator: EmberZNet 7.4 (EZSP 13) through bellows.

Everything here belongs to the loop thread. bellows is taken as far as EZSP and no further: zigpy's
application drops Smart Energy frames, asks every device for things it need not say, and forms
networks for home automation (rigs digest 1, findings 2 and 9). Waiting for a device is waiting on
the bench's clock, waiting for the stick is wall time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import bellows.types as ezsp_types

from assay.clock import Clock, Timer
from assay.gbcs.identifiers import Eui64
from assay.verdicts import BenchLost
from rigs.capabilities.measurement import Identity
from rigs.capabilities.radio import ApsMessage, Delivery, NetworkParameters
from rigs.drivers.coordinator import settings
from rigs.drivers.coordinator.hold import Hold
from rigs.drivers.coordinator.incoming import Incoming
from rigs.drivers.coordinator.neighbours import Neighbours
from rigs.drivers.coordinator.outgoing import Outgoing
from rigs.drivers.coordinator.session import (
    COMMAND_PATIENCE_S,
    CONNECTION_PATIENCE_S,
    NO_EUI,
    StickSession,
    eui_of,
    key_of,
)

_NO_PLACE = 0xFF
_LONGEST_OPENING_S = 254
_OPEN_FOR_GOOD = 255


@dataclass(slots=True, kw_only=True)
class _Permit:
    """A device that may join: with which key, and until when the network is open for it."""

    link_key: bytes = field(repr=False)
    until: datetime


class EmberStick:
    """One stick at a path (`/dev/...` or `socket://host:port`).

    Callbacks run where frames are taken from the wire: start a task there, don't wait.
    """

    def __init__(
        self,
        path: str,
        clock: Clock,
        *,
        endpoint: settings.Endpoint = settings.ENERGY_SERVICES_INTERFACE,
        command_patience_s: float = COMMAND_PATIENCE_S,
        connection_patience_s: float = CONNECTION_PATIENCE_S,
        window: int = 1,
    ) -> None:
        self.path = path
        self._clock = clock
        self._endpoint = endpoint
        self._network: NetworkParameters | None = None
        self._link_keys: dict[Eui64, bytes] = {}
        self._permits: dict[Eui64, _Permit] = {}
        self._closing: Timer | None = None
        self._has_network = False
        self._session = StickSession(path, clock, command_patience_s, connection_patience_s)
        self._neighbours = Neighbours(self._session)
        self._outgoing = Outgoing(
            self._session, self._neighbours, clock, self._link_keys.keys(), window
        )
        self._incoming = Incoming(self._session, self._neighbours, clock)
        self._session.on_incoming = self._incoming.take
        self._session.on_callback = self._callback
        self._callbacks: dict[str, Callable[..., None]] = {
            "messageSentHandler": self._outgoing.message_sent,
            "trustCenterJoinHandler": self._neighbours.joining,
        }

    @property
    def eui(self) -> Eui64:
        """Of the radio; known once it is connected."""
        return self._session.eui

    @property
    def on_message(self) -> list[Callable[[ApsMessage], None]]:
        return self._incoming.on_message

    @property
    def on_joined(self) -> list[Callable[[Eui64], None]]:
        """A device holds the network key, and has said so."""
        return self._neighbours.on_joined

    @property
    def on_left(self) -> list[Callable[[Eui64], None]]:
        return self._neighbours.on_left

    @property
    def on_lost(self) -> list[Callable[[BenchLost], None]]:
        return self._session.on_lost

    @property
    def command_patience_s(self) -> float:
        """Wall time that one command may take."""
        return self._session.command_patience_s

    @command_patience_s.setter
    def command_patience_s(self, seconds: float) -> None:
        self._session.command_patience_s = seconds

    async def connect(self) -> None:
        await self._session.connect()

    async def close(self) -> None:
        """Let go of the port. The stick stays as it is: see `silence`."""
        self._stop_closing()
        await self._session.close()

    async def identify(self) -> Identity:
        await self._session.connect()
        with self._clock.exchange():
            maker, model, version = await self._session.bounded(
                self._session.ezsp.get_board_info(), "board information"
            )
        return Identity(
            maker=maker or "", model=model or "", serial=str(self.eui), firmware=version or ""
        )

    async def form(self, parameters: NetworkParameters) -> None:
        """A network of its own keys: no link key for everybody, nobody welcome yet.

        Frame counters go on from where they were, as the network key may be the same.
        """
        wanted = settings.network_parameters(parameters)
        session = self._session
        await session.reconnect()
        self._has_network = False
        with self._clock.exchange():
            self._stop_closing()
            await session.start_over(self._endpoint)
            await session.ask("tokenFactoryReset", excludeOutgoingFC=True, excludeBootCounter=True)
            await session.ask("clearKeyTable")
            await session.start_over(self._endpoint)
            state = settings.security_state(parameters, self.eui)
            await session.demand("setInitialSecurityState", state=state)
            await session.bounded(session.ezsp.formNetwork(wanted), "formNetwork")
            self._neighbours.clear()
            self._link_keys.clear()
            self._permits.clear()
            await self._is_up(parameters)

    async def silence(self) -> None:
        """Radio off; the network is kept in the stick."""
        await self._session.connect()
        self._has_network = False
        with self._clock.exchange():
            self._stop_closing()
            await self._session.start_over(self._endpoint)

    async def resume(self) -> None:
        """Radio on, in the network that was formed last; those who may join still may."""
        network, session = self.network(), self._session
        await session.reconnect()
        with self._clock.exchange():
            await session.start_over(self._endpoint)
            with session.ezsp.wait_for_stack_status(ezsp_types.sl_Status.NETWORK_UP) as is_up:
                status = await session.bounded(session.ezsp.initialize_network(), "networkInit")
                session.require("networkInit", status)
                await session.bounded(is_up, "network up")
            await self._is_up(network)
            await self._neighbours.read_children()
            await self._permit_again()

    async def permit(self, device: Eui64, link_key: bytes, window: timedelta) -> None:
        """Let this device join with this link key; the longest window that is open counts."""
        with self._clock.exchange():
            await self._import_transient(device, link_key)
            self._permits[device] = _Permit(link_key=link_key, until=self._clock.now() + window)
            self._link_keys[device] = link_key
            if self._has_network:
                await self._open()  # else when the network is taken up

    async def set_link_key(self, device: Eui64, link_key: bytes) -> None:
        """From the next message on."""
        with self._clock.exchange():
            place = await self._place_of(device)
            if place == _NO_PLACE:
                place = await self._place_of(NO_EUI)  # one that is free
            if place == _NO_PLACE:
                raise self._session.fault("its table of link keys is full")
            await self._session.demand(
                "importLinkKey", index=place, address=eui_of(device), key=key_of(link_key)
            )
            self._link_keys[device] = link_key

    async def dismiss(self, device: Eui64) -> None:
        """Tell it to leave, and forget its keys; others keep theirs."""
        session = self._session
        with self._clock.exchange():
            address, eui = await self._neighbours.address_of(device), eui_of(device)
            if address is not None:
                await session.ask("removeDevice", destShort=address, destLong=eui, targetLong=eui)
            place = await self._place_of(device)
            if place != _NO_PLACE:
                await session.demand("eraseKeyTableEntry", index=place)
            if self._permits.pop(device, None) is not None:
                await session.ask("clearTransientLinkKeys")
                for other, permit in self._permits.items():
                    await self._import_transient(other, permit.link_key)
            self._neighbours.forget(device)
            self._link_keys.pop(device, None)

    async def send(self, message: ApsMessage, hold: Hold | None = None) -> Delivery:
        """One message, in blocks where it is longer than a frame; one at a time to a device.

        `hold` is a hold on the clock that the caller has taken and drops in the end; without one
        the clock is held from here to there, but for the waiting.
        """
        if hold is not None:
            return await self._outgoing.send(message, hold)
        hold = Hold(self._clock)
        hold.take()
        try:
            return await self._outgoing.send(message, hold)
        finally:
            hold.drop()

    def network(self) -> NetworkParameters:
        if self._network is None:
            raise self._session.fault("no network has been formed")
        return self._network

    def link_keys(self) -> dict[Eui64, bytes]:
        """By device: what was agreed on, or the key that it may join with."""
        return dict(self._link_keys)

    def _callback(self, name: str, values: list[Any]) -> None:
        known = self._callbacks.get(name)
        if known is not None:
            known(*values)

    async def _is_up(self, parameters: NetworkParameters) -> None:
        for policy, decision in settings.POLICIES.items():
            await self._session.demand("setPolicy", policyId=policy, decisionId=decision)
        (largest,) = await self._session.ask("maximumPayloadLength")
        self._outgoing.largest_payload = int(largest)
        self._network, self._has_network = parameters, True

    async def _permit_again(self) -> None:
        for device, permit in self._permits.items():
            await self._import_transient(device, permit.link_key)
        if any(permit.until > self._clock.now() for permit in self._permits.values()):
            await self._open()

    async def _import_transient(self, device: Eui64, key: bytes) -> None:
        flags = ezsp_types.SecurityManagerContextFlags.NONE
        await self._session.demand(
            "importTransientKey", eui64=eui_of(device), plaintext_key=key_of(key), flags=flags
        )

    async def _place_of(self, device: Eui64) -> int:
        (place,) = await self._session.ask(
            "findKeyTableEntry", address=eui_of(device), linkKey=True
        )
        return int(place)

    async def _open(self) -> None:
        """Until the last window ends; a stick counts no further than 254 s."""
        left = max(permit.until for permit in self._permits.values()) - self._clock.now()
        seconds = -(-left // timedelta(seconds=1))
        await self._set_policy(settings.JOINS_WITH_INSTALL_CODE)
        duration = seconds if 0 < seconds <= _LONGEST_OPENING_S else _OPEN_FOR_GOOD
        await self._session.demand("permitJoining", duration=duration)
        self._stop_closing()
        self._closing = self._clock.call_later(left, self._close_now)

    def _close_now(self) -> None:
        self._closing = None
        self._session.start(self._close_network())

    async def _close_network(self) -> None:
        await self._set_policy(settings.NO_JOINS)
        await self._session.demand("permitJoining", duration=0)

    async def _set_policy(self, decision: int) -> None:
        policy = ezsp_types.EzspPolicyId.TRUST_CENTER_POLICY
        await self._session.demand("setPolicy", policyId=policy, decisionId=decision)

    def _stop_closing(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None
