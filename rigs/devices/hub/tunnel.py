"""The tunnel to a device that sleeps: its messages wait at the hub until it asks for one.

`01` asks; `02` brings one, after the number of those that remain (`02 00` alone: none); `03`
carries one of the device (GBCS digest 10). A message that is never fetched is dropped after
its life, which is one maker's default.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from assay.clock import Clock
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.errors import RemoteGbcsError
from rigs.devices.alarm import Alarm

GET, PUT, FROM_DEVICE = 0x01, 0x02, 0x03
LIFE = timedelta(hours=24)
_REMEMBERED = 100

Exchange = Callable[[Message, Message], None]
"""A command that went through the tunnel, and its response."""


class Tunnel:
    """Of one device. `send` takes frames for it, `deliver` messages of it.

    Hooks: `life` of a message; `on_expired` is called for each that was not fetched,
    `on_exchange` with each response and the command that it answers.
    """

    def __init__(
        self, clock: Clock, send: Callable[[bytes], None], deliver: Callable[[bytes], None]
    ) -> None:
        self._clock = clock
        self._send = send
        self._deliver = deliver
        self._waiting: deque[tuple[datetime, bytes]] = deque()
        self._fetched: deque[Message] = deque(maxlen=_REMEMBERED)
        self._expiry = Alarm(clock, self._expire)
        self.life = LIFE
        self.on_expired: list[Callable[[bytes], None]] = []
        self.on_exchange: list[Exchange] = []

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def put(self, message: bytes) -> None:
        """One message for the device."""
        self._waiting.append((self._clock.now() + self.life, message))
        self._set_expiry()

    def frame(self, octets: bytes) -> None:
        """One frame of the device; what is none of the protocol is ignored."""
        kind, rest = octets[:1], octets[1:]
        if kind == bytes((GET,)) and not rest:
            self._send(self._next())
        elif kind == bytes((FROM_DEVICE,)):
            self._tell_exchange(rest)
            self._deliver(rest)

    def _next(self) -> bytes:
        if not self._waiting:
            return bytes((PUT, 0))
        _, message = self._waiting.popleft()
        self._set_expiry()
        self._remember(message)
        return bytes((PUT, min(len(self._waiting), 0xFF))) + message

    def _remember(self, octets: bytes) -> None:
        message = _parsed(octets)
        if message is not None:
            self._fetched.append(message)

    def _tell_exchange(self, octets: bytes) -> None:
        if not self.on_exchange:
            return
        response = _parsed(octets)
        if response is None or response.cra is not Cra.RESPONSE:
            return
        for command in self._fetched:
            if (command.originator, command.counter) == (response.recipient, response.counter):
                for callback in self.on_exchange:
                    callback(command, response)
                return

    def _expire(self) -> None:
        now = self._clock.now()
        while self._waiting and self._waiting[0][0] <= now:
            _, message = self._waiting.popleft()
            for callback in self.on_expired:
                callback(message)
        self._set_expiry()

    def _set_expiry(self) -> None:
        self._expiry.set(self._waiting[0][0] if self._waiting else None)


def _parsed(octets: bytes) -> Message | None:
    try:
        return parse(octets)
    except RemoteGbcsError:
        return None
