"""Asks a person at a terminal. Without one a step by hand is the bench's fault, never a pass."""

from __future__ import annotations

import os
import select
import sys
from datetime import timedelta
from pathlib import Path

from assay.verdicts import BenchFault, BenchLost
from rigs.capabilities import Identity
from rigs.driver_entry import Record
from rigs.drivers.operator.answers import AskingOperator

try:
    import termios
except ImportError:  # not on this system
    termios = None  # type: ignore[assignment]

PATIENCE = timedelta(minutes=30)
CONTROLLING = Path("/dev/tty")
_CHUNK = 1024


class TerminalOperator(AskingOperator):
    """`device` is a terminal; that of the process even where its input and output are caught."""

    def __init__(
        self, record: Record, *, device: Path = CONTROLLING, patience: timedelta = PATIENCE
    ) -> None:
        super().__init__(record)
        self._device = device
        self._patience = patience

    def identify(self) -> Identity:
        """BenchFault where there is no terminal."""
        os.close(self._open())
        return Identity(maker="", model="operator", serial=str(self._device), firmware="")

    def _answer_to(self, prompt: str, hint: str) -> str:
        terminal = self._open()
        try:
            _forget_what_was_typed(terminal)
            lead = f"{hint}\n" if hint else ""
            os.write(terminal, f"\n{lead}{prompt}\n> ".encode())
            return self._line(terminal, prompt)
        except OSError as error:
            raise BenchLost(f"{self._device}: the terminal has gone: {error}") from error
        finally:
            os.close(terminal)

    def _open(self) -> int:
        try:
            terminal = os.open(self._device, os.O_RDWR | getattr(os, "O_NOCTTY", 0))
        except OSError as error:
            raise self._nobody(error) from error
        if not os.isatty(terminal):
            os.close(terminal)
            raise self._nobody("not a terminal")
        return terminal

    def _line(self, terminal: int, prompt: str) -> str:
        answer = bytearray()
        while not answer.endswith((b"\n", b"\r")):
            ready, _, _ = select.select([terminal], [], [], self._patience.total_seconds())
            octets = os.read(terminal, _CHUNK) if ready else b""
            if not octets:
                raise BenchLost(
                    f"{self._device}: expected an answer to {prompt!r} within {self._patience}"
                )
            answer += octets
        return answer.decode(sys.getdefaultencoding(), "replace")

    def _nobody(self, why: object) -> BenchFault:
        return BenchFault(f"{self._device}: expected a person at a terminal, seen {why}")


def _forget_what_was_typed(terminal: int) -> None:
    """What was typed before the question was asked is no answer to it."""
    if termios is not None:
        termios.tcflush(terminal, termios.TCIFLUSH)
