"""The volume register of a gas meter: the exact integral of the flow.

Flow is constant between two events of the premises, so volume is a sum of products. It is kept
in cubic metres per hour times microseconds, and truncated to litres on reading.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Context, Decimal, Inexact

PER_LITRE = 3_600_000
"""Cubic metres per hour times microseconds in a litre."""
_REGISTER_SIZE = 1 << 48
"""The register travels with 48 bits and starts again after its end."""
_MICROSECOND = timedelta(microseconds=1)
_EXACT = Context(prec=60, traps=[Inexact])


class VolumeRegister:
    """`measure` gives the flow that passes now; whoever changes it calls `update` with the time.

    `update` must be called at every change, after it has happened. `takers` get the volume
    (cubic metres per hour times microseconds) of each piece of time since the last update.
    """

    def __init__(self, at: datetime, measure: Callable[[], Decimal]) -> None:
        self.measure = measure
        self.takers: list[Callable[[Decimal], None]] = []
        self._volume = Decimal(0)
        self._flow = measure()
        self._since = at

    def update(self, at: datetime) -> None:
        """Account for the flow so far, and go on with what passes now."""
        microseconds = (at - self._since) // _MICROSECOND
        if microseconds > 0:
            self._since = at
            if self._flow:
                passed = _EXACT.multiply(self._flow, Decimal(microseconds))
                self._volume = _EXACT.add(self._volume, passed)
                for take in self.takers:
                    take(passed)
        self._flow = self.measure()

    def volume(self, at: datetime) -> Decimal:
        """Exact volume in cubic metres per hour times microseconds."""
        self.update(at)
        return self._volume

    def litres(self, at: datetime) -> int:
        return litres(self.volume(at)) % _REGISTER_SIZE


def litres(volume: Decimal) -> int:
    """Whole litres of a volume; SMETS registers have three decimals of a cubic metre."""
    return int(_EXACT.divide_int(volume, Decimal(PER_LITRE)))
