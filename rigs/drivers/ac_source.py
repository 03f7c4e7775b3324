"""Drives an AC source: the capability `Supply` over SCPI, for the models of the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pyvisa

from assay.clock import Clock
from assay.verdicts import BenchFault, LimitExceeded
from rigs.capabilities import Reading, Step, SupplyLimits
from rigs.drivers.scpi import ScpiDriver
from rigs.drivers.source_models import MODELS, SourceModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceilings:
    """What this bench lets its source do, from the bench file."""

    max_volts: Decimal
    max_hertz: Decimal


class AcSource(ScpiDriver):
    """Checks every stimulus against the ceilings before anything is sent."""

    def __init__(
        self,
        resources: pyvisa.ResourceManager,
        address: str,
        clock: Clock,
        ceilings: Ceilings,
        *,
        serial: str | None = None,
        timeout_s: float = 2.0,
    ) -> None:
        super().__init__(
            resources, address, clock, models=MODELS, serial=serial, timeout_s=timeout_s
        )
        self._ceilings = ceilings

    def limits(self) -> SupplyLimits:
        model = self._opened()
        return SupplyLimits(
            max_volts=min(model.max_volts, self._ceilings.max_volts),
            max_hertz=min(model.max_hertz, self._ceilings.max_hertz),
            min_step=model.min_step,
            max_steps=model.max_steps,
        )

    def set_steady(self, volts: Decimal, hertz: Decimal) -> None:
        self._check_levels(volts, hertz)
        steady = self._opened().commands.steady
        self.command(*(unit.format(volts=_plain(volts), hertz=_plain(hertz)) for unit in steady))

    def output(self, on: bool) -> None:
        commands = self._opened().commands
        self.command(commands.output_on if on else commands.output_off)

    def play(self, steps: Sequence[Step]) -> None:
        """RemoteInstrumentError if the source is still playing."""
        self._check_steps(steps)
        commands = self._opened().commands
        volts = ",".join(_plain(step.volts) for step in steps)
        hertz = ",".join(_plain(step.hertz) for step in steps)
        seconds = ",".join(_plain(_seconds(step.duration)) for step in steps)
        for message in commands.arm:
            self.command(
                *(unit.format(volts=volts, hertz=hertz, seconds=seconds) for unit in message)
            )
        self.command(*commands.start)

    def stop(self) -> None:
        """End a waveform early; the output is steady again."""
        self.command(self._opened().commands.stop)

    def reset(self) -> None:
        """*RST, refused while the output is on: it would be cut, and jump when it returns."""
        if self.number(self.query(self._opened().commands.output_query)[0]):
            raise BenchFault(f"{self._address}: reset refused, the output is on")
        self.command("*RST")

    def measure_volts(self) -> Reading:
        return self._measure("voltage", "V", self._opened().commands.volts_query)

    def measure_hertz(self) -> Reading:
        return self._measure("frequency", "Hz", self._opened().commands.hertz_query)

    def measure_amps(self) -> Reading:
        return self._measure("current", "A", self._opened().commands.amps_query)

    def safe(self) -> None:
        self.make_safe(self._switch_off)

    def _switch_off(self) -> None:
        commands = self._opened().commands
        # In this order: a wave that is stopped in a dip would let the steady level out.
        self.command(commands.output_off, commands.stop)

    def _opened(self) -> SourceModel:
        return MODELS[self.opened().model]

    def _check_levels(self, volts: Decimal, hertz: Decimal) -> None:
        if volts < 0 or hertz <= 0:
            raise ValueError(f"expected volts from 0 and hertz above 0, got {volts} V, {hertz} Hz")
        limits = self.limits()
        if volts > limits.max_volts or hertz > limits.max_hertz:
            raise LimitExceeded(
                f"{self._address}: {volts} V, {hertz} Hz exceeds the ceiling of "
                f"{limits.max_volts} V, {limits.max_hertz} Hz"
            )

    def _check_steps(self, steps: Sequence[Step]) -> None:
        limits = self.limits()
        if not steps:
            raise ValueError("a waveform has at least one step")
        if len(steps) > limits.max_steps:
            raise LimitExceeded(f"{len(steps)} steps, this source plays {limits.max_steps}")
        for step in steps:
            self._check_levels(step.volts, step.hertz)
            if step.duration < limits.min_step:
                raise LimitExceeded(f"a step of {step.duration}, shortest is {limits.min_step}")

    def _measure(self, quantity: str, unit: str, query: str) -> Reading:
        """A source that has tripped feeds nothing, which no device may be blamed for."""
        model = self._opened()
        value, condition = self.query(query, model.commands.protection_query)
        bits = int(self.number(condition))
        tripped = [meaning for bit, meaning in model.protections.items() if bits & bit]
        if tripped:
            raise BenchFault(f"{self._address}: the source has tripped: {', '.join(tripped)}")
        return self.reading(quantity, unit, value)


def _plain(value: Decimal) -> str:
    return format(value, "f")


def _seconds(duration: timedelta) -> Decimal:
    return Decimal(duration // timedelta(microseconds=1)) / 1_000_000
