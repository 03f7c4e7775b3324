"""How a meter of each variant is wired to one source and one contactor."""

from __future__ import annotations

from dataclasses import dataclass

from assay.clock import Clock
from rigs.devices.esme.configuration import MeterVariant
from rigs.premises import Contactor, LoadNode, SupplyNode
from rigs.premises_circuits import Circuits, Mains, single_phase, three_phases


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """`supply` is what the meter lives on; `second_switch` is the second element's own switch.

    The phases of a polyphase meter are in `mains`; each may be fed apart from the source.
    """

    supply: SupplyNode
    contactor: Contactor
    circuits: Circuits
    mains: Mains | None = None
    second_switch: Contactor | None = None

    @property
    def load(self) -> LoadNode:
        """The load of the first phase, on the primary element."""
        return self.circuits.loads[0]


def wire(clock: Clock, variant: MeterVariant, source: SupplyNode) -> Wiring:
    """A polyphase meter gets the one source on all its phases."""
    contactor = Contactor(clock)
    if variant is MeterVariant.POLYPHASE:
        mains = Mains(clock)
        mains.feed(source.volts, source.hertz)
        source.listen(lambda _at, volts: mains.feed(volts, source.hertz))
        return Wiring(
            supply=mains.rail,
            contactor=contactor,
            circuits=three_phases(clock, mains, contactor),
            mains=mains,
        )
    switch = Contactor(clock) if variant.is_twin else None
    return Wiring(
        supply=source,
        contactor=contactor,
        circuits=single_phase(clock, source, contactor, second_switch=switch),
        second_switch=switch,
    )
