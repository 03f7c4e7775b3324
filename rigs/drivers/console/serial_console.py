"""Drives a serial line of a meter: the capability `MeterConsole`.

Optical heads with a single light hear what they send themselves; with `echo` that is taken out of
what is read, and checked on the way: another echo than what was sent is a disturbed line.
"""

from __future__ import annotations

from datetime import timedelta

from assay.clock import Clock
from assay.verdicts import BenchFault
from rigs.capabilities import Identity
from rigs.drivers.octet_driver import OctetDriver, exactly, up_to
from rigs.drivers.octet_line import SerialSettings


class SerialConsole(OctetDriver):
    """Octets as they are. A console says nothing of itself, so the bench file does."""

    settings = SerialSettings(baud=115_200)

    def __init__(
        self,
        address: str,
        clock: Clock,
        *,
        model: str = "console",
        serial: str = "",
        echo: bool = False,
        timeout_s: float = 2.0,
        settings: SerialSettings | None = None,
    ) -> None:
        super().__init__(address, clock, timeout_s=timeout_s, settings=settings)
        self._declared = Identity(maker="", model=model, serial=serial, firmware="")
        self._echo = echo

    def send(self, octets: bytes) -> None:
        """BenchFault where the echo of a head that has one does not come back as it was sent."""
        with self._clock.exchange():
            self._connected()
            self._say(octets)

    def read_until(self, end: bytes, timeout: timedelta) -> bytes:
        """With the end; BenchLost, with what came, when it does not come in time (wall time)."""
        if not end:
            raise ValueError("an end has at least one octet")
        with self._clock.exchange():
            self._connected()
            return self._take(up_to(end), f"octets that end with {end!r}", timeout.total_seconds())

    def safe(self) -> None:
        """Closed: nothing is sent to the meter any more."""
        self.close()

    def _say(self, octets: bytes) -> None:
        self._write(octets, "")
        if not self._echo:
            return
        echo = self._take(exactly(len(octets)), f"the echo of {octets!r}", self._timeout_s)
        if echo != octets:
            self.close()
            raise BenchFault(f"{self._address}: expected the echo of {octets!r}, seen {echo!r}")

    def _introduce(self) -> Identity:
        return self._declared
