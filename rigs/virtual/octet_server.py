"""Serves instruments that speak octets, not lines of text: over TCP or a pseudo-terminal.

A peer cuts its requests out of what has come and answers each; the server stands between it and
the wire with the declared faults. It lives on the bench's loop thread, and simulated time stands
still while an answer is on its way.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import termios
import tty
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from assay.clock import Clock, LoopThread
from rigs.virtual.faults import (
    DroppedConnection,
    Fault,
    FaultSchedule,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
)
from rigs.virtual.pty_server import SPEEDS
from rigs.virtual.server import HOST

_CHUNK = 4096
_OUTPUT_SPEED = 5  # place in what tcgetattr returns
_BAUD_OF = {speed: baud for baud, speed in SPEEDS.items()}


class OctetPeer(Protocol):
    """A virtual instrument without a transport. `end` closes a garbled answer, if anything does."""

    @property
    def end(self) -> bytes: ...

    def requests(self, unread: bytearray) -> Iterator[bytes]:
        """Take complete requests from the front of what has come, and what can be none."""

    def name_of(self, request: bytes) -> str:
        """A text for people, which a fault may ask for."""

    def answer(self, request: bytes) -> bytes:
        """Execute it; empty where there is no answer."""


Write = Callable[[bytes], None]


class _Conversation:
    """One client of a peer: requests in, answers out, faults between."""

    def __init__(
        self, peer: OctetPeer, clock: Clock, faults: FaultSchedule, hang_up: Callable[[], None]
    ) -> None:
        self._peer = peer
        self._clock = clock
        self._faults = faults
        self._hang_up = hang_up
        self._unread = bytearray()
        self._late: set[tuple[asyncio.TimerHandle, ExitStack]] = set()
        self._is_over = False

    def take(self, octets: bytes, write: Write) -> None:
        with self._clock.exchange():
            self._unread += octets
            for request in self._peer.requests(self._unread):
                self._execute(request, write)
                if self._is_over:
                    return

    def end(self) -> None:
        self._is_over = True
        late, self._late = self._late, set()
        for handle, held in late:
            handle.cancel()
            held.close()

    def _execute(self, request: bytes, write: Write) -> None:
        effect = self._faults.effect_on(self._peer.name_of(request))
        if isinstance(effect, DroppedConnection):
            self._hang_up()
            return
        answer = self._peer.answer(request)
        if not answer or isinstance(effect, NoAnswer):
            return
        if isinstance(effect, GarbledAnswer):
            answer = effect.octets + self._peer.end
        if isinstance(effect, LateAnswer):
            self._send_later(answer, effect.delay_s, write)
            return
        write(answer)

    def _send_later(self, answer: bytes, delay_s: float, write: Write) -> None:
        held = ExitStack()
        held.enter_context(self._clock.exchange())

        def send() -> None:
            self._late.discard(pending)
            held.close()
            write(answer)

        handle = asyncio.get_running_loop().call_later(delay_s, send)
        pending = (handle, held)
        self._late.add(pending)


class OctetServer(ABC):
    """A peer at an address of this machine."""

    def __init__(
        self, peer: OctetPeer, clock: Clock, loop_thread: LoopThread, faults: Iterable[Fault] = ()
    ) -> None:
        self._peer = peer
        self._clock = clock
        self._loop_thread = loop_thread
        self._faults = FaultSchedule(faults)

    @property
    @abstractmethod
    def resource(self) -> str:
        """Where it is, as the drivers of `rigs.drivers.octet_line` write it."""

    @abstractmethod
    async def _stop(self) -> None:
        """Let go of clients and of the address."""

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


class TcpOctetServer(OctetServer):
    """At a free port; several clients share the peer's state."""

    def __init__(
        self, peer: OctetPeer, clock: Clock, loop_thread: LoopThread, faults: Iterable[Fault] = ()
    ) -> None:
        super().__init__(peer, clock, loop_thread, faults)
        self._links: set[_TcpLink] = set()
        self._server = loop_thread(self._listen())
        self.port: int = self._server.sockets[0].getsockname()[1]

    @property
    def resource(self) -> str:
        return f"tcp://{HOST}:{self.port}"

    async def _listen(self) -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(self._new_link, HOST, 0)

    async def _stop(self) -> None:
        self._server.close()
        for link in tuple(self._links):
            link.drop()
        await self._server.wait_closed()
        await asyncio.sleep(0)  # the sockets of dropped links close in the loop's next turn

    def _new_link(self) -> _TcpLink:
        return _TcpLink(self._peer, self._clock, self._faults, self._links)


class _TcpLink(asyncio.Protocol):
    def __init__(
        self, peer: OctetPeer, clock: Clock, faults: FaultSchedule, links: set[_TcpLink]
    ) -> None:
        self._conversation = _Conversation(peer, clock, faults, self.drop)
        self._links = links
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._links.add(self)

    def connection_lost(self, _exc: Exception | None) -> None:
        self._links.discard(self)
        self._transport = None
        self._conversation.end()

    def data_received(self, data: bytes) -> None:
        self._conversation.take(data, self._write)

    def drop(self) -> None:
        self._conversation.end()
        if self._transport is not None:
            self._transport.abort()

    def _write(self, octets: bytes) -> None:
        if self._transport is not None:
            self._transport.write(octets)


class PtyOctetServer(OctetServer):
    """A serial line, raw on both ends. The far end stays open here, else it reads EIO (rigs.md 6).

    A terminal that is pulled comes back as another device, so a link with a steady name stands
    for the port.
    """

    def __init__(
        self,
        peer: OctetPeer,
        clock: Clock,
        loop_thread: LoopThread,
        faults: Iterable[Fault] = (),
        *,
        baud: int | None = None,
        echoes: bool = False,
    ) -> None:
        """Octets at another baud rate are noise and are dropped; None takes any rate.

        `echoes` sends back what comes in before anything else, as a head with a single light does.
        """
        super().__init__(peer, clock, loop_thread, faults)
        self.baud = baud
        self._echoes = echoes
        self._folder = Path(tempfile.mkdtemp(prefix="serial-"))
        self._path = self._folder / "port"
        self._near = self._far = -1
        self._unsent = bytearray()
        self._conversation = self._converse()
        loop_thread.run(self._plug_in)

    @property
    def resource(self) -> str:
        return str(self._path)

    @property
    def line_baud(self) -> int | None:
        """What the client has set the line to. Linux keeps no parity and no size for a pty."""
        return _BAUD_OF.get(termios.tcgetattr(self._far)[_OUTPUT_SPEED])

    def is_understood(self) -> bool:
        """Whether what comes is more than noise, as the line is set now."""
        return self.baud is None or self.line_baud == self.baud

    def pull(self) -> None:
        """Pull the cable and plug it in again; on the loop thread."""
        near, far = self._let_go()
        self._plug_in()  # first: the client finds the new one as soon as it has lost the old one
        os.close(near)
        os.close(far)

    def push(self, octets: bytes) -> None:
        """Send what nobody asked for; on the loop thread."""
        self._write(octets)

    def _converse(self) -> _Conversation:
        return _Conversation(self._peer, self._clock, self._faults, self.pull)

    def _plug_in(self) -> None:
        self._near, self._far = os.openpty()
        tty.setraw(self._near)
        tty.setraw(self._far)
        os.set_blocking(self._near, False)
        link = self._path.with_name("new")
        link.symlink_to(os.ttyname(self._far))
        link.replace(self._path)
        self._unsent.clear()
        self._conversation = self._converse()
        asyncio.get_running_loop().add_reader(self._near, self._readable)

    def _let_go(self) -> tuple[int, int]:
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._near)
        loop.remove_writer(self._near)
        self._conversation.end()
        return self._near, self._far

    async def _stop(self) -> None:
        if self._folder.exists():
            for end in self._let_go():
                os.close(end)
            shutil.rmtree(self._folder)

    def _readable(self) -> None:
        octets = os.read(self._near, _CHUNK)
        if self._echoes:
            self._write(octets)
        if self.is_understood():
            self._conversation.take(octets, self._write)

    def _write(self, octets: bytes) -> None:
        self._unsent += octets
        self._writable()

    def _writable(self) -> None:
        """A terminal holds 4 KiB; the rest waits until the client has read some."""
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


def lines_of(unread: bytearray, end: bytes, most: int = 256) -> Iterator[bytes]:
    """Lines without their end, for peers that speak text; noise without an end is dropped."""
    while (at := unread.find(end)) >= 0:
        line = bytes(unread[:at])
        del unread[: at + len(end)]
        yield line
    if len(unread) > most:
        unread.clear()
