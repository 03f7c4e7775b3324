"""What the DSP remembers between messages: request counters, Pre-Commands, its own counters."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assay.dcc.store import Book, BookForm, MemoryStore
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRequest:
    """The last accepted counter of an originator and target."""

    originator: Eui64
    target: Eui64
    counter: int


def _pair(originator: Eui64, target: Eui64) -> str:
    return f"{originator.hex()}/{target.hex()}"


LAST_REQUESTS = BookForm(
    name="last_request",
    record=LastRequest,
    key=lambda last: _pair(last.originator, last.target),
)


@dataclass(slots=True)
class RequestCounters:
    book: Book[LastRequest] = field(default_factory=lambda: MemoryStore().book(LAST_REQUESTS))

    def last(self, request_id: RequestId) -> int | None:
        found = self.book.get(_pair(request_id.originator, request_id.target))
        return found.counter if found is not None else None

    def is_new(self, request_id: RequestId) -> bool:
        last = self.last(request_id)
        return last is None or request_id.counter > last

    def accept(self, request_id: RequestId) -> None:
        self.book.put(
            LastRequest(
                originator=request_id.originator,
                target=request_id.target,
                counter=request_id.counter,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedPreCommand:
    """What Transform answered. `is_spent`: a Signed Pre-Command has come for it."""

    request: Request
    message: Message
    is_spent: bool = False


RETURNED_PRE_COMMANDS = BookForm(
    name="pre_command",
    record=ReturnedPreCommand,
    key=lambda returned: str(returned.request.request_id),
)


@dataclass(slots=True)
class PreCommands:
    """Returned Pre-Commands by RequestID. A user may discard one without a word, so the oldest
    are forgotten when there are more than `limit`."""

    limit: int
    book: Book[ReturnedPreCommand] = field(
        default_factory=lambda: MemoryStore().book(RETURNED_PRE_COMMANDS)
    )

    def remember(self, request: Request, message: Message) -> None:
        self.book.put(ReturnedPreCommand(request=request, message=message))
        while len(self.book) > self.limit and (oldest := self.book.first()) is not None:
            self.book.remove(str(oldest.request.request_id))

    def find(self, request_id: RequestId) -> ReturnedPreCommand | None:
        return self.book.get(str(request_id))

    def spend(self, request_id: RequestId) -> None:
        returned = self.find(request_id)
        if returned is None:
            raise KeyError(str(request_id))
        self.book.put(replace(returned, is_spent=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    name: str
    last: int


COUNTERS = BookForm(name="counter", record=Counted, key=lambda counted: counted.name)


@dataclass(slots=True)
class Counter:
    """A counter of the DCC's own, by name: of the Commands it originates, of its alerts.

    `start` is the number before the first, where the book knows of none.
    """

    start: int = 0
    name: str = "counter"
    book: Book[Counted] = field(default_factory=lambda: MemoryStore().book(COUNTERS))

    @property
    def last(self) -> int:
        found = self.book.get(self.name)
        return found.last if found is not None else self.start

    def next(self) -> int:
        number = self.last + 1
        self.book.put(Counted(name=self.name, last=number))
        return number
