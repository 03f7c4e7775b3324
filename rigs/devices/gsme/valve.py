"""Supply state and valve of a gas meter: enabled, disabled, armed, locked (G-008 to G-012).

The network closes and arms; only a press at the meter opens, and what then flows is checked: a
flow above the threshold, after the settling time and over the measuring time, closes the valve
again and arms it (G-009).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import IntEnum

from assay.clock import Clock
from rigs.devices.alarm import Alarm
from rigs.devices.gsme.volume import VolumeRegister
from rigs.premises_gas import GasValve

_MICROSECOND = timedelta(microseconds=1)


class GasSupply(IntEnum):
    """The numbers of ZigBee's supply status."""

    DISABLED = 0
    ARMED = 1
    ENABLED = 2


@dataclass(slots=True, kw_only=True)
class FlowCheck:
    """What SetUncontrolledFlowThreshold sets: threshold x multiplier / divisor in m3/h,
    `stabilisation` in tenths of a second, `measurement` in seconds."""

    threshold: int = 0
    unit: int = 1
    multiplier: int = 1
    divisor: int = 10_000
    stabilisation: int = 10
    measurement: int = 60

    @property
    def cubic_metres_per_hour(self) -> Decimal:
        return Decimal(self.threshold * self.multiplier) / Decimal(self.divisor or 1)


class ValveControl:
    """Owns the valve. A move counts as done when the meter senses that it was made.

    Hooks: `actuate` moves the valve (True lets gas pass), `sense` tells whether gas passes,
    `press` is what the button does, `is_excessive` judges a measured flow, `settling_time` and
    `measuring_time` say how long each takes. `on_failure` gets
    what the valve did not do. A threshold of zero checks nothing: inferred.
    """

    def __init__(self, clock: Clock, valve: GasValve, register: VolumeRegister) -> None:
        self._clock = clock
        self._valve = valve
        self._register = register
        self.state = GasSupply.ENABLED if valve.closed else GasSupply.DISABLED
        self.is_locked = False
        self.check = FlowCheck()
        self.actuate: Callable[[bool], None] = self._move
        self.sense: Callable[[], bool] = lambda: valve.closed
        self.press: Callable[[], object] = self._open_if_armed
        self.settling_time: Callable[[], timedelta] = lambda: timedelta(
            milliseconds=100 * self.check.stabilisation
        )
        self.measuring_time: Callable[[], timedelta] = lambda: timedelta(
            seconds=max(self.check.measurement, 1)
        )
        self.is_excessive: Callable[[Decimal], bool] = self._is_above_threshold
        self.on_armed: list[Callable[[], None]] = []
        self.on_moved: list[Callable[[bool], None]] = []
        self.on_failure: list[Callable[[bool], None]] = []
        self.on_uncontrolled_flow: list[Callable[[], None]] = []
        self._measured_from: tuple[datetime, Decimal] | None = None
        self._stage = Alarm(clock, self._next_stage)

    def close(self) -> bool:
        """Disable; also takes a lock's place in telling the supplier's will."""
        return self._reach(GasSupply.DISABLED)

    def arm(self) -> bool:
        """By the supplier, who thereby takes a lock off (E-126)."""
        self.is_locked = False
        was = self.state
        reached = self._reach(GasSupply.ARMED)
        if reached and was is not GasSupply.ARMED:
            for callback in self.on_armed:
                callback()
        return reached

    def arm_if_disabled(self) -> bool:
        """By the meter itself, once there is credit again; a lock stays."""
        if self.is_locked or self.state is not GasSupply.DISABLED:
            return False
        return self.arm()

    def lock(self) -> None:
        self.close()
        self.is_locked = True

    def _open_if_armed(self) -> bool:
        if self.state is not GasSupply.ARMED or not self._reach(GasSupply.ENABLED):
            return False
        if self.check.threshold:
            self._stage.set(self._clock.now() + self.settling_time())
        return True

    def _next_stage(self) -> None:
        now = self._clock.now()
        if self._measured_from is None:
            self._measured_from = (now, self._register.volume(now))
            self._stage.set(now + self.measuring_time())
            return
        (since, before), self._measured_from = self._measured_from, None
        passed = self._register.volume(now) - before
        flow = passed / Decimal((now - since) // _MICROSECOND)
        if self.is_excessive(flow) and self._reach(GasSupply.ARMED):
            for callback in self.on_uncontrolled_flow:
                callback()

    def _is_above_threshold(self, flow: Decimal) -> bool:
        return flow > self.check.cubic_metres_per_hour

    def _reach(self, state: GasSupply) -> bool:
        """False where the valve did not follow; the state stays what it was."""
        if state is not GasSupply.ENABLED:
            self._stage.cancel()
            self._measured_from = None
        passes = state is GasSupply.ENABLED
        if self.sense() is not passes:
            self.actuate(passes)
            for callback in self.on_moved:
                callback(passes)
        if self.sense() is not passes:
            for report in self.on_failure:
                report(passes)
            return False
        self.state = state
        return True

    def _move(self, passes: bool) -> None:
        if passes:
            self._valve.close()
        else:
            self._valve.open()
