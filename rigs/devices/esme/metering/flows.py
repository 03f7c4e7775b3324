"""The energy flows of a meter: five registers, fed by what passes at each phase and element.

Per phase, active power towards the premises is import and the other way export, and so is
reactive power; the phases are then summed, each on its own side (P-002: that a phase that
exports is not offset against one that imports is inferred; `split` is the rule). In a
twin-element meter the active import register is the primary element's, and the second element
has its own; reactive energy is that of both (inferred: SMETS 5.13 could not be read).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from rigs.devices.esme.registers import EnergyRegister
from rigs.premises_circuits import Circuits

ZERO = Decimal(0)

Split = Callable[[Iterable[Decimal]], tuple[Decimal, Decimal]]
"""From the power of each phase to import and export."""


def by_phase(powers: Iterable[Decimal]) -> tuple[Decimal, Decimal]:
    """Each phase on its own side."""
    taken, given = ZERO, ZERO
    for power in powers:
        if power > 0:
            taken += power
        else:
            given -= power
    return taken, given


class Passing(NamedTuple):
    """What passes the meter now: W and var, none negative."""

    active_import: Decimal = ZERO
    secondary_import: Decimal = ZERO
    active_export: Decimal = ZERO
    reactive_import: Decimal = ZERO
    reactive_export: Decimal = ZERO


class EnergyFlows:
    """`settle` accounts in all registers for the time that has passed, and measures anew;
    whoever changes what passes calls it right after the change. While nothing has changed
    `account` will do.

    Hooks: `sense` is what the measuring element makes of the power that passes; `on_passing` hears
    it whenever it may have changed.
    """

    def __init__(self, at: datetime, circuits: Circuits, is_alive: Callable[[], bool]) -> None:
        self._circuits = circuits
        self._is_alive = is_alive
        self.split: Split = by_phase
        self.sense: Callable[[Passing], Passing] = lambda passing: passing
        self.on_passing: list[Callable[[Passing], None]] = []
        self.active_power: Callable[[], Decimal] = self._active_power
        """Watts imported now, both elements together."""
        self.passing = self._measure()
        self.active_import = EnergyRegister(at, lambda: self.passing.active_import)
        self.secondary_import = EnergyRegister(at, lambda: self.passing.secondary_import)
        self.active_export = EnergyRegister(at, lambda: self.passing.active_export)
        self.reactive_import = EnergyRegister(at, lambda: self.passing.reactive_import)
        self.reactive_export = EnergyRegister(at, lambda: self.passing.reactive_export)
        self._registers = (
            self.active_import,
            self.secondary_import,
            self.active_export,
            self.reactive_import,
            self.reactive_export,
        )

    def __iter__(self) -> Iterator[EnergyRegister]:
        """In the order of `Passing`."""
        return iter(self._registers)

    def settle(self, at: datetime) -> None:
        self._pass()
        for register in self._registers:
            register.update(at)

    def account(self, at: datetime) -> None:
        for register in self._registers:
            register.account(at)

    def power_up(self, at: datetime) -> None:
        self._pass()
        for register in self._registers:
            register.power_up(at)

    def _pass(self) -> None:
        self.passing = self.sense(self._measure())
        for callback in self.on_passing:
            callback(self.passing)

    def _active_power(self) -> Decimal:
        return self.passing.active_import + self.passing.secondary_import

    def primary_power(self) -> Decimal:
        """Watts imported now by the primary element."""
        return self.passing.active_import

    def secondary_power(self) -> Decimal:
        """Watts imported now by the second element."""
        return self.passing.secondary_import

    def _measure(self) -> Passing:
        if not self._is_alive():
            return Passing()
        primary, second = self._circuits.primary(), self._circuits.second()
        reactive = [power.reactive for power in primary]
        reactive[0] += second.reactive
        active_import, active_export = self.split(power.watts for power in primary)
        reactive_import, reactive_export = self.split(reactive)
        return Passing(active_import, second.watts, active_export, reactive_import, reactive_export)
