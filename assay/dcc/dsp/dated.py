"""Requests that the DSP holds until their time: future dated (DSP) (duis.md 9, F6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from assay.clock import Clock
from assay.dcc.dsp.accepted import AcceptedRequest
from assay.dcc.dsp.commands import Errand
from assay.dcc.store import Agenda, Book, BookForm, Store
from assay.duis.identifiers import RequestId
from assay.gbcs.identifiers import Eui64

DATED = BookForm(
    name="dated_request",
    record=AcceptedRequest,
    key=lambda accepted: str(accepted.request_id),
    columns={
        "device": lambda accepted: accepted.device.hex(),
        "service": lambda accepted: accepted.service,
    },
    due=lambda accepted: accepted.execute_at,
    parts=(Errand,),
)


@dataclass(slots=True, kw_only=True)
class DatedRequests:
    """`carry_out` takes over when a request is due; `dropped` hears of one that never will be."""

    clock: Clock
    store: Store
    carry_out: Callable[[AcceptedRequest], None]
    dropped: Callable[[RequestId], None]
    _book: Book[AcceptedRequest] = field(init=False)
    _agenda: Agenda[AcceptedRequest] = field(init=False)

    def __post_init__(self) -> None:
        self._book = self.store.book(DATED)
        self._agenda = Agenda(self.clock, self.store, self._book, self._due)

    def __len__(self) -> int:
        return len(self._book)

    def hold(self, accepted: AcceptedRequest) -> None:
        """Until its time; in the place of an earlier one of the same user, service and device
        (inferred)."""
        if accepted.execute_at is None:
            raise ValueError(f"{accepted.request_id} has no time to wait for")
        self.cancel(accepted.service)
        self._book.put(replace(accepted, errand=Errand.FUTURE_DATED))
        self._agenda.note(accepted.execute_at)

    def cancel(self, service: str) -> tuple[RequestId, ...]:
        """Take back what is held for a service at a device; what that was."""
        return tuple(self._taken_out(self._book.find(service=service)))

    def cancel_at(
        self, device: Eui64, is_affected: Callable[[Eui64], bool]
    ) -> tuple[RequestId, ...]:
        """Take back what affected users have dated for a device; what that was."""
        held = self._book.find(device=device.hex())
        return tuple(self._taken_out(one for one in held if is_affected(one.user)))

    def resume(self) -> None:
        self._agenda.resume()

    def stop(self) -> None:
        self._agenda.stop()

    def _taken_out(self, held: Iterator[AcceptedRequest]) -> Iterator[RequestId]:
        for accepted in held:
            self._book.remove(str(accepted.request_id))
            self.dropped(accepted.request_id)
            yield accepted.request_id

    def _due(self, accepted: AcceptedRequest) -> None:
        self._book.remove(str(accepted.request_id))
        self.carry_out(accepted)
