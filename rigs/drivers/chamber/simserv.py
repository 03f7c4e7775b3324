"""Drives Voetsch and Weiss chambers by SIMSERV over TCP: the capability `Chamber`."""

from __future__ import annotations

from decimal import Decimal

from assay.clock import Clock
from rigs.capabilities import Climate, Identity
from rigs.drivers.chamber.settling import ChamberDriver, ClimateLimits, Target
from rigs.drivers.chamber.simserv_commands import (
    ANSWER_END,
    DOOR_INPUT,
    HUMIDITY,
    OK,
    SEPARATOR,
    START_OUTPUT,
    STATES,
    TEMPERATURE,
    Command,
    Information,
    Request,
)
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.octet_driver import up_to

_LINE = up_to(ANSWER_END)
_OFF = "0"  # gradient: as fast as the chamber can


class SimservChamber(ChamberDriver):
    """One chamber of a SIMPAC control unit."""

    def __init__(
        self,
        address: str,
        clock: Clock,
        limits: ClimateLimits,
        *,
        chamber: int = 1,
        has_humidity: bool = False,
        serial: str | None = None,
        timeout_s: float = 3.0,
    ) -> None:
        super().__init__(address, clock, serial=serial, timeout_s=timeout_s)
        self.limits = limits
        self._chamber = chamber
        self._has_humidity = has_humidity

    def _start(self, target: Target) -> None:
        rate = _OFF if target.kelvin_per_minute is None else f"{target.kelvin_per_minute:f}"
        for gradient in (Command.GRADIENT_UP, Command.GRADIENT_DOWN):
            self._ask(gradient, TEMPERATURE, rate)
        self._ask(Command.SET_POINT, TEMPERATURE, f"{target.temperature:f}")
        if target.humidity is not None:
            self._ask(Command.SET_POINT, HUMIDITY, f"{target.humidity:f}")
        self._ask(Command.SET_OUTPUT, START_OUTPUT, 1)

    def _stop(self) -> None:
        self._ask(Command.SET_OUTPUT, START_OUTPUT, 0)

    def _read(self) -> Climate:
        temperature = self._number(Command.ACTUAL, TEMPERATURE)
        humidity = self._number(Command.ACTUAL, HUMIDITY) if self._has_humidity else None
        count = int(self._number(Command.MESSAGE_COUNT))
        return Climate(
            temperature=temperature,
            humidity=humidity,
            is_door_open=self._number(Command.READ_INPUT, DOOR_INPUT) != 0,
            alarms=tuple(
                self._ask(Command.MESSAGE_TEXT, number)[0] for number in range(1, count + 1)
            ),
            at=self._clock.now(),
        )

    def _introduce(self) -> Identity:
        model, serial, firmware = (
            self._talk_about(Command.INFORMATION, each)[0]
            for each in (Information.MODEL, Information.SERIAL, Information.FIRMWARE)
        )
        return Identity(maker="Weiss", model=model, serial=serial, firmware=firmware)

    def _number(self, command: Command, *arguments: object) -> Decimal:
        return self.number(self._ask(command, *arguments)[0])

    def _ask(self, command: Command, *arguments: object) -> list[str]:
        with self._clock.exchange():
            self._connected()
            return self._talk_about(command, *arguments)

    def _talk_about(self, command: Command, *arguments: object) -> list[str]:
        """At least one field, empty where the answer has none."""
        request = Request(command, self._chamber, tuple(str(each) for each in arguments))
        expected = f"an answer to {int(command)} {command.name}"
        return self._fields(self._talk(request.to_bytes(), _LINE, expected), expected)

    def _fields(self, line: bytes, expected: str) -> list[str]:
        state, *fields = (
            line[: -len(ANSWER_END)].decode("latin-1").split(SEPARATOR.decode("latin-1"))
        )
        try:
            number = int(state)
        except ValueError:
            raise self._unreadable(expected, line) from None
        if number != OK:
            raise RemoteInstrumentError(
                f"{self._address}: expected {expected}, "
                f"got state {number}: {STATES.get(number, 'unknown')}"
            )
        return fields or [""]
