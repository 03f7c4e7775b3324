"""Files of thresholds, limits and decisions: every cell is checked before any counts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.dcc.anomaly.files import (
    DECISION_COLUMNS,
    LIMIT_COLUMNS,
    THRESHOLD_COLUMNS,
    Decision,
    read_decisions,
    read_limits,
    read_thresholds,
)
from assay.dcc.anomaly.thresholds import ANY, AttributeLimit, Communication, Period
from assay.dcc.strict_csv import RemoteFileError, read_rows, write_rows
from tests.dcc.parties import SUPPLIER

COLUMNS = dict(
    zip(THRESHOLD_COLUMNS, ("request", "7.4", "day", "absolute", "", "8", "10"), strict=True)
)


def threshold(**cells: str) -> tuple[str, ...]:
    return tuple({**COLUMNS, **cells}.values())


def thresholds(*rows: tuple[str, ...]) -> bytes:
    return write_rows(THRESHOLD_COLUMNS, rows)


def test_thresholds_are_counts_or_per_cent() -> None:
    octets = thresholds(
        threshold(),
        threshold(communication="alert", subject="8f12", period="hour", warning=""),
        threshold(
            communication="response",
            subject=ANY,
            period="month",
            basis="percent",
            expected_per_month="2000",
            warning="110",
            quarantine="120.5",
        ),
    )
    found = read_thresholds("thresholds-a.csv", octets, SUPPLIER)
    assert {one.owner for one in found} == {SUPPLIER}
    assert [(one.communication, one.subject, one.period) for one in found] == [
        (Communication.REQUEST, "7.4", Period.DAY),
        (Communication.ALERT, "8F12", Period.HOUR),
        (Communication.RESPONSE, ANY, Period.MONTH),
    ]
    assert [(one.warning, one.quarantine) for one in found] == [(8, 10), (None, 10), (2200, 2410)]


WRONG_THRESHOLDS = {
    "communication": (threshold(communication="letter"), "communication"),
    "variant": (threshold(subject="7.5.99"), "subject"),
    "alert code": (threshold(communication="alert", subject="8F1"), "subject"),
    "period": (threshold(period="year"), "period"),
    "basis": (threshold(basis="relative"), "basis"),
    "per cent of nothing": (threshold(basis="percent"), "expected_per_month"),
    "no level": (threshold(quarantine=""), "quarantine"),
    "negative level": (threshold(quarantine="-1"), "quarantine"),
    "no number": (threshold(quarantine="ten"), "quarantine"),
    "infinite level": (threshold(quarantine="Infinity"), "quarantine"),
    "warning above quarantine": (threshold(warning="11"), "warning"),
}


@pytest.mark.parametrize("case", WRONG_THRESHOLDS)
def test_a_wrong_threshold_is_told_by_line_and_column(case: str) -> None:
    wrong, column = WRONG_THRESHOLDS[case]
    with pytest.raises(RemoteFileError) as refused:
        read_thresholds("t.csv", thresholds(threshold(subject="4.1.1"), wrong), SUPPLIER)
    (error,) = refused.value.errors
    assert (error.line, error.column) == (3, column)


def test_a_threshold_is_given_once() -> None:
    with pytest.raises(RemoteFileError, match="line 3, subject: expected each once"):
        read_thresholds("t.csv", thresholds(threshold(), threshold(period="hour")), SUPPLIER)


def test_limits_are_of_numbers_in_requests() -> None:
    octets = write_rows(LIMIT_COLUMNS, [("6.11", "TolerancePeriod", "0", "120")])
    (limit,) = read_limits("limits-a.csv", octets)
    assert limit == AttributeLimit(
        srv="6.11", path="TolerancePeriod", minimum=Decimal(0), maximum=Decimal(120)
    )


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (("6.99", "TolerancePeriod", "0", "1"), "variant"),
        (("6.11", "CurrentDateTime", "0", "1"), "path"),
        (("6.11", "Nothing/Here", "0", "1"), "path"),
        (("6.11", "TolerancePeriod", "", ""), "maximum"),
        (("6.11", "TolerancePeriod", "2", "1"), "maximum"),
    ],
    ids=["variant", "no number", "no such element", "no bound", "bounds the wrong way"],
)
def test_a_wrong_limit_is_told_by_column(cells: tuple[str, ...], column: str) -> None:
    with pytest.raises(RemoteFileError) as refused:
        read_limits("limits-a.csv", write_rows(LIMIT_COLUMNS, [cells]))
    assert [error.column for error in refused.value.errors] == [column]


def test_decisions_are_release_or_delete() -> None:
    octets = write_rows(DECISION_COLUMNS, [("7", "release"), ("8", "delete")])
    found = read_decisions("quarantine-a.csv", octets)
    assert [(one.event, one.decision) for one in found] == [
        (7, Decision.RELEASE),
        (8, Decision.DELETE),
    ]
    with pytest.raises(RemoteFileError, match="line 2, decision: expected release or delete"):
        read_decisions("q.csv", write_rows(DECISION_COLUMNS, [("7", "keep")]))
    with pytest.raises(RemoteFileError, match="line 3, event: expected each once"):
        read_decisions("q.csv", write_rows(DECISION_COLUMNS, [("7", "release"), ("7", "delete")]))


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12).map(str.strip)


@given(st.lists(st.tuples(cells, cells, cells), max_size=5))
def test_what_is_written_is_read_again(rows: list[tuple[str, str, str]]) -> None:
    octets = write_rows(("a", "b", "c"), rows)
    read = read_rows("x.csv", octets, ("a", "b", "c"), lambda row: (row["a"], row["b"], row["c"]))
    assert read == [tuple(cell.replace("\r\n", "\n") for cell in row) for row in rows]


@given(st.binary(max_size=200))
def test_any_octets_are_read_or_refused(octets: bytes) -> None:
    for read in (read_limits, read_decisions):
        with pytest.raises(RemoteFileError):
            read("x.csv", octets)
