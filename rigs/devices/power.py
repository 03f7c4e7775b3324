"""When a mains-fed device runs: it bridges short cuts, dies in long ones, and boots after them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from assay.clock import Clock
from rigs.devices.alarm import Alarm
from rigs.premises import SupplyNode

RESOLUTION = timedelta(microseconds=1)
"""The smallest step of time: what lasts longer than a period is due one step after its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerInput:
    """What a device lives on.

    The bridging time is one maker's (E-106); minimum and boot time are this bench's choice.
    """

    working_minimum_volts: Decimal = Decimal(100)
    bridging: timedelta = timedelta(milliseconds=500)
    boot_time: timedelta = timedelta(seconds=2)


class MainsPower:
    """Follows a supply node. `is_supplied`: the voltage is there. `is_alive`: supplied, or
    bridging a cut. `is_ready`: alive and booted.

    Callbacks get bench times: `on_lost(since)` when the device dies, with the time at which
    the supply went; `on_restored(since, at)` when it comes back, at once, with None for the
    first supply ever; `on_ready()` when it has booted.
    """

    def __init__(self, clock: Clock, supply: SupplyNode, power_input: PowerInput) -> None:
        self._clock = clock
        self._input = power_input
        self.on_lost: list[Callable[[datetime], None]] = []
        self.on_restored: list[Callable[[datetime | None, datetime], None]] = []
        self.on_ready: list[Callable[[], None]] = []
        self._below_since: datetime | None = None
        self._death = Alarm(clock, self._die)
        self._boot = Alarm(clock, self._booted)
        self._restart = Alarm(clock, self._restarted)
        self.is_supplied = supply.volts >= power_input.working_minimum_volts
        self.is_alive = self.is_ready = self.is_supplied
        supply.listen(self._volts_changed)

    def restart(self, downtime: timedelta) -> None:
        """Start anew, dead for this long: not an outage, for the supply stays. Nothing happens
        to a device that is dead already.
        """
        if not self.is_alive:
            return
        self._death.cancel()
        self.is_alive = self.is_ready = False
        self._boot.cancel()
        for callback in self.on_lost:
            callback(self._clock.now())
        self._restart.set(self._clock.now() + downtime)

    def _volts_changed(self, at: datetime, volts: Decimal) -> None:
        supplied = volts >= self._input.working_minimum_volts
        if supplied == self.is_supplied:
            return
        self.is_supplied = supplied
        if not supplied:
            self._below_since = at
            self._death.set(at + self._input.bridging + RESOLUTION if self.is_alive else None)
            return
        self._death.cancel()
        since, self._below_since = self._below_since, None
        if self._restart.due is not None:
            return
        if not self.is_alive:
            self._come_back(since, at)

    def _die(self) -> None:
        since = self._below_since
        if since is None:
            return
        self.is_alive = self.is_ready = False
        self._boot.cancel()
        for callback in self.on_lost:
            callback(since)

    def _come_back(self, since: datetime | None, at: datetime) -> None:
        self.is_alive = True
        self._boot.set(at + self._input.boot_time)
        for callback in self.on_restored:
            callback(since, at)

    def _restarted(self) -> None:
        if self.is_supplied and not self.is_alive:
            self._come_back(None, self._clock.now())

    def _booted(self) -> None:
        self.is_ready = True
        for callback in self.on_ready:
            callback()
