"""The wire of an attenuator with lines: Telnet and other TCP ports, or a serial port.

It gives one answer for one command, holds simulated time while that is on its way, and raises
BenchLost where none comes. After a time-out the late answer is still to come and would be taken
for the next one, so the line is closed, and a serial one is listened to until it is silent.
Calls block: never on an event-loop thread.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from assay.clock import Clock
from assay.verdicts import BenchFault, BenchLost
from rigs.drivers.attenuator.links import MAX_ANSWER, text_of
from rigs.drivers.connection import refuse_loop_thread
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.octet_line import LINE_ERRORS, Line, SerialSettings, await_silence, open_line

_END = b"\r\n"
_TELNET = "telnet"
_TELNET_PORT = 23


class LineLink:
    """`telnet://host[:port]`, `tcp://host:port`, or a serial port. Connects when first asked.

    Telnet of these instruments sends an empty line before it is asked anything (rigs.md 5).
    """

    def __init__(
        self,
        address: str,
        clock: Clock,
        *,
        settings: SerialSettings | None = None,
        timeout_s: float = 2.0,
    ) -> None:
        self.where = address
        self._clock = clock
        self._settings = SerialSettings() if settings is None else settings
        self._timeout_s = timeout_s
        self._line: Line | None = None
        self._unread = bytearray()
        self._is_answer_late = False

    def ask(self, command: str) -> str:
        with self._talking(command) as line:
            line.send(command.encode("ascii") + _END)
            return text_of(self._answer(line, command), self.where, command)

    def tell(self, command: str) -> None:
        """A command that has no answer."""
        with self._talking(command) as line:
            line.send(command.encode("ascii") + _END)

    def close(self) -> None:
        line, self._line = self._line, None
        self._unread.clear()
        if line is not None:
            line.close()

    @contextmanager
    def _talking(self, command: str) -> Iterator[Line]:
        refuse_loop_thread()
        with self._clock.exchange():
            try:
                yield self._connected()
            except BenchFault:
                self._abandon()
                raise
            except LINE_ERRORS as error:
                self._abandon()
                raise BenchLost(f"{self.where}: {command!r} is not answered: {error}") from error

    def _abandon(self) -> None:
        self._is_answer_late = True
        self.close()

    def _connected(self) -> Line:
        if self._line is not None:
            return self._line
        parts = urlsplit(self.where)
        is_telnet = parts.scheme == _TELNET
        address = self.where
        if is_telnet:
            address = f"tcp://{parts.hostname}:{parts.port or _TELNET_PORT}"
        line = self._line = open_line(address, self._settings, self._timeout_s)
        if is_telnet:
            self._take_greeting(line)
        elif self._is_answer_late:
            await_silence(line, self._timeout_s, 4 * self._timeout_s)
        self._is_answer_late = False
        return line

    def _take_greeting(self, line: Line) -> None:
        greeting = self._answer(line, "the connection").strip()
        if greeting:
            raise RemoteInstrumentError(
                f"{self.where}: expected an empty line as greeting, got {greeting!r}"
            )

    def _answer(self, line: Line, asked: str) -> bytes:
        """One line, within the time-out in all."""
        deadline = time.monotonic() + self._timeout_s
        while b"\n" not in self._unread:
            wait_s = deadline - time.monotonic()
            octets = line.receive(wait_s) if wait_s > 0 else b""
            if not octets or len(self._unread) > MAX_ANSWER:
                raise BenchLost(
                    f"{self.where}: expected a line in answer to {asked!r} within "
                    f"{self._timeout_s} s, got {bytes(self._unread)!r}"
                )
            self._unread += octets
        answer, _, rest = self._unread.partition(b"\n")
        self._unread = rest
        return bytes(answer)
