"""Drives an AC source: the capability `Supply` over SCPI, for the models of the table."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import pyvisa

from assay.clock import Clock
from assay.verdicts import BenchFault, LimitExceeded
from rigs.capabilities import Reading, Step, SupplyLimits
from rigs.drivers.scpi import RemoteInstrumentError, ScpiDriver
from rigs.drivers.source_models import MAX_AMPS, MODELS, Messages, SourceModel, WaveCommands
from rigs.drivers.visa import LineSettings
from rigs.drivers.waveforms import columns_of, plain, rows_of

WHOLE_TURN = Decimal(360)
_TAKEN_UP_S = 0.1  # nothing says when a message without answer has arrived


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
        settings: LineSettings | None = None,
    ) -> None:
        super().__init__(
            resources,
            address,
            clock,
            models=MODELS,
            serial=serial,
            timeout_s=timeout_s,
            settings=settings,
        )
        self._ceilings = ceilings
        self._changed_at: datetime | None = None

    def limits(self) -> SupplyLimits:
        model = self._model()
        wave = model.commands.wave
        kept = 0 if wave is None else int(wave.ends_at_last_step)  # for the way back to steady
        return SupplyLimits(
            max_volts=min(model.max_volts, self._ceilings.max_volts),
            max_hertz=min(model.max_hertz, self._ceilings.max_hertz),
            min_step=model.min_step,
            max_step=model.max_step,
            max_steps=model.max_steps - kept,
            max_count=model.max_count,
            phase_control=model.phase_control,
            ramps=model.ramps,
            max_amps=MAX_AMPS.get(self.opened().model),
        )

    def set_steady(self, volts: Decimal, hertz: Decimal) -> None:
        self._check_levels(volts, hertz)
        values = {"volts": plain(volts), "hertz": plain(hertz)}
        values["ceiling"] = plain(self.limits().max_volts)
        self._change(*_filled(self._model().commands.steady, values))

    def output(self, on: bool) -> None:
        commands = self._model().commands
        self._change(commands.output_on if on else commands.output_off)

    def play(
        self, steps: Sequence[Step], *, start_phase: Decimal | None = None, count: int = 1
    ) -> None:
        """RemoteInstrumentError if the source is still playing."""
        self._check_waveform(steps, start_phase, count)
        wave = self._model().commands.wave
        assert wave is not None  # else the limits have refused it
        self._check_idle(wave)
        volts, hertz = self.query(*self._model().commands.level_queries)
        steady = self.number(volts), self.number(hertz)
        if wave.ends_at_last_step:
            steps, count = self._ending_at(steps, steady, count)
        rows = list(rows_of(steps, steady))
        values = dict(columns_of(rows))
        values |= {"count": str(count), "last": str(len(rows))}
        values |= {"phase": plain(start_phase or Decimal(0))}
        has_ramps = any(step.is_ramp for step in steps)
        self._send(wave.arm, values)
        for row in rows:
            self._send(wave.each, row)
        self._send(wave.with_ramps if has_ramps else wave.without_ramps, values)
        self._send(wave.without_phase if start_phase is None else wave.with_phase, values)
        self._change(*wave.start)

    def stop(self) -> None:
        """End a waveform early; the output is steady again."""
        self._change(*self._model().commands.stop)

    def reset(self) -> None:
        """*RST, refused while the output is on: it would be cut, and jump when it returns."""
        if self.is_on():
            raise BenchFault(f"{self._address}: reset refused, the output is on")
        self.tell("*RST")
        time.sleep(_TAKEN_UP_S)
        self._clock.advance(self._model().reset_takes)
        self.command()

    def is_on(self) -> bool:
        (answer,) = self.query(self._model().commands.output_query)
        return self.switch(answer)

    def measure_volts(self) -> Reading:
        return self._measure("voltage", "V", self._model().commands.volts_query)

    def measure_hertz(self) -> Reading:
        return self._measure("frequency", "Hz", self._model().commands.hertz_query)

    def measure_amps(self) -> Reading:
        return self._measure("current", "A", self._model().commands.amps_query)

    def safe(self) -> None:
        self.make_safe(self._switch_off)

    def _switch_off(self) -> None:
        commands = self._model().commands
        # In this order: a wave that is stopped in a dip would let the steady level out.
        self._change(commands.output_off, *commands.stop)

    def _model(self) -> SourceModel:
        return MODELS[self.opened().model]

    def _change(self, *units: str) -> None:
        self.command(*units)
        self._changed_at = self._clock.now()

    def _send(self, messages: Messages, values: Mapping[str, str]) -> None:
        for units in messages:
            self.command(*_filled(units, values))

    def _check_levels(self, volts: Decimal, hertz: Decimal) -> None:
        if volts < 0 or hertz <= 0:
            raise ValueError(f"expected volts from 0 and hertz above 0, got {volts} V, {hertz} Hz")
        limits = self.limits()
        if volts > limits.max_volts or hertz > limits.max_hertz:
            raise LimitExceeded(
                f"{self._address}: {volts} V, {hertz} Hz exceeds the ceiling of "
                f"{limits.max_volts} V, {limits.max_hertz} Hz"
            )

    def _check_waveform(
        self, steps: Sequence[Step], start_phase: Decimal | None, count: int
    ) -> None:
        if not steps or count < 1:
            raise ValueError(f"a waveform has a step and is played once or more, got {count}")
        if start_phase is not None and not 0 <= start_phase < WHOLE_TURN:
            raise ValueError(f"expected degrees from 0 to below 360, got {start_phase}")
        if count > 1 and steps[0].is_ramp:
            raise ValueError("the first step of a repeated waveform begins at two levels")
        for step in steps:
            self._check_levels(step.volts, step.hertz)
        reason = self.limits().cannot_play(steps, start_phase=start_phase, count=count)
        if reason is not None:
            raise LimitExceeded(f"{self._address}: {reason}")

    def _check_idle(self, wave: WaveCommands) -> None:
        if wave.busy is None:
            return
        query, playing = wave.busy
        (state,) = self.query(query)
        if state.strip() == playing:
            raise RemoteInstrumentError(f"{self._address}: {query} answers {state}")

    def _ending_at(
        self, steps: Sequence[Step], steady: tuple[Decimal, Decimal], count: int
    ) -> tuple[Sequence[Step], int]:
        """With a last step at the steady level; a repetition without one is written out."""
        volts, hertz = steady
        if (steps[-1].volts, steps[-1].hertz) == steady:
            return steps, count
        back = Step(volts=volts, hertz=hertz, duration=self._model().min_step)
        written = [*steps] * count
        if len(written) >= self._model().max_steps:
            raise LimitExceeded(
                f"{self._address}: a waveform that ends off the steady level is written out, "
                f"and {count} times {len(steps)} steps are too many"
            )
        return [*written, back], 1

    def _measure(self, quantity: str, unit: str, query: str) -> Reading:
        """A source that has tripped feeds nothing, which no device may be blamed for."""
        model = self._model()
        self._let_measurement_catch_up(model)
        value, condition = self.query(query, model.commands.protection_query)
        bits = int(self.number(condition))
        tripped = [meaning for bit, meaning in model.protections.items() if bits & bit]
        if tripped:
            raise BenchFault(f"{self._address}: the source has tripped: {', '.join(tripped)}")
        return self.reading(quantity, unit, value)

    def _let_measurement_catch_up(self, model: SourceModel) -> None:
        """A value from before the last change must not be taken for one after it."""
        if not model.measurement_lag or self._changed_at is None:
            return
        missing = self._changed_at + model.measurement_lag - self._clock.now()
        if missing.total_seconds() > 0:
            self._clock.advance(missing)


def _filled(units: Sequence[str], values: Mapping[str, str]) -> list[str]:
    return [unit.format_map(values) for unit in units]
