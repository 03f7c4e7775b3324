"""Serves an instrument over a pseudo-terminal, as the serial port of this machine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assay.clock import Clock, LoopThread
from rigs.virtual.faults import Fault
from rigs.virtual.lines import LineReader
from rigs.virtual.pseudo_terminal import PseudoTerminal
from rigs.virtual.server import InstrumentServer
from rigs.virtual.sessions import Session, Speaker
from rigs.virtual.transport import MAX_LINE_LENGTH


class PtyServer(InstrumentServer):
    """A serial line."""

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
        self._baud_rate = baud_rate
        self._reader = LineReader(MAX_LINE_LENGTH, end)
        self._session = Session(instrument, clock, self._faults, hang_up=self.pull, end=end)
        self._terminal = PseudoTerminal(loop_thread, self._heard)

    @property
    def path(self) -> Path:
        return self._terminal.path

    @property
    def resource(self) -> str:
        return f"ASRL{self.path}::INSTR"

    def pull(self) -> None:
        """Pull the cable and plug it in again; on the loop thread."""
        self._session.abandon()
        self._reader = LineReader(MAX_LINE_LENGTH, self._end)
        self._terminal.pull()

    async def stop(self) -> None:
        self._session.abandon()
        self._terminal.remove()

    def _heard(self, octets: bytes) -> None:
        if self._baud_rate not in (None, self._terminal.baud):
            return
        reader = self._reader
        with self._clock.exchange():
            for line in reader.feed(octets):
                if reader is self._reader:  # what followed the message that pulled it is gone
                    self._session.take(line, self._terminal.write)
