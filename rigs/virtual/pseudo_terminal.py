"""A pseudo-terminal, as the serial port of this machine that a virtual instrument hangs on.

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
from collections.abc import Callable, Mapping
from pathlib import Path

from assay.clock import LoopThread

_BAUD_OF: Mapping[int, int] = {
    termios.B300: 300,
    termios.B1200: 1200,
    termios.B2400: 2400,
    termios.B4800: 4800,
    termios.B9600: 9600,
    termios.B19200: 19200,
    termios.B38400: 38400,
    termios.B57600: 57600,
    termios.B115200: 115200,
}
_CHUNK = 4096

# Places in what tcgetattr returns.
_CONTROL_FLAGS = 2
_OUTPUT_SPEED = 5


class PseudoTerminal:
    """One line with one client at most: a second one would take octets away.

    `heard` gets what the client sends. All but the construction belongs to the loop thread.
    """

    def __init__(self, loop_thread: LoopThread, heard: Callable[[bytes], None]) -> None:
        self._heard = heard
        self._folder = Path(tempfile.mkdtemp(prefix="serial-"))
        self.path = self._folder / "port"
        self._near = self._far = -1
        self._unsent = bytearray()
        loop_thread.run(self._plug_in)

    @property
    def baud(self) -> int | None:
        """What the client has set the line to. Linux keeps no parity and no size for a pty."""
        return _BAUD_OF.get(termios.tcgetattr(self._far)[_OUTPUT_SPEED])

    @property
    def control_flags(self) -> int:
        """c_cflag, as the client has set it."""
        flags: int = termios.tcgetattr(self._far)[_CONTROL_FLAGS]
        return flags

    def write(self, octets: bytes) -> None:
        self._unsent += octets
        self._writable()

    def pull(self) -> None:
        """Pull the cable and plug it in again; what was not read yet is gone.

        The new terminal is there before the old one goes, as a client comes back at once.
        """
        near, far = self._near, self._far
        self._stop_listening()
        self._plug_in()
        os.close(near)
        os.close(far)

    def remove(self) -> None:
        """The port is gone; a second time there is nothing left to do."""
        if self._folder.exists():
            self._stop_listening()
            os.close(self._near)
            os.close(self._far)
            shutil.rmtree(self._folder)

    def _plug_in(self) -> None:
        self._near, self._far = os.openpty()
        tty.setraw(self._near)
        tty.setraw(self._far)
        os.set_blocking(self._near, False)
        fresh = self._folder / "fresh"
        fresh.symlink_to(os.ttyname(self._far))
        fresh.replace(self.path)
        self._unsent.clear()
        asyncio.get_running_loop().add_reader(self._near, self._readable)

    def _stop_listening(self) -> None:
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._near)
        loop.remove_writer(self._near)

    def _readable(self) -> None:
        self._heard(os.read(self._near, _CHUNK))

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
