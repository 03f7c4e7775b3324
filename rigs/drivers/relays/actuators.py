"""What relays move: the capabilities `Tamper` and `Button`, by the names of the bench file."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta

from assay.clock import Clock
from assay.verdicts import BenchFault
from rigs.capabilities import Relays

_log = logging.getLogger(__name__)

PRESS = timedelta(milliseconds=500)  # long enough for any debounce, short of a long press


class RelayTamper:
    """Each interference is a relay that pulls a cover, feeds a magnet, opens a contact."""

    def __init__(self, relays: Relays, numbers: Mapping[str, int]) -> None:
        self._relays = relays
        self._numbers = dict(numbers)

    def begin(self, interference: str) -> None:
        """ValueError for an interference that has no actuator on this bench."""
        self._relays.switch(self._number(interference), True)

    def end(self, interference: str) -> None:
        """ValueError for an interference that has no actuator on this bench."""
        self._relays.switch(self._number(interference), False)

    def safe(self) -> None:
        for name, number in self._numbers.items():
            try:
                self._relays.switch(number, False)
            except BenchFault as fault:
                _log.error("%s is not known to have ended: %s", name, fault)

    def _number(self, interference: str) -> int:
        number = self._numbers.get(interference)
        if number is None:
            raise ValueError(
                f"no actuator for {str(interference)!r}; this bench has {', '.join(self._numbers)}"
            )
        return number


class RelayButton:
    """A finger that closes for half a second of the bench's time."""

    def __init__(
        self, relays: Relays, number: int, clock: Clock, *, held: timedelta = PRESS
    ) -> None:
        self._relays = relays
        self._number = number
        self._clock = clock
        self._held = held

    def press(self) -> None:
        self._relays.switch(self._number, True)
        try:
            self._clock.advance(self._held)
        finally:
            self._relays.switch(self._number, False)

    def safe(self) -> None:
        try:
            self._relays.switch(self._number, False)
        except BenchFault as fault:
            _log.error("button: not known to be let go: %s", fault)
