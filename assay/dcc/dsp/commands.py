"""Commands on their way: sent, sent again, answered, or reported as failed. On the clock alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assay.clock import Clock, Timer
from assay.dcc.audit import Audit, Direction
from assay.dcc.dsp.alerts import UNANSWERED, UNDELIVERED
from assay.dcc.settings import DccSettings
from assay.duis.requests import Request
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64
from assay.wan import SmWan


@dataclass(slots=True, kw_only=True)
class CommandInFlight:
    """A Command with the request that it carries out. `hub` None: the device is behind none.

    `has_failed`: the requester was told that nothing came; a late response still counts.
    """

    request: Request
    message: Message
    hub: Eui64 | None
    attempts: int = 0
    was_carried: bool = False
    has_failed: bool = False
    timer: Timer | None = None

    @property
    def device(self) -> Eui64:
        return self.message.recipient


_Key = tuple[Eui64, Eui64, int]
"""Device, originator of the Command, its counter: what a response echoes (gbcs.md 1.6)."""


@dataclass(slots=True, kw_only=True)
class Commands:
    """`fail` is called once per Command, with N12 or N13."""

    clock: Clock
    wan: SmWan
    audit: Audit
    settings: DccSettings
    fail: Callable[[str, CommandInFlight], None]
    _in_flight: dict[_Key, CommandInFlight] = field(default_factory=dict, init=False)

    def __len__(self) -> int:
        return len(self._in_flight)

    def send(self, command: CommandInFlight) -> None:
        message = command.message
        self._in_flight[command.device, message.originator, message.counter] = command
        self._attempt(command)

    def find(self, response: Message) -> CommandInFlight | None:
        """The Command that a response answers: parties, counter and message code echoed."""
        command = self._in_flight.get((response.originator, response.recipient, response.counter))
        if command is None or command.message.message_code != response.message_code:
            return None
        return command

    def close(self, command: CommandInFlight) -> None:
        """It is answered: nothing more is sent, nothing reported."""
        message = command.message
        self._in_flight.pop((command.device, message.originator, message.counter), None)
        if command.timer is not None:
            command.timer.cancel()

    def stop(self) -> None:
        for command in tuple(self._in_flight.values()):
            self.close(command)

    def _attempt(self, command: CommandInFlight) -> None:
        command.attempts += 1
        octets = command.message.to_octets()
        note = "sent" if self._carry(command, octets) else "no hub to send it through"
        self.audit.record(
            Direction.TO_DEVICE,
            "command",
            party=command.request.request_id.originator,
            device=command.device,
            message_id=command.request.request_id,
            note=f"attempt {command.attempts}: {note}",
            octets=octets,
        )
        command.timer = self.clock.call_later(
            self.settings.response_time, lambda: self._overdue(command)
        )

    def _carry(self, command: CommandInFlight, octets: bytes) -> bool:
        if command.hub is None:
            return False
        try:
            self.wan.send_down(command.hub, command.device, octets)
        except KeyError:
            return False
        command.was_carried = True
        return True

    def _overdue(self, command: CommandInFlight) -> None:
        if command.attempts <= self.settings.command_retries:
            self._attempt(command)
            return
        command.has_failed = True
        command.timer = self.clock.call_later(
            self.settings.late_response_time, lambda: self.close(command)
        )
        self.fail(UNANSWERED if command.was_carried else UNDELIVERED, command)
