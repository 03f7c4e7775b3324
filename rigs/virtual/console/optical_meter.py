"""A virtual meter behind an optical head: IEC 62056-21, mode C (recalled, as in the driver).

A pseudo-terminal carries octets at any speed, so the meter reads back how the line is set: at
another speed, with odd parity or two stop bits it hears noise. Linux keeps neither the size of an
octet nor the presence of a parity bit for a pseudo-terminal, so 7E1 against 8N1 cannot be told.
"""

from __future__ import annotations

import re
import termios
from collections.abc import Callable, Iterable, Iterator, Mapping

from assay.clock import Clock, LoopThread
from rigs.drivers.console.optical_port import (
    ACK,
    BAUD_OF,
    ETX,
    FIRST_BAUD,
    LINE_END,
    READ_OUT,
    SIGN_ON,
    STX,
    block_check,
)
from rigs.virtual.faults import Fault
from rigs.virtual.octet_conversation import lines_of
from rigs.virtual.octet_pty import PtyOctetServer

_OPTION = re.compile(re.escape(ACK) + rb"0([0-6])(.)")


class VirtualOpticalMeter:
    """`registers` gives each value with its unit by OBIS code, as `1-0:1.8.0*255`."""

    end = LINE_END

    def __init__(
        self,
        registers: Mapping[str, Callable[[], str]],
        *,
        maker: str = "ASY",
        model: str = "VIRTUAL",
        speed: str = "5",
    ) -> None:
        self._registers = registers
        self._identification = f"/{maker}{speed}{model}".encode("ascii") + LINE_END
        self.on_baud: Callable[[int], None] = lambda _: None

    def requests(self, unread: bytearray) -> Iterator[bytes]:
        return lines_of(unread, LINE_END)

    def name_of(self, request: bytes) -> str:
        return "option" if request.startswith(ACK) else "sign-on"

    def answer(self, request: bytes) -> bytes:
        option = _OPTION.fullmatch(request)
        if option is not None:
            self.on_baud(BAUD_OF[option[1].decode("ascii")])
            return self._read_out() if option[2] == READ_OUT.encode("ascii") else b""
        return self._identification if request + LINE_END == SIGN_ON else b""

    def _read_out(self) -> bytes:
        lines = [f"{code}({value()})" for code, value in self._registers.items()]
        data = "".join(f"{line}\r\n" for line in (*lines, "!")).encode("ascii") + ETX
        return STX + data + bytes((block_check(data),))


class OpticalMeterServer(PtyOctetServer):
    """Hears only what comes at the speed that it is at; a request at 300 baud starts afresh."""

    def __init__(
        self,
        meter: VirtualOpticalMeter,
        clock: Clock,
        loop_thread: LoopThread,
        faults: Iterable[Fault] = (),
        *,
        echoes: bool = False,
    ) -> None:
        super().__init__(meter, clock, loop_thread, faults, baud=FIRST_BAUD, echoes=echoes)
        meter.on_baud = self._set_baud

    def is_understood(self) -> bool:
        if self._terminal.control_flags & (termios.PARODD | termios.CSTOPB):
            return False
        return self.line_baud in (self.baud, FIRST_BAUD)

    def _set_baud(self, baud: int) -> None:
        self.baud = baud
