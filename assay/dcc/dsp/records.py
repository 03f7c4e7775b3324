"""What the DSP remembers between messages: request counters, Pre-Commands, its own counters."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from assay.duis.identifiers import RequestId
from assay.duis.requests import Request
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64


@dataclass(slots=True)
class RequestCounters:
    """The last accepted counter of each originator and target."""

    _last: dict[tuple[Eui64, Eui64], int] = field(default_factory=dict, init=False)

    def last(self, request_id: RequestId) -> int | None:
        return self._last.get((request_id.originator, request_id.target))

    def is_new(self, request_id: RequestId) -> bool:
        last = self.last(request_id)
        return last is None or request_id.counter > last

    def accept(self, request_id: RequestId) -> None:
        self._last[request_id.originator, request_id.target] = request_id.counter


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedPreCommand:
    """What Transform answered. `is_spent`: a Signed Pre-Command has come for it."""

    request: Request
    message: Message
    is_spent: bool = False


@dataclass(slots=True)
class PreCommands:
    """Returned Pre-Commands by RequestID. A user may discard one without a word, so the oldest
    are forgotten when there are more than `limit`."""

    limit: int
    _returned: OrderedDict[RequestId, ReturnedPreCommand] = field(
        default_factory=OrderedDict, init=False
    )

    def remember(self, request: Request, message: Message) -> None:
        self._returned[request.request_id] = ReturnedPreCommand(request=request, message=message)
        while len(self._returned) > self.limit:
            self._returned.popitem(last=False)

    def find(self, request_id: RequestId) -> ReturnedPreCommand | None:
        return self._returned.get(request_id)

    def spend(self, request_id: RequestId) -> None:
        returned = self._returned[request_id]
        self._returned[request_id] = ReturnedPreCommand(
            request=returned.request, message=returned.message, is_spent=True
        )


@dataclass(slots=True)
class Counter:
    """A counter of the DCC's own: of the Commands it originates, of its alerts."""

    last: int = 0

    def next(self) -> int:
        self.last += 1
        return self.last
