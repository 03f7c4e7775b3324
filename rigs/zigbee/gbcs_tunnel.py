"""GET, GET-RESPONSE and PUT: how GBCS messages lie in the ZigBee tunnel (GBCS digest 10).

A sleepy device asks for its messages; everyone else is sent them. Messages for a device that
listens always, and those from any device, are PUT.
"""

from __future__ import annotations

from dataclasses import dataclass

from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.octets import Octets

_GET, _GET_RESPONSE, _PUT = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Get:
    """Give me a message."""

    def to_octets(self) -> bytes:
        return bytes((_GET,))


@dataclass(frozen=True, slots=True, kw_only=True)
class GetResponse:
    """Here is one and `remaining` more are waiting; no message at all means there is none."""

    remaining: int = 0
    message: bytes = b""

    def to_octets(self) -> bytes:
        if not 0 <= self.remaining <= 0xFF:
            raise ValueError(f"remaining messages: expected 0 to 255, given {self.remaining}")
        if self.remaining and not self.message:
            raise ValueError("no message, yet more remaining")
        return bytes((_GET_RESPONSE, self.remaining)) + self.message


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """One message."""

    message: bytes

    def to_octets(self) -> bytes:
        return bytes((_PUT,)) + self.message


Tunnelled = Get | GetResponse | Put


def parse(octets: bytes) -> Tunnelled:
    """What a TransferData payload of a GB tunnel says; RemoteRadioError for anything else."""
    reader = Octets(octets)
    command = reader.u8("tunnel command")
    if command == _PUT:
        return Put(message=reader.rest())
    if command == _GET_RESPONSE:
        remaining = reader.u8("remaining messages")
        if remaining and not reader.left:
            raise RemoteRadioError("GET-RESPONSE", "a message before the remaining ones", "none")
        return GetResponse(remaining=remaining, message=reader.rest())
    if command == _GET:
        reader.finish("GET")
        return Get()
    raise RemoteRadioError("tunnel command", "01, 02 or 03", f"{command:02X}")
