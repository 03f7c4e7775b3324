"""What a hand can do to a meter: covers, a magnet, tilting, taking the hub off.

State and listeners, as in `rigs.premises`. An actuator of the bench begins and ends an
interference; the meter's sensors hear of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from assay.clock import Clock
from rigs.premises import Listeners


class Interference(StrEnum):
    """What is done to the meter; it lasts from its beginning to its end."""

    METER_COVER = "meter cover removed"
    TERMINAL_COVER = "terminal cover removed"
    SECOND_TERMINAL_COVER = "second terminal cover removed"
    BATTERY_COVER = "battery cover removed"
    MAGNET = "strong magnetic field"
    TILT = "meter tilted"
    HUB_REMOVED = "communications hub taken off"
    CASE = "case opened"
    OTHER = "another interference"


class TamperNode:
    """Which interferences there are now. It has the capability `Tamper`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._present: set[Interference] = set()
        self._listeners: Listeners[tuple[Interference, bool]] = Listeners()

    def begin(self, interference: str) -> None:
        """
        Raises:
            ValueError: an interference that has no actuator.
        """
        what = Interference(interference)
        if what not in self._present:
            self._present.add(what)
            self._listeners.tell(self._clock.now(), (what, True))

    def end(self, interference: str) -> None:
        """
        Raises:
            ValueError: an interference that has no actuator.
        """
        what = Interference(interference)
        if what in self._present:
            self._present.discard(what)
            self._listeners.tell(self._clock.now(), (what, False))

    def safe(self) -> None:
        """Everything as it was delivered."""
        for interference in tuple(self._present):
            self.end(interference)

    def listen(self, callback: Callable[[datetime, tuple[Interference, bool]], None]) -> None:
        """Be called with time, interference and whether it is there, at each change."""
        self._listeners.add(callback)
