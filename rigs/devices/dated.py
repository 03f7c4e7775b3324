"""Dated commands in DLMS: an activation attribute that says now, a time, or never.

What a command sets waits in "next" values until its activation attribute is set to now, or to
a time, which is then reported by one alert for each attribute (GBCS digest 9.3): 8F66 when
it was carried out, 8F67 when not, under message code 00CC. A new date replaces the one that
waits for the same attribute; never takes it back. All dates of one command are equal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assay.gbcs.date_time import NEVER, NOW, DateTime
from assay.gbcs.dlms.access import Obis, Op, Result
from assay.gbcs.dlms.data import Data, Tag, octet_string
from assay.gbcs.identifiers import Eui64
from rigs.devices.agenda import Agenda
from rigs.devices.dlms_objects import Call, ItemError, Row
from rigs.devices.power import RESOLUTION

CARRIED_OUT = 0x8F66
NOT_CARRIED_OUT = 0x8F67
ALERT_MESSAGE_CODE = 0x00CC
RANK = 10
"""Ahead of the duties that use what it activates."""


class SendAlert(Protocol):
    def __call__(
        self,
        code: int,
        *extras: Data,
        message_code: int | None = None,
        recipient: Eui64 | None = None,
    ) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """`what` is message code, counter, class, OBIS and attribute: 19 octets of the alert."""

    at: datetime
    what: bytes
    party: Eui64
    activate: Callable[[], None]


class DatedActivations:
    """All of one device. Hooks: `is_due_at` may move the time at which one is carried out, `cancel`
    takes one back."""

    def __init__(self, agenda: Agenda, now: Callable[[], datetime], send_alert: SendAlert) -> None:
        self._now = now
        self._send_alert = send_alert
        self.attributes: set[tuple[int, bytes, int]] = set()
        """Class, OBIS and attribute of all that can be dated."""
        self._waiting: dict[tuple[int, bytes, int], Waiting] = {}
        self._last_command: tuple[Eui64, int] | None = None
        self._last_date = b""
        self.is_due_at: Callable[[datetime], datetime] = lambda at: at
        self.cancel: Callable[[tuple[int, bytes, int]], None] = self._cancel
        self._duty = agenda.add(RANK, self._next_due, self._carry_out)

    def row(self, class_id: int, obis: str, attribute: int, activate: Callable[[], None]) -> Row:
        """The row of one activation attribute. `activate` may raise ItemError."""
        key = (class_id, bytes(Obis.from_text(obis)), attribute)
        self.attributes.add(key)

        def date(call: Call) -> None:
            octets = call.value(Tag.OCTET_STRING)
            if not isinstance(octets, bytes) or len(octets) != len(NOW):
                raise ItemError(Result.TYPE_UNMATCHED)
            self._check_equal_dates(call, octets)
            self._date(key, call, octets, activate)

        return Op.SET, class_id, obis, attribute, date

    @property
    def pending(self) -> tuple[Waiting, ...]:
        return tuple(self._waiting.values())

    def is_waiting(self, counter: int) -> bool:
        """Whether anything of the command with this counter waits for its date."""
        octets = counter.to_bytes(8, "big")
        return any(one.what[2:10] == octets for one in self._waiting.values())

    def drop(self, is_dropped: Callable[[Waiting], bool]) -> None:
        """Forget those that this picks, silently; a change of the party behind them does so."""
        self._waiting = {k: one for k, one in self._waiting.items() if not is_dropped(one)}
        self._duty.changed()

    def _date(
        self, key: tuple[int, bytes, int], call: Call, octets: bytes, activate: Callable[[], None]
    ) -> None:
        if octets == NOW:
            self._waiting.pop(key, None)
            self._duty.changed()
            activate()
            return
        if octets == NEVER:
            self.cancel(key)
            return
        at = DateTime(octets).as_utc()
        if at is None:
            raise ItemError(Result.OTHER_REASON)
        message = call.command.message
        class_id, obis, attribute = key
        what = (
            message.message_code.to_bytes(2, "big")
            + message.counter.to_bytes(8, "big")
            + class_id.to_bytes(2, "big")
            + obis
            + attribute.to_bytes(1, "big")
        )
        self._waiting[key] = Waiting(
            at=max(at, self._now()), what=what, party=call.command.party, activate=activate
        )
        self._duty.changed()
        if at <= self._now():
            # A date in the past is carried out at once and reported like any other: inferred.
            self._carry_out(self._now())

    def _cancel(self, key: tuple[int, bytes, int]) -> None:
        self._waiting.pop(key, None)
        self._duty.changed()

    def _check_equal_dates(self, call: Call, octets: bytes) -> None:
        message = call.command.message
        command = (message.originator, message.counter)
        if self._last_command == command and self._last_date != octets:
            raise ItemError(Result.OTHER_REASON)
        self._last_command, self._last_date = command, octets

    def _next_due(self, after: datetime) -> datetime | None:
        # One that a clock set forward has passed is late, not lost.
        dues = (max(self.is_due_at(one.at), after + RESOLUTION) for one in self._waiting.values())
        return min(dues, default=None)

    def _carry_out(self, until: datetime) -> None:
        due = [(k, one) for k, one in self._waiting.items() if self.is_due_at(one.at) <= until]
        for key, one in sorted(due, key=lambda pair: pair[1].at):
            del self._waiting[key]
            try:
                one.activate()
            except ItemError:
                code = NOT_CARRIED_OUT
            else:
                code = CARRIED_OUT
            self._send_alert(
                code,
                octet_string(one.what),
                message_code=ALERT_MESSAGE_CODE,
                recipient=one.party,
            )
