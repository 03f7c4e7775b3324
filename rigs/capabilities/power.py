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
    """One part of a waveform that the source plays by itself."""

    volts: Decimal
    hertz: Decimal
    duration: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyLimits:
    """What this source can do, and what this bench lets it do."""

    max_volts: Decimal
    max_hertz: Decimal
    min_step: timedelta
    max_steps: int


@runtime_checkable
class Supply(Protocol):
    """An AC source that feeds the premises."""

    def identify(self) -> Identity: ...

    def limits(self) -> SupplyLimits: ...

    def set_steady(self, volts: Decimal, hertz: Decimal) -> None:
        """Refuses values above the ceilings (LimitExceeded) before anything is sent."""

    def output(self, on: bool) -> None: ...

    def play(self, steps: Sequence[Step]) -> None:
        """Start a waveform inside the instrument; returns at once, back to steady after it."""

    def measure_volts(self) -> Reading: ...

    def measure_hertz(self) -> Reading: ...

    def measure_amps(self) -> Reading: ...

    def safe(self) -> None:
        """Output off; never raises."""


@runtime_checkable
class PhaseSupply(Protocol):
    """One phase of the source."""

    def feed(self, volts: Decimal, hertz: Decimal) -> None:
        """Its voltage from now on, whatever the other phases have."""


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
