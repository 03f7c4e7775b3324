"""Serves a virtual attenuator over HTTP and Telnet, as Mini-Circuits does, or on a serial line.

HTTP is one connection for each command: the server closes after its answer. Telnet greets with
an empty line (rigs.md 5).
"""

from __future__ import annotations

import asyncio
import re
from abc import abstractmethod
from collections.abc import Callable, Iterable
from urllib.parse import unquote

from assay.clock import Clock, LoopThread
from rigs.virtual.faults import Fault
from rigs.virtual.lines import LineReader
from rigs.virtual.pty_server import PtyServer
from rigs.virtual.server import HOST, InstrumentServer
from rigs.virtual.sessions import Session, Speaker
from rigs.virtual.tcp import TcpClient, TcpListener

MAX_LINE_LENGTH = 1024
_LINE_END = b"\r\n"
_REQUEST = re.compile(r"(?P<method>[A-Z]+) /(?P<command>\S*) HTTP/1\.[01]")


class _TcpServer(InstrumentServer):
    """At a free port of this machine."""

    _scheme: str

    def __init__(
        self,
        speaker: Speaker,
        clock: Clock,
        loop_thread: LoopThread,
        faults: Iterable[Fault] = (),
        *,
        end: bytes = b"",
    ) -> None:
        super().__init__(speaker, clock, loop_thread, faults, end=end)
        self._listener = TcpListener(loop_thread, self._connection)
        self.port = self._listener.port

    @property
    def resource(self) -> str:
        return f"{self._scheme}://{HOST}:{self.port}"

    @abstractmethod
    def _connection(self, listener: TcpListener) -> TcpClient: ...

    async def stop(self) -> None:
        await self._listener.stop()

    def _session(self, hang_up: Callable[[], None]) -> Session:
        return Session(self._speaker, self._clock, self._faults, hang_up=hang_up, end=self._end)


class _Connection(TcpClient):
    """One client: lines in, octets out."""

    def __init__(
        self,
        listener: TcpListener,
        clock: Clock,
        session: Callable[[Callable[[], None]], Session],
    ) -> None:
        super().__init__(listener)
        self._clock = clock
        self._session = session(self.drop)
        self._reader = LineReader(MAX_LINE_LENGTH)

    def data_received(self, data: bytes) -> None:
        with self._clock.exchange():
            for line in self._reader.feed(data):
                self._take(line)

    def abandon(self) -> None:
        self._session.abandon()

    def _take(self, line: bytes | None) -> None:
        self._session.take(line, self._reply)

    def _reply(self, octets: bytes) -> None:
        self.write(octets)


class _TelnetConnection(_Connection):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._reply(_LINE_END)


class _HttpConnection(_Connection):
    """The command is the path of the first line; the headers say nothing that matters."""

    _command: bytes | None = None

    def _take(self, line: bytes | None) -> None:
        if line is None:
            self._refuse()
        elif self._command is None:
            self._take_request(line.decode("latin-1").strip())
        elif not line.strip():
            self._session.take(self._command, self._reply)

    def _take_request(self, line: str) -> None:
        match = _REQUEST.fullmatch(line)
        if match is None or match["method"] != "GET":
            self._refuse()
            return
        self._command = unquote(match["command"]).encode("utf-8")

    def _refuse(self) -> None:
        self._respond(b"400 Bad Request", b"")

    def _reply(self, octets: bytes) -> None:
        self._respond(b"200 OK", octets)

    def _respond(self, status: bytes, body: bytes) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        head = (
            b"HTTP/1.1 " + status,
            b"Content-Type: text/html",
            b"Content-Length: %d" % len(body),
            b"Connection: close",
        )
        self._transport.write(_LINE_END.join((*head, b"", body)))
        self._transport.close()


class HttpAttenuatorServer(_TcpServer):
    """`http://host:port`, with the command as the path."""

    _scheme = "http"

    def _connection(self, listener: TcpListener) -> TcpClient:
        return _HttpConnection(listener, self._clock, self._session)


class TelnetAttenuatorServer(_TcpServer):
    """`telnet://host:port`: lines, after an empty one as greeting."""

    _scheme = "telnet"

    def __init__(
        self,
        speaker: Speaker,
        clock: Clock,
        loop_thread: LoopThread,
        faults: Iterable[Fault] = (),
    ) -> None:
        super().__init__(speaker, clock, loop_thread, faults, end=_LINE_END)

    def _connection(self, listener: TcpListener) -> TcpClient:
        return _TelnetConnection(listener, self._clock, self._session)


class SerialAttenuatorServer(PtyServer):
    """A pseudo-terminal; the address is that of the port, as a driver without VISA opens it."""

    @property
    def resource(self) -> str:
        return str(self.path)
