"""One question, one answer over a VISA link, whatever carries it.

An answer is what ends with the terminator: pyvisa-py also gives what has come when a line
falls silent, and a part of an answer must not be taken for the whole.

Serial lines are read as much at a time as is there; pyvisa-py asks the system for every
octet by itself, which costs more than the exchange.
"""

from __future__ import annotations

import os
import select
import socket
import time
from typing import Any

import pyvisa
from pyvisa.resources import MessageBasedResource, SerialInstrument

from assay.verdicts import BenchLost
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.visa import LINK_ERRORS, LineSettings, interface_of, open_link

_CHUNK = 4096


class Link:
    """An open link. After any error it is worth nothing and has to be closed."""

    def __init__(
        self,
        resources: pyvisa.ResourceManager,
        address: str,
        timeout_s: float,
        settings: LineSettings,
    ) -> None:
        self._address = address
        self._timeout_s = timeout_s
        self._end = settings.end.encode("ascii")
        self._resource = open_link(resources, address, timeout_s, settings)
        self._serial = _serial_port(self._resource)
        self._unread = bytearray()
        if self._serial is not None:
            self._serial.timeout = 0  # it gives what is there; waiting is done here

    def ask(self, message: str) -> str:
        """BenchLost without an answer in time; RemoteInstrumentError for one that is no text."""
        try:
            self._resource.write(message)
            answer = self._read()
        except LINK_ERRORS as error:
            raise BenchLost(
                f"{self._address}: expected an answer to {message!r} "
                f"within {self._timeout_s} s, got {error or type(error).__name__}"
            ) from error
        if not answer.endswith(self._end):
            raise BenchLost(
                f"{self._address}: expected an answer to {message!r} with its end "
                f"within {self._timeout_s} s, got {answer!r}"
            )
        try:
            return answer[: -len(self._end)].decode("ascii")
        except UnicodeDecodeError as error:
            raise RemoteInstrumentError(
                f"{self._address}: expected ASCII text, got {answer!r}"
            ) from error

    def tell(self, message: str) -> None:
        """BenchLost where not even sending is possible."""
        try:
            self._resource.write(message)
        except LINK_ERRORS as error:
            raise BenchLost(f"{self._address}: cannot send {message!r}: {error}") from error

    def await_silence(self) -> None:
        """Let a late answer pass: a serial line has no connection to be thrown away with it."""
        if self._serial is None:
            return
        try:
            while self._more(self._timeout_s):
                self._unread.clear()
        except LINK_ERRORS as error:
            raise BenchLost(f"{self._address}: {error}") from error

    def close(self) -> None:
        """pyserial leaves the socket of a line over TCP open when the other end has left first."""
        over_tcp = getattr(self._serial, "_socket", None)
        self._resource.close()
        if isinstance(over_tcp, socket.socket):
            over_tcp.close()

    def _read(self) -> bytes:
        if self._serial is None:
            return bytes(self._resource.read_raw())
        deadline = time.monotonic() + self._timeout_s
        while self._end not in self._unread:
            if not self._more(deadline - time.monotonic()):
                break
        head, end, rest = self._unread.partition(self._end)
        self._unread = rest
        return bytes(head + end)

    def _more(self, wait_s: float) -> bool:
        """Take what the line has within this time; False if that is nothing."""
        ready, _, _ = select.select([self._serial.fileno()], [], [], max(wait_s, 0))
        if not ready:
            return False
        octets = self._serial.read(_CHUNK)
        if not octets:
            raise OSError("the line has been closed")
        self._unread += octets
        return True


def _serial_port(resource: MessageBasedResource) -> Any:
    """The port of pyserial behind a serial link, where its octets can be waited for."""
    if os.name != "posix" or not isinstance(resource, SerialInstrument):
        return None
    return interface_of(resource)
