"""Serves an instrument as lines over TCP, as its LAN port or a serial-device server does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from assay.clock import Clock, LoopThread
from rigs.virtual.faults import Fault, FaultSchedule
from rigs.virtual.lines import LineReader
from rigs.virtual.server import HOST, InstrumentServer
from rigs.virtual.sessions import Session, Speaker

MAX_LINE_LENGTH = 4096  # three lists of 100 points each fit one by one, not all at once


class ScpiServer(InstrumentServer):
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
        self._links: set[_Link] = set()
        self._server = loop_thread(self._listen())
        self.port: int = self._server.sockets[0].getsockname()[1]

    @property
    def resource(self) -> str:
        return f"TCPIP0::{HOST}::{self.port}::SOCKET"

    @property
    def serial_resource(self) -> str:
        """The same port as a serial-device server: a serial line over TCP."""
        return f"ASRLsocket://{HOST}:{self.port}::INSTR"

    async def _listen(self) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        return await loop.create_server(self._new_link, HOST, 0)

    async def _stop(self) -> None:
        self._server.close()
        for link in tuple(self._links):
            link.drop()
        await self._server.wait_closed()
        await asyncio.sleep(0)  # the sockets of dropped links close in the loop's next turn

    def _new_link(self) -> _Link:
        return _Link(self._speaker, self._clock, self._faults, self._links, self._end)


class _Link(asyncio.Protocol):
    """One client, line by line."""

    def __init__(
        self,
        speaker: Speaker,
        clock: Clock,
        faults: FaultSchedule,
        links: set[_Link],
        end: bytes,
    ) -> None:
        self._speaker = speaker
        self._clock = clock
        self._links = links
        self._reader = LineReader(MAX_LINE_LENGTH, end)
        self._session = Session(speaker, clock, faults, hang_up=self.drop, end=end)
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._links.add(self)

    def connection_lost(self, _exc: Exception | None) -> None:
        self._links.discard(self)
        self._transport = None
        self._session.abandon()

    def eof_received(self) -> None:
        if b"?" in self._reader.unfinished:
            self._speaker.report(-420)

    def data_received(self, data: bytes) -> None:
        with self._clock.exchange():
            for line in self._reader.feed(data):
                self._session.take(line, self._send)

    def drop(self) -> None:
        self._session.abandon()
        if self._transport is not None:
            self._transport.abort()

    def _send(self, octets: bytes) -> None:
        if self._transport is not None:
            self._transport.write(octets)
