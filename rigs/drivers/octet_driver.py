"""What every driver on a serial line or a bare socket does: octets out, octets in until an end.

As with VISA (`rigs.drivers.visa_driver`), simulated time stands still while a message is on the
wire.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from assay.clock import Clock
from assay.verdicts import BenchLost
from rigs.capabilities import Identity, Reading
from rigs.drivers.connection import LinkedDriver
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


class OctetDriver(LinkedDriver):
    """One instrument on one line."""

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
        super().__init__(address, clock, serial=serial, timeout_s=timeout_s)
        self._settings = self.settings if settings is None else settings
        self._line: Line | None = None
        self._unread = bytearray()

    def identify(self) -> Identity:
        with self._clock.exchange():
            self._connected()
            return self._introduce()

    def close(self) -> None:
        line, self._line = self._line, None
        self._unread.clear()
        if line is not None:
            try:
                line.close()
            except LINE_ERRORS as error:
                _log.warning("%s: not closed in order: %s", self._address, error)

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

    def _is_linked(self) -> bool:
        return self._line is not None

    def _link_up(self) -> None:
        self._line = open_line(self._address, self._settings, self._timeout_s)

    def _await_silence(self) -> None:
        assert self._line is not None
        try:
            await_silence(self._line, self._timeout_s, 4 * self._timeout_s)
        except LINE_ERRORS as error:
            raise self._lost("a silent line", error) from error

    def _lost(self, expected: str, seen: object) -> BenchLost:
        self._abandon()
        what = repr(seen) if isinstance(seen, bytes) else str(seen)
        return BenchLost(f"{self._address}: expected {expected}, seen {what}")
