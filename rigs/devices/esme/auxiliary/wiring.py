"""What hangs on the auxiliary controllers of a meter: a load each, metered like any other.

Four relays with a load behind each, and a proportional controller whose load takes a part of its
rated power; that it can also give power back is not metered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from assay.clock import Clock
from rigs.devices.esme.auxiliary.actions import NUMBERS
from rigs.devices.esme.auxiliary.controller import Kind
from rigs.devices.esme.auxiliary.loads import ProportionalOutput, Relay
from rigs.devices.esme.auxiliary.switchgear import Port
from rigs.premises import ZERO, Contactor, LoadNode
from rigs.premises_auxiliary import ProportionalNode
from rigs.premises_circuits import Circuits


@dataclass(frozen=True, slots=True, kw_only=True)
class AuxiliaryWiring:
    """By number of the controller. `circuits` are those of the meter, with these loads."""

    ports: Mapping[int, Port]
    relays: Mapping[int, Contactor]
    loads: Mapping[int, LoadNode]
    circuits: Circuits


def wire_auxiliary(clock: Clock, circuits: Circuits, contactor: Contactor) -> AuxiliaryWiring:
    """All of them on the first phase, behind the meter's load switch."""
    phase = circuits.phases[0]
    ports: dict[int, Port] = {}
    relays: dict[int, Contactor] = {}
    loads: dict[int, LoadNode] = {}
    for number in NUMBERS[:-1]:
        relay = relays[number] = Contactor(clock, closed=False)
        ports[number] = Port(Kind.ALCS, Relay(relay))
        loads[number] = LoadNode(clock, phase, contactor, relay)
    node, proportional = ProportionalNode(clock), LoadNode(clock, phase, contactor)

    def follow(_at: datetime, _levels: tuple[int, int]) -> None:
        proportional.request(max(node.watts, ZERO))

    node.listen(follow)
    last = NUMBERS[-1]
    ports[last], loads[last] = Port(Kind.APC, ProportionalOutput(node)), proportional
    return AuxiliaryWiring(
        ports=ports,
        relays=relays,
        loads=loads,
        circuits=replace(circuits, auxiliary=tuple(loads.values())),
    )
