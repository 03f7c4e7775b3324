"""Drives an energy reference standard: the capability `ReferenceMeter` over SCPI.

The command words are this project's own, for want of a manual that could be read; no
standard of a maker has been tried, so there is no table of models yet.
"""

from __future__ import annotations

from rigs.capabilities import Reading
from rigs.drivers.scpi import ScpiDriver


class EnergyReference(ScpiDriver):
    """Counts the energy behind the meter under test."""

    def reset_energy(self) -> None:
        self.command("ENER:RES")

    def measure_energy(self) -> Reading:
        (answer,) = self.query("MEAS:ENER?")
        return self.reading("active energy", "Wh", answer)

    def safe(self) -> None:
        """It has no output."""
