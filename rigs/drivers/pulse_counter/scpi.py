"""Drives a bench counter as a pulse counter: totalise from now on, and read while it counts.

The command words are those of the 53220A family as they are recalled; confirm them with the
manual. Such a counter does not say when a pulse came: who needs that is told that this bench
cannot do it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assay.verdicts import NotApplicable
from rigs.drivers.scpi import ScpiDriver


class ScpiPulseCounter(ScpiDriver):
    """Input 1, continuous totalise."""

    def arm(self) -> None:
        self.command("ABOR", "CONF:TOT:CONT (@1)", "INIT")

    def count(self) -> int:
        (answer,) = self.query("SENS:TOT:DATA?")
        pulses = self.number(answer)
        if pulses != pulses.to_integral_value() or pulses < 0:
            raise self._unreadable("a whole number of pulses", answer)
        return int(pulses)

    def timestamps(self) -> Sequence[datetime]:
        raise NotApplicable(f"the counter at {self._address} counts, but notes no times")

    def safe(self) -> None:
        """It has no output."""
