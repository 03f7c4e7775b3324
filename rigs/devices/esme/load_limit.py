"""Load limiting: too much import for too long opens the supply, or is only said (E-110 to E-117).

Import is constant between two calls of `observe`; a period runs on while it stays above the
threshold and starts anew after any dip (E-114). What equals the threshold is not above it, and a
period must be exceeded, not reached: both as for voltages.

Inferred, as no source used here tells: a new configuration starts the period anew; once said,
nothing is said again before import was down; the restoration period is counted from the opening
and goes on through an outage; whoever moves the supply in between ends the restoration.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from assay.clock import Clock
from rigs.devices.alarm import Alarm
from rigs.devices.esme.supply_control import SupplyState
from rigs.devices.power import RESOLUTION

ABOVE_THRESHOLD = 0x8F01
DISABLED_THEN_ARMED = 0x8F33
RESTORED = 0x8F34

NO_LIMIT = 0xFFFFFFFF


class Supply(Protocol):
    """The supply control, as far as load limiting needs it."""

    state: SupplyState

    def enable(self) -> bool: ...

    def disable_then_arm(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadLimitSettings:
    """Watts and seconds. As delivered the threshold is its maximum, so nothing is limited
    (E-116, recalled); the other values are this bench's choice.
    """

    threshold_watts: int = NO_LIMIT
    period_s: int = 60
    restoration_s: int = 300
    disables_supply: bool = False


class LoadLimit:
    """`report` takes event codes. Hooks: `exceeds` (import, threshold), `error_time` is added to
    the period, `restart` decides whether a dip starts the period anew, `counted` gives the
    counter after an event, `act` is what is done about it; `restoration_time` reads the period
    and `may_restore` the state of the supply at its end.
    """

    def __init__(self, clock: Clock, supply: Supply, report: Callable[[int], None]) -> None:
        self._clock = clock
        self._supply = supply
        self._report = report
        self.settings = LoadLimitSettings()
        self.counter = 0
        self.exceeds: Callable[[Decimal, int], bool] = operator.gt
        self.error_time = timedelta(0)
        self.restart: Callable[[], bool] = lambda: True
        self.counted: Callable[[int], int] = lambda counter: counter + 1
        self.counter_after_reset: Callable[[int], int] = lambda _: 0
        self.act: Callable[[], None] = self._disable_supply
        self.may_restore: Callable[[SupplyState], bool] = lambda state: state is SupplyState.ARMED
        self.restoration_time: Callable[[int], timedelta] = lambda s: timedelta(seconds=s)
        self._watts = Decimal(0)
        self._is_said = False
        self._exceeded = Alarm(clock, self._elapse)
        self._restoration = Alarm(clock, self._restore)
        self._restoration_due: datetime | None = None

    def configure(self, settings: LoadLimitSettings) -> None:
        self.settings = settings
        self._is_said = False
        self._exceeded.cancel()
        self._watch()

    def reset_counter(self) -> None:
        self.counter = self.counter_after_reset(self.counter)

    def observe(self, watts: Decimal) -> None:
        """The active power imported from now on; zero while the meter is off."""
        self._watts = watts
        self._watch()

    def supply_changed(self, state: SupplyState) -> None:
        """Restoring ends with the arming it belongs to."""
        if state is not SupplyState.ARMED:
            self._restoration_due = None
            self._restoration.cancel()

    def pause(self) -> None:
        """The meter is off."""
        self._restoration.cancel()

    def resume(self) -> None:
        if self._restoration_due is not None:
            self._restoration.set(max(self._restoration_due, self._clock.now() + RESOLUTION))

    @property
    def is_exceeded(self) -> bool:
        """Import was said to be above the limit, and has not been down since."""
        return self._is_said

    def _watch(self) -> None:
        if not self.exceeds(self._watts, self.settings.threshold_watts):
            self._is_said = False
            if self.restart():
                self._exceeded.cancel()
            return
        if self._is_said or self._exceeded.due is not None:
            return
        lasting = timedelta(seconds=self.settings.period_s) + self.error_time
        self._exceeded.set(self._clock.now() + lasting + RESOLUTION)

    def _elapse(self) -> None:
        self._is_said = True
        self.counter = self.counted(self.counter)
        self._report(ABOVE_THRESHOLD)
        if self.settings.disables_supply:
            self.act()

    def _disable_supply(self) -> None:
        if not self._supply.disable_then_arm():
            return
        self._report(DISABLED_THEN_ARMED)
        lasting = self.restoration_time(self.settings.restoration_s)
        self._restoration_due = self._clock.now() + lasting
        self._restoration.set(self._restoration_due)

    def _restore(self) -> None:
        self._restoration_due = None
        if self.may_restore(self._supply.state) and self._supply.enable():
            self._report(RESTORED)
