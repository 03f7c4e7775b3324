"""Drives an electronic load: the capability `Load` over SCPI, in constant-power mode.

Commands are those of SCPI-99 (SOURce:POWer, INPut, MEASure) but for the power factor, whose
word is this project's own; no load of a maker has been tried, so there is no table of models yet.
"""

from __future__ import annotations

from decimal import Decimal

import pyvisa

from assay.clock import Clock
from assay.verdicts import LimitExceeded
from rigs.capabilities import Reading
from rigs.drivers.scpi import ScpiDriver

UNITY = Decimal(1)


class LoadBank(ScpiDriver):
    """Draws power from the outgoing side of the meter, up to the ceiling of the bench file."""

    def __init__(
        self,
        resources: pyvisa.ResourceManager,
        address: str,
        clock: Clock,
        max_watts: Decimal,
        *,
        serial: str | None = None,
        timeout_s: float = 2.0,
    ) -> None:
        super().__init__(resources, address, clock, serial=serial, timeout_s=timeout_s)
        self._max_watts = max_watts

    def set_watts(self, watts: Decimal) -> None:
        self.set_power(watts, UNITY)

    def set_power(self, watts: Decimal, power_factor: Decimal) -> None:
        """A negative power factor is capacitive."""
        if not 0 < abs(power_factor) <= 1:
            raise ValueError(f"a power factor lies within 1 and not at zero, got {power_factor}")
        if watts < 0:
            raise ValueError(f"a load draws no negative power, got {watts} W")
        if watts > self._max_watts:
            raise LimitExceeded(
                f"{self._address}: {watts} W exceeds the ceiling of {self._max_watts} W"
            )
        self.command(
            f"POW:PFAC {power_factor:f}", f"POW {watts:f}", "INP ON" if watts else "INP OFF"
        )

    def measure_amps(self) -> Reading:
        return self._measure("current", "A", "MEAS:CURR:AC?")

    def measure_volts(self) -> Reading:
        return self._measure("voltage", "V", "MEAS:VOLT:AC?")

    def measure_watts(self) -> Reading:
        return self._measure("power", "W", "MEAS:POW?")

    def safe(self) -> None:
        self.make_safe(lambda: self.command("INP OFF"))

    def _measure(self, quantity: str, unit: str, query: str) -> Reading:
        (answer,) = self.query(query)
        return self.reading(quantity, unit, answer)
