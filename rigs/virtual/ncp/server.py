"""Serves a virtual stick to a host: over a pseudo-terminal, or over TCP as serial servers do.

Simulated time stands still while octets for the host are on their way: until the host has
acknowledged them. Declared faults stand between the stick and the wire; what hits the answer to a
command, or a callback, is found by its name in the command table.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

from assay.clock import Clock, LoopThread
from rigs.virtual.faults import (
    DroppedConnection,
    Effect,
    Fault,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
    QueuedError,
)
from rigs.virtual.ncp.ash import AshLink, HostReset, ResetCode
from rigs.virtual.ncp.ash_frames import FLAG
from rigs.virtual.ncp.ncp import Ncp
from rigs.virtual.pseudo_terminal import PseudoTerminal
from rigs.virtual.server import HOST, VirtualServer
from rigs.virtual.tcp import TcpClient, TcpListener

_CALLBACK_BIT = 0x10


class NcpServer(VirtualServer):
    """A stick at an address of this machine, for one host; it lives on the loop thread.

    Of the declared effects, QueuedError makes the stick fail with its number as the error code
    instead of executing the command, and DroppedConnection pulls the cable; neither hits callbacks.
    """

    def __init__(
        self, ncp: Ncp, clock: Clock, loop_thread: LoopThread, faults: Iterable[Fault] = ()
    ) -> None:
        super().__init__(clock, loop_thread, faults)
        self.ncp = ncp
        self._link = AshLink()
        self._held_time = ExitStack()
        self._is_holding = False
        self._effect: Effect | None = None
        self._late: set[asyncio.TimerHandle] = set()
        self._repeat: asyncio.TimerHandle | None = None
        self.is_silent = False
        ncp.send = self._to_host

    @abstractmethod
    def hang_up(self) -> None:
        """Pull the cable and plug it in again; on the loop thread."""

    @abstractmethod
    def _write(self, octets: bytes) -> None: ...

    @abstractmethod
    async def _remove(self) -> None:
        """Let go of the host and of the address."""

    def fall_silent(self) -> None:
        """It hears and says nothing any more, as a stick that hangs."""
        self._loop_thread.run(self._fall_silent)

    def fail(self, code: int = ResetCode.ASSERT) -> None:
        """It says that it has failed, and waits to be reset."""
        self._loop_thread.run(lambda: self._now(lambda: self._link.fail(code)))

    def restart(self, code: int = ResetCode.WATCHDOG) -> None:
        """It starts anew without having been asked to."""
        self._loop_thread.run(lambda: self._now(lambda: self._start_over(code)))

    def make_noise(self, octets: bytes) -> None:
        """Octets that nobody framed."""
        self._loop_thread.run(lambda: self._write(octets))

    async def stop(self) -> None:
        self._fall_silent()
        self._forget_late()
        self.ncp.reset()
        await self._remove()

    def _receive(self, octets: bytes) -> None:
        if self.is_silent:
            return
        with self._clock.exchange():
            for event in self._link.feed(octets, self._time()):
                self._flush()  # the acknowledgement goes before the answer
                if isinstance(event, HostReset):
                    self.ncp.reset()
                else:
                    self._execute(event.octets)
            self._flush()

    def _execute(self, octets: bytes) -> None:
        effect = self._faults.effect_on(self.ncp.name_of(octets))
        if isinstance(effect, DroppedConnection):
            self.hang_up()
            return
        if isinstance(effect, QueuedError):
            self._link.fail(effect.number & 0xFF)
            return
        self._effect = effect
        self.ncp.handle(octets)
        self._effect = None

    def _to_host(self, frame: bytes) -> None:
        is_callback = bool(frame[1] & _CALLBACK_BIT)
        effect = self._effect
        if is_callback:
            effect = self._faults.effect_on(self.ncp.name_of(frame))
        if self.is_silent or isinstance(effect, NoAnswer):
            return
        if isinstance(effect, GarbledAnswer):
            self._write(effect.octets + bytes((FLAG,)))
            return
        if isinstance(effect, LateAnswer):
            self._send_later(frame, effect.delay_s)
            return
        self._link.send(frame, self._time())
        self._flush()

    def _send_later(self, frame: bytes, delay_s: float) -> None:
        held = ExitStack()
        held.enter_context(self._clock.exchange())

        def send() -> None:
            self._late.discard(handle)
            self._link.send(frame, self._time())
            self._flush()
            held.close()

        handle = asyncio.get_running_loop().call_later(delay_s, send)
        self._late.add(handle)

    def _flush(self) -> None:
        """Write what the link has, hold time while the host has not got it, repeat in time."""
        octets = self._link.output()
        if octets and not self.is_silent:
            self._write(octets)
        is_under_way = not self._link.is_idle and not self.is_silent
        if is_under_way and not self._is_holding:
            self._held_time.enter_context(self._clock.exchange())
        elif self._is_holding and not is_under_way:
            self._held_time.close()
        self._is_holding = is_under_way
        self._set_repeat()

    def _set_repeat(self) -> None:
        if self._repeat is not None:
            self._repeat.cancel()
            self._repeat = None
        deadline = self._link.deadline
        if deadline is not None and not self.is_silent:
            loop = asyncio.get_running_loop()
            self._repeat = loop.call_at(deadline, self._repeat_now)

    def _repeat_now(self) -> None:
        self._link.poll(self._time())
        self._flush()

    def _now(self, change: Callable[[], None]) -> None:
        change()
        self._flush()

    def _start_over(self, code: int) -> None:
        self.ncp.reset()
        self._link.restart(code)

    def _fall_silent(self) -> None:
        self.is_silent = True
        self._flush()

    def _new_wire(self) -> None:
        """A new cable: nothing of the old one's dialogue is left."""
        self._forget_late()
        self._link = AshLink()
        self._flush()

    def _forget_late(self) -> None:
        for handle in self._late:
            handle.cancel()
        self._late.clear()

    @staticmethod
    def _time() -> float:
        return asyncio.get_running_loop().time()


class PtyNcpServer(NcpServer):
    """A serial port of this machine."""

    def __init__(
        self, ncp: Ncp, clock: Clock, loop_thread: LoopThread, faults: Iterable[Fault] = ()
    ) -> None:
        super().__init__(ncp, clock, loop_thread, faults)
        self._terminal = PseudoTerminal(loop_thread, self._receive)

    @property
    def path(self) -> Path:
        return self._terminal.path

    @property
    def resource(self) -> str:
        return str(self.path)

    def hang_up(self) -> None:
        self._terminal.pull()
        self._new_wire()

    async def _remove(self) -> None:
        self._terminal.remove()

    def _write(self, octets: bytes) -> None:
        self._terminal.write(octets)


class TcpNcpServer(NcpServer):
    """A serial server. Host software waits 2 s for a reset that nobody asked for where the path
    is a socket (rigs digest 1, finding 10): `announces_itself` gives it one on connection.
    """

    def __init__(
        self,
        ncp: Ncp,
        clock: Clock,
        loop_thread: LoopThread,
        faults: Iterable[Fault] = (),
        *,
        announces_itself: bool = False,
    ) -> None:
        super().__init__(ncp, clock, loop_thread, faults)
        self._announces_itself = announces_itself
        self._host: TcpClient | None = None
        self._listener = TcpListener(loop_thread, lambda listener: _TcpHost(listener, self))
        self.port = self._listener.port

    @property
    def resource(self) -> str:
        return f"socket://{HOST}:{self.port}"

    def hang_up(self) -> None:
        host, self._host = self._host, None
        if host is not None:
            host.drop()
        self._new_wire()

    def connected(self, host: TcpClient) -> None:
        """A new host takes the place of the old one."""
        self.hang_up()
        self._host = host
        if self._announces_itself:
            self._now(lambda: self._start_over(ResetCode.SOFTWARE))

    def lost(self, host: TcpClient) -> None:
        if self._host is host:
            self._host = None
            self._new_wire()

    def heard(self, octets: bytes) -> None:
        self._receive(octets)

    async def _remove(self) -> None:
        self.hang_up()
        await self._listener.stop()

    def _write(self, octets: bytes) -> None:
        if self._host is not None:
            self._host.write(octets)


class _TcpHost(TcpClient):
    """One connection."""

    def __init__(self, listener: TcpListener, server: TcpNcpServer) -> None:
        super().__init__(listener)
        self._server = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._server.connected(self)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._server.lost(self)

    def data_received(self, data: bytes) -> None:
        self._server.heard(data)
