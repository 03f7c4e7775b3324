"""A virtual P-300 controller: ASCII lines over a serial port or TCP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from rigs.virtual.chamber.climate import VirtualClimate
from rigs.virtual.octet_conversation import lines_of

_SET = re.compile(r"(TEMP|HUMI),\s?S(-?\d+(?:\.\d+)?|OFF)")
_RAMP = re.compile(r"RUN PRGM,\s?TEMP(-?[\d.]+) GOTEMP(-?[\d.]+) TIME(\d+):(\d\d)")
_NOT_UNDERSTOOD = "NA:CMD ERR"
_OUT_OF_RANGE = "NA:DATA OUT OF RANGE"
DOOR_ALARM = "18"  # how this one is wired; there is no number for it in the language


class VirtualEspec:
    end = b"\r\n"

    def __init__(
        self,
        climate: VirtualClimate,
        *,
        low: Decimal = Decimal(-75),
        high: Decimal = Decimal(185),
    ) -> None:
        self._climate = climate
        self._low, self._high = low, high
        self._mode = "OFF"

    def requests(self, unread: bytearray) -> Iterator[bytes]:
        return lines_of(unread, self.end)

    def name_of(self, request: bytes) -> str:
        return request.decode("ascii", "replace")

    def answer(self, request: bytes) -> bytes:
        return self._answer(self.name_of(request).strip()).encode("ascii") + self.end

    def _answer(self, message: str) -> str:
        climate = self._climate
        match message.upper():
            case "ROM?":
                return "P3-S VER.01.03"
            case "TYPE?":
                return "T,T,P300,185.0"
            case "TEMP?":
                return self._four(climate.temperature(), climate.set_temperature)
            case "HUMI?":
                return self._four(climate.humidity(), climate.set_humidity)
            case "MON?":
                mode, alarms = self._mode, self._alarms()
                values = f"{climate.temperature():.1f},{climate.humidity():.0f}"
                return f"{values},{mode},{len(alarms)}"
            case "ALARM?":
                alarms = self._alarms()
                return ",".join((str(len(alarms)), *alarms))
            case "POWER,ON" | "POWER,OFF" | "MODE,CONSTANT" | "MODE,STANDBY" | "MODE,OFF" as order:
                self._run(order)
                return f"OK:{message}"
        return self._set(message)

    def _four(self, measured: Decimal, wanted: Decimal) -> str:
        return f"{measured:.1f},{wanted:.1f},{self._high:.1f},{self._low:.1f}"

    def _alarms(self) -> list[str]:
        door = [DOOR_ALARM] if self._climate.is_door_open else []
        return [*door, *self._climate.alarms]

    def _run(self, order: str) -> None:
        self._mode = order.partition(",")[2].replace("ON", "STANDBY", 1)
        if order == "MODE,CONSTANT":
            self._mode = "CONSTANT"
            self._climate.ask_for()
        self._climate.switch(self._mode == "CONSTANT" and not self._climate.alarms)

    def _set(self, message: str) -> str:
        if (ramp := _RAMP.fullmatch(message)) is not None:
            start, end = Decimal(ramp[1]), Decimal(ramp[2])
            minutes = int(ramp[3]) * 60 + int(ramp[4])
            rate = abs(end - start) / minutes if minutes else None
            self._climate.ask_for(temperature=end, kelvin_per_minute=rate or None)
            self._climate.switch(not self._climate.alarms)
            self._mode = "RUN"
            return f"OK:{message}"
        parts = _SET.fullmatch(message)
        if parts is None:
            return _NOT_UNDERSTOOD
        if parts[2] == "OFF":
            return f"OK:{message}" if parts[1] == "HUMI" else _NOT_UNDERSTOOD
        value = Decimal(parts[2])
        if parts[1] == "HUMI":
            if not 0 <= value <= 100:
                return _OUT_OF_RANGE
            self._climate.ask_for(humidity=value)
        elif not self._low <= value <= self._high:
            return _OUT_OF_RANGE
        else:
            self._climate.ask_for(temperature=value)
        return f"OK:{message}"
