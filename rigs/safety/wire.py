"""The barest line to an instrument: TCP, serial, HiSLIP or HTTP, with a deadline for everything.

Not the drivers' way to the wire on purpose: what makes a bench safe must not hang on a library
that hangs, and must start in the time that a process takes to start.
"""

from __future__ import annotations

import http.client
import os
import re
import select
import socket
import struct
import time
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from typing import Any, Protocol

from assay.verdicts import BenchLost
from rigs.safety.dialogue import Exchange, SafeDialogue

_LINE_ERRORS: tuple[type[Exception], ...] = (OSError, EOFError, http.client.HTTPException)
if os.name == "posix":
    import termios

    # The error of a terminal that has gone is no OSError, and pyserial lets it through.
    _LINE_ERRORS = (*_LINE_ERRORS, termios.error)

_CHUNK = 4096
_HISLIP = struct.Struct(">2sBBIQ")
_HISLIP_PORT = 4880
_INITIALIZE, _DATA_END = 0, 7  # message types of HiSLIP (rigs.md 2.1)
_ASYNC_INITIALIZE = 17
_PARITIES = {"none": "N", "even": "E", "odd": "O"}  # as pyserial writes them


class Line(Protocol):
    """Open, until it is closed. Errors of the system are OSError."""

    def send(self, octets: bytes) -> None: ...

    def receive(self, exchange: Exchange, deadline: float) -> bytes: ...

    def close(self) -> None: ...


def hold(dialogue: SafeDialogue, timeout_s: float) -> None:
    """Say it all on a line of its own. BenchLost where that fails or an answer is another.

    `timeout_s` is what the whole may take.
    """
    ask(dialogue, timeout_s)


def ask(dialogue: SafeDialogue, timeout_s: float) -> list[bytes]:
    """As `hold`; gives the answers that were awaited."""
    deadline = time.monotonic() + timeout_s
    answers = []
    try:
        with _open(dialogue, timeout_s) as line:
            for exchange in dialogue.exchanges:
                line.send(exchange.send)
                if exchange.awaits_answer:
                    answer = line.receive(exchange, deadline)
                    _check(dialogue, exchange, answer)
                    answers.append(answer)
                time.sleep(exchange.pause_s)
    except _LINE_ERRORS as error:
        reason = str(error) or type(error).__name__
        raise BenchLost(f"{dialogue.address}: {reason}") from error
    return answers


def is_reachable(address: str) -> bool:
    """Whether there is a line of ours to such an address."""
    return any(pattern.fullmatch(address) for pattern, _ in _LINES)


def _check(dialogue: SafeDialogue, exchange: Exchange, answer: bytes) -> None:
    if not exchange.is_met_by(answer):
        raise BenchLost(
            f"{dialogue.address}: expected an answer like {exchange.expects} "
            f"to {exchange.send!r}, got {answer!r}"
        )


def _open(dialogue: SafeDialogue, timeout_s: float) -> AbstractContextManager[Line]:
    for pattern, line in _LINES:
        match = pattern.fullmatch(dialogue.address)
        if match is not None:
            return closing(line(match, dialogue, timeout_s))
    raise BenchLost(f"{dialogue.address}: no bare line leads to such an address")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer in time")
    return left


class _Stream:
    """Octets in order; what comes behind an answer belongs to the next one."""

    def __init__(self, receive_within: Callable[[float], bytes]) -> None:
        self._receive_within = receive_within
        self._unread = bytearray()

    def take(self, exchange: Exchange, deadline: float) -> bytes:
        while True:
            size = self._size_of_answer(exchange)
            if size is not None:
                answer = bytes(self._unread[:size])
                del self._unread[:size]
                return answer
            octets = self._receive_within(_left(deadline))
            if not octets:
                raise EOFError("the line was closed")
            self._unread += octets

    def _size_of_answer(self, exchange: Exchange) -> int | None:
        if exchange.length:
            return exchange.length if len(self._unread) >= exchange.length else None
        at = self._unread.find(exchange.end)
        return None if at < 0 else at + len(exchange.end)


class _TcpLine:
    def __init__(self, match: re.Match[str], _dialogue: SafeDialogue, timeout_s: float) -> None:
        where = (match["host"], int(match["port"]))
        self._socket = _connected(where, timeout_s)
        self._stream = _Stream(self._within)

    def send(self, octets: bytes) -> None:
        self._socket.sendall(octets)

    def receive(self, exchange: Exchange, deadline: float) -> bytes:
        return self._stream.take(exchange, deadline)

    def close(self) -> None:
        self._socket.close()

    def _within(self, wait_s: float) -> bytes:
        self._socket.settimeout(wait_s)
        return self._socket.recv(_CHUNK)


class _SerialLine:
    def __init__(self, match: re.Match[str], dialogue: SafeDialogue, timeout_s: float) -> None:
        import serial  # only benches with serial lines have to load it

        self._port: Any = serial.Serial(
            match["path"],
            baudrate=dialogue.baud,
            bytesize=dialogue.data_bits,
            parity=_PARITIES[dialogue.parity],
            stopbits=dialogue.stop_bits,
            timeout=0,
            write_timeout=timeout_s,
        )
        self._stream = _Stream(self._within)

    def send(self, octets: bytes) -> None:
        self._port.write(octets)

    def receive(self, exchange: Exchange, deadline: float) -> bytes:
        return self._stream.take(exchange, deadline)

    def close(self) -> None:
        self._port.close()

    def _within(self, wait_s: float) -> bytes:
        ready, _, _ = select.select([self._port.fileno()], [], [], wait_s)
        if not ready:
            raise TimeoutError("no answer in time")
        octets: bytes = self._port.read(_CHUNK)
        return octets


class _HislipLine:
    """Synchronous and asynchronous channel, without locks; messages are whole."""

    def __init__(self, match: re.Match[str], _dialogue: SafeDialogue, timeout_s: float) -> None:
        where = (match["host"], int(match["port"] or _HISLIP_PORT))
        deadline = time.monotonic() + timeout_s
        self._message = 0xFFFFFF00  # number of the first message (IVI-6.1)
        self._channels = [_connected(where, timeout_s)]
        try:
            self._write(0, _INITIALIZE, 0x01000000 | int.from_bytes(b"AS"), b"hislip0")
            session = self._read(0, deadline)[1] & 0xFFFF
            self._channels.append(_connected(where, timeout_s))
            self._write(1, _ASYNC_INITIALIZE, session, b"")
            self._read(1, deadline)
        except BaseException:  # nobody would have the half-open channels to close them
            self.close()
            raise

    def send(self, octets: bytes) -> None:
        self._write(0, _DATA_END, self._message, octets)
        self._message = (self._message + 2) & 0xFFFFFFFF

    def receive(self, exchange: Exchange, deadline: float) -> bytes:  # noqa: ARG002 - messages end
        answer = b""
        while True:
            kind, _, payload = self._read(0, deadline)
            answer += payload
            if kind == _DATA_END:
                return answer

    def close(self) -> None:
        for each in self._channels:
            each.close()

    def _write(self, channel: int, kind: int, parameter: int, payload: bytes) -> None:
        header = _HISLIP.pack(b"HS", kind, 0, parameter, len(payload))
        self._channels[channel].sendall(header + payload)

    def _read(self, channel: int, deadline: float) -> tuple[int, int, bytes]:
        header = self._octets(channel, _HISLIP.size, deadline)
        mark, kind, _control, parameter, length = _HISLIP.unpack(header)
        if mark != b"HS":
            raise OSError(f"expected a HiSLIP message, got {header!r}")
        return kind, parameter, self._octets(channel, length, deadline)

    def _octets(self, channel: int, length: int, deadline: float) -> bytes:
        octets = b""
        while len(octets) < length:
            self._channels[channel].settimeout(_left(deadline))
            more = self._channels[channel].recv(length - len(octets))
            if not more:
                raise EOFError("the line was closed")
            octets += more
        return octets


class _HttpLine:
    """One request for each exchange; what is sent is the path."""

    def __init__(self, match: re.Match[str], _dialogue: SafeDialogue, timeout_s: float) -> None:
        self._root = match[0].rstrip("/")
        self._timeout_s = timeout_s
        self._answer = b""

    def send(self, octets: bytes) -> None:
        url = f"{self._root}/{octets.decode('ascii').lstrip('/')}"
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(url, timeout=self._timeout_s) as response:
            self._answer = response.read()

    def receive(self, _exchange: Exchange, _deadline: float) -> bytes:
        return self._answer

    def close(self) -> None:
        """There is no connection between two requests."""


def _connected(where: tuple[str, int], timeout_s: float) -> socket.socket:
    connection = socket.create_connection(where, timeout_s)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


_Opener = Callable[[re.Match[str], SafeDialogue, float], Line]
_HOST_PORT = r"(?P<host>[^:/]+):(?P<port>\d+)"

# First match counts: a serial device server is written like a serial line.
_LINES: tuple[tuple[re.Pattern[str], _Opener], ...] = (
    (re.compile(r"(?i)TCPIP\d*::(?P<host>[^:]+)::(?P<port>\d+)::SOCKET"), _TcpLine),
    (
        re.compile(r"(?i)TCPIP\d*::(?P<host>[^:]+)::hislip\d+(?:,(?P<port>\d+))?(?:::INSTR)?"),
        _HislipLine,
    ),
    (re.compile(rf"(?i)ASRL(?:socket|tcp)://{_HOST_PORT}(?:::INSTR)?"), _TcpLine),
    (re.compile(r"(?i)ASRL(?P<path>/.+?)(?:::INSTR)?"), _SerialLine),
    (re.compile(rf"(?i)(?:socket|tcp|telnet)://{_HOST_PORT}/?"), _TcpLine),
    (re.compile(r"(?i)https?://\S+"), _HttpLine),
    (re.compile(r"(?P<path>/\S+)"), _SerialLine),
)
