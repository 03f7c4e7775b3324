"""The edge to serial lines and to sockets that stand for them: octets out, octets in.

VISA reads answers that end with a terminator; the instruments here have checksums, lengths, lines
that nobody asked for, or a line whose speed changes while it is open.
"""

from __future__ import annotations

import os
import select
import socket
import time
from dataclasses import dataclass
from typing import Literal, Protocol
from urllib.parse import urlsplit

import serial

from assay.verdicts import BenchLost

if os.name == "posix":
    import termios

    # pyserial lets the error of a terminal that has gone through as it is.
    LINE_ERRORS: tuple[type[Exception], ...] = (OSError, termios.error)
else:
    LINE_ERRORS = (OSError,)

Parity = Literal["none", "even", "odd"]
_PARITIES = {"none": serial.PARITY_NONE, "even": serial.PARITY_EVEN, "odd": serial.PARITY_ODD}
_CHUNK = 4096
_POLL_S = 0.002
ADDRESSES = "/dev/NAME, COMn or tcp://host:port"


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialSettings:
    """How a serial line is set; a socket has none of it."""

    baud: int = 9600
    data_bits: Literal[7, 8] = 8
    parity: Parity = "none"
    stop_bits: Literal[1, 2] = 1

    @property
    def words(self) -> str:
        return f"{self.baud} {self.data_bits}{self.parity[0].upper()}{self.stop_bits}"


class Line(Protocol):
    """An open line. Each call may raise one of LINE_ERRORS, after which it is worth nothing."""

    def send(self, octets: bytes) -> None: ...

    def receive(self, wait_s: float) -> bytes:
        """What has come, waiting so long for the first octet; empty when nothing does."""

    def set_baud(self, baud: int) -> None: ...

    def close(self) -> None: ...


def open_line(address: str, settings: SerialSettings, timeout_s: float) -> Line:
    """BenchLost if nothing is there, ValueError for an address that is none."""
    try:
        if address.startswith("tcp://"):
            return TcpLine(address, timeout_s)
        return SerialLine(address, settings, timeout_s)
    except LINE_ERRORS as error:
        raise BenchLost(f"{address} cannot be opened: {error}") from error


class TcpLine:
    """A socket: an instrument's own port, or a serial-device server in raw mode."""

    def __init__(self, address: str, timeout_s: float) -> None:
        where = urlsplit(address)
        if where.hostname is None or where.port is None:
            raise ValueError(f"expected {ADDRESSES}, got {address!r}")
        self._socket = socket.create_connection((where.hostname, where.port), timeout_s)
        # A request that follows another would wait 40 ms for a delayed ACK.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._timeout_s = timeout_s

    def send(self, octets: bytes) -> None:
        self._socket.settimeout(self._timeout_s)
        self._socket.sendall(octets)

    def receive(self, wait_s: float) -> bytes:
        self._socket.settimeout(max(wait_s, 1e-4))
        try:
            octets = self._socket.recv(_CHUNK)
        except TimeoutError:
            return b""
        if not octets:
            raise ConnectionResetError("the other side has closed the connection")
        return octets

    def set_baud(self, baud: int) -> None:
        """A socket has no speed; that of the line behind it is set on its server."""

    def close(self) -> None:
        self._socket.close()


class SerialLine:
    """A serial port, for one process alone."""

    def __init__(self, address: str, settings: SerialSettings, timeout_s: float) -> None:
        if "://" in address:
            raise ValueError(f"expected {ADDRESSES}, got {address!r}")
        self._port = serial.Serial(
            address,
            baudrate=settings.baud,
            bytesize=settings.data_bits,
            parity=_PARITIES[settings.parity],
            stopbits=settings.stop_bits,
            timeout=0,  # it gives what is there; waiting is done here
            write_timeout=timeout_s,
            exclusive=True if os.name == "posix" else None,
        )

    def send(self, octets: bytes) -> None:
        self._port.write(octets)
        self._port.flush()

    def receive(self, wait_s: float) -> bytes:
        if not self._has_come(wait_s):
            return b""
        octets = bytes(self._port.read(_CHUNK))
        if not octets:
            raise OSError("the line has been closed")
        return octets

    def set_baud(self, baud: int) -> None:
        """What was sent has left before the speed changes (`send` waits for it)."""
        if baud != self._port.baudrate:
            self._port.baudrate = baud

    def _has_come(self, wait_s: float) -> bool:
        """Setting pyserial's time-out would set the whole line anew, so it is not used for this."""
        if os.name == "posix":
            ready, _, _ = select.select([self._port.fileno()], [], [], max(wait_s, 0))
            return bool(ready)
        deadline = time.monotonic() + wait_s
        while not self._port.in_waiting:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_POLL_S)
        return True

    def close(self) -> None:
        self._port.close()


def await_silence(line: Line, quiet_s: float, limit_s: float) -> None:
    """Let a late answer pass: a serial line has no connection to be thrown away with it."""
    deadline = time.monotonic() + limit_s
    while line.receive(quiet_s):
        if time.monotonic() > deadline:
            raise OSError(f"the line does not fall silent within {limit_s} s")
