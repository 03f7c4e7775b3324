"""Serves virtual instruments that speak octets over a pseudo-terminal, as a serial port."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import termios
import tty
from collections.abc import Iterable
from pathlib import Path

from assay.clock import Clock, LoopThread
from rigs.virtual.faults import Fault
from rigs.virtual.octet_conversation import Conversation, OctetPeer
from rigs.virtual.octet_server import OctetServer
from rigs.virtual.pty_server import SPEEDS

_CHUNK = 4096
_OUTPUT_SPEED = 5  # place in what tcgetattr returns
_BAUD_OF = {speed: baud for baud, speed in SPEEDS.items()}


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

    def _converse(self) -> Conversation:
        return Conversation(self._peer, self._clock, self._faults, self.pull)

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
