"""The order of the phases: each lags the one before by a third of a period (P-003).

A meter tells a wrong order once (81B7), and again only after it was right. How long it looks before
it says so, and how far an angle may be off, are this bench's choice; no source gives either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal

from assay.clock import Clock
from rigs.devices.alarm import Alarm
from rigs.premises import SupplyNode

WRONG_SEQUENCE = 0x81B7
LOOKS_FOR = timedelta(seconds=10)
_TURN, _THIRD = Decimal(360), Decimal(120)
OFF = Decimal(60)
"""Half of the way to the place of another phase."""


class PhaseSequence:
    """Judged while all of three phases are fed. Hooks: `is_right`, `looks_for`, `report`; `off`:
    by how much an angle may be wrong.
    """

    def __init__(
        self, clock: Clock, nodes: Sequence[SupplyNode], report: Callable[[int], object]
    ) -> None:
        self._clock = clock
        self._nodes = nodes
        self.report = report
        self.looks_for = LOOKS_FOR
        self.off = OFF
        self.is_right: Callable[[], bool] = self._is_right
        self._is_told = False
        self._look = Alarm(clock, self._tell)
        for node in nodes:
            node.listen(lambda _at, _volts: self.observe())

    @property
    def is_judged(self) -> bool:
        return len(self._nodes) > 1 and all(node.volts for node in self._nodes)

    def observe(self) -> None:
        if not self.is_judged:
            self._look.cancel()
        elif self.is_right():
            self._look.cancel()
            self._is_told = False
        elif not self._is_told and self._look.due is None:
            self._look.set(self._clock.now() + self.looks_for)

    def _tell(self) -> None:
        self._is_told = True
        self.report(WRONG_SEQUENCE)

    def _is_right(self) -> bool:
        first = self._nodes[0].angle
        return all(
            abs(_turned(node.angle - first - place * _THIRD)) < self.off
            for place, node in enumerate(self._nodes)
        )


def _turned(angle: Decimal) -> Decimal:
    """The same angle, from -180 to below 180 degrees; a rest has the sign of what is divided."""
    rest = (angle + _TURN / 2) % _TURN
    return (rest if rest >= 0 else rest + _TURN) - _TURN / 2
