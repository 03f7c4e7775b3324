"""The gas side of the simulated premises: valve, appliances behind the meter, battery.

State and listeners, as in `rigs.premises`: appliances ask for a flow, the meter owns the valve,
and the flow is constant between two events, so a meter that integrates at every event is exact.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from assay.clock import Clock
from rigs.premises import ZERO, Contactor, Listeners

GasValve = Contactor
"""A gas valve latches as a contactor does; closed here means that gas passes, as with a
contactor current does. `GasFlow` and the meter say open and shut."""


class GasFlow:
    """The appliances behind the meter, and how much they draw: cubic metres per hour."""

    def __init__(self, clock: Clock, valve: GasValve) -> None:
        self._clock = clock
        self._valve = valve
        self._requested = ZERO
        self._told = ZERO
        self._listeners: Listeners[Decimal] = Listeners()
        valve.listen(lambda _at, _closed: self._tell())

    @property
    def requested(self) -> Decimal:
        """What appliances and leaks would draw through an open valve."""
        return self._requested

    @property
    def cubic_metres_per_hour(self) -> Decimal:
        """What passes the meter now."""
        return self._requested if self._valve.closed else ZERO

    def request(self, cubic_metres_per_hour: Decimal) -> None:
        if cubic_metres_per_hour < 0:
            raise ValueError(f"gas flows one way, got {cubic_metres_per_hour} m3/h")
        self._requested = cubic_metres_per_hour
        self._tell()

    def listen(self, callback: Callable[[datetime, Decimal], None]) -> None:
        """Be called with time and flow whenever the flow through the meter changes."""
        self._listeners.add(callback)

    def _tell(self) -> None:
        if self.cubic_metres_per_hour != self._told:
            self._told = self.cubic_metres_per_hour
            self._listeners.tell(self._clock.now(), self._told)


class BatteryNode:
    """What feeds the gas meter: a battery, or an eliminator in its place.

    `charge` is what a fresh one of this kind holds at least; the meter keeps the account of
    what it has used.
    """

    def __init__(self, clock: Clock, charge: Decimal = Decimal(19000)) -> None:
        self._clock = clock
        self.charge = charge
        self._is_fitted = True
        self._listeners: Listeners[bool] = Listeners()

    @property
    def is_fitted(self) -> bool:
        return self._is_fitted

    def remove(self) -> None:
        self._set(False)

    def fit(self, charge: Decimal | None = None) -> None:
        """A fresh battery of so many milliampere-hours."""
        if charge is not None and charge < 0:
            raise ValueError(f"a battery holds no negative charge, got {charge} mAh")
        self.charge = charge if charge is not None else self.charge
        self._set(True)

    def listen(self, callback: Callable[[datetime, bool], None]) -> None:
        """Be called with time and presence whenever it is taken out or fitted."""
        self._listeners.add(callback)

    def _set(self, is_fitted: bool) -> None:
        if is_fitted == self._is_fitted:
            return
        self._is_fitted = is_fitted
        self._listeners.tell(self._clock.now(), is_fitted)


class CoverNode:
    """Switches under the covers of a meter: battery cover, meter cover, and so on, by name."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._open: set[str] = set()
        self._listeners: Listeners[tuple[str, bool]] = Listeners()

    def is_open(self, cover: str) -> bool:
        return cover in self._open

    def open(self, cover: str) -> None:
        if cover not in self._open:
            self._open.add(cover)
            self._listeners.tell(self._clock.now(), (cover, True))

    def close(self, cover: str) -> None:
        if cover in self._open:
            self._open.discard(cover)
            self._listeners.tell(self._clock.now(), (cover, False))

    def listen(self, callback: Callable[[datetime, tuple[str, bool]], None]) -> None:
        """Be called with time, cover and whether it is open, at each change."""
        self._listeners.add(callback)
