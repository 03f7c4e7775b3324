"""Incidents: raised by a user, moved by both sides as far as each may, never another user's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assay.dcc.self_service.incidents import (
    INCIDENTS,
    MAX_SUMMARY,
    NEXT,
    Category,
    FieldError,
    Incident,
    IncidentDesk,
    IncidentStatus,
)
from assay.dcc.store import MemoryStore
from tests.dcc.parties import METER, OTHER_SUPPLIER, SUPPLIER

AT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def desk() -> IncidentDesk:
    return IncidentDesk(MemoryStore().book(INCIDENTS))


def raised(desk: IncidentDesk, summary: str = "No answer") -> Incident:
    return desk.raise_incident(
        SUPPLIER,
        AT,
        category=Category.COMMUNICATIONS,
        summary=summary,
        text="Since noon.",
        device=METER,
    )


def test_incidents_are_numbered_and_start_open(desk: IncidentDesk) -> None:
    names = [raised(desk).name for _ in range(3)]
    assert names == ["INC000001", "INC000002", "INC000003"]
    assert {incident.status for incident in desk.of_user(SUPPLIER)} == {IncidentStatus.OPEN}


def test_the_newest_incident_stands_first(desk: IncidentDesk) -> None:
    raised(desk, "first")
    raised(desk, "second")
    assert [incident.summary for incident in desk.of_user(SUPPLIER)] == ["second", "first"]


def test_another_user_sees_nothing_of_it(desk: IncidentDesk) -> None:
    name = raised(desk).name
    assert desk.find(name, OTHER_SUPPLIER) is None
    assert desk.of_user(OTHER_SUPPLIER) == ()


def test_it_goes_from_open_over_resolved_to_closed(desk: IncidentDesk) -> None:
    incident = raised(desk)
    incident = desk.by_dcc(incident, AT, "We look.", IncidentStatus.IN_PROGRESS)
    incident = desk.by_dcc(incident, AT, "Hub replaced.", IncidentStatus.RESOLVED)
    incident = desk.by_user(incident, AT, "Thanks.", IncidentStatus.CLOSED)
    assert [entry.by for entry in incident.entries] == [
        SUPPLIER.hyphenated,
        "DCC",
        "DCC",
        SUPPLIER.hyphenated,
    ]
    assert desk.book.get(incident.name) == incident


@pytest.mark.parametrize("status", IncidentStatus)
@pytest.mark.parametrize("after", IncidentStatus)
@pytest.mark.parametrize("side", ["user", "dcc"])
def test_each_side_moves_it_only_where_the_table_lets_it(
    desk: IncidentDesk, side: str, status: IncidentStatus, after: IncidentStatus
) -> None:
    incident = raised(desk)
    path = {
        IncidentStatus.OPEN: (),
        IncidentStatus.IN_PROGRESS: (IncidentStatus.IN_PROGRESS,),
        IncidentStatus.RESOLVED: (IncidentStatus.RESOLVED,),
    }
    for step in path.get(status, ()):
        incident = desk.by_dcc(incident, AT, "on", step)
    if status is IncidentStatus.CLOSED:
        incident = desk.by_user(incident, AT, "over", status)
    move = desk.by_user if side == "user" else desk.by_dcc
    if after is status or after in NEXT[status][side]:
        assert move(incident, AT, "note", after).status is after
        return
    with pytest.raises(FieldError, match="status"):
        move(incident, AT, "note", after)
    assert desk.book.get(incident.name) == incident


@pytest.mark.parametrize("summary", ["", "  ", "x" * (MAX_SUMMARY + 1)])
def test_a_summary_that_says_nothing_or_too_much_is_refused_with_a_remedy(
    desk: IncidentDesk, summary: str
) -> None:
    with pytest.raises(FieldError, match="summary") as refused:
        raised(desk, summary)
    assert str(MAX_SUMMARY) in refused.value.remedy
    assert len(desk.book) == 0
