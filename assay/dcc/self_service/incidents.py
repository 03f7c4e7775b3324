"""Incidents: raised by a user, tracked by both sides, never deleted.

Categories and statuses are inferred; the SEC's own incident management policy was not found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from assay.dcc.store import Book, BookForm
from assay.gbcs.identifiers import Eui64

MAX_SUMMARY, MAX_TEXT = 200, 4000
DCC = "DCC"


class Category(StrEnum):
    COMMUNICATIONS = "No communication with a device"
    INSTALLATION = "Installation or joining fails"
    SERVICE_REQUEST = "A service request is answered wrongly or not at all"
    DATA = "Inventory or registration data are wrong"
    SECURITY = "Security"
    OTHER = "Other"


class IncidentStatus(StrEnum):
    OPEN = "Open"
    IN_PROGRESS = "In progress"
    RESOLVED = "Resolved"
    CLOSED = "Closed"


NEXT: Mapping[IncidentStatus, Mapping[str, frozenset[IncidentStatus]]] = {
    IncidentStatus.OPEN: {
        "dcc": frozenset((IncidentStatus.IN_PROGRESS, IncidentStatus.RESOLVED)),
        "user": frozenset((IncidentStatus.CLOSED,)),
    },
    IncidentStatus.IN_PROGRESS: {
        "dcc": frozenset((IncidentStatus.RESOLVED,)),
        "user": frozenset((IncidentStatus.CLOSED,)),
    },
    IncidentStatus.RESOLVED: {
        "dcc": frozenset(),
        "user": frozenset((IncidentStatus.OPEN, IncidentStatus.CLOSED)),
    },
    IncidentStatus.CLOSED: {"dcc": frozenset(), "user": frozenset()},
}
"""Who may move an incident where: the DCC resolves, the user who raised it accepts or reopens."""


class FieldError(ValueError):
    """A field of a form that makes no sense: which, why, and what to enter instead."""

    def __init__(self, field: str, problem: str, remedy: str) -> None:
        super().__init__(f"{field}: {problem}. {remedy}")
        self.field, self.problem, self.remedy = field, problem, remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentEntry:
    """A note, a change of status, or both. `by` is a user's EUI-64, or the DCC."""

    at: datetime
    by: str
    text: str
    status: IncidentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    number: int
    raised_by: Eui64
    category: Category
    summary: str
    device: Eui64 | None = None
    entries: tuple[IncidentEntry, ...]

    @property
    def name(self) -> str:
        return f"INC{self.number:06d}"

    @property
    def status(self) -> IncidentStatus:
        return self.entries[-1].status

    @property
    def raised_at(self) -> datetime:
        return self.entries[0].at


INCIDENTS: BookForm[Incident] = BookForm(
    name="incident",
    record=Incident,
    key=lambda incident: incident.name,
    columns={"raised_by": lambda incident: incident.raised_by.hex()},
    parts=(Incident, IncidentEntry, IncidentStatus, Category),
)


@dataclass(slots=True)
class IncidentDesk:
    """All incidents; whoever calls has checked who asks and holds a transaction."""

    book: Book[Incident]

    def raise_incident(
        self,
        user: Eui64,
        at: datetime,
        *,
        category: Category,
        summary: str,
        text: str,
        device: Eui64 | None = None,
    ) -> Incident:
        """FieldError for texts that are empty or too long."""
        _check_text("summary", summary, MAX_SUMMARY)
        _check_text("description", text, MAX_TEXT)
        entry = IncidentEntry(at=at, by=user.hyphenated, text=text, status=IncidentStatus.OPEN)
        incident = Incident(
            number=len(self.book) + 1,
            raised_by=user,
            category=category,
            summary=summary,
            device=device,
            entries=(entry,),
        )
        self.book.put(incident)
        return incident

    def of_user(self, user: Eui64) -> tuple[Incident, ...]:
        """The newest first."""
        return tuple(reversed(tuple(self.book.find(raised_by=user.hex()))))

    def all(self, status: IncidentStatus | None = None) -> tuple[Incident, ...]:
        """Of every user, the newest first; only those of this status where one is given."""
        found = (one for one in self.book.find() if status is None or one.status is status)
        return tuple(sorted(found, key=lambda one: one.number, reverse=True))

    def find(self, name: str, user: Eui64) -> Incident | None:
        """None also for another user's incident: that it exists is none of the user's business."""
        incident = self.book.get(name)
        return incident if incident is not None and incident.raised_by == user else None

    def by_user(
        self, incident: Incident, at: datetime, text: str, status: IncidentStatus | None = None
    ) -> Incident:
        return self._add(incident, "user", incident.raised_by.hyphenated, at, text, status)

    def by_dcc(
        self, incident: Incident, at: datetime, text: str, status: IncidentStatus | None = None
    ) -> Incident:
        return self._add(incident, "dcc", DCC, at, text, status)

    def _add(
        self,
        incident: Incident,
        side: str,
        by: str,
        at: datetime,
        text: str,
        status: IncidentStatus | None,
    ) -> Incident:
        """FieldError for an empty note, and for a status that this side cannot set now."""
        _check_text("note", text, MAX_TEXT)
        after = status if status is not None else incident.status
        allowed = NEXT[incident.status][side]
        if after is not incident.status and after not in allowed:
            words = " or ".join(sorted(allowed)) or "no other status"
            problem = f"an incident that is {incident.status} cannot become {after} here"
            raise FieldError("status", problem, f"Choose {words}.")
        entry = IncidentEntry(at=at, by=by, text=text, status=after)
        changed = replace(incident, entries=(*incident.entries, entry))
        self.book.put(changed)
        return changed


def _check_text(field: str, text: str, limit: int) -> None:
    if not text.strip():
        raise FieldError(field, "it is empty", f"Enter 1 to {limit} characters.")
    if len(text) > limit:
        raise FieldError(field, f"it has {len(text)} characters", f"Shorten it to {limit}.")
