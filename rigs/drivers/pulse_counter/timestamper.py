"""Drives a microcontroller that notes the time of each pulse: lines over a serial port.

The language is this project's own, for any board with a timer of a microsecond. Lines end with LF,
commands are one letter:

    I    ->  I <model> <serial> <firmware>     who it is
    A    ->  A <us>                            armed; what was noted is forgotten
    S    ->  S <count> <us>                    state, after all that was noted before it
             P <us>                            a pulse, unasked, at once

Microseconds count from the board's start in 64 bits. Once armed, the board's clock is tied to the
bench's by the moment at which the answer to A came, half the round trip earlier.

The operating system keeps about 4 KiB of lines that nobody reads, some 300 pulses; what is lost
beyond that is found by the count of the board.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from assay.clock import Clock
from assay.verdicts import BenchFault
from rigs.capabilities import Identity
from rigs.drivers.octet_driver import OctetDriver, up_to
from rigs.drivers.octet_line import SerialSettings

_LINE = up_to(b"\n")
_MICROSECOND = timedelta(microseconds=1)
_log = logging.getLogger(__name__)


class TimestampingCounter(OctetDriver):
    """`clock_uncertainty` says how well its times are tied to those of the bench."""

    settings = SerialSettings(baud=115_200)

    def __init__(
        self,
        address: str,
        clock: Clock,
        *,
        serial: str | None = None,
        timeout_s: float = 2.0,
        settings: SerialSettings | None = None,
    ) -> None:
        super().__init__(address, clock, serial=serial, timeout_s=timeout_s, settings=settings)
        self._pulses: list[int] = []
        self._armed_at: datetime | None = None
        self._armed_microseconds = 0
        self.clock_uncertainty = timedelta(0)

    def arm(self) -> None:
        before = self._clock.now()
        (microseconds,) = self._command("A")
        after = self._clock.now()
        self._pulses.clear()  # those that were on their way
        self._armed_microseconds = microseconds
        self._armed_at = before + (after - before) / 2
        self.clock_uncertainty = (after - before) / 2

    def count(self) -> int:
        return len(self._noted())

    def timestamps(self) -> Sequence[datetime]:
        noted = self._noted()
        assert self._armed_at is not None
        return [
            self._armed_at + (pulse - self._armed_microseconds) * _MICROSECOND for pulse in noted
        ]

    def close(self) -> None:
        """Pulses may be missed from now on, so it has to be armed again."""
        super().close()
        self._armed_at = None

    def safe(self) -> None:
        """It has no output."""

    def _noted(self) -> list[int]:
        """Microseconds of all pulses; BenchFault where the board saw another number of them."""
        count = None if self._armed_at is None else self._command("S")[0]
        if count is None or self._armed_at is None:
            raise BenchFault(f"{self._address}: expected to be armed before it is read")
        if count != len(self._pulses):
            raise BenchFault(
                f"{self._address}: expected the lines of {count} pulses, "
                f"{len(self._pulses)} have come"
            )
        if self._pulses != sorted(self._pulses):
            raise BenchFault(f"{self._address}: expected pulses in the order of time")
        return self._pulses

    def _introduce(self) -> Identity:
        self._write(b"I\n", "an answer to I")
        while True:
            letter, *fields = self._next_line("an answer to I")
            if letter == "I" and len(fields) == 3:
                model, serial, firmware = fields
                return Identity(maker="", model=model, serial=serial, firmware=firmware)
            if letter != "P" or len(fields) != 1:
                raise self._unreadable("I with model, serial number, firmware", letter)
            self._pulses.append(self._whole(fields[0]))

    def _command(self, letter: str) -> list[int]:
        """Its numbers; pulses that come before the answer are kept."""
        expected = f"an answer to {letter}"
        with self._clock.exchange():
            self._connected()
            self._write(letter.encode("ascii") + b"\n", expected)
            while True:
                answered, *fields = self._next_line(expected)
                numbers = [self._whole(field) for field in fields]
                if answered == letter and len(numbers) == {"A": 1, "S": 2}[letter]:
                    return numbers
                if answered != "P" or len(numbers) != 1:
                    raise self._unreadable(expected, " ".join((answered, *fields)))
                self._pulses.append(numbers[0])

    def _next_line(self, expected: str) -> list[str]:
        line = self._take(_LINE, expected, self._timeout_s)
        try:
            words = line.decode("ascii").split()
        except UnicodeDecodeError:
            words = []
        if not words:
            raise self._unreadable(expected, line)
        return words

    def _whole(self, text: str) -> int:
        value: Decimal = self.number(text)
        if value != value.to_integral_value() or value < 0:
            raise self._unreadable("a whole number", text)
        return int(value)
