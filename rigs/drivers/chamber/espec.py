"""Drives ESPEC chambers with P-300 or SCP-220 controllers: ASCII lines, CRLF both ways.

From the reference (rigs.md 6): TEMP?, TEMP,S, HUMI?, MON?, MODE,CONSTANT, POWER,ON, OK: and NA:.
Recalled, to be confirmed with the manual: ROM?, TYPE?, ALARM?, HUMI,S, POWER,OFF, RUN PRGM. No
question asks for the door; where it is wired as an alarm, the bench file says which.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from assay.clock import Clock
from rigs.capabilities import Climate, Identity
from rigs.drivers.chamber.settling import ChamberDriver, ClimateLimits, Target
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.octet_driver import up_to
from rigs.drivers.octet_line import SerialSettings

END = b"\r\n"
_LINE = up_to(END)
_TENTH = Decimal("0.1")


class EspecChamber(ChamberDriver):
    """`door_alarm` is the number of the alarm that an open door raises, if it does."""

    settings = SerialSettings(baud=19200)

    def __init__(
        self,
        address: str,
        clock: Clock,
        limits: ClimateLimits,
        *,
        door_alarm: int | None = None,
        serial: str | None = None,
        timeout_s: float = 3.0,
        settings: SerialSettings | None = None,
    ) -> None:
        super().__init__(address, clock, timeout_s=timeout_s, settings=settings)
        self.limits = limits
        self._declared_serial = serial or ""
        self._door_alarm = None if door_alarm is None else str(door_alarm)

    def _start(self, target: Target) -> None:
        """With a rate, a program of one ramp runs; the set point below it is where it ends."""
        before = self._read().temperature
        self._order(f"TEMP,S{target.temperature.quantize(_TENTH)}")
        self._order(
            "HUMI,SOFF"
            if target.humidity is None
            else f"HUMI,S{target.humidity.to_integral_value()}"
        )
        self._order("POWER,ON")
        self._order("MODE,CONSTANT")
        if target.kelvin_per_minute is not None:
            span = abs(target.temperature - before) / target.kelvin_per_minute
            minutes = int(span.to_integral_value(ROUND_CEILING))
            self._order(
                f"RUN PRGM,TEMP{before.quantize(_TENTH)} "
                f"GOTEMP{target.temperature.quantize(_TENTH)} "
                f"TIME{minutes // 60}:{minutes % 60:02}"
            )

    def _stop(self) -> None:
        self._order("POWER,OFF")

    def _read(self) -> Climate:
        fields = self._ask("MON?").split(",")
        if len(fields) != 4:
            raise self._unreadable("temperature, humidity, mode, alarms", ",".join(fields))
        temperature, humidity, _, alarm_count = fields
        alarms = self._alarms() if self.number(alarm_count) else ()
        return Climate(
            temperature=self.number(temperature),
            humidity=self.number(humidity) if humidity.strip() else None,
            is_door_open=self._door_alarm in alarms,
            alarms=tuple(f"number {each}" for each in alarms if each != self._door_alarm),
            at=self._clock.now(),
        )

    def _alarms(self) -> tuple[str, ...]:
        count, *numbers = self._ask("ALARM?").split(",")
        if self.number(count) != len(numbers):
            raise self._unreadable(f"{count} alarms", ",".join(numbers))
        return tuple(each.strip() for each in numbers)

    def _introduce(self) -> Identity:
        firmware = self._text(self._talk(b"ROM?" + END, _LINE, "an answer to ROM?"))
        kind = self._text(self._talk(b"TYPE?" + END, _LINE, "an answer to TYPE?"))
        return Identity(maker="ESPEC", model=kind, serial=self._declared_serial, firmware=firmware)

    def _order(self, command: str) -> None:
        answer = self._ask(command)
        if answer != f"OK:{command}":
            raise self._unreadable(f"OK:{command}", answer)

    def _ask(self, message: str) -> str:
        octets = message.encode("ascii") + END
        return self._text(self._exchange(octets, _LINE, f"an answer to {message!r}"))

    def _text(self, line: bytes) -> str:
        """RemoteInstrumentError for NA: and for what is no text."""
        try:
            text = line[: -len(END)].decode("ascii")
        except UnicodeDecodeError:
            raise self._unreadable("ASCII text", line) from None
        if text.startswith("NA:"):
            raise RemoteInstrumentError(f"{self._address} refused a command: {text!r}")
        return text
