"""A device's end of the tunnel: serving the hub's, or holding one that it asked for itself.

Devices that listen always are asked by the hub; a device that sleeps asks (GBCS digest 10.1).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.alarm import Alarm
from rigs.zigbee.smart_energy.tunnel_server import TunnelServer
from rigs.zigbee.smart_energy.tunneling import (
    CloseTunnel,
    RequestTunnel,
    RequestTunnelResponse,
    TransferData,
    TransferDataError,
    TunnelClosed,
    TunnelStatus,
)

AGAIN = timedelta(minutes=3)
"""After a request that was not answered, or answered busy, while the device is awake."""
IN_DOUBT = timedelta(seconds=30)
"""What was sent so long before the hub said that there is no such tunnel has not been taken."""

_REMEMBERED = 20

Say = Callable[[object, bool, Callable[[bool], None]], None]
"""A tunneling command, whether it goes to the client, and what to call with its delivery."""


class DeviceTunnel:
    """`on_data` gets what comes through, `on_open` is called when the tunnel works.

    `server` answers the hub where the hub asks; `asks` is for devices that sleep.
    """

    def __init__(self, clock: Clock, say: Say, *, asks: bool) -> None:
        self._clock = clock
        self._say = say
        self.asks = asks
        self.server = TunnelServer()
        self._number: int | None = None
        self._again = Alarm(clock, self.request)
        self._expiry = Alarm(clock, self._expire)
        self._hub: Eui64 | None = None
        self._sent: deque[tuple[datetime, bytes]] = deque(maxlen=_REMEMBERED)
        self._untaken: list[bytes] = []
        self.on_data: list[Callable[[bytes], None]] = []
        self.on_open: list[Callable[[], None]] = []

    def is_open_to(self, hub: Eui64) -> bool:
        return self._number_to(hub) is not None

    def begin(self, hub: Eui64) -> None:
        """The device has joined."""
        self._hub = hub
        if self.asks:
            self.request()

    def request(self) -> None:
        self._again.set(self._clock.now() + AGAIN)
        self._say(RequestTunnel(), False, lambda _: None)

    def drop(self) -> None:
        """The power is gone, or the network has been left."""
        self._number = None
        self._sent.clear()
        self._untaken.clear()
        self._again.cancel()
        self._expiry.cancel()
        self.server.close_all()

    def send(self, hub: Eui64, data: bytes, on_done: Callable[[bool], None]) -> None:
        """Octets to the hub; not delivered where there is no tunnel."""
        number = self._number_to(hub)
        if number is None:
            on_done(False)
            return
        now = self._clock.now()
        if self.asks:
            self._sent.append((now, data))
        else:
            self.server.used(number, now)
        self._say(TransferData(tunnel=number, data=data), not self.asks, on_done)

    def take(self, hub: Eui64, command: object, now: datetime) -> None:
        """A tunneling command of the hub."""
        if not self.asks:
            self._serve(hub, command, now)
            return
        match command:
            case RequestTunnelResponse():
                self._answered(command)
            case TransferData() if command.tunnel == self._number:
                self._deliver(command.data)
            case TunnelClosed() if command.tunnel == self._number:
                self._number = None
                self.request()
            case TransferDataError() if command.tunnel == self._number:
                self._number = None
                self._untaken += [data for at, data in self._sent if at + IN_DOUBT > now]
                self._sent.clear()
                self.request()

    def close(self) -> None:
        """The device has no further use for the tunnel that it asked for."""
        if self._number is not None and self.asks:
            self._say(CloseTunnel(tunnel=self._number), False, lambda _: None)
            self._number = None

    def _number_to(self, hub: Eui64) -> int | None:
        return self._number if self.asks else self.server.tunnel_to(hub)

    def _serve(self, hub: Eui64, command: object, now: datetime) -> None:
        served = self.server.receive(hub, command, now)
        self._expiry.set(self.server.next_expiry)
        if served.answer is not None:
            self._say(served.answer, True, lambda _: None)
            answer = served.answer
            if isinstance(answer, RequestTunnelResponse) and not answer.status:
                self._opened()
        if served.data is not None:
            self._deliver(served.data)

    def _answered(self, response: RequestTunnelResponse) -> None:
        if response.status != TunnelStatus.SUCCESS:
            return
        self._again.cancel()
        self._number = response.tunnel
        untaken, self._untaken = self._untaken, []
        for data in untaken:
            if self._hub is not None:
                self.send(self._hub, data, lambda _: None)
        self._opened()

    def _opened(self) -> None:
        for callback in tuple(self.on_open):
            callback()

    def _deliver(self, data: bytes) -> None:
        for callback in tuple(self.on_data):
            callback(data)

    def _expire(self) -> None:
        for _, closed in self.server.expire(self._clock.now()):
            self._say(closed, True, lambda _: None)
        self._expiry.set(self.server.next_expiry)
