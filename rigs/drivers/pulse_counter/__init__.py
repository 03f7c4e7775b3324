"""Eyes on a meter's test output: the capability `PulseCounter`."""

from rigs.drivers.pulse_counter.scpi import ScpiPulseCounter
from rigs.drivers.pulse_counter.timestamper import TimestampingCounter

__all__ = ["ScpiPulseCounter", "TimestampingCounter"]
