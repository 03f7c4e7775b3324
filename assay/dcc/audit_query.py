"""Asking the audit trail: which messages, and how an entry is written for people and programs.

An entry in JSON has the fields of `AuditEntry` by name, those without a value left out; `octets`
only where they are asked for.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from assay.dcc.audit import AuditEntry, Direction
from assay.duis.identifiers import MessageId
from assay.gbcs.identifiers import Eui64

DEFAULT_LIMIT = 1000
MAX_LIMIT = 100_000


class BadQueryError(ValueError):
    """A question that the audit trail cannot be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery:
    """None asks for all. `until` is the first moment after; the newest `limit` entries count."""

    party: Eui64 | None = None
    device: Eui64 | None = None
    message_id: MessageId | None = None
    direction: Direction | None = None
    kind: str | None = None
    code: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int = DEFAULT_LIMIT

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> AuditQuery:
        """As it comes in a URL or from a prompt; BadQueryError names what is wrong."""
        known = {field.name for field in fields(cls)}
        unknown = sorted(set(texts) - known)
        if unknown:
            raise BadQueryError(f"expected {', '.join(sorted(known))}, seen {', '.join(unknown)}")
        values: dict[str, Any] = {}
        for name, text in texts.items():
            try:
                values[name] = _READERS[name](text)
            except ValueError as error:
                raise BadQueryError(f"{name}: {error}") from None
        return cls(**values)

    def matches(self, entry: AuditEntry) -> bool:
        wanted = (
            (self.party, entry.party),
            (self.device, entry.device),
            (self.direction, entry.direction),
            (self.kind, entry.kind),
            (self.code, entry.code),
        )
        if any(want is not None and want != seen for want, seen in wanted):
            return False
        # As texts: a RequestID and a ResponseID of the same parts are of two classes.
        if self.message_id is not None and str(self.message_id) != str(entry.message_id):
            return False
        if self.since is not None and entry.at < self.since:
            return False
        return self.until is None or entry.at < self.until

    def matches_json(self, entry: Mapping[str, Any]) -> bool:
        """The same, of an entry that `to_json` has written."""
        wanted = {
            "party": self.party.hyphenated if self.party is not None else None,
            "device": self.device.hyphenated if self.device is not None else None,
            "message_id": str(self.message_id) if self.message_id is not None else None,
            "direction": self.direction,
            "kind": self.kind,
            "code": self.code,
        }
        if any(want is not None and want != entry.get(name) for name, want in wanted.items()):
            return False
        at = datetime.fromisoformat(entry["at"])
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)

    def select(self, entries: Iterable[AuditEntry]) -> list[AuditEntry]:
        """Oldest first."""
        found = [entry for entry in entries if self.matches(entry)]
        return found[-self.limit :]


def to_json(entry: AuditEntry, *, with_octets: bool = False) -> dict[str, Any]:
    content: dict[str, Any] = {
        "at": entry.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "direction": entry.direction.value,
        "kind": entry.kind,
        "party": entry.party.hyphenated if entry.party is not None else None,
        "device": entry.device.hyphenated if entry.device is not None else None,
        "message_id": str(entry.message_id) if entry.message_id is not None else None,
        "code": entry.code,
        "note": entry.note or None,
        "size": entry.size or None,
        "stages": [_stage(stage.check, stage.refusal) for stage in entry.stages] or None,
    }
    if with_octets and entry.octets:
        content["octets"] = b64encode(entry.octets).decode("ascii")
    return {name: value for name, value in content.items() if value is not None}


def _stage(check: str, refusal: str | None) -> dict[str, str]:
    return {"check": check} if refusal is None else {"check": check, "refusal": refusal}


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"expected a time with its zone, seen {text}")
    return moment


def _limit(text: str) -> int:
    limit = int(text)
    if not 1 <= limit <= MAX_LIMIT:
        raise ValueError(f"expected 1 to {MAX_LIMIT}, seen {limit}")
    return limit


_READERS: Mapping[str, Any] = {
    "party": Eui64.from_text,
    "device": Eui64.from_text,
    "message_id": MessageId.from_text,
    "direction": Direction,
    "kind": str,
    "code": str,
    "since": _moment,
    "until": _moment,
    "limit": _limit,
}
