"""A body of traffic: what was seen, decoded where it can be, and which response answers what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from assay.gbcs import inspection
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.errors import GbcsError
from assay.gbcs.keys import KeyStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One message as it was seen, and when (None in a folder of messages)."""

    octets: bytes
    at: datetime | None = None


@dataclass(slots=True)
class Traffic:
    """Messages in the order seen, decoded where they can be."""

    keys: KeyStore
    observed: list[Observed]
    messages: list[tuple[Observed, Message]] = field(default_factory=list)
    undecodable: list[tuple[Observed, str]] = field(default_factory=list)

    @classmethod
    def of(cls, observed: Iterable[Observed], keys: KeyStore) -> Traffic:
        traffic = cls(keys, list(observed))
        for seen in traffic.observed:
            try:
                traffic.messages.append((seen, parse(seen.octets)))
            except GbcsError as error:
                traffic.undecodable.append((seen, str(error)))
        return traffic

    def of_kind(self, *kinds: Cra) -> list[Message]:
        return [message for _, message in self.messages if message.cra in kinds]

    def from_devices(self) -> list[Message]:
        return self.of_kind(Cra.RESPONSE, Cra.ALERT)

    def pairs(self) -> list[tuple[Message, Message]]:
        """Each response with the command that it answers; those without one are left out."""
        commands = {(m.recipient, m.counter, m.message_code): m for m in self.of_kind(Cra.COMMAND)}
        found = []
        for answer in self.of_kind(Cra.RESPONSE):
            command = commands.get((answer.originator, answer.counter, answer.message_code))
            if command is not None:
                found.append((command, answer))
        return found


def name_of(message: Message) -> str:
    return f"{inspection.use_case_name(message)} {message.cra.name.lower()} {message.counter}"


def finding(message: Message, what: str, expected: object, seen: object) -> str:
    return f"{name_of(message)}: {what}: expected {expected}, seen {seen}"
