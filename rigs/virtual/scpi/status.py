"""Status registers: condition, transition filters, event, enable (SCPI-99 volume 1, 20)."""

from __future__ import annotations

ALL_BITS = 0x7FFF  # bit 15 is never used, so that a register fits a signed integer


class StatusGroup:
    """One register group, such as QUEStionable or OPERation."""

    def __init__(self) -> None:
        self.condition = 0
        self.enable = 0
        self.positive = ALL_BITS
        self.negative = 0
        self._event = 0

    def set_condition(self, bit: int, is_set: bool) -> None:
        """Change one condition; a transition that its filter lets through is an event."""
        new = self.condition | bit if is_set else self.condition & ~bit
        rising, falling = new & ~self.condition, self.condition & ~new
        self._event |= (rising & self.positive) | (falling & self.negative)
        self.condition = new

    def take_event(self) -> int:
        """Reading an event register clears it."""
        event, self._event = self._event, 0
        return event

    def preset(self) -> None:
        """STATus:PRESet (SCPI-99 volume 2, 18.3)."""
        self.enable = 0
        self.positive = ALL_BITS
        self.negative = 0

    def clear_event(self) -> None:
        self._event = 0

    @property
    def summary(self) -> bool:
        return bool(self._event & self.enable)


class StandardEvent:
    """The standard event status register of IEEE 488.2, 11.5."""

    OPERATION_COMPLETE = 1 << 0
    POWER_ON = 1 << 7

    def __init__(self) -> None:
        self.enable = 0
        self._event = self.POWER_ON

    def set(self, bit: int) -> None:
        self._event |= bit

    def take(self) -> int:
        event, self._event = self._event, 0
        return event

    def clear(self) -> None:
        self._event = 0

    @property
    def summary(self) -> bool:
        return bool(self._event & self.enable)
