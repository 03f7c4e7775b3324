"""What a bench can do, as small contracts. Steps know these and nothing behind them.

Volts, hertz, amperes and watts are Decimal; times are aware UTC datetimes and timedeltas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Maker, model, serial number and firmware as the instrument states them (*IDN?)."""

    maker: str
    model: str
    serial: str
    firmware: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One measurement with where and when it was taken."""

    quantity: str
    value: Decimal
    unit: str
    at: datetime
    instrument: Identity


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
class ReferenceMeter(Protocol):
    """An energy reference standard in the same circuit as the meter under test."""

    def identify(self) -> Identity: ...

    def reset_energy(self) -> None: ...

    def measure_energy(self) -> Reading:
        """Watt hours since the last reset."""


@runtime_checkable
class Button(Protocol):
    """A finger on the meter: closes an armed supply at the meter."""

    def press(self) -> None: ...


@runtime_checkable
class Tamper(Protocol):
    """Actuators that interfere with a meter: covers, a magnet, and so on, by name."""

    def begin(self, interference: str) -> None: ...

    def end(self, interference: str) -> None: ...

    def safe(self) -> None:
        """Every interference ended; never raises."""


@runtime_checkable
class Keypad(Protocol):
    """Fingers on the buttons of a meter: `step`, `confirm` and, where there is one, `boost`."""

    def press(self, button: str, held: timedelta) -> None:
        """One press, let go after so long."""

    def enter(self, entry: str, digits: str) -> None:
        """Choose an entry of the menu by its name and press the digits in, all of them."""

    def choose(self, action: str) -> None:
        """An action of the menu that needs no digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a camera reads from a display at one moment; no item where it is dark."""

    item: str
    text: str
    signs: frozenset[str]

    @property
    def is_dark(self) -> bool:
        return not self.item


@runtime_checkable
class DisplayReader(Protocol):
    """An eye on the meter's display, and an ear for its alarm."""

    def read(self) -> Seen: ...


@runtime_checkable
class SwitchedLoad(Protocol):
    """A load on an auxiliary output of the meter, and what passes there."""

    def request(self, watts: Decimal) -> None:
        """Let it draw so much when it gets a supply."""

    def measure_watts(self) -> Decimal: ...


@runtime_checkable
class PhaseSupply(Protocol):
    """One phase of the source."""

    def feed(self, volts: Decimal, hertz: Decimal) -> None:
        """Its voltage from now on, whatever the other phases have."""


@runtime_checkable
class PrepaymentInterface(Protocol):
    """Hands and eyes on a display in the home that is joined with a prepayment meter (PPMID)."""

    def enter_top_up(self, digits: str) -> None: ...

    def activate_emergency_credit(self) -> None: ...

    def enable_supply(self) -> None: ...

    def outcome(self) -> str:
        """What it says of the last of these: `waiting`, `accepted`, `refused`, `no answer`."""


@runtime_checkable
class PrepaymentPanel(Protocol):
    """Fingers on the keys of a prepayment display of the home, and a camera before it.

    `fuel` chooses the meter: electricity or gas.
    """

    def enter_top_up(self, fuel: str, digits: str) -> None: ...

    def activate_emergency_credit(self, fuel: str) -> None: ...

    def enable_supply(self, fuel: str) -> None: ...

    def result(self) -> str:
        """Of what was asked last: waiting, accepted, refused or no answer; empty before."""

    def shown(self, fuel: str, item: str) -> str:
        """One item of a meter, read afresh."""


@runtime_checkable
class HomeScreen(Protocol):
    """A camera before an in-home display."""

    def read(self, item: str) -> str:
        """One item of the electricity meter as text; dashes where there is nothing yet."""
