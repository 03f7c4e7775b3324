"""The air in a virtual chamber, on the bench's clock: it follows a ramp late, and never jumps.

The set point moves at a rate and the air follows it as a first-order lag does, which has a closed
form, so nothing ticks: y = s - r T + (y0 - s0 + r T) exp(-t/T) while the set point s moves at r.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from assay.clock import Clock

_MINUTE = timedelta(minutes=1)
_MICROSECOND = timedelta(microseconds=1)


def _minutes(span: timedelta) -> Decimal:
    return Decimal(span // _MICROSECOND) / Decimal(_MINUTE // _MICROSECOND)


@dataclass(slots=True)
class Lagging:
    """One quantity. `rate` is per minute, `lag` in minutes; `target` is where the ramp ends."""

    value: Decimal
    path: Decimal
    target: Decimal
    rate: Decimal
    lag: Decimal

    def pass_time(self, minutes: Decimal) -> None:
        distance = self.target - self.path
        on_ramp = min(minutes, abs(distance) / self.rate)
        self._move(on_ramp, self.rate.copy_sign(distance) if distance else Decimal(0))
        self._move(minutes - on_ramp, Decimal(0))

    def _move(self, minutes: Decimal, rate: Decimal) -> None:
        if not minutes:
            return
        behind = rate * self.lag
        fading = (self.value - self.path + behind) * (-minutes / self.lag).exp()
        self.path += rate * minutes
        self.value = self.path - behind + fading


class VirtualClimate:
    """`fastest` is in kelvin per minute. An open door lets the room in, whatever is set."""

    def __init__(
        self,
        clock: Clock,
        *,
        room: Decimal = Decimal(23),
        room_humidity: Decimal = Decimal(45),
        fastest: Decimal = Decimal(4),
        lag: Decimal = Decimal(1),
    ) -> None:
        self._clock = clock
        self._since = clock.now()
        self._room, self._room_humidity = room, room_humidity
        self.fastest = fastest
        self._temperature = Lagging(room, room, room, fastest, lag)
        self._humidity = Lagging(room_humidity, room_humidity, room_humidity, Decimal(10), lag)
        self.set_temperature, self.set_humidity = room, room_humidity
        self.gradient: Decimal | None = None
        self._is_on = False
        self._is_door_open = False
        self.alarms: list[str] = []

    @property
    def is_on(self) -> bool:
        return self._is_on

    @property
    def is_door_open(self) -> bool:
        return self._is_door_open

    def temperature(self) -> Decimal:
        self._settle()
        return self._temperature.value

    def humidity(self) -> Decimal:
        self._settle()
        return self._humidity.value

    def ask_for(
        self,
        *,
        temperature: Decimal | None = None,
        humidity: Decimal | None = None,
        kelvin_per_minute: Decimal | None = None,
    ) -> None:
        """What is None stays, but for the rate, which is then the fastest."""
        self._settle()
        self.set_temperature = self.set_temperature if temperature is None else temperature
        self.set_humidity = self.set_humidity if humidity is None else humidity
        self.gradient = kelvin_per_minute
        self._aim()

    def switch(self, on: bool) -> None:
        self._settle()
        self._is_on = on
        self._aim()

    def door(self, is_open: bool) -> None:
        self._settle()
        self._is_door_open = is_open
        self._aim()

    def latch(self, alarm: str) -> None:
        """Stays until it is cleared by hand; conditioning stops."""
        self.alarms.append(alarm)
        self.switch(False)

    def _aim(self) -> None:
        is_working = self._is_on and not self._is_door_open
        rate = self.fastest if self.gradient is None else min(self.gradient, self.fastest)
        self._temperature.rate = rate if is_working else self.fastest
        self._temperature.path = self._temperature.value
        self._temperature.target = self.set_temperature if is_working else self._room
        self._humidity.path = self._humidity.value
        self._humidity.target = self.set_humidity if is_working else self._room_humidity

    def _settle(self) -> None:
        now: datetime = self._clock.now()
        minutes = _minutes(now - self._since)
        self._temperature.pass_time(minutes)
        self._humidity.pass_time(minutes)
        self._since = now
