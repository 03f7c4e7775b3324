"""ASH, the serial framing between a host and its radio stick, from the stick's end.

No I/O happens here: octets and the time (seconds of any steady clock) go in, events and octets
to write come out. The bytes are those of the rigs digest, 3.2; timings are those that the host
software has (0.4 s to 3.2 s, five silences and the link has failed).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum

from rigs.virtual.ncp.ash_frames import (
    ACK,
    CANCEL,
    DATA,
    ERROR,
    NAK,
    RST,
    RSTACK,
    AshReader,
    RemoteAshError,
    data_control,
    frame_kind,
    frame_octets,
    whiten,
)

VERSION = 2
FIRST_WAIT_S = 1.6
SHORTEST_WAIT_S, LONGEST_WAIT_S = 0.4, 3.2
MAX_SILENCES = 5
MAX_PAYLOAD_SIZE = 256


class ResetCode(IntEnum):
    """Why the stick started or gave up."""

    EXTERNAL = 0x01
    POWER_ON = 0x02
    WATCHDOG = 0x03
    ASSERT = 0x06
    SOFTWARE = 0x0B
    TOO_MANY_TIMEOUTS = 0x51


@dataclass(frozen=True, slots=True)
class HostReset:
    """The host has started the link over; whatever was under way is forgotten."""


@dataclass(frozen=True, slots=True)
class Payload:
    """One EZSP frame from the host."""

    octets: bytes


Event = HostReset | Payload


class LinkState(Enum):
    WAITING = "no reset has been seen"
    CONNECTED = "connected"
    FAILED = "failed"


@dataclass(slots=True)
class _Unacknowledged:
    number: int
    payload: bytes
    sent_at: float
    silences: int = 0


class AshLink:
    """One end of one link. The host may not be acknowledged by a data frame, so each of its
    frames is acknowledged by itself; of ours, one is out at a time, as the host does it.
    """

    def __init__(self) -> None:
        self._reader = AshReader()
        self._output = bytearray()
        self._start_over()
        self.state = LinkState.WAITING
        self.error_code = ResetCode.ASSERT

    def _start_over(self) -> None:
        self._next_sent = 0
        self._expected = 0
        self._is_rejecting = False
        self._waiting: deque[bytes] = deque()
        self._out: _Unacknowledged | None = None
        self._wait_s = FIRST_WAIT_S

    @property
    def is_idle(self) -> bool:
        """Whether the host has everything that it was sent."""
        return self._out is None and not self._waiting

    @property
    def deadline(self) -> float | None:
        """When to poll, where something is unacknowledged."""
        return None if self._out is None else self._out.sent_at + self._wait_s

    def output(self) -> bytes:
        """What is to be written now; a second call gives what has come since."""
        octets = bytes(self._output)
        self._output.clear()
        return octets

    def feed(self, octets: bytes, now: float) -> Iterator[Event]:
        """Take octets from the wire; gives what they meant to the layer above."""
        for frame in self._reader.feed(octets):
            if isinstance(frame, RemoteAshError):
                self._reject()
                continue
            event = self._take(frame[0], frame[1:], now)
            if event is not None:
                yield event

    def send(self, payload: bytes, now: float) -> None:
        """Queue one EZSP frame; dropped where no host has started the link."""
        if len(payload) > MAX_PAYLOAD_SIZE:
            raise ValueError(f"{len(payload)} octets in a frame of at most {MAX_PAYLOAD_SIZE}")
        if self.state is LinkState.CONNECTED:
            self._waiting.append(payload)
            self._send_next(now)

    def poll(self, now: float) -> None:
        """Send once more what nobody acknowledged; fail after five silences."""
        if self._out is None or now < self._out.sent_at + self._wait_s:
            return
        self._out.silences += 1
        if self._out.silences >= MAX_SILENCES:
            self.fail(ResetCode.TOO_MANY_TIMEOUTS)
            return
        self._wait_s = min(2 * self._wait_s, LONGEST_WAIT_S)
        self._transmit(self._out, now, again=True)

    def fail(self, code: int) -> None:
        """Say that the stick has failed, and nothing else until the host resets it."""
        self._start_over()
        self.state = LinkState.FAILED
        self.error_code = ResetCode(code) if code in set(ResetCode) else ResetCode.ASSERT
        self._write(ERROR, bytes((VERSION, code & 0xFF)))

    def restart(self, code: int) -> None:
        """Start over without having been asked to, as a stick does that lost its power."""
        self._start_over()
        self.state = LinkState.CONNECTED
        self._write(RSTACK, bytes((VERSION, code & 0xFF)))

    def _take(self, control: int, payload: bytes, now: float) -> Event | None:
        kind = frame_kind(control)
        if kind == RST:
            self._start_over()
            self.state = LinkState.CONNECTED
            self._write(RSTACK, bytes((VERSION, ResetCode.SOFTWARE)))
            return HostReset()
        if self.state is LinkState.FAILED:
            self._write(ERROR, bytes((VERSION, self.error_code)))
            return None
        if self.state is LinkState.WAITING:
            return None
        if kind in (DATA, ACK, NAK):
            self._acknowledged(control & 7, now)
        if kind == NAK and self._out is not None:
            self._transmit(self._out, now, again=True)
        if kind == DATA:
            return self._take_data(control, payload)
        return None

    def _take_data(self, control: int, payload: bytes) -> Payload | None:
        number, is_again = control >> 4 & 7, bool(control & 8)
        if number == self._expected:
            self._expected = (number + 1) % 8
            self._is_rejecting = False
            self._write(ACK | self._expected)
            return Payload(whiten(payload))
        if is_again:
            self._write(ACK | self._expected)
        else:
            self._reject()
        return None

    def _reject(self) -> None:
        if self.state is LinkState.CONNECTED and not self._is_rejecting:
            self._is_rejecting = True
            self._write(NAK | self._expected)

    def _acknowledged(self, next_expected: int, now: float) -> None:
        out = self._out
        if out is None or next_expected != (out.number + 1) % 8:
            return
        self._wait_s = self._wait_s * 7 / 8 + (now - out.sent_at) / 2
        self._wait_s = min(max(self._wait_s, SHORTEST_WAIT_S), LONGEST_WAIT_S)
        self._out = None
        self._send_next(now)

    def _send_next(self, now: float) -> None:
        if self._out is not None or not self._waiting:
            return
        self._out = _Unacknowledged(self._next_sent, self._waiting.popleft(), now)
        self._next_sent = (self._next_sent + 1) % 8
        self._transmit(self._out, now, again=False)

    def _transmit(self, out: _Unacknowledged, now: float, *, again: bool) -> None:
        out.sent_at = now
        self._write(data_control(out.number, self._expected, again=again), whiten(out.payload))

    def _write(self, control: int, payload: bytes = b"") -> None:
        self._output += frame_octets(control, payload)


def reset_octets() -> bytes:
    """What a host sends to start a link: 32 times cancel, then RST."""
    return bytes((CANCEL,)) * 32 + frame_octets(RST)
