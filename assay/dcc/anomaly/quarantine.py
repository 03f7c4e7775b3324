"""What is held, why, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assay.dcc.access import WebService
from assay.dcc.anomaly.thresholds import Communication
from assay.dcc.dsp.answers import Letter
from assay.dcc.store import BookForm
from assay.duis.identifiers import MessageId
from assay.gbcs.identifiers import Eui64


class Breach(StrEnum):
    """Why, by the names of the elements of QuarantinedRequest."""

    USER_THRESHOLD = "ADUserThresholdBreach"
    DCC_THRESHOLD = "ADDCCThresholdBreach"
    ATTRIBUTE_LIMITS = "ADAttributeLimitsBreach"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRequest:
    """The document as it came, where it came to, and over whose connection."""

    document: bytes
    service: WebService
    caller: Eui64 | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A request, or what was to go to the User. `event` is the QuarantineEventRef."""

    event: int
    user: Eui64
    communication: Communication
    subject: str
    message_id: MessageId
    breach: Breach
    detail: str
    since: datetime
    request: HeldRequest | None = None
    letter: Letter | None = None

    @property
    def key(self) -> str:
        return str(self.event)


QUARANTINE: BookForm[Quarantined] = BookForm(
    name="quarantine",
    record=Quarantined,
    key=lambda held: held.key,
    columns={"party": lambda held: held.user.hex()},
    parts=(Quarantined, Communication, Breach, HeldRequest, Letter, WebService),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A warning level was passed: nothing is held yet. `owner` None: the DCC's threshold."""

    owner: Eui64 | None
    communication: Communication
    subject: str
    level: int
    since: datetime
    at: datetime
