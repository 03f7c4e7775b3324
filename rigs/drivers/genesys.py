"""Drives a TDK-Lambda Genesys supply: the capability `DcSupply` in the GEN language.

It is no SCPI: a supply listens once it has been called by its address, every set is answered
with OK or a code, and commands need a pause of 5 ms between them (rigs.md 2.3). The reading
of volts and amperes is that of STT?, which tells of faults in the same answer.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from decimal import Decimal

import pyvisa

from assay.clock import Clock
from assay.verdicts import BenchFault
from rigs.capabilities import DcLimits, Identity, Reading
from rigs.drivers.dc_models import GENESYS_CODES, GENESYS_FAULTS, genesys_limits
from rigs.drivers.dc_source import check_level, lesser
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.visa import LineSettings
from rigs.drivers.visa_driver import VisaDriver
from rigs.drivers.visa_settings import serial_line
from rigs.drivers.waveforms import plain
from rigs.safety.dialogue import Exchange, SafeDialogue
from rigs.safety.wire import is_reachable

PAUSE_S = 0.005
DONE = "OK"
OUTPUT_STATES = {"1": True, "ON": True, "0": False, "OFF": False}

_FIELD = re.compile(r"([A-Z]+)\(([^)]*)\)")


def checksum(text: str) -> str:
    """The low byte of the sum of the octets, as two hexadecimal digits."""
    return f"{sum(text.encode('ascii')) & 0xFF:02X}"


class GenesysSource(VisaDriver):
    """Checks every stimulus against the ceilings before anything is sent."""

    line = LineSettings(end="\r", baud_rate=9600)

    def __init__(
        self,
        resources: pyvisa.ResourceManager,
        address: str,
        clock: Clock,
        ceilings: DcLimits,
        *,
        bus_address: int = 6,
        has_checksum: bool = False,
        serial: str | None = None,
        timeout_s: float = 2.0,
        settings: LineSettings | None = None,
    ) -> None:
        """`bus_address` is what its front panel shows, 0 to 30."""
        super().__init__(
            resources,
            address,
            clock,
            serial=serial,
            timeout_s=timeout_s,
            settings=settings,
        )
        if not 0 <= bus_address <= 30:
            raise ValueError(f"expected a bus address of 0 to 30, got {bus_address}")
        self._ceilings = ceilings
        self._bus_address = bus_address
        self._has_checksum = has_checksum
        self._ready_at = time.monotonic()

    def identify(self) -> Identity:
        """What the supply says now, not what it said when it was opened."""
        with self._clock.exchange():
            self._connected()
            return self._read_identity()

    def limits(self) -> DcLimits:
        model = self.opened().model
        able = genesys_limits(model)
        if able is None:
            raise BenchFault(f"{self._address}: expected a name such as GEN100-15, got {model}")
        return lesser(able, self._ceilings)

    def set_level(self, volts: Decimal, amps: Decimal) -> None:
        check_level(self._address, volts, amps, self.limits())
        self.command(f"PV {plain(volts)}")
        self.command(f"PC {plain(amps)}")

    def output(self, on: bool) -> None:
        self.command(f"OUT {int(on)}")

    def is_on(self) -> bool:
        answer = self.query("OUT?")
        if answer not in OUTPUT_STATES:
            raise self._unreadable("ON or OFF", answer)
        return OUTPUT_STATES[answer]

    def measure_volts(self) -> Reading:
        return self.reading("voltage", "V", self._measured("MV"))

    def measure_amps(self) -> Reading:
        return self.reading("current", "A", self._measured("MC"))

    def safe(self) -> None:
        self.make_safe(lambda: self.output(on=False))

    def safe_dialogue(self) -> SafeDialogue | None:
        """What makes it safe without this driver."""
        if not is_reachable(self._address):
            return None
        said = (
            (f"ADR {self._bus_address:02d}", DONE),
            ("OUT 0", DONE),
            ("OUT?", "0|OFF"),
        )
        return SafeDialogue(
            address=self._address,
            # Whoever says this does not know when the last command was sent.
            exchanges=(
                Exchange(send=b"", pause_s=PAUSE_S),
                *(self._said(text, answer) for text, answer in said),
            ),
            verifies=True,
            **serial_line(self.settings),
        )

    def _said(self, text: str, answer: str) -> Exchange:
        end = self.settings.end.encode("ascii")
        return Exchange(
            send=self._framed(text).encode("ascii") + end,
            end=end,
            expects=rf"^({answer})(\$|\s|$)",
            pause_s=PAUSE_S,
        )

    def command(self, text: str) -> None:
        """RemoteInstrumentError for whatever is not answered with OK."""
        with self._clock.exchange():
            self._connected()
            self._set(text)

    def query(self, text: str) -> str:
        with self._clock.exchange():
            self._connected()
            return self._ask(text)

    def _introduce(self) -> Identity:
        self._set(f"ADR {self._bus_address:02d}")
        identity = self._read_identity()
        self._set("RMT 1")  # the front panel must not change what a scenario has set
        return identity

    def _read_identity(self) -> Identity:
        answer = self._ask("IDN?")
        maker, separator, model = answer.partition(",")
        if not separator:
            raise self._unreadable("maker and model", answer)
        return Identity(
            maker=maker.strip(),
            model=model.strip(),
            serial=self._ask("SN?"),
            firmware=self._ask("REV?"),
        )

    def _set(self, text: str) -> None:
        answer = self._ask(text)
        if answer != DONE:
            meaning = GENESYS_CODES.get(answer)
            if meaning is None:
                raise self._unreadable(f"{DONE} to {text!r}", answer)
            raise RemoteInstrumentError(
                f"{self._address} answered {text!r} with {answer}, {meaning}"
            )

    def _ask(self, text: str) -> str:
        message = self._framed(text)
        time.sleep(max(0.0, self._ready_at - time.monotonic()))
        try:
            answer = self._talk(message)
        finally:
            self._ready_at = time.monotonic() + PAUSE_S
        return self._without_checksum(answer).strip()

    def _framed(self, text: str) -> str:
        return f"{text}${checksum(text)}" if self._has_checksum else text

    def _without_checksum(self, answer: str) -> str:
        if not self._has_checksum:
            return answer
        text, _, digits = answer.rpartition("$")
        if digits != checksum(text):
            raise self._unreadable(f"the checksum {checksum(text)} at the end", answer)
        return text

    def _measured(self, name: str) -> str:
        """A supply that has tripped feeds nothing, which no device may be blamed for."""
        fields = self._state()
        tripped = [
            meaning for bit, meaning in GENESYS_FAULTS.items() if self._register(fields["FR"]) & bit
        ]
        if tripped:
            raise BenchFault(f"{self._address}: the supply has tripped: {', '.join(tripped)}")
        return fields[name]

    def _state(self) -> Mapping[str, str]:
        """MV(12.000),PV(12.000),MC(0.500),PC(1.000),SR(30),FR(00)"""
        answer = self.query("STT?")
        fields = dict(_FIELD.findall(answer))
        if not {"MV", "MC", "FR"} <= fields.keys():
            raise self._unreadable("MV(), MC() and FR()", answer)
        return fields

    def _register(self, digits: str) -> int:
        try:
            return int(digits, 16)
        except ValueError:
            raise self._unreadable("a register in hexadecimal digits", digits) from None
