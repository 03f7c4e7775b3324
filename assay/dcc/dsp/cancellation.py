"""Taking back what is held for a device: schedules, dated requests; and telling whose they were.

Why they go decides the alert.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from assay.dcc.dsp.alert_codes import (
    DATED_REQUEST_CANCELLED,
    SCHEDULE_REMOVED,
    CancellationCause,
)
from assay.dcc.dsp.alerts import DccAlerts
from assay.duis.identifiers import RequestId
from assay.gbcs.identifiers import Eui64

IsAffected = Callable[[Eui64], bool]
"""Whether what this user asked for is to go."""


class RemovedSchedule(NamedTuple):
    owner: Eui64
    schedule_id: int


class HeldWork(Protocol):
    """What holds things to be done later owes: both take out, and say what they took out."""

    def cancel_schedules(
        self, device: Eui64, is_affected: IsAffected
    ) -> Iterable[RemovedSchedule]: ...

    def cancel_dated(self, device: Eui64, is_affected: IsAffected) -> Iterable[RequestId]: ...


def anyone(_: Eui64) -> bool:
    """Everything that is held for the device goes."""
    return True


@dataclass(slots=True, kw_only=True)
class Cancellation:
    """`held` may be told later: the modes are put together after the alerts."""

    alerts: DccAlerts
    held: list[HeldWork] = field(default_factory=list)

    def cancel(
        self, cause: CancellationCause, device: Eui64, is_affected: IsAffected = anyone
    ) -> int:
        """How many schedules and dated requests were taken back; each is reported."""
        removed = [one for held in self.held for one in held.cancel_schedules(device, is_affected)]
        dropped = [one for held in self.held for one in held.cancel_dated(device, is_affected)]
        for schedule in removed:
            code = SCHEDULE_REMOVED[cause]
            self.alerts.schedule_removed(code, schedule.owner, device, schedule.schedule_id)
        for request_id in dropped:
            self.alerts.command_failed(DATED_REQUEST_CANCELLED, request_id, device)
        return len(removed) + len(dropped)
