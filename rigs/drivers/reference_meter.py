"""Drives an energy reference standard: the capability `EnergyStandard` over SCPI.

The command words are this project's own, for want of a manual that could be read; no
standard of a maker has been tried, so there is no table of models yet.
"""

from __future__ import annotations

from rigs.capabilities import EnergyRun, PhaseReadings, Reading
from rigs.drivers.reference.error_test import await_pulses, check_error_test, error_reading
from rigs.drivers.scpi import ScpiDriver


class EnergyReference(ScpiDriver):
    """Counts the energy behind the meter under test."""

    def reset_energy(self) -> None:
        """Count from zero, whether or not it was stopped before."""
        self.command("ENER:RES", "ENER:STAR")

    def measure_energy(self) -> Reading:
        (answer,) = self.query("MEAS:ENER?")
        return self.reading("active energy", "Wh", answer)

    def zero(self) -> None:
        self.command("ENER:RES")

    def start(self) -> None:
        self.command("ENER:STAR")

    def stop(self) -> EnergyRun:
        self.command("ENER:STOP")
        active, reactive, phases = self.query("MEAS:ENER?", "MEAS:ENER:REAC?", "SYST:PHAS?")
        return EnergyRun(
            active=self.reading("active energy", "Wh", active),
            reactive=self.reading("reactive energy", "varh", reactive),
            phases=tuple(self._phase(number + 1) for number in range(int(self.number(phases)))),
        )

    def error_percent(self, pulses: int, constant: int) -> Reading:
        check_error_test(pulses, constant)
        self.command(f"ERR:CONS {constant}", f"ERR:PULS {pulses}", "ERR:INIT")
        try:
            await_pulses(self._clock, pulses, self._pulses_seen, self._address)
            (answer,) = self.query("ERR:DATA?")
        finally:
            self.command("ERR:ABOR")
        return error_reading(self.number(answer), self._clock, self.opened())

    def safe(self) -> None:
        """It has no output."""

    def _pulses_seen(self) -> int:
        (answer,) = self.query("ERR:COUN?")
        return int(self.number(answer))

    def _phase(self, number: int) -> PhaseReadings:
        volts, amps, factor = self.query(
            *(f"MEAS:PHAS{number}:{each}?" for each in ("VOLT", "CURR", "PFAC"))
        )
        return PhaseReadings(
            volts=self.reading("voltage", "V", volts),
            amps=self.reading("current", "A", amps),
            power_factor=self.reading("power factor", "1", factor),
        )
