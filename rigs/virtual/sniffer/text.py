"""A virtual board that says a line for each frame: nRF52840 or Zephyr, over a pseudo-terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from assay.clock import Clock, LoopThread
from rigs.capture import serial_text
from rigs.capture.serial_text import ZEPHYR, Dialect, Line
from rigs.virtual.faults import Fault
from rigs.virtual.octet_conversation import lines_of
from rigs.virtual.octet_pty import PtyOctetServer
from rigs.virtual.sniffer.ear import Ear, Told

_MICROSECOND = timedelta(microseconds=1)


class TextSniffer(Ear):
    """Hears only what is on the channel that it was given, while it receives."""

    def __init__(
        self,
        clock: Clock,
        loop_thread: LoopThread,
        faults: Iterable[Fault] = (),
        *,
        dialect: Dialect = ZEPHYR,
        started_us: int = 0,
    ) -> None:
        """`started_us` is what the radio's clock shows now; Nordic's wraps after 32 bits."""
        super().__init__(clock, loop_thread, faults)
        self._dialect = dialect
        self._zero = clock.now() - started_us * _MICROSECOND
        self._board = _Board()
        self._server = PtyOctetServer(self._board, clock, loop_thread)

    @property
    def resource(self) -> str:
        return f"text:{self._server.resource}"

    async def stop(self) -> None:
        await self._server.stop()

    def _tell(self, told: Told) -> None:
        """A frame that was lost leaves no trace here: the board has no numbers."""
        frame = told.frame
        if not self._board.is_receiving or frame.channel.number != self._board.channel:
            return
        line = Line(
            octets=frame.octets,
            strength_dbm=frame.strength_dbm or 0,
            link_quality=frame.link_quality or 0,
            stamp_us=(frame.at - self._zero) // _MICROSECOND,
            stamp_bits=self._dialect.stamp_bits,
        )
        self._server.push(f"{serial_text.text(self._dialect, line)}\r\n".encode("ascii"))

    def _garble(self, octets: bytes) -> None:
        self._server.push(self._dialect.word.encode("ascii") + b": " + octets + b"\r\n")

    def _hang_up(self) -> None:
        self._server.pull()


class _Board:
    """The board's shell."""

    end = b"\n"

    def __init__(self) -> None:
        self.is_receiving = False
        self.channel = 11

    def requests(self, unread: bytearray) -> Iterator[bytes]:
        return lines_of(unread, self.end)

    def name_of(self, request: bytes) -> str:
        return request.decode("ascii", "replace").strip()

    def answer(self, request: bytes) -> bytes:
        word, _, rest = self.name_of(request).partition(" ")
        if word == "channel" and rest.isdecimal() and 11 <= int(rest) <= 26:
            self.channel = int(rest)
        elif word in ("sleep", "receive") and not rest:
            self.is_receiving = word == "receive"
        else:
            return b"command not found\r\n"
        return request + b"\r\nuart:~$ "
