"""The auxiliary side of the simulated premises: proportional loads, and what hangs on switches.

A switched load is a `Contactor` with a `LoadNode` behind it, as anywhere else in the premises; a
proportional one takes a part of its rated power, or gives one, as its controller says.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from assay.clock import Clock
from rigs.premises import Listeners

_PERCENT = Decimal(100)


class ProportionalNode:
    """A load (a battery, a charge point) with a rated power in watts and two levels in percent."""

    def __init__(self, clock: Clock, rated_watts: Decimal = Decimal(7000)) -> None:
        self._clock = clock
        self.rated_watts = rated_watts
        self._output = 0
        self._input = 0
        self._listeners: Listeners[tuple[int, int]] = Listeners()

    @property
    def output(self) -> int:
        """How much goes to the load."""
        return self._output

    @property
    def input(self) -> int:
        """How much comes from it."""
        return self._input

    @property
    def watts(self) -> Decimal:
        """What it draws; negative where it gives."""
        return self.rated_watts * (self._output - self._input) / _PERCENT

    def set(self, output: int, input_level: int) -> None:
        if not (0 <= output <= 100 and 0 <= input_level <= 100):
            raise ValueError(f"levels are 0 to 100 %, got {output} and {input_level}")
        if (output, input_level) == (self._output, self._input):
            return
        self._output, self._input = output, input_level
        self._listeners.tell(self._clock.now(), (output, input_level))

    def listen(self, callback: Callable[[datetime, tuple[int, int]], None]) -> None:
        """Be called with time and levels whenever they change."""
        self._listeners.add(callback)
