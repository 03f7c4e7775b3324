"""Sequences of requests: each goes out once the one before it has succeeded (duis.md 9).

The order of arrival is free within a time window. When a request fails, those behind it get
N14; one whose predecessor does not come in time gets N15.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from assay.clock import Clock
from assay.dcc.dsp.accepted import AcceptedRequest
from assay.dcc.dsp.commands import Errand
from assay.dcc.settings import DccSettings
from assay.dcc.store import Agenda, Book, BookForm, Store
from assay.duis.identifiers import RequestId

MAX_LENGTH = 99
PREDECESSOR_FAILED, OUT_OF_ORDER = "N14", "N15"


class Progress(StrEnum):
    WAITING = "waiting for the one before"
    UNDER_WAY = "under way"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A request of a sequence; `preceding` None: the first. `forget_at` ends its memory, or its
    waiting."""

    accepted: AcceptedRequest
    preceding: RequestId | None
    progress: Progress
    forget_at: datetime

    @property
    def key(self) -> str:
        return str(self.accepted.request_id)


MEMBERS = BookForm(
    name="sequence_member",
    record=Member,
    key=lambda member: member.key,
    columns={"preceding": lambda member: str(member.preceding) if member.preceding else None},
    due=lambda member: member.forget_at,
    parts=(AcceptedRequest, Errand, Progress),
)


@dataclass(slots=True)
class SequenceBook:
    """Who comes after whom; nothing is sent from here."""

    book: Book[Member]

    def find(self, request_id: RequestId) -> Member | None:
        return self.book.get(str(request_id))

    def successor(self, request_id: RequestId) -> Member | None:
        return self.book.first(preceding=str(request_id))

    def length_with(self, request_id: RequestId, preceding: RequestId) -> int:
        """Of the chain that the two would be joined in, as far as it is known."""
        length = 1
        before: RequestId | None = preceding
        while before is not None and length <= MAX_LENGTH:
            length += 1
            member = self.find(before)
            before = member.preceding if member is not None else None
        after = self.successor(request_id)
        while after is not None and length <= MAX_LENGTH:
            length += 1
            after = self.successor(after.accepted.request_id)
        return length


@dataclass(slots=True, kw_only=True)
class Sequences:
    """`release` carries a request out whose turn has come; `fail` tells whose turn never will."""

    clock: Clock
    store: Store
    settings: DccSettings
    release: Callable[[AcceptedRequest], None]
    fail: Callable[[str, AcceptedRequest], None]
    members: SequenceBook
    _agenda: Agenda[Member] = field(init=False)

    def __post_init__(self) -> None:
        self._agenda = Agenda(self.clock, self.store, self.members.book, self._window_closed)

    def __len__(self) -> int:
        return len(self.members.book)

    def enter(self, accepted: AcceptedRequest, preceding: RequestId | None) -> bool:
        """Whether it is its turn now. Where the one before has failed it has failed too, and
        `fail` has been told."""
        before = self.members.find(preceding) if preceding is not None else None
        if preceding is None or (before is not None and before.progress is Progress.SUCCEEDED):
            self._put(accepted, preceding, Progress.UNDER_WAY)
            return True
        if before is not None and before.progress is Progress.FAILED:
            self._put(accepted, preceding, Progress.FAILED)
            self.fail(PREDECESSOR_FAILED, accepted)
            self._fail_behind(accepted.request_id, PREDECESSOR_FAILED)
            return False
        self._put(accepted, preceding, Progress.WAITING)
        return False

    def succeeded(self, request_id: RequestId) -> None:
        """The next one goes out. Nothing happens for a request of no sequence."""
        if self._mark(request_id, Progress.SUCCEEDED) is None:
            return
        following = self.members.successor(request_id)
        if following is not None and following.progress is Progress.WAITING:
            self._mark(following.accepted.request_id, Progress.UNDER_WAY)
            self.release(following.accepted)

    def failed(self, request_id: RequestId) -> None:
        """All that wait behind it get N14."""
        if self._mark(request_id, Progress.FAILED) is not None:
            self._fail_behind(request_id, PREDECESSOR_FAILED)

    def resume(self) -> None:
        self._agenda.resume()

    def stop(self) -> None:
        self._agenda.stop()

    def _put(
        self, accepted: AcceptedRequest, preceding: RequestId | None, progress: Progress
    ) -> None:
        forget_at = self.clock.now() + self.settings.sequence_window
        self.members.book.put(
            Member(accepted=accepted, preceding=preceding, progress=progress, forget_at=forget_at)
        )
        self._agenda.note(forget_at)

    def _mark(self, request_id: RequestId, progress: Progress) -> Member | None:
        """From its end on a member is remembered for one more window."""
        member = self.members.find(request_id)
        if member is None or member.progress in (Progress.SUCCEEDED, Progress.FAILED):
            return None
        self._put(member.accepted, member.preceding, progress)
        return member

    def _fail_behind(self, request_id: RequestId, code: str) -> None:
        following = self.members.successor(request_id)
        while following is not None and following.progress is Progress.WAITING:
            self._mark(following.accepted.request_id, Progress.FAILED)
            self.fail(code, following.accepted)
            following = self.members.successor(following.accepted.request_id)

    def _window_closed(self, member: Member) -> None:
        if member.progress in (Progress.SUCCEEDED, Progress.FAILED):
            self.members.book.remove(member.key)
            return
        preceding = member.preceding
        is_late = member.progress is Progress.WAITING and (
            preceding is None or self.members.find(preceding) is None
        )
        if not is_late:
            # It waits for one that is there, or for its own outcome, which comes in any case.
            forget_at = self.clock.now() + self.settings.sequence_window
            self.members.book.put(replace(member, forget_at=forget_at))
            return
        self._mark(member.accepted.request_id, Progress.FAILED)
        self.fail(OUT_OF_ORDER, member.accepted)
        self._fail_behind(member.accepted.request_id, PREDECESSOR_FAILED)
