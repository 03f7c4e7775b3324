"""All that one meter meters: a phase or three, a second element, generation.

State alone; each phase, load and generator tells its own changes (`rigs.premises`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assay.clock import Clock
from rigs.premises import ZERO, Contactor, GenerationNode, LoadNode, SupplyNode

PHASES = 3
_THIRD = Decimal(120)
"""Degrees of a period from one phase to the next."""


class Mains:
    """A three-phase supply: one pair of terminals per phase, and what the best of them offers.

    `rail` is what a device lives on that is fed from all phases: it is dead when all are.
    """

    def __init__(self, clock: Clock) -> None:
        self.phases = tuple(SupplyNode(clock, place * _THIRD) for place in range(PHASES))
        self.rail = SupplyNode(clock)
        for phase in self.phases:
            phase.listen(lambda _at, _volts: self._settle())

    def feed(self, volts: Decimal, hertz: Decimal) -> None:
        """The same on all phases from now on."""
        for phase in self.phases:
            phase.feed(volts, hertz)

    def _settle(self) -> None:
        best = max(self.phases, key=lambda phase: phase.volts)
        self.rail.feed(best.volts, best.hertz)


@dataclass(frozen=True, slots=True)
class Power:
    """What passes the meter now in one place: W and var, positive towards the premises."""

    watts: Decimal
    reactive: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuits:
    """Everything behind one meter. `loads` and `phases` correspond; so does `generation`, where
    there is any. A second element (`secondary`) hangs on the first phase, and so do the loads of
    auxiliary controllers, which the primary element meters.
    """

    phases: tuple[SupplyNode, ...]
    loads: tuple[LoadNode, ...]
    generation: tuple[GenerationNode, ...] = ()
    secondary: LoadNode | None = None
    auxiliary: tuple[LoadNode, ...] = ()

    def __post_init__(self) -> None:
        if len(self.loads) != len(self.phases) or len(self.generation) > len(self.phases):
            raise ValueError(
                f"expected a load for each of {len(self.phases)} phase(s) and at most as much "
                f"generation, got {len(self.loads)} and {len(self.generation)}"
            )

    @property
    def nodes(self) -> Iterator[LoadNode]:
        yield from self.loads
        yield from self.generation
        if self.secondary is not None:
            yield self.secondary
        yield from self.auxiliary

    def primary(self) -> list[Power]:
        """By phase, what passes the primary element: load less generation."""
        powers = self._by_phase()
        if self.auxiliary:
            watts = sum((load.watts for load in self.auxiliary), powers[0].watts)
            reactive = sum((load.reactive for load in self.auxiliary), powers[0].reactive)
            powers[0] = Power(watts, reactive)
        return powers

    def _by_phase(self) -> list[Power]:
        if not self.generation:
            return [Power(load.watts, load.reactive) for load in self.loads]
        spare = (None,) * (len(self.loads) - len(self.generation))
        return [
            Power(load.watts, load.reactive)
            if source is None
            else Power(load.watts - source.watts, load.reactive - source.reactive)
            for load, source in zip(self.loads, (*self.generation, *spare), strict=True)
        ]

    def second(self) -> Power:
        """What passes the secondary element; nothing where there is none."""
        if self.secondary is None:
            return _NOTHING
        return Power(self.secondary.watts, self.secondary.reactive)


_NOTHING = Power(ZERO, ZERO)


def single_phase(
    clock: Clock,
    supply: SupplyNode,
    contactor: Contactor,
    *,
    second_switch: Contactor | None = None,
) -> Circuits:
    """One phase with load and generation; a second element behind its own switch where named.

    The meter's contactor cuts both elements, the second switch its own.
    """
    secondary = None
    if second_switch is not None:
        secondary = LoadNode(clock, supply, contactor, second_switch)
    return Circuits(
        phases=(supply,),
        loads=(LoadNode(clock, supply, contactor),),
        generation=(GenerationNode(clock, supply, contactor),),
        secondary=secondary,
    )


def three_phases(clock: Clock, mains: Mains, contactor: Contactor) -> Circuits:
    """Load and generation on each phase, all behind one contactor."""
    return Circuits(
        phases=mains.phases,
        loads=tuple(LoadNode(clock, phase, contactor) for phase in mains.phases),
        generation=tuple(GenerationNode(clock, phase, contactor) for phase in mains.phases),
    )
