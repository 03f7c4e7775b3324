"""Where messages for devices that sleep wait at the hub: a tunnel for each that asked for one.

Such a device opens the tunnel itself once it has joined (RequestTunnel; GBCS digest 10.1), and
from then on its messages wait until it asks. What it never fetches is logged (819D). The hub
keeps what waits over a loss of power; that is this bench's choice.
"""

from __future__ import annotations

from collections.abc import Callable

from assay.clock import Clock
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64
from rigs.devices.hub.tunnel import Exchange, Tunnel

NOT_RETRIEVED = 0x819D

ToDevice = Callable[[Eui64, bytes], None]


class Mailboxes:
    """`send` takes a frame for a device, `deliver` a message of one.

    `on_expired` is called with the device and each message that it did not fetch in time,
    `on_exchange` with each command that was fetched and its response.
    """

    def __init__(self, clock: Clock, send: ToDevice, deliver: ToDevice) -> None:
        self._clock = clock
        self._send = send
        self._deliver = deliver
        self._tunnels: dict[Eui64, Tunnel] = {}
        self.on_expired: list[Callable[[Eui64, bytes], None]] = []
        self.on_exchange: list[Exchange] = []

    def open(self, device_id: Eui64) -> Tunnel:
        """The tunnel of this device from now on; the one that is open already stays."""
        tunnel = self._tunnels.get(device_id)
        if tunnel is None:
            tunnel = self._tunnels[device_id] = self._new(device_id)
        return tunnel

    def close(self, device_id: Eui64) -> None:
        """The device left the network: what waits for it is lost."""
        self._tunnels.pop(device_id, None)

    @property
    def device_ids(self) -> tuple[Eui64, ...]:
        return tuple(self._tunnels)

    def find(self, device_id: Eui64) -> Tunnel | None:
        return self._tunnels.get(device_id)

    def is_message_pending(self, device_id: Eui64) -> bool:
        """The flag that a device reads when it wakes (FunctionalNotificationFlags bit 21)."""
        tunnel = self._tunnels.get(device_id)
        return tunnel is not None and tunnel.waiting > 0

    def _new(self, device_id: Eui64) -> Tunnel:
        tunnel = Tunnel(
            self._clock,
            send=lambda frame: self._send(device_id, frame),
            deliver=lambda message: self._deliver(device_id, message),
        )
        tunnel.on_expired.append(lambda message: self._tell_expired(device_id, message))
        tunnel.on_exchange.append(self._tell_exchange)
        return tunnel

    def _tell_expired(self, device_id: Eui64, message: bytes) -> None:
        for callback in self.on_expired:
            callback(device_id, message)

    def _tell_exchange(self, command: Message, response: Message) -> None:
        for callback in self.on_exchange:
            callback(command, response)
