"""Drives the LCUS family of USB relay boards: the capability `Relays`, without read-back.

Four octets each way (rigs.md 6): A0, relay, 1 or 0, and the sum of the three. The board says
nothing, not even who it is, so what it was told last is all that is known, and that only since it
was opened: everything is switched off then.
"""

from __future__ import annotations

from assay.clock import Clock
from rigs.capabilities import Identity
from rigs.drivers.octet_driver import OctetDriver
from rigs.drivers.octet_line import SerialSettings

START = 0xA0
MOST_RELAYS = 8  # what the family has been seen with


def lcus_frame(number: int, closed: bool) -> bytes:
    """`A0 01 01 A2` closes relay 1."""
    head = bytes((START, number, int(closed)))
    return head + bytes((sum(head) & 0xFF,))


class LcusRelays(OctetDriver):
    """A board of so many relays, as the bench file says: it cannot be asked."""

    settings = SerialSettings(baud=9600)

    def __init__(
        self, address: str, clock: Clock, *, count: int, serial: str = "", timeout_s: float = 2.0
    ) -> None:
        if not 1 <= count <= MOST_RELAYS:
            raise ValueError(f"expected 1 to {MOST_RELAYS} relays, got {count}")
        super().__init__(address, clock, timeout_s=timeout_s)
        self._count = count
        self._declared_serial = serial
        self._closed: set[int] = set()

    def count(self) -> int:
        return self._count

    def switch(self, number: int, closed: bool) -> None:
        self._check(number)
        self._send(lcus_frame(number, closed))
        (self._closed.add if closed else self._closed.discard)(number)

    def is_closed(self, number: int) -> bool:
        """What was switched last: the board cannot be read."""
        self._check(number)
        return number in self._closed

    def safe(self) -> None:
        self.make_safe(self._open_all)

    def _open_all(self) -> None:
        for number in range(1, self._count + 1):
            self._send(lcus_frame(number, False))
        self._closed.clear()

    def _introduce(self) -> Identity:
        """Nobody answers, so this says what the bench file does; relays go to a known state."""
        for number in range(1, self._count + 1):
            if number not in self._closed:
                self._write(lcus_frame(number, False), "")
        return Identity(
            maker="", model=f"LCUS-{self._count}", serial=self._declared_serial, firmware=""
        )

    def _check(self, number: int) -> None:
        if not 1 <= number <= self._count:
            raise ValueError(f"{self._address} has relays 1 to {self._count}, got {number}")
