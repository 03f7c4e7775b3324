"""Serves an instrument over a pseudo-terminal, as the serial port of this machine.

Raw on both ends, and the far end stays open here, else the near one reads EIO once a client
closes (rigs.md 6). A terminal that is pulled comes back as another device; a link with a
steady name stands for the port, as udev makes them.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import termios
import tty
from collections.abc import Iterable, Mapping
from pathlib import Path

from assay.clock import Clock, LoopThread
from rigs.virtual.faults import Fault
from rigs.virtual.lines import LineReader
from rigs.virtual.server import InstrumentServer
from rigs.virtual.sessions import Session, Speaker
from rigs.virtual.transport import MAX_LINE_LENGTH

SPEEDS: Mapping[int, int] = {
    300: termios.B300,
    1200: termios.B1200,
    2400: termios.B2400,
    4800: termios.B4800,
    9600: termios.B9600,
    19200: termios.B19200,
    38400: termios.B38400,
    57600: termios.B57600,
    115200: termios.B115200,
}
_CHUNK = 4096
_OUTPUT_SPEED = 5  # place in what tcgetattr returns


class PtyServer(InstrumentServer):
    """A serial line. There is one client at most; a second one would take octets away."""

    def __init__(
        self,
        instrument: Speaker,
        clock: Clock,
        loop_thread: LoopThread,
        faults: Iterable[Fault] = (),
        *,
        end: bytes = b"\n",
        baud_rate: int | None = None,
    ) -> None:
        """A client at another baud rate is not understood; None understands any.

        A pseudo-terminal carries octets at any rate, so the rate is read back instead.
        """
        super().__init__(instrument, clock, loop_thread, faults, end=end)
        self._speed = None if baud_rate is None else SPEEDS[baud_rate]
        self._folder = Path(tempfile.mkdtemp(prefix="serial-"))
        self.path = self._folder / "port"
        self._near = self._far = -1
        self._unsent = bytearray()
        self._reader = LineReader(MAX_LINE_LENGTH, end)
        self._session = Session(instrument, clock, self._faults, hang_up=self.pull, end=end)
        loop_thread.run(self._plug_in)

    @property
    def resource(self) -> str:
        return f"ASRL{self.path}::INSTR"

    def pull(self) -> None:
        """Pull the cable and plug it in again; on the loop thread.

        The new terminal is there before the old one goes, as a client comes back at once.
        """
        old = self._near, self._far
        self._session.abandon()
        self._plug_in()
        _unplug(*old)

    def _plug_in(self) -> None:
        self._near, self._far = os.openpty()
        tty.setraw(self._near)
        tty.setraw(self._far)
        os.set_blocking(self._near, False)
        fresh = self._folder / "fresh"
        fresh.symlink_to(os.ttyname(self._far))
        fresh.replace(self.path)
        self._reader = LineReader(MAX_LINE_LENGTH, self._end)
        self._unsent.clear()
        asyncio.get_running_loop().add_reader(self._near, self._readable)

    async def _stop(self) -> None:
        if self._folder.exists():
            self._session.abandon()
            _unplug(self._near, self._far)
            shutil.rmtree(self._folder)

    def _readable(self) -> None:
        near = self._near
        octets = os.read(near, _CHUNK)
        if not self._is_understood():
            return
        with self._clock.exchange():
            for line in self._reader.feed(octets):
                if near == self._near:  # what followed the message that pulled it is gone
                    self._session.take(line, self._send)

    def _is_understood(self) -> bool:
        return self._speed in (None, termios.tcgetattr(self._far)[_OUTPUT_SPEED])

    def _send(self, octets: bytes) -> None:
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


def _unplug(near: int, far: int) -> None:
    loop = asyncio.get_running_loop()
    loop.remove_reader(near)
    loop.remove_writer(near)
    os.close(near)
    os.close(far)
