"""An energy register: the exact integral of the power that passes the meter.

Power is constant between two events of the premises, so energy is a sum of products: no
ticking, no drift. It is kept in watt-microseconds and truncated to watt-hours on reading
(var-microseconds and var-hours for reactive energy).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Context, Decimal, Inexact

WATT_MICROSECONDS_PER_WATT_HOUR = 3_600_000_000
_REGISTER_SIZE = 1 << 32
"""The register travels as double-long-unsigned and starts again after its end."""
_MICROSECOND = timedelta(microseconds=1)
EXACT = Context(prec=60, traps=[Inexact])
"""For sums and products of energy: anything that would have to be rounded is an error."""


class EnergyRegister:
    """`measure` gives the watts that pass now; whoever changes them calls `update` with the time.

    `update` must be called at every change, after it has happened; `account` will do while
    nothing has changed. `on_power_up` sees the
    energy kept through an outage and returns what the register goes on from. `takers` get the
    energy (watt-microseconds) of each piece of time in which there was some: tariffs, profiles,
    costs and demands live on it.
    """

    def __init__(self, at: datetime, measure: Callable[[], Decimal]) -> None:
        self.measure = measure
        self.takers: list[Callable[[Decimal], None]] = []
        self.on_power_up: Callable[[Decimal], Decimal] = lambda energy: energy
        self._energy = Decimal(0)
        self._watts = measure()
        self._since = at

    @property
    def total(self) -> Decimal:
        """Exact energy in watt-microseconds up to the last update."""
        return self._energy

    def update(self, at: datetime) -> None:
        """Account for the power so far, and go on with what passes now."""
        self.account(at)
        self._watts = self.measure()

    def account(self, at: datetime) -> None:
        """Account for the power so far; it goes on."""
        if at > self._since:
            if self._watts:
                microseconds = (at - self._since) // _MICROSECOND
                passed = EXACT.multiply(self._watts, microseconds)
                self._energy = EXACT.add(self._energy, passed)
                # A taker may cut off the load, which asks for another update at once.
                self._since = at
                for take in self.takers:
                    take(passed)
            self._since = at

    def power_up(self, at: datetime) -> None:
        self.update(at)
        self._energy = self.on_power_up(self._energy)

    def energy(self, at: datetime) -> Decimal:
        """Exact energy in watt-microseconds."""
        self.update(at)
        return self._energy

    def watt_hours(self, at: datetime) -> int:
        self.update(at)
        return self.reading

    @property
    def reading(self) -> int:
        """Whole watt-hours at the last update."""
        whole = EXACT.divide_int(self._energy, Decimal(WATT_MICROSECONDS_PER_WATT_HOUR))
        return int(whole) % _REGISTER_SIZE
