"""What every driver on a serial line or a bare socket does: connect, ask, recover.

As with VISA (`rigs.drivers.visa_driver`): calls block, so they stay off the bench's loop thread; a
time-out closes the line, as the late answer would be taken for the next; simulated time stands
still while a message is on the wire.
"""

from __future__ import annotations

import asyncio
import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from types import TracebackType
from typing import Self

from assay.clock import Clock
from assay.verdicts import BenchFault, BenchLost
from rigs.capabilities import Identity, Reading
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.octet_line import LINE_ERRORS, Line, SerialSettings, await_silence, open_line

_log = logging.getLogger(__name__)

End = Callable[[bytes], int | None]
"""How many octets of what has come are the answer; None while it is not complete."""


def up_to(end: bytes) -> End:
    """An answer that ends so, its end included."""

    def find(octets: bytes) -> int | None:
        at = octets.find(end)
        return None if at < 0 else at + len(end)

    return find


def exactly(count: int) -> End:
    """An answer of so many octets."""
    return lambda octets: count if len(octets) >= count else None


class OctetDriver(ABC):
    """One instrument at one address. Connects at the first message, or by `open`."""

    settings = SerialSettings()
    """How the line of this instrument is set unless the bench file says otherwise."""

    def __init__(
        self,
        address: str,
        clock: Clock,
        *,
        serial: str | None = None,
        timeout_s: float = 2.0,
        settings: SerialSettings | None = None,
    ) -> None:
        """`serial` says which instrument is expected there; None takes any."""
        self._address = address
        self._clock = clock
        self._serial = serial
        self._timeout_s = timeout_s
        self._settings = self.settings if settings is None else settings
        self._line: Line | None = None
        self._unread = bytearray()
        self._is_answer_late = False
        self._identity: Identity | None = None

    def open(self) -> Identity:
        """Connect; BenchLost if nobody answers, BenchFault if it is not the one expected."""
        with self._clock.exchange():
            self._connected()
        return self.opened()

    def opened(self) -> Identity:
        """The instrument as it presented itself when it was last connected."""
        if self._identity is None:
            return self.open()
        return self._identity

    def identify(self) -> Identity:
        """What the instrument says now, not what it said when it was opened."""
        with self._clock.exchange():
            self._connected()
            return self._introduce()

    def close(self) -> None:
        """Leave the instrument as it is; a later message connects again."""
        line, self._line = self._line, None
        self._unread.clear()
        if line is not None:
            try:
                line.close()
            except LINE_ERRORS as error:
                _log.warning("%s: not closed in order: %s", self._address, error)

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.safe()
        finally:
            self.close()

    @abstractmethod
    def safe(self) -> None:
        """Nothing dangerous at the terminals; never raises."""

    @abstractmethod
    def _introduce(self) -> Identity:
        """Who is there, on a line that has just been opened; only `_talk` may be used."""

    def make_safe(self, switch_off: Callable[[], None]) -> None:
        """For `safe`: a lost line gets one new try; in the end only the log can be told."""
        for attempt in (1, 2):
            try:
                switch_off()
            except BenchFault as fault:
                _log.error("%s: not known to be safe, try %d: %s", self._address, attempt, fault)
            else:
                return

    def number(self, text: str) -> Decimal:
        try:
            value = Decimal(text.strip())
        except InvalidOperation:
            raise self._unreadable("a number", text) from None
        if not value.is_finite():
            raise self._unreadable("a number", text)
        return value

    def reading(self, quantity: str, unit: str, value: Decimal) -> Reading:
        return Reading(
            quantity=quantity,
            value=value,
            unit=unit,
            at=self._clock.now(),
            instrument=self.opened(),
        )

    def _exchange(self, request: bytes, end: End, expected: str) -> bytes:
        """Send and take the answer; BenchLost where it does not come whole in time."""
        with self._clock.exchange():
            self._connected()
            return self._talk(request, end, expected)

    def _send(self, octets: bytes) -> None:
        """Send what has no answer."""
        with self._clock.exchange():
            self._connected()
            self._write(octets, "")

    def _talk(self, request: bytes, end: End, expected: str) -> bytes:
        self._write(request, expected)
        return self._take(end, expected, self._timeout_s)

    def _write(self, octets: bytes, expected: str) -> None:
        assert self._line is not None
        try:
            self._line.send(octets)
        except LINE_ERRORS as error:
            raise self._lost(f"{expected or 'to send'} {octets!r}", error) from error

    def _take(self, end: End, expected: str, timeout_s: float) -> bytes:
        """The next octets up to an end, within so long of wall time."""
        assert self._line is not None
        deadline = time.monotonic() + timeout_s
        while (size := end(bytes(self._unread))) is None:
            wait_s = deadline - time.monotonic()
            try:
                octets = self._line.receive(wait_s) if wait_s > 0 else b""
            except LINE_ERRORS as error:
                raise self._lost(expected, error) from error
            if not octets:
                raise self._lost(f"{expected} within {timeout_s} s", bytes(self._unread))
            self._unread += octets
        taken = bytes(self._unread[:size])
        del self._unread[:size]
        return taken

    def _connected(self) -> None:
        if self._line is not None:
            return
        refuse_loop_thread()
        line = self._line = open_line(self._address, self._settings, self._timeout_s)
        try:
            if self._is_answer_late:
                await_silence(line, self._timeout_s, 4 * self._timeout_s)
            self._check_identity(self._introduce())
        except LINE_ERRORS as error:
            raise self._lost("a silent line", error) from error
        except BenchFault:
            self.close()
            raise
        self._is_answer_late = False

    def _check_identity(self, identity: Identity) -> None:
        if self._serial is not None and identity.serial != self._serial:
            raise BenchFault(
                f"{self._address}: expected serial number {self._serial}, found {identity}"
            )
        if self._identity is not None and identity != self._identity:
            raise BenchFault(f"{self._address}: expected {self._identity}, found {identity}")
        self._identity = identity

    def _lost(self, expected: str, seen: object) -> BenchLost:
        self._is_answer_late = True
        self.close()
        what = repr(seen) if isinstance(seen, bytes) else str(seen)
        return BenchLost(f"{self._address}: expected {expected}, seen {what}")

    def _unreadable(self, expected: str, seen: object) -> RemoteInstrumentError:
        """Close the line as well: nobody knows where the next answer begins."""
        self._is_answer_late = True
        self.close()
        return RemoteInstrumentError(f"{self._address}: expected {expected}, got {seen!r}")


def refuse_loop_thread() -> None:
    """ValueError where a virtual instrument would wait for itself."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise ValueError("a driver blocks, so it must not be called on an event-loop thread")
