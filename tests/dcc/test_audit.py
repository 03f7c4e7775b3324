"""The audit trail keeps what matters and stays bounded."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from assay.dcc.audit import MAX_KEPT_OCTETS, Audit, AuditEntry, Direction, Stage
from assay.dcc.audit_log import AuditLog
from assay.dcc.audit_query import AuditQuery, BadQueryError, to_json
from assay.duis.identifiers import MessageId, RequestId
from tests.dcc.parties import METER, OPERATOR, START, SUPPLIER


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


def filled() -> Audit:
    """Two users' messages, an hour apart."""
    clock = [START]
    audit = Audit(lambda: clock[0])
    for party in (SUPPLIER, OPERATOR):
        audit.record(
            Direction.FROM_USER,
            "request",
            party=party,
            device=METER,
            message_id=RequestId(party, METER, 7),
            code="E4",
            stages=(Stage("schema"), Stage("responsibility", "E4: not registered")),
            octets=b"<x/>",
        )
        audit.record(
            Direction.TO_USER, "answer", party=party, message_id=MessageId(party, METER, 7)
        )
        clock[0] += timedelta(hours=1)
    return audit


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ({}, 4),
        ({"party": SUPPLIER.hyphenated}, 2),
        ({"device": METER.hyphenated}, 2),
        ({"message_id": f"{OPERATOR.hyphenated}:{METER.hyphenated}:7"}, 2),
        ({"kind": "answer"}, 2),
        ({"code": "E4"}, 2),
        ({"direction": "from user", "party": OPERATOR.hyphenated}, 1),
        ({"since": "2026-03-01T12:30:00Z"}, 2),
        ({"until": "2026-03-01T12:30:00+00:00"}, 2),
        ({"limit": "1"}, 1),
        ({"code": "E5"}, 0),
    ],
    ids=str,
)
def test_the_trail_is_asked_by_any_of_its_fields(question: dict[str, str], count: int) -> None:
    found = AuditQuery.from_texts(question).select(filled().entries)
    assert len(found) == count


def test_of_too_many_the_newest_count() -> None:
    (entry,) = AuditQuery(limit=1).select(filled().entries)
    assert (entry.party, entry.kind) == (OPERATOR, "answer")


@pytest.mark.parametrize(
    "question",
    [
        {"colour": "red"},
        {"party": "nobody"},
        {"direction": "up"},
        {"since": "yesterday"},
        {"since": "2026-03-01T12:30:00"},
        {"limit": "0"},
        {"limit": "many"},
        {"message_id": "7"},
    ],
    ids=str,
)
def test_a_question_that_cannot_be_asked_is_refused(question: dict[str, str]) -> None:
    with pytest.raises(BadQueryError, match=next(iter(question))):
        AuditQuery.from_texts(question)


def test_an_entry_is_json_without_what_it_does_not_have() -> None:
    entry = filled().entries[0]
    assert to_json(entry) == {
        "at": "2026-03-01T12:00:00.000+00:00",
        "direction": "from user",
        "kind": "request",
        "party": SUPPLIER.hyphenated,
        "device": METER.hyphenated,
        "message_id": f"{SUPPLIER.hyphenated}:{METER.hyphenated}:7",
        "code": "E4",
        "size": 4,
        "stages": [
            {"check": "schema"},
            {"check": "responsibility", "refusal": "E4: not registered"},
        ],
    }
    assert to_json(entry, with_octets=True)["octets"] == "PHgvPg=="


def test_the_log_is_a_line_of_json_for_each_entry(tmp_path: Path) -> None:
    path = tmp_path / "log" / "audit.jsonl"
    audit, log = trail(), AuditLog(path, max_size=300)
    audit.listeners.append(log)
    for number in range(5):
        note(audit, f"entry {number}")
    log.close()
    lines = [*path.with_name("audit.jsonl.1").read_text().splitlines()]
    lines += path.read_text().splitlines()
    assert [json.loads(line)["note"] for line in lines][-1] == "entry 4"
    assert path.stat().st_size <= 300
