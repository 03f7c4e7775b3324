"""The battery ledger of a gas meter: what each thing that it does has cost (G-014, G-022).

Charges are this bench's model of a meter that lives ten years on 19 Ah with a wake every half
hour; no source gives figures. Nothing ticks: the current of sleep is accounted for by the time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum


class Use(StrEnum):
    WAKE = "wake"
    POLL = "poll"
    COMMAND = "command"
    MESSAGE_SENT = "message sent"
    DISPLAY = "display"
    VALVE_MOVE = "valve move"
    IMAGE_BLOCK = "image block"
    SAMPLE = "sample"


_MILLIAMPERE_HOURS: Mapping[Use, Decimal] = {
    Use.WAKE: Decimal("0.05"),
    Use.POLL: Decimal("0.002"),
    Use.COMMAND: Decimal("0.02"),
    Use.MESSAGE_SENT: Decimal("0.01"),
    Use.DISPLAY: Decimal("0.02"),
    Use.VALVE_MOVE: Decimal("0.5"),
    Use.IMAGE_BLOCK: Decimal("0.004"),
    Use.SAMPLE: Decimal("0.001"),
}
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
MAX_DAYS = 0xFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class BatteryModel:
    """Charges in mAh. `low_days`: how many remaining days raise 8F1F (inferred)."""

    sleep_milliamperes: Decimal = Decimal("0.04")
    charges: Mapping[Use, Decimal] = field(default_factory=lambda: dict(_MILLIAMPERE_HOURS))
    low_days: int = 180


class BatteryLedger:
    """`charge` is that of the battery when fitted. Hook: `cost` of one use in mAh.

    Remaining days are the remaining charge at the mean rate since the battery was fitted, and
    at the rate of sleep and wakes alone during the first day.
    """

    def __init__(self, at: datetime, charge: Decimal, model: BatteryModel) -> None:
        self.model = model
        self.uses: Counter[Use] = Counter()
        self.cost: Callable[[Use], Decimal] = model.charges.__getitem__
        self._used = Decimal(0)
        self._charge = charge
        self.fitted_at = at
        self._accounted_to = at

    def spend(self, use: Use, times: int = 1) -> None:
        self.uses[use] += times
        self._used += self.cost(use) * times

    def replaced(self, at: datetime, charge: Decimal) -> None:
        self.uses.clear()
        self._used = Decimal(0)
        self._charge = charge
        self.fitted_at = self._accounted_to = at

    def used(self, at: datetime) -> Decimal:
        """mAh since the battery was fitted."""
        if at > self._accounted_to:
            self._used += self.model.sleep_milliamperes * _ratio(at - self._accounted_to, _HOUR)
            self._accounted_to = at
        return self._used

    def remaining(self, at: datetime) -> Decimal:
        return max(self._charge - self.used(at), Decimal(0))

    def remaining_days(self, at: datetime) -> int:
        lived = at - self.fitted_at
        daily = self._expected_daily()
        if lived >= _DAY:
            daily = self.used(at) / _ratio(lived, _DAY)
        return min(int(self.remaining(at) / daily), MAX_DAYS) if daily else MAX_DAYS

    def is_low(self, at: datetime) -> bool:
        return self.remaining_days(at) < self.model.low_days

    def is_spent(self, at: datetime) -> bool:
        return not self.remaining(at)

    def _expected_daily(self) -> Decimal:
        """48 wakes with a poll and a message each, and the current of sleep."""
        each = self.cost(Use.WAKE) + self.cost(Use.POLL) + self.cost(Use.MESSAGE_SENT)
        return 48 * each + 24 * self.model.sleep_milliamperes


def _ratio(span: timedelta, unit: timedelta) -> Decimal:
    return Decimal(span // timedelta(microseconds=1)) / Decimal(unit // timedelta(microseconds=1))
