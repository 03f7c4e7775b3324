"""Drives a source of gas flow with a volume standard: the capability `GasFlow` over SCPI.

The command words are this project's own: a gas bench is built by its laboratory, and no controller
of a maker has been tried.
"""

from __future__ import annotations

from decimal import Decimal

import pyvisa

from assay.clock import Clock
from assay.verdicts import LimitExceeded
from rigs.capabilities import Reading
from rigs.drivers.scpi import ScpiDriver


class GasSource(ScpiDriver):
    """Lets gas, or air in its place, pass the meter, up to the ceiling of the bench."""

    def __init__(
        self,
        resources: pyvisa.ResourceManager,
        address: str,
        clock: Clock,
        max_cubic_metres_per_hour: Decimal,
        *,
        serial: str | None = None,
        timeout_s: float = 2.0,
    ) -> None:
        super().__init__(resources, address, clock, serial=serial, timeout_s=timeout_s)
        self._ceiling = max_cubic_metres_per_hour

    def set_flow(self, cubic_metres_per_hour: Decimal) -> None:
        if cubic_metres_per_hour < 0:
            raise ValueError(f"gas flows one way, got {cubic_metres_per_hour} m3/h")
        if cubic_metres_per_hour > self._ceiling:
            raise LimitExceeded(
                f"{self._address}: {cubic_metres_per_hour} m3/h exceeds the ceiling of "
                f"{self._ceiling} m3/h"
            )
        self.command(
            f"FLOW {cubic_metres_per_hour:f}",
            "OUTP ON" if cubic_metres_per_hour else "OUTP OFF",
        )

    def measure_flow(self) -> Reading:
        (answer,) = self.query("MEAS:FLOW?")
        return self.reading("gas flow", "m3/h", answer)

    def measure_volume(self) -> Reading:
        (answer,) = self.query("MEAS:VOL?")
        return self.reading("gas volume", "m3", answer)

    def reset_volume(self) -> None:
        self.command("VOL:RES")

    def safe(self) -> None:
        self.make_safe(lambda: self.command("OUTP OFF"))
