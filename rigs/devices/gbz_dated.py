"""Dated commands in GBZ: a time field that says now, a time, or never.

Each component that has a time waits by itself and is reported by an alert of its own, 8F66
when it was carried out, 8F67 when not, under message code 00CD (GBCS digest 9.3). A new time
replaces what waits for the same component; never takes it back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from assay.gbcs.date_time import EPOCH
from assay.gbcs.dlms.data import octet_string
from assay.gbcs.gbz.components import Executed
from assay.gbcs.gbz.fields import time_seconds
from assay.gbcs.identifiers import Eui64
from rigs.devices.agenda import Agenda
from rigs.devices.dated import CARRIED_OUT, NOT_CARRIED_OUT, RANK, SendAlert
from rigs.devices.gbz_alerts import EXECUTED, executed_octets
from rigs.devices.gbz_objects import INVALID_VALUE, GbzCall, GbzError
from rigs.devices.power import RESOLUTION

NOW = 0
NEVER = frozenset((0xFFFFFFFF, 0xFFFFFFFE))
"""The second is that of calendars and special days; national vectors have it for price
matrices too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingComponent:
    at: datetime
    executed: Executed
    party: Eui64
    activate: Callable[[], None]


class DatedComponents:
    """All of one device. Hooks: `is_due_at` may move the time at which one is carried out."""

    def __init__(self, agenda: Agenda, now: Callable[[], datetime], send_alert: SendAlert) -> None:
        self._now = now
        self._send_alert = send_alert
        self._waiting: dict[tuple[int, int, str], WaitingComponent] = {}
        self.is_due_at: Callable[[datetime], datetime] = lambda at: at
        self._duty = agenda.add(RANK, self._next_due, self._carry_out)

    @property
    def pending(self) -> tuple[WaitingComponent, ...]:
        return tuple(self._waiting.values())

    def forget_all(self) -> None:
        self._waiting.clear()
        self._duty.changed()

    def check_date(self, call: GbzCall, when: str | int) -> int:
        """The time in seconds since 2000; all of one command are equal, or GbzError."""
        seconds = time_seconds(when)
        date = -1 if seconds in NEVER else seconds
        if call.transaction.date not in (None, date):
            raise GbzError(INVALID_VALUE)
        call.transaction.date = date
        return seconds

    def date(
        self, call: GbzCall, when: str | int, activate: Callable[[], None], kind: str = ""
    ) -> None:
        """Carry `activate` out now, later or not at all. It may raise GbzError.

        `kind` tells apart components of one name that set different things.
        """
        seconds = self.check_date(call, when)
        component = call.component
        key = (component.cluster, component.command, kind)
        self._waiting.pop(key, None)
        if seconds == NOW:
            self._duty.changed()
            activate()
            return
        if seconds not in NEVER:
            message = call.command.message
            self._waiting[key] = WaitingComponent(
                at=EPOCH + timedelta(seconds=seconds),
                executed=Executed(
                    message.message_code,
                    message.counter,
                    component.cluster,
                    component.frame_control,
                    component.command,
                ),
                party=call.command.party,
                activate=activate,
            )
        self._duty.changed()

    def _next_due(self, after: datetime) -> datetime | None:
        # One that a clock set forward has passed, or that was late already, is due at once.
        dues = (max(self.is_due_at(one.at), after + RESOLUTION) for one in self._waiting.values())
        return min(dues, default=None)

    def _carry_out(self, until: datetime) -> None:
        due = [(key, one) for key, one in self._waiting.items() if self.is_due_at(one.at) <= until]
        for key, one in sorted(due, key=lambda pair: pair[1].at):
            del self._waiting[key]
            try:
                one.activate()
            except GbzError:
                code = NOT_CARRIED_OUT
            else:
                code = CARRIED_OUT
            self._send_alert(
                code,
                octet_string(executed_octets(one.executed)),
                message_code=EXECUTED,
                recipient=one.party,
            )
