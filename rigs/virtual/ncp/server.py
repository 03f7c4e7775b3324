"""Serves a virtual stick to a host: over a pseudo-terminal, or over TCP as serial servers do.

Simulated time stands still while octets for the host are on their way: until the host has
acknowledged them. Declared faults stand between the stick and the wire; what hits the answer to a
command, or a callback, is found by its name in the command table.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import tty
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
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
from rigs.virtual.ncp.ash import AshLink, HostReset, ResetCode
from rigs.virtual.ncp.ash_frames import FLAG
from rigs.virtual.ncp.ncp import Ncp
from rigs.virtual.server import HOST

_CHUNK = 4096
_CALLBACK_BIT = 0x10


class NcpServer(ABC):
    """A stick at an address of this machine, for one host; it lives on the loop thread.

    Of the declared effects, QueuedError makes the stick fail with its number as the error code
    instead of executing the command, and DroppedConnection pulls the cable; neither hits callbacks.
    """

    def __init__(
        self, ncp: Ncp, clock: Clock, loop_thread: LoopThread, faults: Iterable[Fault] = ()
    ) -> None:
        self.ncp = ncp
        self._clock = clock
        self._loop_thread = loop_thread
        self._faults = FaultSchedule(faults)
        self._link = AshLink()
        self._held_time = ExitStack()
        self._is_holding = False
        self._effect: Effect | None = None
        self._late: set[asyncio.TimerHandle] = set()
        self._repeat: asyncio.TimerHandle | None = None
        self.is_silent = False
        ncp.send = self._to_host

    @property
    @abstractmethod
    def resource(self) -> str:
        """Where it is, as the host software writes it."""

    @abstractmethod
    def hang_up(self) -> None:
        """Pull the cable and plug it in again; on the loop thread."""

    @abstractmethod
    def _write(self, octets: bytes) -> None: ...

    @abstractmethod
    async def _stop(self) -> None: ...

    def inject(self, fault: Fault) -> None:
        self._loop_thread.run(lambda: self._faults.add(fault))

    def clear_faults(self) -> None:
        self._loop_thread.run(self._faults.clear)

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

    def close(self) -> None:
        self._loop_thread(self._end())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

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

    async def _end(self) -> None:
        self._fall_silent()
        self._forget_late()
        self.ncp.reset()
        await self._stop()

    @staticmethod
    def _time() -> float:
        return asyncio.get_running_loop().time()


class PtyNcpServer(NcpServer):
    """A serial port of this machine. A pulled terminal comes back as another device, so a link
    with a steady name stands for the port.
    """

    def __init__(
        self, ncp: Ncp, clock: Clock, loop_thread: LoopThread, faults: Iterable[Fault] = ()
    ) -> None:
        super().__init__(ncp, clock, loop_thread, faults)
        self._folder = Path(tempfile.mkdtemp(prefix="stick-"))
        self.path = self._folder / "port"
        self._near = self._far = -1
        self._unsent = bytearray()
        loop_thread.run(self._plug_in)

    @property
    def resource(self) -> str:
        return str(self.path)

    def hang_up(self) -> None:
        self._pull_out()
        self._new_wire()
        self._plug_in()

    def _plug_in(self) -> None:
        self._near, self._far = os.openpty()
        tty.setraw(self._near)
        tty.setraw(self._far)
        os.set_blocking(self._near, False)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(self._far))
        self._unsent.clear()
        asyncio.get_running_loop().add_reader(self._near, self._readable)

    def _pull_out(self) -> None:
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._near)
        loop.remove_writer(self._near)
        os.close(self._near)
        os.close(self._far)
        self._near = self._far = -1

    async def _stop(self) -> None:
        if self._near >= 0:
            self._pull_out()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _readable(self) -> None:
        self._receive(os.read(self._near, _CHUNK))

    def _write(self, octets: bytes) -> None:
        self._unsent += octets
        self._writable()

    def _writable(self) -> None:
        """A terminal holds 4 KiB; the rest waits until the host has read some."""
        loop = asyncio.get_running_loop()
        try:
            written = os.write(self._near, self._unsent)
        except BlockingIOError:
            written = 0
        del self._unsent[:written]
        if self._unsent:
            loop.add_writer(self._near, self._writable)
        else:
            loop.remove_writer(self._near)


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
        self._client: asyncio.Transport | None = None
        self._server = loop_thread(self._listen())
        self.port: int = self._server.sockets[0].getsockname()[1]

    @property
    def resource(self) -> str:
        return f"socket://{HOST}:{self.port}"

    def hang_up(self) -> None:
        if self._client is not None:
            self._client.abort()
            self._client = None
        self._new_wire()

    async def _listen(self) -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(lambda: _TcpClient(self), HOST, 0)

    async def _stop(self) -> None:
        self._server.close()
        self.hang_up()
        await self._server.wait_closed()
        await asyncio.sleep(0)  # an aborted socket closes in the loop's next turn

    def _write(self, octets: bytes) -> None:
        if self._client is not None:
            self._client.write(octets)


class _TcpClient(asyncio.Protocol):
    """One connection; a new one takes the place of the old."""

    def __init__(self, server: TcpNcpServer) -> None:
        self._server = server
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._server.hang_up()
        self._server._client = transport
        if self._server._announces_itself:
            self._server._now(lambda: self._server._start_over(ResetCode.SOFTWARE))

    def connection_lost(self, _exc: Exception | None) -> None:
        if self._server._client is self._transport:
            self._server._client = None
            self._server._new_wire()

    def data_received(self, data: bytes) -> None:
        self._server._receive(data)
