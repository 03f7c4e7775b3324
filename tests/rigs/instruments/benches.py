"""What a small bench for the tests of instruments is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import pyvisa

from assay.clock import SimulatedClock
from rigs.drivers.ac_source import AcSource, Ceilings
from rigs.drivers.load_bank import LoadBank
from rigs.premises import Contactor, LoadNode, SupplyNode
from rigs.virtual.ac_source import VirtualAcSource
from rigs.virtual.transport import ScpiServer

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
CEILINGS = Ceilings(max_volts=Decimal(280), max_hertz=Decimal(55))


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """The wiring without any instrument on it."""

    clock: SimulatedClock
    supply: SupplyNode
    contactor: Contactor
    load: LoadNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Everything on one clock: what the drivers reach, and what is really there."""

    premises: Premises
    source: VirtualAcSource
    source_server: ScpiServer
    load_server: ScpiServer
    resources: pyvisa.ResourceManager
    supply: AcSource
    load: LoadBank


def wired(clock: SimulatedClock) -> Premises:
    supply, contactor = SupplyNode(clock), Contactor(clock)
    load = LoadNode(clock, supply, contactor)
    return Premises(clock=clock, supply=supply, contactor=contactor, load=load)
