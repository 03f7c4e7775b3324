"""The power stage of a virtual DC supply: constant voltage, or constant current at its limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from assay.clock import Clock

ZERO = Decimal(0)
Feed = Callable[[Decimal], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DcOutputChange:
    """What the output terminals carry from this time on."""

    at: datetime
    volts: Decimal


def feed_nothing(_volts: Decimal) -> None:
    """Nothing is connected."""


class DcStage:
    """Feeds a resistor (None: nothing drawn); `feed` hears every change, `log` keeps them."""

    def __init__(
        self, clock: Clock, feed: Feed = feed_nothing, ohms: Decimal | None = None
    ) -> None:
        self._clock = clock
        self._feed = feed
        self.ohms = ohms
        self.volts = ZERO
        self.amps = ZERO
        self.is_limiting = False
        self.log: list[DcOutputChange] = []

    def settle(self, is_on: bool, volts: Decimal, limit: Decimal) -> None:
        wanted = volts if is_on else ZERO
        drawn = ZERO if self.ohms is None else wanted / self.ohms
        self.is_limiting = self.ohms is not None and drawn > limit
        if self.ohms is not None and self.is_limiting:
            wanted, drawn = limit * self.ohms, limit
        self.amps = drawn
        if wanted != self.volts:
            self.volts = wanted
            self.log.append(DcOutputChange(at=self._clock.now(), volts=wanted))
            self._feed(wanted)
