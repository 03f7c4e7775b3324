"""Commands that a device holds until their time: its alerts are counted, x of y (duis.md 9, F7).

The device accepts at once and tells later of each instruction that it has carried out (8F66)
or could not carry out (8F67). How many there will be is read from the Command (inferred).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from assay.clock import Clock
from assay.dcc.dsp.accepted import service_key
from assay.dcc.dsp.dates import CANCELLATION, Dating, dating, execution_time
from assay.dcc.dsp.instructions import executed_counter, instructions_in
from assay.dcc.settings import DccSettings
from assay.dcc.store import Agenda, Book, BookForm, Store
from assay.duis.requests import Request
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64

OUTCOMES = (0x8F66, 0x8F67)
"""Alert codes: carried out, not carried out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedOutcome:
    """`heard` are the counters of the alerts that have come."""

    request: Request
    originator: Eui64
    counter: int
    message_code: int
    total: int
    due: datetime
    heard: tuple[int, ...] = ()

    @property
    def device(self) -> Eui64:
        return self.request.request_id.target

    @property
    def key(self) -> str:
        return outcome_key(self.device, self.originator, self.counter)

    @property
    def service(self) -> str:
        asked = self.request.request_id
        return service_key(asked.originator, asked.target, self.request.srv)


def outcome_key(device: Eui64, originator: Eui64, counter: int) -> str:
    return f"{device.hex()}/{originator.hex()}/{counter}"


EXPECTED_OUTCOMES = BookForm(
    name="expected_outcome",
    record=ExpectedOutcome,
    key=lambda expected: expected.key,
    columns={
        "device": lambda expected: expected.device.hex(),
        "service": lambda expected: expected.service,
    },
    due=lambda expected: expected.due,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One alert: of which request, which instruction of how many."""

    request: Request
    number: int
    total: int


@dataclass(slots=True, kw_only=True)
class DeviceDated:
    """`missing` is told once of a request whose outcomes did not all come."""

    clock: Clock
    store: Store
    settings: DccSettings
    missing: Callable[[Request], None]
    _book: Book[ExpectedOutcome] = field(init=False)
    _agenda: Agenda[ExpectedOutcome] = field(init=False)

    def __post_init__(self) -> None:
        self._book = self.store.book(EXPECTED_OUTCOMES)
        self._agenda = Agenda(self.clock, self.store, self._book, self._overdue)

    def __len__(self) -> int:
        return len(self._book)

    def sent(self, request: Request, message: Message) -> None:
        """A Command has been handed to the WAN; nothing to do where the device does not wait."""
        at = execution_time(request)
        if at is None or at == CANCELLATION or dating(request) is not Dating.AT_DEVICE:
            return
        expected = ExpectedOutcome(
            request=request,
            originator=message.originator,
            counter=message.counter,
            message_code=message.message_code,
            total=instructions_in(message, at),
            due=at + self.settings.device_dated_grace,
        )
        self._book.put(expected)
        self._agenda.note(expected.due)

    def answered(self, request: Request, message: Message, *, is_accepted: bool) -> None:
        """The device's response: a Command that it takes on replaces an earlier one."""
        if dating(request) is not Dating.AT_DEVICE:
            return
        own = outcome_key(message.originator, message.recipient, message.counter)
        if not is_accepted:
            self._book.remove(own)
            return
        asked = request.request_id
        service = service_key(asked.originator, asked.target, request.srv)
        for expected in self._book.find(service=service):
            if expected.key != own:
                self._book.remove(expected.key)

    def failed(self, message: Message) -> None:
        """The Command was not delivered, or not answered."""
        self._book.remove(outcome_key(message.recipient, message.originator, message.counter))

    def cancel_at(self, device: Eui64, is_affected: Callable[[Eui64], bool]) -> None:
        """Nothing more is expected of what these users have dated there."""
        for expected in self._book.find(device=device.hex()):
            if is_affected(expected.request.request_id.originator):
                self._book.remove(expected.key)

    def outcome(self, alert: Message, code: int | None) -> Outcome | None:
        """Which request the alert is about; None for any other alert."""
        expected = self._expected(alert) if code in OUTCOMES else None
        if expected is None:
            return None
        if alert.counter not in expected.heard:
            expected = replace(expected, heard=(*expected.heard, alert.counter))
            self._book.put(expected)
        number = expected.heard.index(alert.counter) + 1
        # More than were counted: the count was too low, and the schema has no x above y.
        return Outcome(expected.request, number, max(number, expected.total))

    def resume(self) -> None:
        self._agenda.resume()

    def stop(self) -> None:
        self._agenda.stop()

    def _expected(self, alert: Message) -> ExpectedOutcome | None:
        counter = executed_counter(alert)
        if counter is not None:
            return self._book.get(outcome_key(alert.originator, alert.recipient, counter))
        # Alerts on credentials name no Command; a device holds one of them at a time (inferred).
        for expected in self._book.find(device=alert.originator.hex()):
            if expected.originator == alert.recipient:
                return expected
        return None

    def _overdue(self, expected: ExpectedOutcome) -> None:
        self._book.remove(expected.key)
        if len(expected.heard) < expected.total:
            self.missing(expected.request)
