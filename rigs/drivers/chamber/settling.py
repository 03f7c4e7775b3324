"""What every chamber has in common, whatever its language: limits, alarms, waiting for it."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from assay.verdicts import BenchFault, LimitExceeded
from rigs.capabilities import Climate
from rigs.drivers.octet_driver import OctetDriver

POLL = timedelta(seconds=10)
HUMIDITY_TOLERANCE = Decimal(3)  # per cent; IEC 60068-2-78 (recalled)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClimateLimits:
    """Degrees Celsius that this bench lets its chamber go to."""

    min_celsius: Decimal
    max_celsius: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    temperature: Decimal
    humidity: Decimal | None
    kelvin_per_minute: Decimal | None


class ChamberDriver(OctetDriver):
    """Refuses what is beyond the limits before anything is sent."""

    limits: ClimateLimits
    _target: Target | None = None

    def set_climate(
        self,
        temperature: Decimal,
        humidity: Decimal | None = None,
        kelvin_per_minute: Decimal | None = None,
    ) -> None:
        """Conditioning starts; returns at once, `wait_stable` waits."""
        self._check(temperature, humidity, kelvin_per_minute)
        target = Target(
            temperature=temperature, humidity=humidity, kelvin_per_minute=kelvin_per_minute
        )
        self._start(target)
        self._target = target

    def read(self) -> Climate:
        """BenchFault while an alarm is latched: the device may be at any temperature."""
        climate = self._read()
        if climate.alarms:
            raise BenchFault(f"{self._address}: alarm of the chamber: {', '.join(climate.alarms)}")
        return climate

    def wait_stable(self, tolerance: Decimal, hold: timedelta, timeout: timedelta) -> Climate:
        """Kelvin, and times of the bench's clock; an open door starts the holding time anew."""
        target = self._target
        if target is None:
            raise ValueError("no climate has been set")
        if tolerance <= 0 or hold < timedelta(0):
            raise ValueError(f"expected a tolerance above 0 and no negative time, got {tolerance}")
        deadline = self._clock.now() + timeout
        settled = None
        while True:
            climate = self.read()
            if not _is_within(climate, target, tolerance):
                settled = None
            elif settled is None:
                settled = climate.at
            if settled is not None and climate.at - settled >= hold:
                return climate
            left = deadline - climate.at
            if left <= timedelta(0):
                raise BenchFault(
                    f"{self._address}: expected {target.temperature} +/- {tolerance} degrees for "
                    f"{hold} within {timeout}, seen {climate.temperature}"
                    f"{', door open' if climate.is_door_open else ''}"
                )
            self._clock.advance(min(POLL, left))

    def safe(self) -> None:
        self.make_safe(self._stop)

    @abstractmethod
    def _start(self, target: Target) -> None: ...

    @abstractmethod
    def _stop(self) -> None: ...

    @abstractmethod
    def _read(self) -> Climate: ...

    def _check(
        self, temperature: Decimal, humidity: Decimal | None, kelvin_per_minute: Decimal | None
    ) -> None:
        lowest, highest = self.limits.min_celsius, self.limits.max_celsius
        if not lowest <= temperature <= highest:
            raise LimitExceeded(
                f"{self._address}: {temperature} degrees is outside {lowest} to {highest}"
            )
        if humidity is not None and not 0 <= humidity <= 100:
            raise ValueError(f"expected 0 to 100 per cent, got {humidity}")
        if kelvin_per_minute is not None and kelvin_per_minute <= 0:
            raise ValueError(f"expected a rate above 0, got {kelvin_per_minute}")


def _is_within(climate: Climate, target: Target, tolerance: Decimal) -> bool:
    if climate.is_door_open or abs(climate.temperature - target.temperature) > tolerance:
        return False
    if target.humidity is None:
        return True
    seen = climate.humidity
    return seen is not None and abs(seen - target.humidity) <= HUMIDITY_TOLERANCE
