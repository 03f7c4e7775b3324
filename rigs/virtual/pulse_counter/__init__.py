"""Virtual eyes on a meter's test output."""

from rigs.virtual.pulse_counter.scpi import VirtualScpiCounter
from rigs.virtual.pulse_counter.timestamper import VirtualTimestamper

__all__ = ["VirtualScpiCounter", "VirtualTimestamper"]
