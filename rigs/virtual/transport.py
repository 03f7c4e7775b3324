"""Serves a SCPI instrument as lines over TCP, on the bench's loop thread.

Simulated time stands still while a message is handled and while an answer is on its way.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from assay.clock import Clock, LoopThread
from rigs.virtual.faults import (
    DroppedConnection,
    Effect,
    Fault,
    FaultSchedule,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
    QueuedError,
)
from rigs.virtual.lines import LineReader
from rigs.virtual.scpi import Execution, Instrument

HOST = "127.0.0.1"
MAX_LINE_LENGTH = 4096  # three lists of 100 points each fit one by one, not all at once


class ScpiServer:
    """An instrument at a free port of this machine; several clients share its state."""

    def __init__(
        self,
        instrument: Instrument,
        clock: Clock,
        loop_thread: LoopThread,
        faults: Iterable[Fault] = (),
    ) -> None:
        self._instrument = instrument
        self._clock = clock
        self._loop_thread = loop_thread
        self._faults = FaultSchedule(faults)
        self._links: set[_Link] = set()
        self._server = loop_thread(self._listen())
        self.port: int = self._server.sockets[0].getsockname()[1]

    @property
    def resource(self) -> str:
        """Where it is, as VISA writes it."""
        return f"TCPIP0::{HOST}::{self.port}::SOCKET"

    def inject(self, fault: Fault) -> None:
        self._loop_thread.run(lambda: self._faults.add(fault))

    def clear_faults(self) -> None:
        self._loop_thread.run(self._faults.clear)

    def close(self) -> None:
        self._loop_thread(self._stop())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

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
        return _Link(self._instrument, self._clock, self._faults, self._links)


class _Awaited:
    """A message that has been taken and whose answer has not left yet."""

    def __init__(self) -> None:
        self.execution: Execution | None = None
        self.late: asyncio.TimerHandle | None = None
        self.held_time = ExitStack()

    @property
    def has_answer_to_come(self) -> bool:
        return self.late is not None or (
            self.execution is not None and self.execution.expects_answer
        )

    def abandon(self) -> None:
        if self.execution is not None:
            self.execution.cancel()
        if self.late is not None:
            self.late.cancel()
        self.held_time.close()


class _Link(asyncio.Protocol):
    """One client. Messages are executed one after the other, each answer before the next.

    A message that comes while the answer to the one before is still awaited interrupts it
    (IEEE 488.2, 6.3.2.3): the old answer is dropped and -410 is reported. One that comes
    while a message without answer is held back by *WAI waits for its turn.
    """

    def __init__(
        self,
        instrument: Instrument,
        clock: Clock,
        faults: FaultSchedule,
        links: set[_Link],
    ) -> None:
        self._instrument = instrument
        self._clock = clock
        self._faults = faults
        self._links = links
        self._reader = LineReader(MAX_LINE_LENGTH)
        self._transport: asyncio.Transport | None = None
        self._backlog: deque[str] = deque()
        self._awaited: _Awaited | None = None
        self._is_working = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._links.add(self)

    def connection_lost(self, _exc: Exception | None) -> None:
        self._links.discard(self)
        self._transport = None
        self._backlog.clear()
        self._abandon()

    def eof_received(self) -> None:
        if b"?" in self._reader.unfinished:
            self._instrument.report(-420)

    def data_received(self, data: bytes) -> None:
        with self._clock.exchange():
            for line in self._reader.feed(data):
                self._take(line)

    def drop(self) -> None:
        self._backlog.clear()
        self._abandon()
        if self._transport is not None:
            self._transport.abort()

    def _take(self, line: bytes | None) -> None:
        if line is None:
            self._instrument.report(-363)
            return
        if not line.isascii():
            self._instrument.report(-101)
            return
        if self._awaited is not None and self._awaited.has_answer_to_come:
            self._abandon()
            self._instrument.report(-410)
        self._backlog.append(line.decode("ascii"))
        self._work()

    def _work(self) -> None:
        if self._is_working:
            return
        self._is_working = True
        try:
            while self._backlog and self._awaited is None:
                self._execute(self._backlog.popleft())
        finally:
            self._is_working = False

    def _execute(self, message: str) -> None:
        effect = self._faults.effect_on(message)
        if isinstance(effect, DroppedConnection):
            self.drop()
            return
        if isinstance(effect, QueuedError):
            self._instrument.report(effect.number)
        awaited = self._awaited = _Awaited()
        awaited.execution = self._instrument.handle(
            message, lambda answer: self._answer(awaited, answer, effect)
        )

    def _answer(self, awaited: _Awaited, answer: str, effect: Effect | None) -> None:
        octets = answer.encode("ascii") + b"\n" if answer else b""
        if isinstance(effect, NoAnswer):
            octets = b""
        if isinstance(effect, GarbledAnswer) and octets:
            octets = effect.octets + b"\n"
        if isinstance(effect, LateAnswer) and octets:
            awaited.held_time.enter_context(self._clock.exchange())
            awaited.late = asyncio.get_running_loop().call_later(
                effect.delay_s, self._send, awaited, octets
            )
            return
        self._send(awaited, octets)

    def _send(self, awaited: _Awaited, octets: bytes) -> None:
        awaited.held_time.close()
        if self._awaited is awaited:
            self._awaited = None
        if octets and self._transport is not None:
            self._transport.write(octets)
        self._work()

    def _abandon(self) -> None:
        awaited, self._awaited = self._awaited, None
        if awaited is not None:
            awaited.abandon()
