"""A virtual LCUS board: it takes frames of four octets and says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from rigs.virtual.relays.contacts import Contacts

_START = 0xA0
_SIZE = 4


class VirtualLcusBoard:
    """A frame with a wrong sum, or that begins with another octet, is passed over."""

    end = b""

    def __init__(self, contacts: Contacts) -> None:
        self._contacts = contacts

    def requests(self, unread: bytearray) -> Iterator[bytes]:
        while unread:
            if unread[0] != _START:
                del unread[0]
                continue
            if len(unread) < _SIZE:
                return
            frame = bytes(unread[:_SIZE])
            if frame[3] != sum(frame[:3]) & 0xFF:
                del unread[0]
                continue
            del unread[:_SIZE]
            yield frame

    def name_of(self, request: bytes) -> str:
        return f"relay {request[1]} {'on' if request[2] else 'off'}"

    def answer(self, request: bytes) -> bytes:
        if request[1] <= len(self._contacts.closed):
            self._contacts.move(request[1], bool(request[2]))
        return b""
