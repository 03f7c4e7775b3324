"""Serves an instrument over HiSLIP (IVI-6.1): whole messages with an end of their own.

Two TCP channels to one port: the synchronous one carries messages and answers, the
asynchronous one status polls and device clears. What pyvisa-py asks for is here
(rigs.md 2.1), in synchronized mode; overlap mode and locks between clients are not.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from assay.clock import Clock, LoopThread
from rigs.virtual.faults import Fault
from rigs.virtual.server import HOST, InstrumentServer
from rigs.virtual.sessions import Session, Speaker
from rigs.virtual.tcp import TcpClient, TcpListener

_HEADER = struct.Struct(">2sBBIQ")
_SIZE = struct.Struct(">Q")
MAX_PAYLOAD = 1 << 20
VERSION = 0x0100  # 1.0
MESSAGE_AVAILABLE = 1 << 4  # IEEE 488.2, 11.2.1.2


class Kind(IntEnum):
    """Message types of IVI-6.1, table 4."""

    INITIALIZE = 0
    INITIALIZE_RESPONSE = 1
    FATAL_ERROR = 2
    ERROR = 3
    ASYNC_LOCK = 4
    ASYNC_LOCK_RESPONSE = 5
    DATA = 6
    DATA_END = 7
    DEVICE_CLEAR_COMPLETE = 8
    DEVICE_CLEAR_ACKNOWLEDGE = 9
    ASYNC_REMOTE_LOCAL_CONTROL = 10
    ASYNC_REMOTE_LOCAL_RESPONSE = 11
    TRIGGER = 12
    ASYNC_MAX_SIZE = 15
    ASYNC_MAX_SIZE_RESPONSE = 16
    ASYNC_INITIALIZE = 17
    ASYNC_INITIALIZE_RESPONSE = 18
    ASYNC_DEVICE_CLEAR = 19
    ASYNC_STATUS_QUERY = 21
    ASYNC_STATUS_RESPONSE = 22
    ASYNC_DEVICE_CLEAR_ACKNOWLEDGE = 23
    ASYNC_LOCK_INFO = 24
    ASYNC_LOCK_INFO_RESPONSE = 25


class RemoteHislipError(Exception):
    """The peer sent octets that are no HiSLIP message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HislipMessage:
    """One message; what control and parameter mean depends on the kind."""

    kind: int
    control: int = 0
    parameter: int = 0
    payload: bytes = b""

    def to_bytes(self) -> bytes:
        head = _HEADER.pack(b"HS", self.kind, self.control, self.parameter, len(self.payload))
        return head + self.payload


class HislipReader:
    """Feed it bytes as they come; take the messages that are complete."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[HislipMessage]:
        self._buffer += data
        while len(self._buffer) >= _HEADER.size:
            prologue, kind, control, parameter, length = _HEADER.unpack_from(self._buffer)
            if prologue != b"HS":
                raise RemoteHislipError(f"expected the prologue HS, got {prologue!r}")
            if length > MAX_PAYLOAD:
                raise RemoteHislipError(f"expected at most {MAX_PAYLOAD} octets, got {length}")
            end = _HEADER.size + length
            if len(self._buffer) < end:
                return
            payload = bytes(self._buffer[_HEADER.size : end])
            del self._buffer[:end]
            yield HislipMessage(kind=kind, control=control, parameter=parameter, payload=payload)


class HislipServer(InstrumentServer):
    """An instrument at a free port of this machine; several clients share its state."""

    def __init__(
        self,
        instrument: Speaker,
        clock: Clock,
        loop_thread: LoopThread,
        faults: Iterable[Fault] = (),
        *,
        end: bytes = b"\n",
    ) -> None:
        super().__init__(instrument, clock, loop_thread, faults, end=end)
        self._numbers = itertools.count(1)
        self._clients: dict[int, _Client] = {}
        self._listener = TcpListener(loop_thread, lambda listener: _Channel(listener, self))
        self.port = self._listener.port

    @property
    def resource(self) -> str:
        return f"TCPIP0::{HOST}::hislip0,{self.port}::INSTR"

    async def stop(self) -> None:
        await self._listener.stop()

    def lost(self, channel: _Channel) -> None:
        if channel.client is not None and channel is channel.client.synchronous:
            channel.client.session.abandon()
            self._clients.pop(channel.client.number, None)

    def received(self, channel: _Channel, message: HislipMessage) -> None:
        with self._clock.exchange():
            if message.kind == Kind.INITIALIZE:
                self._initialize(channel)
            elif message.kind == Kind.ASYNC_INITIALIZE:
                self._initialize_asynchronous(channel, message)
            elif channel.client is None:
                channel.refuse(2, b"no initialization")
            else:
                channel.client.received(channel, message)

    def _initialize(self, channel: _Channel) -> None:
        client = _Client(next(self._numbers), channel, self._session_of)
        self._clients[client.number] = channel.client = client
        channel.say(Kind.INITIALIZE_RESPONSE, parameter=VERSION << 16 | client.number)

    def _initialize_asynchronous(self, channel: _Channel, message: HislipMessage) -> None:
        client = self._clients.get(message.parameter)
        if client is None:
            channel.refuse(3, b"no such session")
            return
        channel.client = client
        client.asynchronous = channel
        channel.say(Kind.ASYNC_INITIALIZE_RESPONSE)

    def _session_of(self, client: _Client) -> Session:
        return Session(self._speaker, self._clock, self._faults, hang_up=client.drop, end=self._end)

    def status_byte(self) -> int:
        return self._speaker.status_byte()

    @property
    def end(self) -> bytes:
        return self._end


class _Client:
    """Both channels of one client, and its conversation."""

    def __init__(
        self, number: int, synchronous: _Channel, session_of: Callable[[_Client], Session]
    ) -> None:
        self.number = number
        self.synchronous = synchronous
        self.asynchronous: _Channel | None = None
        self.session = session_of(self)
        self._unfinished = bytearray()
        self._has_answer = False
        self._actions: Mapping[int, Callable[[_Channel, HislipMessage], None]] = {
            Kind.DATA: self._part,
            Kind.DATA_END: self._whole,
            Kind.TRIGGER: self._trigger,
            Kind.DEVICE_CLEAR_COMPLETE: self._cleared,
            Kind.ASYNC_MAX_SIZE: self._max_size,
            Kind.ASYNC_DEVICE_CLEAR: self._clear,
            Kind.ASYNC_STATUS_QUERY: self._status,
            Kind.ASYNC_LOCK: self._lock,
            Kind.ASYNC_LOCK_INFO: self._lock_info,
            Kind.ASYNC_REMOTE_LOCAL_CONTROL: self._remote_local,
        }

    def received(self, channel: _Channel, message: HislipMessage) -> None:
        action = self._actions.get(message.kind)
        if action is None:
            channel.say(Kind.ERROR, control=1, payload=b"unrecognized message type")
        else:
            action(channel, message)

    def drop(self) -> None:
        self.session.abandon()
        for channel in (self.synchronous, self.asynchronous):
            if channel is not None:
                channel.drop()

    def _part(self, _channel: _Channel, message: HislipMessage) -> None:
        self._unfinished += message.payload

    def _whole(self, channel: _Channel, message: HislipMessage) -> None:
        line = bytes(self._unfinished + message.payload).removesuffix(channel.end)
        self._unfinished.clear()
        self._has_answer = False
        self.session.take(line, lambda octets: self._answer(octets, message.parameter))

    def _trigger(self, _channel: _Channel, message: HislipMessage) -> None:
        self.session.take(b"*TRG", lambda octets: self._answer(octets, message.parameter))

    def _answer(self, octets: bytes, number: int) -> None:
        """The answer bears the number of its question, so that a late one is known as such."""
        self._has_answer = True
        self.synchronous.say(Kind.DATA_END, parameter=number, payload=octets)

    def _clear(self, channel: _Channel, _message: HislipMessage) -> None:
        self.session.abandon()
        self._unfinished.clear()
        channel.say(Kind.ASYNC_DEVICE_CLEAR_ACKNOWLEDGE)

    def _cleared(self, channel: _Channel, _message: HislipMessage) -> None:
        self._has_answer = False
        channel.say(Kind.DEVICE_CLEAR_ACKNOWLEDGE)

    def _max_size(self, channel: _Channel, _message: HislipMessage) -> None:
        channel.say(Kind.ASYNC_MAX_SIZE_RESPONSE, payload=_SIZE.pack(MAX_PAYLOAD))

    def _status(self, channel: _Channel, message: HislipMessage) -> None:
        """The client says in control whether it has taken the last answer (IVI-6.1, 6.14)."""
        if message.control & 1:
            self._has_answer = False
        available = MESSAGE_AVAILABLE if self._has_answer else 0
        channel.say(Kind.ASYNC_STATUS_RESPONSE, control=channel.status_byte() | available)

    def _lock(self, channel: _Channel, _message: HislipMessage) -> None:
        channel.say(Kind.ASYNC_LOCK_RESPONSE, control=1)

    def _lock_info(self, channel: _Channel, _message: HislipMessage) -> None:
        channel.say(Kind.ASYNC_LOCK_INFO_RESPONSE)

    def _remote_local(self, channel: _Channel, _message: HislipMessage) -> None:
        channel.say(Kind.ASYNC_REMOTE_LOCAL_RESPONSE)


class _Channel(TcpClient):
    """One of the two connections of a client."""

    def __init__(self, listener: TcpListener, server: HislipServer) -> None:
        super().__init__(listener)
        self._server = server
        self._reader = HislipReader()
        self.client: _Client | None = None

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._server.lost(self)

    def data_received(self, data: bytes) -> None:
        try:
            for message in self._reader.feed(data):
                self._server.received(self, message)
        except RemoteHislipError as error:
            self.refuse(1, str(error).encode("ascii"))

    def status_byte(self) -> int:
        return self._server.status_byte()

    @property
    def end(self) -> bytes:
        return self._server.end

    def say(self, kind: Kind, control: int = 0, parameter: int = 0, payload: bytes = b"") -> None:
        message = HislipMessage(kind=kind, control=control, parameter=parameter, payload=payload)
        self.write(message.to_bytes())

    def refuse(self, reason: int, text: bytes) -> None:
        """A fatal error ends the connection (IVI-6.1, 6.2)."""
        self.say(Kind.FATAL_ERROR, control=reason, payload=text)
        if self._transport is not None:
            self._transport.close()
