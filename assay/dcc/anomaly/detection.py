"""Detection at work: which communication goes on, which is held, and what becomes of it then.

Requests are looked at when all checks have passed, before anything is acknowledged; what a
device sends, when it would be handed over to its User. A request for a Pre-Command sends nothing
to a device, so the Signed Pre-Command counts in its place (inferred).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from assay.dcc.anomaly.counting import Counting
from assay.dcc.anomaly.limits import violation
from assay.dcc.anomaly.quarantine import (
    QUARANTINE,
    Breach,
    HeldRequest,
    Quarantined,
    Warned,
)
from assay.dcc.anomaly.thresholds import (
    ATTRIBUTE_LIMITS,
    AttributeLimit,
    Communication,
    Threshold,
)
from assay.dcc.audit import Audit, Direction
from assay.dcc.dsp.answers import Letter
from assay.dcc.dsp.examination import Examination
from assay.dcc.dsp.records import COUNTERS, Counter
from assay.dcc.store import Book, Store
from assay.duis.requests import Request, SignedPreCommand
from assay.duis.values import Content
from assay.gbcs.identifiers import Eui64

_TRANSFORM = 4
_BY_KIND = {
    "response": Communication.RESPONSE,
    "scheduled response": Communication.RESPONSE,
    "device alert": Communication.ALERT,
    "future dated device alert": Communication.ALERT,
}
"""Letters that are counted: what the DCC itself has to say is none of a device."""


class UnknownEventError(KeyError):
    """No communication of this User is held under this reference."""


@dataclass(slots=True, kw_only=True)
class Detection:
    """`listeners` hear of all that is held and of each warning. `proceed` carries a released
    request out; `deliver` is where letters go."""

    store: Store
    audit: Audit
    now: Callable[[], datetime]
    deliver: Callable[[Letter], None]
    proceed: Callable[[HeldRequest], None] | None = None
    listeners: list[Callable[[Quarantined | Warned], None]] = field(default_factory=list)
    counting: Counting = field(init=False)
    quarantine: Book[Quarantined] = field(init=False)
    _limits: Book[AttributeLimit] = field(init=False)
    _events: Counter = field(init=False)

    def __post_init__(self) -> None:
        self.counting = Counting(self.store, self.now)
        self.quarantine = self.store.book(QUARANTINE)
        self._limits = self.store.book(ATTRIBUTE_LIMITS)
        self._events = Counter(0, "quarantine event", self.store.book(COUNTERS))

    def set_limits(self, limits: list[AttributeLimit]) -> None:
        """All attribute limits of the DCC are these."""
        for known in tuple(self._limits.find()):
            self._limits.remove(known.key)
        for limit in limits:
            self._limits.put(limit)

    @property
    def limits(self) -> tuple[AttributeLimit, ...]:
        return tuple(self._limits.find())

    def holds_request(self, examination: Examination) -> bool:
        """Count a request that has passed all checks; True where it may not go on now."""
        request = examination.request
        if examination.is_released or request.command_variant == _TRANSFORM:
            return False
        user, srv = request.request_id.originator, request.srv
        reason = self._reason(user, Communication.REQUEST, srv, _body(examination))
        if reason is None:
            return False
        breach, detail = reason
        held = HeldRequest(
            document=examination.document,
            service=examination.service,
            caller=examination.caller,
        )
        self._hold(
            Quarantined(
                event=self._events.next(),
                user=user,
                communication=Communication.REQUEST,
                subject=srv,
                message_id=request.request_id,
                breach=breach,
                detail=detail,
                since=self.now(),
                request=held,
            )
        )
        return True

    def hand_over(self, letter: Letter) -> None:
        """Deliver what a device has sent, or hold it."""
        communication = _BY_KIND.get(letter.kind)
        reason = None
        if communication is not None:
            subject = letter.srv if communication is Communication.RESPONSE else letter.code
            reason = self._reason(letter.user, communication, subject or "", {})
        if communication is None or reason is None:
            self.deliver(letter)
            return
        breach, detail = reason
        self._hold(
            Quarantined(
                event=self._events.next(),
                user=letter.user,
                communication=communication,
                subject=subject or "",
                message_id=letter.message_id,
                breach=breach,
                detail=detail,
                since=self.now(),
                letter=letter,
            )
        )

    def find(self, event: int, user: Eui64) -> Quarantined:
        """UnknownEventError also for what another User's is: nobody learns of it."""
        held = self.quarantine.get(str(event))
        if held is None or held.user != user:
            raise UnknownEventError(f"quarantine event {event} of {user}: none is held")
        return held

    def release(self, event: int, user: Eui64) -> None:
        """It goes on from where it was held; what is not right any more fails then."""
        with self.store.transaction():
            held = self._take(event, user, "released")
            if held.letter is not None:
                self.deliver(held.letter)
            elif held.request is not None and self.proceed is not None:
                self.proceed(held.request)

    def delete(self, event: int, user: Eui64) -> None:
        """It never was; its RequestID stays used."""
        with self.store.transaction():
            self._take(event, user, "deleted")

    def _take(self, event: int, user: Eui64, what: str) -> Quarantined:
        held = self.find(event, user)
        self.quarantine.remove(held.key)
        self._record(held, f"{what} by its user")
        return held

    def _reason(
        self, user: Eui64, communication: Communication, subject: str, body: Content
    ) -> tuple[Breach, str] | None:
        """Why it is to be held; it counts in any case."""
        tally = self.counting.count(user, communication, subject)
        for threshold in tally.warned:
            self._warn(threshold)
        for limit in self._limits.find(srv=subject) if body and len(self._limits) else ():
            detail = violation(limit, body)
            if detail is not None:
                return Breach.ATTRIBUTE_LIMITS, detail
        exceeded = tally.exceeded
        if exceeded is None:
            return None
        breach = Breach.DCC_THRESHOLD if exceeded.owner is None else Breach.USER_THRESHOLD
        return breach, f"expected at most {exceeded.quarantine} a {exceeded.period}"

    def _hold(self, held: Quarantined) -> None:
        self.quarantine.put(held)
        self._record(held, f"held: {held.detail}")
        for listener in self.listeners:
            listener(held)

    def _warn(self, threshold: Threshold) -> None:
        now = self.now()
        warned = Warned(
            owner=threshold.owner,
            communication=threshold.communication,
            subject=threshold.subject,
            level=threshold.warning or 0,
            since=threshold.period.start(now),
            at=now,
        )
        self.audit.record(
            Direction.INSIDE,
            "anomaly warning",
            party=threshold.owner,
            note=f"{threshold.communication} {threshold.subject}: more than {warned.level}",
        )
        for listener in self.listeners:
            listener(warned)

    def _record(self, held: Quarantined, note: str) -> None:
        self.audit.record(
            Direction.INSIDE,
            "quarantine",
            party=held.user,
            message_id=held.message_id,
            note=f"event {held.event}, {held.communication} {held.subject}, {held.breach}: {note}",
        )


def _body(examination: Examination) -> Content:
    """What was asked for, also where a Signed Pre-Command asks for it."""
    original: Request = examination.original or examination.request
    return {} if isinstance(original.body, SignedPreCommand) else original.body
