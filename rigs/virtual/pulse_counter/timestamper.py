"""A virtual microcontroller that notes the time of each pulse; its language is in the driver.

On a bench with wall time pulses leave as they come. Simulated time makes no difference between a
pulse that is sent when it comes and one that is sent before the next answer, so they wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from assay.clock import Clock
from rigs.premises_pulses import PulseEye, PulseOutput
from rigs.virtual.octet_conversation import lines_of

_MICROSECOND = timedelta(microseconds=1)


class VirtualTimestamper:
    """`misses` is a planted weakness: every so many pulses one is counted and not sent."""

    end = b"\n"

    def __init__(self, clock: Clock, pulses: PulseOutput, *, serial: str = "SIMULATED") -> None:
        self._clock = clock
        self._started = clock.now()
        self._pulses = pulses
        self._eye: PulseEye | None = None
        self._sent = 0
        self._serial = "-".join(serial.split())
        self.misses = 0
        self._answers: dict[str, Callable[[], str]] = {
            "I": lambda: f"I virtual-timestamper {self._serial} 1\n",
            "A": self._arm,
            "S": self._state,
        }

    def requests(self, unread: bytearray) -> Iterator[bytes]:
        return lines_of(unread, self.end)

    def name_of(self, request: bytes) -> str:
        return request.decode("ascii", "replace").strip()

    def answer(self, request: bytes) -> bytes:
        answer = self._answers.get(self.name_of(request), lambda: "?\n")
        return answer().encode("ascii")

    def _arm(self) -> str:
        if self._eye is not None:
            self._eye.close()
        self._eye = self._pulses.eye()
        self._sent = 0
        return f"A {self._microseconds(self._clock.now())}\n"

    def _state(self) -> str:
        seen = [] if self._eye is None else self._eye.pulses()
        due = list(enumerate(seen, start=1))[self._sent :]
        self._sent = len(seen)
        lines = [
            f"P {self._microseconds(at)}\n"
            for number, at in due
            if not self.misses or number % self.misses
        ]
        return "".join((*lines, f"S {len(seen)} {self._microseconds(self._clock.now())}\n"))

    def _microseconds(self, at: datetime) -> int:
        return (at - self._started) // _MICROSECOND
