"""What a meter says about an outage once it is over: power event log and alert (E-100 to E-103)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from assay.gbcs.date_time import seconds_since_2000

SUPPLY_INTERRUPTED = 0x8F57
RESTORED = 0x8F35
RESTORED_AFTER_LONG = 0x8F36
_CODES_OF_A_PHASE = 2
"""Restored, and restored after long: the codes of the phases follow, phase by phase."""
MINIMUM_FOR_LONG = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Outage:
    """When the supply went and came back, UTC by the meter's clock."""

    lost: datetime
    restored: datetime


class OutageReport:
    """`log` writes one power event (code, number, time); `alert` sends one alert (code, outage).

    `phase` is 1 to 3 for one phase of a polyphase meter, which has codes of its own, and zero for
    the supply as a whole. `long_after` is the shortest outage reported as long. The number in the
    log entry of a restoration is the length of the outage in seconds; that is this bench's choice.
    """

    def __init__(
        self,
        log: Callable[[int, int, datetime], None],
        alert: Callable[[int, Outage], None],
        *,
        phase: int = 0,
    ) -> None:
        self._log = log
        self.phase = phase
        self.alert = alert
        self._untold: list[Outage] = []
        self.long_after = MINIMUM_FOR_LONG

    def interrupted(self, lost: datetime) -> None:
        """A meter that lives on can say so at once."""
        self._log(SUPPLY_INTERRUPTED + self.phase, 0, lost)

    def restored(self, outage: Outage) -> None:
        seconds = seconds_since_2000(outage.restored) - seconds_since_2000(outage.lost)
        self._log(self.code(outage), seconds, outage.restored)
        self._untold.append(outage)

    def record(self, outage: Outage) -> None:
        """Both, once the supply is back."""
        self.interrupted(outage.lost)
        self.restored(outage)

    def tell(self) -> None:
        """Once the meter has booted; nothing is told twice."""
        untold, self._untold = self._untold, []
        for outage in untold:
            self.alert(self.code(outage), outage)

    def code(self, outage: Outage) -> int:
        lasted = outage.restored - outage.lost
        code = RESTORED_AFTER_LONG if lasted >= self.long_after else RESTORED
        return code + _CODES_OF_A_PHASE * self.phase
