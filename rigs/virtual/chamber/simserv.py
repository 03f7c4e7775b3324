"""A virtual SIMPAC control unit: SIMSERV requests over TCP."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from rigs.drivers.chamber.simserv_commands import (
    ANSWER_END,
    BAD_PARAMETERS,
    DOOR_INPUT,
    HUMIDITY,
    OK,
    REQUEST_END,
    SEPARATOR,
    START_OUTPUT,
    TEMPERATURE,
    UNKNOWN_COMMAND,
    Command,
    Information,
    Request,
)
from rigs.virtual.chamber.climate import VirtualClimate
from rigs.virtual.octet_conversation import lines_of

_CHAMBER = 1
_NAMES = {each.value: each.name for each in Command}


class VirtualSimserv:
    end = ANSWER_END

    def __init__(self, climate: VirtualClimate, *, serial: str = "SIMULATED") -> None:
        self._climate = climate
        self._information = {
            Information.MODEL: "Virtual chamber",
            Information.SERIAL: serial,
            Information.FIRMWARE: "1",
        }
        self._gradient: Decimal | None = None
        self._answers: Mapping[int, Callable[[tuple[str, ...]], str]] = {
            Command.SET_POINT: self._set_point,
            Command.READ_SET_POINT: self._read_set_point,
            Command.ACTUAL: self._actual,
            Command.GRADIENT_UP: self._set_gradient,
            Command.GRADIENT_DOWN: self._set_gradient,
            Command.SET_OUTPUT: self._set_output,
            Command.READ_INPUT: self._read_input,
            Command.MESSAGE_COUNT: lambda _: str(len(climate.alarms)),
            Command.MESSAGE_TEXT: lambda given: climate.alarms[int(given[0]) - 1],
            Command.INFORMATION: lambda given: self._information[Information(int(given[0]))],
        }

    def requests(self, unread: bytearray) -> Iterator[bytes]:
        return lines_of(unread, REQUEST_END)

    def name_of(self, request: bytes) -> str:
        read = Request.from_bytes(request)
        if read is None:
            return "no request"
        name = _NAMES.get(read.command, "unknown")
        return f"{read.command} {name} {' '.join(read.arguments)}"

    def answer(self, request: bytes) -> bytes:
        read = Request.from_bytes(request)
        if read is None or read.command not in self._answers:
            return self._line(UNKNOWN_COMMAND, "")
        try:
            if read.chamber != _CHAMBER:
                raise ValueError(read.chamber)
            field = self._answers[read.command](read.arguments)
        except (ValueError, LookupError, InvalidOperation):
            return self._line(BAD_PARAMETERS, "")
        return self._line(OK, field)

    def _line(self, state: int, field: str) -> bytes:
        fields = (str(state), field) if field else (str(state),)
        return SEPARATOR.join(each.encode("latin-1") for each in fields) + ANSWER_END

    def _set_point(self, given: tuple[str, ...]) -> str:
        variable, value = int(given[0]), Decimal(given[1])
        if variable == TEMPERATURE:
            self._climate.ask_for(temperature=value, kelvin_per_minute=self._gradient)
        elif variable == HUMIDITY and 0 <= value <= 100:
            self._climate.ask_for(humidity=value, kelvin_per_minute=self._gradient)
        else:
            raise ValueError(given)
        return ""

    def _read_set_point(self, given: tuple[str, ...]) -> str:
        values = {TEMPERATURE: self._climate.set_temperature, HUMIDITY: self._climate.set_humidity}
        return f"{values[int(given[0])]:.1f}"

    def _actual(self, given: tuple[str, ...]) -> str:
        values = {TEMPERATURE: self._climate.temperature, HUMIDITY: self._climate.humidity}
        return f"{values[int(given[0])]():.2f}"

    def _set_gradient(self, given: tuple[str, ...]) -> str:
        if int(given[0]) != TEMPERATURE or Decimal(given[1]) < 0:
            raise ValueError(given)
        self._gradient = Decimal(given[1]) or None
        return ""

    def _set_output(self, given: tuple[str, ...]) -> str:
        if int(given[0]) != START_OUTPUT:
            raise ValueError(given)
        self._climate.switch(given[1] == "1" and not self._climate.alarms)
        return ""

    def _read_input(self, given: tuple[str, ...]) -> str:
        if int(given[0]) != DOOR_INPUT:
            raise ValueError(given)
        return "1" if self._climate.is_door_open else "0"
