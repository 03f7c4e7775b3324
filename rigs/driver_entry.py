"""What a driver tells the bench about itself, and what the bench hands to it.

A maker of instruments, or a laboratory, adds a driver without touching Assay: an entry point of
the group `assay.drivers` that names a `DriverEntry` (see `rigs.registry`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol, runtime_checkable

import pyvisa

from assay.clock import Clock, LoopThread
from assay.declarations.instrument import Ceilings, Instrument, InstrumentKind
from assay.verdicts import PlanError
from rigs.premises import LoadNode, SupplyNode
from rigs.premises_circuits import Circuits
from rigs.premises_gas import GasFlow
from rigs.premises_pulses import PulseOutput
from rigs.premises_tamper import TamperNode
from rigs.virtual.ether import Ether
from rigs.virtual.faults import Fault

Record = Callable[[str, str], None]
"""Takes what was asked and what was answered: by a person, for the timeline."""


@runtime_checkable
class VirtualPeer(Protocol):
    """A virtual instrument that listens somewhere, and can be made to misbehave."""

    @property
    def resource(self) -> str:
        """The address for its driver."""

    def inject(self, fault: Fault) -> None: ...

    def clear_faults(self) -> None: ...

    def close(self) -> None: ...


def _nobody(name: str) -> object:
    raise PlanError(f"no other instrument is at hand, asked for {name!r}")


def _unrecorded(question: str, answer: str) -> None:
    """Nothing keeps it: a bench without a timeline, as in a self-test."""


def _no_path(channel: int, decibels: Decimal) -> None:
    """The attenuator stands in no path of these premises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mounting:
    """One instrument of the bench file with what the bench lends its driver.

    `address` is where the driver finds it: the declared one, or that of its virtual peer.
    `instrument` gives another instrument of the bench by name, for drivers that work through
    one (a cover that a relay pulls). `loop_thread` is for drivers that are asyncio inside.
    """

    name: str
    declared: Instrument
    address: str
    clock: Clock
    loop_thread: LoopThread | None = None
    resources: pyvisa.ResourceManager | None = None
    ceilings: Ceilings = field(default_factory=Ceilings)
    instrument: Callable[[str], object] = _nobody
    record: Record = _unrecorded

    @property
    def serial(self) -> str | None:
        """The serial number that is expected there; a virtual peer may have any."""
        return None if self.declared.is_virtual else self.declared.serial

    def timeout_s(self, default: float) -> float:
        declared = self.declared.transport.timeout_s
        return default if declared is None else float(declared)

    def visa(self) -> pyvisa.ResourceManager:
        if self.resources is None:
            raise ValueError(f"{self.name} is driven through VISA, and no manager was lent")
        return self.resources

    def text(self, option: str, default: str | None = None) -> str:
        """PlanError where the option is missing, and has no default, or is no text."""
        value = self.declared.options.get(option, default)
        if not isinstance(value, str):
            raise self._wrong(option, "a text", value)
        return value

    def whole(self, option: str, default: int | None = None) -> int:
        value = self.declared.options.get(option, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._wrong(option, "a whole number", value)
        return value

    def number(self, option: str, default: Decimal | None = None) -> Decimal:
        value = self.declared.options.get(option, default)
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise self._wrong(option, "a number", value)
        return Decimal(str(value))

    def known_options(self, *names: str) -> None:
        """PlanError for an option that this driver does not know."""
        unknown = sorted(set(self.declared.options) - set(names))
        if unknown:
            raise PlanError(
                f"instruments.{self.name}.options: unknown {', '.join(unknown)}; "
                f"the driver {self.declared.driver} knows {', '.join(names) or 'none'}"
            )

    def _wrong(self, option: str, expected: str, seen: object) -> PlanError:
        what = "seen none" if seen is None else f"seen {seen!r}"
        return PlanError(
            f"instruments.{self.name}.options.{option}: expected {expected} for the driver "
            f"{self.declared.driver}, {what}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What virtual instruments act on; None for what these premises do not have.

    `buttons` are the meter's, by name; `attenuated` is told the decibels that a channel (from 1)
    of a virtual attenuator puts into its path; `ether` is the air that sticks and sniffers share.
    Everything but the clock belongs to the loop thread.
    """

    clock: Clock
    loop_thread: LoopThread
    supply: SupplyNode | None = None
    load: LoadNode | None = None
    circuits: Circuits | None = None
    pulses: PulseOutput | None = None
    gas_flow: GasFlow | None = None
    tamper: TamperNode | None = None
    buttons: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    attenuated: Callable[[int, Decimal], None] = _no_path
    ether: Ether | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverEntry:
    """One driver: the kind of instrument it drives, how to make it, what it must be able to do.

    `capability` is a protocol of `rigs.capabilities`, checked on what `factory` returns.
    `virtual` starts a peer that speaks the instrument's wire; None where there is none.
    """

    kind: InstrumentKind
    capability: type
    factory: Callable[[Mounting], object]
    virtual: Callable[[Surroundings, Instrument], VirtualPeer] | None = None
