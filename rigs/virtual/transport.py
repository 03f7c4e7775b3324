"""Serves an instrument as lines over TCP, as its LAN port or a serial-device server does."""

from __future__ import annotations

from collections.abc import Iterable

from assay.clock import Clock, LoopThread
from rigs.virtual.faults import Fault, FaultSchedule
from rigs.virtual.lines import LineReader
from rigs.virtual.server import HOST, InstrumentServer
from rigs.virtual.sessions import Session, Speaker
from rigs.virtual.tcp import TcpClient, TcpListener

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
        self._listener = TcpListener(loop_thread, self._new_link)
        self.port = self._listener.port

    @property
    def resource(self) -> str:
        return f"TCPIP0::{HOST}::{self.port}::SOCKET"

    @property
    def serial_resource(self) -> str:
        """The same port as a serial-device server: a serial line over TCP."""
        return f"ASRLsocket://{HOST}:{self.port}::INSTR"

    async def stop(self) -> None:
        await self._listener.stop()

    def _new_link(self, listener: TcpListener) -> TcpClient:
        return _Link(listener, self._speaker, self._clock, self._faults, self._end)


class _Link(TcpClient):
    """One client, line by line."""

    def __init__(
        self,
        listener: TcpListener,
        speaker: Speaker,
        clock: Clock,
        faults: FaultSchedule,
        end: bytes,
    ) -> None:
        super().__init__(listener)
        self._speaker = speaker
        self._clock = clock
        self._reader = LineReader(MAX_LINE_LENGTH, end)
        self._session = Session(speaker, clock, faults, hang_up=self.drop, end=end)

    def eof_received(self) -> None:
        if b"?" in self._reader.unfinished:
            self._speaker.report(-420)

    def data_received(self, data: bytes) -> None:
        with self._clock.exchange():
            for line in self._reader.feed(data):
                self._session.take(line, self.write)

    def abandon(self) -> None:
        self._session.abandon()
