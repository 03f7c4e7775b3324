"""The audit trail keeps what matters and stays bounded."""

from __future__ import annotations

from assay.dcc.audit import MAX_KEPT_OCTETS, Audit, AuditEntry, Direction
from tests.dcc.parties import START


def trail(**bounds: int) -> Audit:
    return Audit(lambda: START, **bounds)


def note(audit: Audit, word: str, octets: bytes = b"") -> AuditEntry:
    return audit.record(Direction.INSIDE, "test", note=word, octets=octets)


def test_the_oldest_entries_go_first() -> None:
    audit = trail(max_entries=2)
    for word in ("one", "two", "three"):
        note(audit, word)
    assert [entry.note for entry in audit.entries] == ["two", "three"]


def test_the_octets_of_all_messages_are_bounded_together() -> None:
    audit = trail(max_octets=100)
    for _ in range(50):
        note(audit, "flood", bytes(30))
    assert len(audit.entries) == 3


def test_a_large_message_is_cut_and_its_size_told() -> None:
    entry = note(trail(), "large", bytes(MAX_KEPT_OCTETS + 1))
    assert len(entry.octets) == MAX_KEPT_OCTETS
    assert entry.size == MAX_KEPT_OCTETS + 1


def test_listeners_hear_of_every_entry() -> None:
    heard: list[str] = []
    audit = trail()
    audit.listeners.append(lambda entry: heard.append(entry.note))
    note(audit, "one")
    assert heard == ["one"]
