"""Supply state and load switch: enabled, disabled, armed (E-120 to E-123).

That arming an enabled supply opens it is inferred: armed means that the supply is off and
waits for the consumer.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from rigs.premises import Contactor


class SupplyState(IntEnum):
    """The control state of DLMS class 70 that stands for it."""

    DISABLED = 0
    ENABLED = 1
    ARMED = 2


class SupplyControl:
    """Owns the contactor. A move counts as done when the switch senses that it was made.

    Hooks: `actuate` moves the switch, `sense` tells where it is, `press` is what the button
    does, `may_enable` whether conditions for a supply hold (E-120). `on_armed` is called at each
    change to armed, `on_failure` with the place that the switch did not reach (True is closed),
    `on_change` with every new state.
    """

    def __init__(self, contactor: Contactor) -> None:
        self._contactor = contactor
        self.state = SupplyState.ENABLED if contactor.closed else SupplyState.DISABLED
        self.actuate: Callable[[bool], None] = self._move
        self.sense: Callable[[], bool] = lambda: contactor.closed
        self.press: Callable[[], object] = self._close_if_armed
        self.may_enable: Callable[[], bool] = lambda: True
        self.is_locked = False
        self.on_armed: list[Callable[[], None]] = []
        self.on_failure: list[Callable[[bool], None]] = []
        self.on_change: list[Callable[[SupplyState], None]] = []

    def enable(self) -> bool:
        return self._is_free() and self._reach(SupplyState.ENABLED)

    def disable(self) -> bool:
        return self._reach(SupplyState.DISABLED)

    def arm(self) -> bool:
        was = self.state
        reached = self._is_free() and self._reach(SupplyState.ARMED)
        if reached and was is not SupplyState.ARMED:
            for callback in self.on_armed:
                callback()
        return reached

    def lock(self) -> bool:
        """Disable it, and keep it so."""
        self.is_locked = True
        return self.disable()

    def unlock(self) -> None:
        """What the supplier's commands do before they enable or arm it."""
        self.is_locked = False

    def disable_then_arm(self) -> bool:
        """What the meter does by itself, told under a code of its own rather than as armed."""
        return self.disable() and not self.is_locked and self._reach(SupplyState.ARMED)

    def _is_free(self) -> bool:
        return not self.is_locked and self.may_enable()

    def _reach(self, state: SupplyState) -> bool:
        """False where the switch did not follow; the state stays what it was."""
        closed = state is SupplyState.ENABLED
        self.actuate(closed)
        if self.sense() is not closed:
            for callback in self.on_failure:
                callback(closed)
            return False
        was, self.state = self.state, state
        if was is not state:
            for tell in self.on_change:
                tell(state)
        return True

    def _close_if_armed(self) -> None:
        if self.state is SupplyState.ARMED:
            self.enable()

    def _move(self, closed: bool) -> None:
        if closed:
            self._contactor.close()
        else:
            self._contactor.open()
