"""Commands on their way: sent, sent again, answered, or reported as failed. On the clock alone.

A Command is in the book before it is sent, and is marked as sent afterwards: a DCC that is
killed in between sends it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from assay.clock import Clock
from assay.dcc.audit import Audit, Direction
from assay.dcc.dsp.alerts import UNANSWERED, UNDELIVERED
from assay.dcc.settings import DccSettings
from assay.dcc.store import Agenda, Book, BookForm, MemoryStore, Store
from assay.duis.requests import Request
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64
from assay.wan import SmWan


class Errand(StrEnum):
    """Why a Command goes out; who is told what when it fails depends on it."""

    ON_DEMAND = "on demand"
    FUTURE_DATED = "future dated (DSP)"
    SCHEDULED = "scheduled (DSP)"
    LOCAL = "local delivery"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandInFlight:
    """A Command with the request that it carries out. `hub` None: the device is behind none.

    `has_failed`: the requester was told that nothing came; a late response still counts.
    `due` is when something is to be done about it; `accepted_at` when the DCC took it on.
    A Command for local delivery alone is never sent: its response comes by 8.13.
    """

    request: Request
    message: Message
    hub: Eui64 | None
    errand: Errand = Errand.ON_DEMAND
    schedule_id: int | None = None
    accepted_at: datetime | None = None
    attempts: int = 0
    was_carried: bool = False
    has_failed: bool = False
    due: datetime | None = None

    @property
    def device(self) -> Eui64:
        return self.message.recipient

    @property
    def key(self) -> str:
        return _key(self.device, self.message.originator, self.message.counter)


def _key(device: Eui64, originator: Eui64, counter: int) -> str:
    """Device, originator of the Command, its counter: what a response echoes (gbcs.md 1.6)."""
    return f"{device.hex()}/{originator.hex()}/{counter}"


COMMANDS = BookForm(
    name="command_in_flight",
    record=CommandInFlight,
    key=lambda command: command.key,
    columns={
        "device": lambda command: command.device.hex(),
        "request": lambda command: str(command.request.request_id),
    },
    due=lambda command: command.due,
    parts=(Errand,),
)


@dataclass(slots=True, kw_only=True)
class Commands:
    """`fail` is called once per Command, with UNDELIVERED or UNANSWERED. `is_asleep` says which
    devices answer only when they wake."""

    clock: Clock
    wan: SmWan
    audit: Audit
    settings: DccSettings
    fail: Callable[[str, CommandInFlight], None]
    is_asleep: Callable[[Eui64], bool] = lambda _: False
    store: Store = field(default_factory=MemoryStore)
    _book: Book[CommandInFlight] = field(init=False)
    _agenda: Agenda[CommandInFlight] = field(init=False)

    def __post_init__(self) -> None:
        self._book = self.store.book(COMMANDS)
        self._agenda = Agenda(self.clock, self.store, self._book, self._overdue)

    def __len__(self) -> int:
        return len(self._book)

    def send(self, command: CommandInFlight) -> None:
        """Sent once the transaction is safe."""
        now = self.clock.now()
        self._put(replace(command, accepted_at=now, due=now + self._response_time(command)))
        self.store.after_commit(lambda: self._attempt(command.key))

    def hand_over(self, command: CommandInFlight) -> None:
        """For local delivery alone: known for as long as its response may be returned."""
        now = self.clock.now()
        due = now + self.settings.local_response_time
        self._put(replace(command, errand=Errand.LOCAL, accepted_at=now, has_failed=True, due=due))

    def find(self, response: Message) -> CommandInFlight | None:
        """The Command that a response answers: parties, counter and message code echoed."""
        command = self._book.get(_key(response.originator, response.recipient, response.counter))
        if command is None or command.message.message_code != response.message_code:
            return None
        return command

    def close(self, command: CommandInFlight) -> None:
        """It is answered: nothing more is sent, nothing reported."""
        self._book.remove(command.key)

    def resume(self) -> None:
        """Take up what was in flight when the DCC stopped."""
        self._agenda.resume()

    def stop(self) -> None:
        """No deadline strikes; what is in flight stays on the books."""
        self._agenda.stop()

    def _put(self, command: CommandInFlight) -> None:
        self._book.put(command)
        if command.due is not None:
            self._agenda.note(command.due)

    def _attempt(self, key: str) -> None:
        command = self._book.get(key)
        if command is None:
            return
        octets = command.message.to_octets()
        was_carried = self._carry(command, octets)
        note = "sent" if was_carried else "no hub to send it through"
        attempts = command.attempts + 1
        self.audit.record(
            Direction.TO_DEVICE,
            "command",
            party=command.request.request_id.originator,
            device=command.device,
            message_id=command.request.request_id,
            note=f"attempt {attempts}: {note}",
            octets=octets,
        )
        with self.store.transaction():
            if key in self._book:  # an answer may have come at once
                self._put(
                    replace(
                        command,
                        attempts=attempts,
                        was_carried=command.was_carried or was_carried,
                        due=self.clock.now() + self._response_time(command),
                    )
                )

    def _carry(self, command: CommandInFlight, octets: bytes) -> bool:
        if command.hub is None:
            return False
        try:
            self.wan.send_down(command.hub, command.device, octets)
        except KeyError:
            return False
        return True

    def _response_time(self, command: CommandInFlight) -> timedelta:
        settings = self.settings
        is_asleep = self.is_asleep(command.device)
        return settings.response_time_asleep if is_asleep else settings.response_time

    def _overdue(self, command: CommandInFlight) -> None:
        now = self.clock.now()
        if command.has_failed:
            self._book.remove(command.key)
        elif command.attempts <= self.settings.command_retries:
            self._put(replace(command, due=now + self._response_time(command)))
            self.store.after_commit(lambda: self._attempt(command.key))
        else:
            self._put(replace(command, has_failed=True, due=now + self.settings.late_response_time))
            self.fail(UNANSWERED if command.was_carried else UNDELIVERED, command)
