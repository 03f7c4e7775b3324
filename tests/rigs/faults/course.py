"""One course of events that uses every instrument of the circuit as scenarios do.

It holds what the meter says against what the instruments saw, so an instrument that is wrong
could make it fail, or pass, for nothing.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from fixtures.bench import Bench

REQUIREMENT = "SMETS-E-100"
WATTS = Decimal(2000)
PERCENT = Decimal(2)
TOLERANCE = Decimal(2)  # watt hours


def circuit_course(bench: Bench) -> None:
    """Nothing is wrong with the meter: on a sound bench it passes."""
    power = bench.power
    bench.installation.power_up()
    bench.installation.commission()
    power.set_load(WATTS)
    power.require_load(WATTS, PERCENT, REQUIREMENT)
    power.note_register()
    bench.clock.advance(timedelta(hours=1))
    power.require_agreement(REQUIREMENT, TOLERANCE)
    power.interrupt(timedelta(minutes=4))
    power.require_load(WATTS, PERCENT, REQUIREMENT)
    power.lose_supply()
    power.restore_supply()
    power.require_load(WATTS, PERCENT, REQUIREMENT)
    power.set_load(Decimal(0))
