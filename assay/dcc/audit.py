"""The message audit trail: everything that came in or went out, with what each check said."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from assay.duis.identifiers import MessageId
from assay.gbcs.identifiers import Eui64

MAX_KEPT_OCTETS = 1 << 16
"""Of one message: what an attacker sends must not fill the memory; `size` tells the truth."""


class Direction(StrEnum):
    FROM_USER = "from user"
    TO_USER = "to user"
    TO_DEVICE = "to device"
    FROM_DEVICE = "from device"
    INSIDE = "inside the DCC"


@dataclass(frozen=True, slots=True)
class Stage:
    """One check by name: passed (None), or why it refused."""

    check: str
    refusal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """`code` is a response, alert or DCC alert code; `note` says in words what happened."""

    at: datetime
    direction: Direction
    kind: str
    party: Eui64 | None = None
    device: Eui64 | None = None
    message_id: MessageId | None = None
    code: str | None = None
    stages: tuple[Stage, ...] = ()
    note: str = ""
    octets: bytes = b""
    size: int = 0


@dataclass(slots=True)
class Audit:
    """Append-only; the oldest entries go when there are more than `limit`."""

    now: Callable[[], datetime]
    limit: int = 100_000
    listeners: list[Callable[[AuditEntry], None]] = field(default_factory=list)
    entries: deque[AuditEntry] = field(init=False)

    def __post_init__(self) -> None:
        self.entries = deque(maxlen=self.limit)

    def record(
        self,
        direction: Direction,
        kind: str,
        *,
        party: Eui64 | None = None,
        device: Eui64 | None = None,
        message_id: MessageId | None = None,
        code: str | None = None,
        stages: tuple[Stage, ...] = (),
        note: str = "",
        octets: bytes = b"",
    ) -> AuditEntry:
        entry = AuditEntry(
            at=self.now(),
            direction=direction,
            kind=kind,
            party=party,
            device=device,
            message_id=message_id,
            code=code,
            stages=stages,
            note=note,
            octets=octets[:MAX_KEPT_OCTETS],
            size=len(octets),
        )
        self.entries.append(entry)
        for listener in self.listeners:
            listener(entry)
        return entry
