"""A virtual DC supply in the manner of the TDK-Lambda Genesys, in the GEN language.

It says nothing until it is called by its address, answers every set with OK or a code, and
loses a command that comes within 5 ms of the one before (rigs.md 2.3; that it is lost is
inferred). A message may end with $ and a checksum; then the answer does too. Codes and the
form of STT? are recalled.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from assay.clock import Clock
from rigs.virtual.dc_stage import ZERO, DcStage, Feed, feed_nothing

END = b"\r"
PAUSE_S = 0.005
HEADROOM = Decimal("1.05")  # a voltage is taken up to 105 % of the rating

OVER_VOLTAGE = 1 << 4
CONSTANT_VOLTAGE = 1 << 0
CONSTANT_CURRENT = 1 << 1
REMOTE = 1 << 6


class RemoteGenError(Exception):
    """The controller sent something that this supply does not take; the text is its code."""


@dataclass(frozen=True, slots=True)
class _Done:
    """A message of this language is over as soon as it is handled."""

    expects_answer: bool = False

    def cancel(self) -> None:
        """There is nothing left to cancel."""


class VirtualGenesys:
    """Speaks GEN to a server; `stage` is its output."""

    def __init__(
        self,
        clock: Clock,
        *,
        max_volts: Decimal = Decimal(100),
        max_amps: Decimal = Decimal(15),
        bus_address: int = 6,
        serial: str = "SIMULATED",
        feed: Feed = feed_nothing,
        ohms: Decimal | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_volts = max_volts
        self._max_amps = max_amps
        self._bus_address = bus_address
        self._serial = serial
        self._monotonic = monotonic
        self._deaf_until = monotonic()
        self._is_called = False
        self._is_remote = False
        self._faults = 0
        self.stage = DcStage(clock, feed, ohms)
        self._volts = self._amps = self._protection = ZERO
        self._is_on = False
        self._restore()
        self._sets: Mapping[str, Callable[[str], None]] = {
            "PV": self._set_volts,
            "PC": self._set_amps,
            "OVP": self._set_protection,
            "OUT": self._switch,
            "RMT": self._set_remote,
        }
        self._actions: Mapping[str, Callable[[], None]] = {
            "RST": self._reset,
            "CLS": self._clear,
        }
        self._answers: Mapping[str, Callable[[], str]] = {
            "IDN?": lambda: f"LAMBDA,GEN{self._max_volts}-{self._max_amps}",
            "REV?": lambda: "1U:4.3",
            "SN?": lambda: self._serial,
            "PV?": lambda: _figures(self._volts),
            "PC?": lambda: _figures(self._amps),
            "OVP?": lambda: _figures(self._protection),
            "MV?": lambda: _figures(self.stage.volts),
            "MC?": lambda: _figures(self.stage.amps),
            "OUT?": lambda: "ON" if self._is_on else "OFF",
            "RMT?": lambda: "REM" if self._is_remote else "LOC",
            "STT?": self._state,
        }

    def handle(self, message: str, respond: Callable[[str], None]) -> _Done:
        now = self._monotonic()
        if now < self._deaf_until:
            respond("")
            return _Done()
        self._deaf_until = now + PAUSE_S
        respond(self._answer(message.strip().upper()))
        return _Done()

    def report(self, number: int) -> None:
        """It keeps no queue of errors."""

    def status_byte(self) -> int:
        return 0

    def trip(self) -> None:
        """The over-voltage protection has found something; it latches until RST or CLS."""
        self._faults |= OVER_VOLTAGE
        self._is_on = False
        self._settle()

    def _answer(self, message: str) -> str:
        text, mark, digits = message.partition("$")
        try:
            if mark and digits != _checksum(text):
                raise RemoteGenError("C04")
            answer = self._execute(text.strip())
        except RemoteGenError as error:
            answer = str(error) if self._is_called else ""
        return f"{answer}${_checksum(answer)}" if answer and mark else answer

    def _execute(self, text: str) -> str:
        word, _, value = text.partition(" ")
        if word == "ADR":
            self._is_called = value.strip().isdigit() and int(value) == self._bus_address
            return "OK" if self._is_called else ""
        if not self._is_called:
            return ""
        if text in self._answers:
            return self._answers[text]()
        if text in self._actions:
            self._actions[text]()
        elif word in self._sets:
            if not value.strip():
                raise RemoteGenError("C02")
            self._sets[word](value.strip())
        else:
            raise RemoteGenError("C01")
        return "OK"

    def _set_volts(self, value: str) -> None:
        volts = _number(value, self._max_volts * HEADROOM)
        if volts * HEADROOM > self._protection:
            raise RemoteGenError("E01")
        self._volts = volts
        self._settle()

    def _set_amps(self, value: str) -> None:
        self._amps = _number(value, self._max_amps * HEADROOM)
        self._settle()

    def _set_protection(self, value: str) -> None:
        protection = _number(value, self._max_volts * Decimal("1.2"))
        if protection < self._volts * HEADROOM:
            raise RemoteGenError("E04")
        self._protection = protection

    def _switch(self, value: str) -> None:
        is_on = _choice(value, {"1": True, "ON": True, "0": False, "OFF": False})
        if is_on and self._faults:
            raise RemoteGenError("E07")
        self._is_on = is_on
        self._settle()

    def _set_remote(self, value: str) -> None:
        choices = {"1": True, "REM": True, "2": True, "LLO": True, "0": False, "LOC": False}
        self._is_remote = _choice(value, choices)

    def _reset(self) -> None:
        self._restore()
        self._is_remote = True

    def _clear(self) -> None:
        self._faults = 0

    def _restore(self) -> None:
        self._volts = ZERO
        self._amps = ZERO
        self._protection = self._max_volts * Decimal("1.2")
        self._is_on = False
        self._faults = 0
        self._settle()

    def _settle(self) -> None:
        self.stage.settle(self._is_on, self._volts, self._amps)

    def _state(self) -> str:
        mode = CONSTANT_CURRENT if self.stage.is_limiting else CONSTANT_VOLTAGE
        status = (mode if self._is_on else 0) | (REMOTE if self._is_remote else 0)
        values = (
            ("MV", _figures(self.stage.volts)),
            ("PV", _figures(self._volts)),
            ("MC", _figures(self.stage.amps)),
            ("PC", _figures(self._amps)),
            ("SR", f"{status:02X}"),
            ("FR", f"{self._faults:02X}"),
        )
        return ",".join(f"{name}({value})" for name, value in values)


def _number(text: str, maximum: Decimal) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise RemoteGenError("C03") from None
    if not value.is_finite():
        raise RemoteGenError("C03")
    if not ZERO <= value <= maximum:
        raise RemoteGenError("C05")
    return value


def _choice(text: str, choices: Mapping[str, bool]) -> bool:
    if text not in choices:
        raise RemoteGenError("C03")
    return choices[text]


def _figures(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.001')):f}"


def _checksum(text: str) -> str:
    return f"{sum(text.encode('ascii')) & 0xFF:02X}"
