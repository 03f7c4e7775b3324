"""The wiring of the simulated premises: supply terminals, contactor, load behind the meter.

State and listeners, nothing else: the source feeds the `SupplyNode`, the meter owns the
`Contactor`, the load bank asks for watts at the `LoadNode`. Power is constant between two
events, so a meter that integrates at every event is exact. `rigs.premises_circuits` joins them to
all that one meter meters. Everything here belongs to the bench's state thread.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime
from decimal import Context, Decimal
from operator import attrgetter
from typing import Generic, TypeVar

from assay.clock import Clock

T = TypeVar("T")
ZERO = Decimal(0)
_IS_CLOSED = attrgetter("closed")
_MILLIVAR = Decimal("0.001")
_PRECISE = Context(prec=50)


def reactive_power(watts: Decimal, power_factor: Decimal) -> Decimal:
    """The reactive power of a load in var, to the millivar: it is a setting, and exact from there.

    A negative power factor is capacitive, so its reactive power is negative (delivered).
    """
    if not ZERO < abs(power_factor) <= 1:
        raise ValueError(f"a power factor lies within 1 and not at zero, got {power_factor}")
    apparent = _PRECISE.divide(watts, abs(power_factor))
    squared = _PRECISE.subtract(apparent * apparent, watts * watts)
    reactive = _PRECISE.sqrt(max(squared, ZERO)).quantize(_MILLIVAR)
    return reactive.copy_sign(power_factor)


class Listeners(Generic[T]):
    """Everyone hears every event, in the order in which they happened.

    A listener may cause another event (a source that trips on the load it just got); that one
    waits until the first has been heard by all.
    """

    def __init__(self) -> None:
        self._callbacks: list[Callable[[datetime, T], None]] = []
        self._waiting: deque[tuple[datetime, T]] = deque()
        self._is_telling = False

    def add(self, callback: Callable[[datetime, T], None]) -> None:
        self._callbacks.append(callback)

    def tell(self, at: datetime, value: T) -> None:
        self._waiting.append((at, value))
        if self._is_telling:
            return
        self._is_telling = True
        try:
            while self._waiting:
                event = self._waiting.popleft()
                for callback in tuple(self._callbacks):
                    callback(*event)
        finally:
            self._waiting.clear()
            self._is_telling = False


class SupplyNode:
    """The terminals on the supply side of the meter; RMS volts and hertz, zero when dead. `angle`:
    degrees by which they lag the first phase."""

    def __init__(self, clock: Clock, angle: Decimal = ZERO) -> None:
        self._clock = clock
        self._volts = ZERO
        self._hertz = ZERO
        self._angle = angle
        self._listeners: Listeners[Decimal] = Listeners()

    @property
    def volts(self) -> Decimal:
        return self._volts

    @property
    def hertz(self) -> Decimal:
        return self._hertz

    @property
    def angle(self) -> Decimal:
        return self._angle

    def turn(self, angle: Decimal) -> None:
        """Lag the first phase by so many degrees from now on."""
        if angle != self._angle:
            self._angle = angle
            self._listeners.tell(self._clock.now(), self._volts)

    def feed(self, volts: Decimal, hertz: Decimal) -> None:
        """What the source puts on the terminals from now on."""
        if volts < 0 or hertz < 0:
            raise ValueError(f"volts and hertz are not negative, got {volts} V, {hertz} Hz")
        if (volts, hertz) == (self._volts, self._hertz):
            return
        self._volts, self._hertz = volts, hertz
        self._listeners.tell(self._clock.now(), volts)

    def listen(self, callback: Callable[[datetime, Decimal], None]) -> None:
        """Be called with time and volts whenever volts, hertz or angle change."""
        self._listeners.add(callback)


class Contactor:
    """The meter's load switch; latching, so it keeps its place without supply. `is_blocked`: its
    mechanism does not let it move."""

    def __init__(self, clock: Clock, *, closed: bool = True) -> None:
        self._clock = clock
        self._closed = closed
        self.is_blocked = False
        self._listeners: Listeners[bool] = Listeners()

    @property
    def closed(self) -> bool:
        return self._closed

    def close(self) -> None:
        if not self.is_blocked:
            self._move(closed=True)

    def open(self) -> None:
        if not self.is_blocked:
            self._move(closed=False)

    def push(self, *, closed: bool) -> None:
        """Moved by a finger, not by its drive."""
        self._move(closed=closed)

    def _move(self, *, closed: bool) -> None:
        if closed == self._closed:
            return
        self._closed = closed
        self._listeners.tell(self._clock.now(), closed)

    def listen(self, callback: Callable[[datetime, bool], None]) -> None:
        """Be called with time and place whenever the contactor moves."""
        self._listeners.add(callback)


class LoadNode:
    """The outgoing side of the meter with a constant-power load on it.

    `further` are switches in series with the contactor; all must be closed. Reactive power is
    positive where the load takes it (inductive).
    """

    def __init__(
        self, clock: Clock, supply: SupplyNode, contactor: Contactor, *further: Contactor
    ) -> None:
        self._clock = clock
        self._supply = supply
        self._switches = (contactor, *further)
        self._requested = ZERO
        self._requested_reactive = ZERO
        self._told_power = (ZERO, ZERO)
        self._told_demand = ZERO
        self._watts_listeners: Listeners[Decimal] = Listeners()
        self._demand_listeners: Listeners[Decimal] = Listeners()
        supply.listen(lambda _at, _volts: self._tell())
        for switch in self._switches:
            switch.listen(lambda _at, _closed: self._tell())

    @property
    def requested_watts(self) -> Decimal:
        """What the load bank is set to, whether or not it gets it."""
        return self._requested

    @property
    def demand_watts(self) -> Decimal:
        """What the load would draw from a live supply: nothing behind an open contactor."""
        return self._requested if self._is_connected() else ZERO

    @property
    def watts(self) -> Decimal:
        """What it draws now; this is what the meter meters."""
        return self.demand_watts if self._supply.volts else ZERO

    @property
    def reactive(self) -> Decimal:
        """The reactive power that it draws now, in var."""
        if not self._supply.volts or not self._is_connected():
            return ZERO
        return self._requested_reactive

    @property
    def volts(self) -> Decimal:
        """What the load bank sees."""
        return self._supply.volts if self._is_connected() else ZERO

    @property
    def amps(self) -> Decimal:
        """The active part; the same on both sides of the meter: no burden, no leakage."""
        return self.watts / self._supply.volts if self._supply.volts else ZERO

    @property
    def rms_amps(self) -> Decimal:
        """What an ammeter shows: the active and the reactive part."""
        if not self.reactive:
            return self.amps
        apparent = _PRECISE.sqrt(self.watts * self.watts + self.reactive * self.reactive)
        return apparent / self._supply.volts

    def request(self, watts: Decimal, reactive: Decimal = ZERO) -> None:
        """Draw this from now on: watts, and var as `reactive_power` gives them."""
        if watts < 0:
            raise ValueError(f"a load draws no negative power, got {watts} W")
        self._requested, self._requested_reactive = watts, reactive
        self._tell()

    def listen(self, callback: Callable[[datetime, Decimal], None]) -> None:
        """Be called with time and watts whenever the power drawn changes, active or reactive."""
        self._watts_listeners.add(callback)

    def listen_demand(self, callback: Callable[[datetime, Decimal], None]) -> None:
        """Be called whenever `demand_watts` changes, also while the supply is dead."""
        self._demand_listeners.add(callback)

    def _is_connected(self) -> bool:
        return all(map(_IS_CLOSED, self._switches))

    def _tell(self) -> None:
        if self.demand_watts != self._told_demand:
            self._told_demand = self.demand_watts
            self._demand_listeners.tell(self._clock.now(), self._told_demand)
        power = (self.watts, self.reactive)
        if power != self._told_power:
            self._told_power = power
            self._watts_listeners.tell(self._clock.now(), power[0])


class GenerationNode(LoadNode):
    """Generation on the outgoing side: its power counts against the loads of its phase.

    Like a real one it stops without supply and behind an open contactor. Its reactive power is
    positive where it delivers it.
    """
