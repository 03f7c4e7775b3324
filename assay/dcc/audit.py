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
    """Append-only; the oldest entries go when there are more than `max_entries`, or when the
    messages that are kept exceed `max_octets` together."""

    now: Callable[[], datetime]
    max_entries: int = 100_000
    max_octets: int = 1 << 28
    listeners: list[Callable[[AuditEntry], None]] = field(default_factory=list)
    entries: deque[AuditEntry] = field(default_factory=deque, init=False)
    _octets: int = field(default=0, init=False)

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
        self._octets += len(entry.octets)
        self._drop_oldest()
        for listener in self.listeners:
            listener(entry)
        return entry

    def _drop_oldest(self) -> None:
        while len(self.entries) > self.max_entries or self._octets > self.max_octets:
            self._octets -= len(self.entries.popleft().octets)
