"""What feeds a meter, what it feeds, and the standard that its energy is compared with.

Volts, hertz, amperes and watts are Decimal; durations are timedeltas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Protocol, runtime_checkable

from rigs.capabilities.measurement import Identity, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One part of a waveform that the source plays by itself.

    A ramp goes evenly from the levels before it to its own, which it reaches at its end.
    """

    volts: Decimal
    hertz: Decimal
    duration: timedelta
    is_ramp: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyLimits:
    """What this source can do, and what this bench lets it do.

    A source that plays nothing by itself has `max_steps` 0.
    """

    max_volts: Decimal
    max_hertz: Decimal
    min_step: timedelta
    max_step: timedelta
    max_steps: int
    max_count: int
    phase_control: bool
    ramps: bool
    max_amps: Decimal | None = None
    """None where nobody knows."""

    def cannot_play(
        self, steps: Sequence[Step], *, start_phase: Decimal | None = None, count: int = 1
    ) -> str | None:
        """Why this source cannot play such a waveform; None where it can.

        Levels are not looked at: those above a ceiling are refused by `Supply.play`.
        """
        if not self.max_steps:
            return "this source plays no waveform by itself"
        if len(steps) > self.max_steps:
            return f"this source plays {self.max_steps} steps, asked for {len(steps)}"
        if count > self.max_count:
            return f"this source repeats a waveform {self.max_count} times, asked for {count}"
        if start_phase is not None and not self.phase_control:
            return f"this source starts at no given phase, asked for {start_phase} degrees"
        if any(step.is_ramp for step in steps) and not self.ramps:
            return "this source plays no ramps"
        for step in steps:
            if not self.min_step <= step.duration <= self.max_step:
                return (
                    f"this source plays steps of {self.min_step} to {self.max_step}, "
                    f"asked for {step.duration}"
                )
        return None


@runtime_checkable
class Supply(Protocol):
    """An AC source that feeds the premises."""

    def identify(self) -> Identity: ...

    def limits(self) -> SupplyLimits: ...

    def set_steady(self, volts: Decimal, hertz: Decimal) -> None:
        """Refuses values above the ceilings (LimitExceeded) before anything is sent."""

    def output(self, on: bool) -> None: ...

    def play(
        self, steps: Sequence[Step], *, start_phase: Decimal | None = None, count: int = 1
    ) -> None:
        """Start a waveform inside the instrument; returns at once, back to steady after it.

        With a start phase (degrees, 0 to below 360, of the voltage before it) it begins when
        that comes by. LimitExceeded for what this source cannot play (`SupplyLimits`).
        """

    def measure_volts(self) -> Reading: ...

    def measure_hertz(self) -> Reading: ...

    def measure_amps(self) -> Reading: ...

    def safe(self) -> None:
        """Output off; never raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DcLimits:
    """What a DC supply can give, and what this bench lets it give."""

    max_volts: Decimal
    max_amps: Decimal


@runtime_checkable
class DcSupply(Protocol):
    """A DC source in the place of a battery or of a device's power supply."""

    def identify(self) -> Identity: ...

    def limits(self) -> DcLimits: ...

    def set_level(self, volts: Decimal, amps: Decimal) -> None:
        """Volts, and the amperes at which it limits; LimitExceeded above a ceiling."""

    def output(self, on: bool) -> None: ...

    def measure_volts(self) -> Reading: ...

    def measure_amps(self) -> Reading: ...

    def safe(self) -> None:
        """Output off; never raises."""


@runtime_checkable
class PhaseSupply(Protocol):
    """One phase of the source."""

    def feed(self, volts: Decimal, hertz: Decimal) -> None:
        """Its voltage from now on, whatever the other phases have."""

    def turn(self, angle: Decimal) -> None:
        """Degrees by which it lags the first phase from now on."""


@runtime_checkable
class Load(Protocol):
    """A load bank on the meter's outgoing side."""

    def identify(self) -> Identity: ...

    def set_watts(self, watts: Decimal) -> None: ...

    def measure_amps(self) -> Reading: ...

    def measure_volts(self) -> Reading: ...

    def safe(self) -> None:
        """No load; never raises."""


@runtime_checkable
class FurtherLoad(Protocol):
    """A load or generator beside that of the load bank: a phase, a second element."""

    def request(self, watts: Decimal, reactive: Decimal) -> None:
        """Let W and var pass from now on; reactive power is positive where a load takes it and
        where a generator gives it."""


@runtime_checkable
class SwitchedLoad(Protocol):
    """A load on an auxiliary output of the meter, and what passes there."""

    def request(self, watts: Decimal) -> None:
        """Let it draw so much when it gets a supply."""

    def measure_watts(self) -> Decimal: ...


@runtime_checkable
class ReferenceMeter(Protocol):
    """An energy reference standard in the same circuit as the meter under test."""

    def identify(self) -> Identity: ...

    def reset_energy(self) -> None: ...

    def measure_energy(self) -> Reading:
        """Watt hours since the last reset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseReadings:
    """What passes one phase now; the power factor is negative where the load is capacitive."""

    volts: Reading
    amps: Reading
    power_factor: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyRun:
    """Energy from start to stop in Wh and varh, and the phases as they were at the stop."""

    active: Reading
    reactive: Reading
    phases: tuple[PhaseReadings, ...]


@runtime_checkable
class EnergyStandard(ReferenceMeter, Protocol):
    """A reference standard that is started and stopped, and watches the meter's light."""

    def zero(self) -> None:
        """Forget the energy; it counts on, or stays stopped."""

    def start(self) -> None: ...

    def stop(self) -> EnergyRun: ...

    def error_percent(self, pulses: int, constant: int) -> Reading:
        """The meter's error over so many of its pulses, from edge to edge, in per cent.

        `constant` is in pulses for a kilowatt-hour. BenchFault when the pulses do not come.
        """
