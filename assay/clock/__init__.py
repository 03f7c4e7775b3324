"""One clock per bench: wall time, or simulated time that jumps from event to event.

Everything that waits (deadlines, waveforms, schedules, latencies) asks this clock.
Exchanges that take wall time (HTTP, SCPI, a delivery to a user) hold the clock still
through `exchange()`, so that simulated time never overtakes a message in flight.
"""

from assay.clock.contract import Clock, ExchangeStuckError, Timer
from assay.clock.loop import LoopThread
from assay.clock.simulated import SimulatedClock
from assay.clock.wall import WallClock

__all__ = ["Clock", "ExchangeStuckError", "LoopThread", "SimulatedClock", "Timer", "WallClock"]
