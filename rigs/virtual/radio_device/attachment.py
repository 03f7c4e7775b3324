"""How a device gets an address: associating for the first time, coming back when it has been lost.

Both end with `on_done`: True with the address in the MAC, False where no answer came or it was no.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import Channel
from rigs.devices.alarm import Alarm
from rigs.virtual.ether import Heard, MacLayer
from rigs.virtual.radio_device.polling import Polling
from rigs.virtual.radio_device.scan import Found, Scan
from rigs.virtual.stack.layers import Layers, ReceivedCommand
from rigs.zigbee import mac, nwk
from rigs.zigbee.mac import MacFrame, MacKind
from rigs.zigbee.mac_commands import (
    ASSOCIATED,
    MAC_COMMANDS,
    AssociationRequest,
    AssociationResponse,
    CoordinatorRealignment,
    OrphanNotification,
    command_in,
)
from rigs.zigbee.nwk_commands import RejoinRequest, RejoinResponse

RESPONSE_WAIT = timedelta(milliseconds=492)
"""macResponseWaitTime: 32 superframe durations."""


class Association:
    """With the network that was found."""

    def __init__(
        self,
        clock: Clock,
        link: MacLayer,
        polling: Polling,
        found: Found,
        capability: int,
        on_done: Callable[[bool], None],
    ) -> None:
        self._clock = clock
        self._link = link
        self._polling = polling
        self._on_done = on_done
        self._alarm = Alarm(clock, self._ask)
        link.node.channel = found.channel
        link.pan, link.address = found.pan, None
        link.send(
            MacFrame(
                kind=MacKind.COMMAND,
                sequence=0,
                destination_pan=found.pan,
                destination=found.address,
                source_pan=mac.BROADCAST_PAN,
                source=link.eui,
                payload=MAC_COMMANDS.build(AssociationRequest(capability=capability)),
                ack_request=True,
            ),
            self._sent,
        )

    def stop(self) -> None:
        self._alarm.cancel()
        self._on_done = lambda _: None

    def take(self, frame: MacFrame, _heard: Heard) -> None:
        command = command_in(frame)
        if isinstance(command, AssociationResponse):
            self._alarm.cancel()
            if command.status == ASSOCIATED:
                self._link.address = command.address
            self._finish(command.status == ASSOCIATED)

    def _sent(self, success: bool) -> None:
        if success:
            self._alarm.set(self._clock.now() + RESPONSE_WAIT)
        else:
            self._finish(False)

    def _ask(self) -> None:
        self._polling.ask()
        self._alarm = Alarm(self._clock, lambda: self._finish(False))
        self._alarm.set(self._clock.now() + RESPONSE_WAIT)

    def _finish(self, success: bool) -> None:
        self._alarm.cancel()
        on_done, self._on_done = self._on_done, lambda _: None
        on_done(success)


class Return:
    """To the network it was in: as an orphan to the same parent, else by a scan and a rejoin."""

    def __init__(
        self,
        clock: Clock,
        layers: Layers,
        polling: Polling,
        network: Eui64,
        channels: tuple[Channel, ...],
        capability: int,
        on_done: Callable[[bool], None],
    ) -> None:
        self._clock = clock
        self._layers = layers
        self._link = layers.link
        self._polling = polling
        self._network = network
        self._channels = channels
        self._capability = capability
        self._on_done = on_done
        self._scan: Scan | None = None
        self._home = self._link.node.channel
        self._alarm = Alarm(clock, self._no_realignment)
        self._link.node.is_listening = True
        self._link.send(
            MacFrame(
                kind=MacKind.COMMAND,
                sequence=0,
                destination_pan=mac.BROADCAST_PAN,
                destination=mac.BROADCAST,
                source_pan=mac.BROADCAST_PAN,
                source=self._link.eui,
                payload=MAC_COMMANDS.build(OrphanNotification()),
            )
        )
        self._alarm.set(clock.now() + RESPONSE_WAIT)

    def stop(self) -> None:
        self._alarm.cancel()
        if self._scan is not None:
            self._scan.stop()
        self._on_done = lambda _: None

    def take(self, frame: MacFrame, heard: Heard) -> None:
        if self._scan is not None:
            self._scan.take(frame, heard)
            return
        command = command_in(frame)
        if isinstance(command, CoordinatorRealignment):
            self._link.pan, self._link.address = command.pan, command.address
            self._finish(True)

    def take_command(self, received: ReceivedCommand) -> None:
        command = received.command
        if isinstance(command, RejoinResponse) and received.is_secured and not command.status:
            self._link.address = command.address
            self._finish(True)

    def _no_realignment(self) -> None:
        self._scan = Scan(self._clock, self._link, self._channels, self._scanned)

    def _scanned(self, found: tuple[Found, ...]) -> None:
        self._scan = None
        ours = next((one for one in found if one.beacon.extended_pan_id == self._network), None)
        if ours is None:
            self._link.node.channel = self._home
            self._finish(False)
            return
        self._link.node.channel, self._link.pan = ours.channel, ours.pan
        self._polling.expect(RESPONSE_WAIT * 2)
        self._layers.send_command(
            RejoinRequest(capability=self._capability), address=nwk.COORDINATOR
        )
        self._alarm = Alarm(self._clock, lambda: self._finish(False))
        self._alarm.set(self._clock.now() + RESPONSE_WAIT * 2)

    def _finish(self, success: bool) -> None:
        self._alarm.cancel()
        on_done, self._on_done = self._on_done, lambda _: None
        on_done(success)
