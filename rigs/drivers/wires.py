"""Which wire a virtual instrument is served on: the option `wire` of its entry in a bench file."""

from __future__ import annotations

from assay.declarations.instrument import Instrument as Declared
from assay.verdicts import PlanError
from rigs.driver_entry import Surroundings
from rigs.virtual.server import InstrumentServer
from rigs.virtual.sessions import Speaker
from rigs.virtual.wires import WIRES

WIRE = "wire"
USUAL_WIRE = "socket"


def served_on(
    declared: Declared, speaker: Speaker, around: Surroundings, *, end: bytes = b"\n"
) -> InstrumentServer:
    """PlanError for a wire that nobody knows."""
    wire = declared.options.get(WIRE, USUAL_WIRE)
    if wire not in WIRES:
        raise PlanError(
            f"the option {WIRE} of a virtual {declared.kind}: expected one of "
            f"{', '.join(WIRES)}, got {wire!r}"
        )
    return WIRES[str(wire)](speaker, around.clock, around.loop_thread, end=end)
