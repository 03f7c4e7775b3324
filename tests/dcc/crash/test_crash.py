"""A DCC that is killed at any moment has forgotten nothing that it had accepted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assay.duis.responses import DccAlert
from tests.dcc.crash.parties import METERS
from tests.dcc.crash.rounds import Rounds, contradictions

ROUNDS = 3


@pytest.fixture
def rounds(tmp_path: Path) -> Iterator[Rounds]:
    made = Rounds(tmp_path, seed=20260301)
    yield made
    made.close()


def test_nothing_accepted_is_lost_over_kills_under_load(rounds: Rounds) -> None:
    for _ in range(ROUNDS):
        rounds.load_and_kill(within_s=1.0)
    rounds.settle(timeout_s=20)
    check_nothing_is_lost(rounds)


def test_the_check_notices_what_a_dcc_forgets(rounds: Rounds) -> None:
    """The book of schedules is emptied, as by a DCC that had not kept it."""
    while not rounds.accepted.schedules or not rounds.accepted.owed:
        rounds.load_and_kill(within_s=0.5)
    with closing(sqlite3.connect(rounds.folder / "dcc.db")) as database, database:
        database.execute("DELETE FROM schedule")
    rounds.settle(timeout_s=20)
    with pytest.raises(AssertionError, match="schedule"):
        check_nothing_is_lost(rounds)


def check_nothing_is_lost(rounds: Rounds) -> None:
    """Requests, schedules, devices, letters, counters."""
    accepted = rounds.accepted
    assert accepted.owed
    assert rounds.unanswered() == set()

    kept = set()
    for meter in METERS:
        answer = rounds.ask("5.2", {"DeviceID": meter})
        entries = getattr(answer.body, "content", {}).get("DSPSchedules", ())
        kept |= {entry["DSPScheduleID"] for entry in entries}
    assert accepted.schedules <= kept, "schedules are lost"

    for device in accepted.devices:
        assert rounds.ask("8.2", {"DeviceID": device}).response_code == "I0"
    for target in accepted.last:
        assert rounds.repeat(target).response_code == "E50"
    assert contradictions(rounds.commands()) == []
    check_alerts_are_told_apart(rounds)


def check_alerts_are_told_apart(rounds: Rounds) -> None:
    """An alert may come twice; no two alerts have one ResponseID."""
    seen: dict[object, object] = {}
    for response in rounds.taken():
        if isinstance(response.body, DccAlert):
            said = (response.body.code, str(response.body.content))
            assert seen.setdefault(response.response_id, said) == said
