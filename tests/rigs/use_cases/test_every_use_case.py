"""Every virtual device answers every use case that it has, well and wrong; the page says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.use_cases import document, evidence
from fixtures.use_cases.columns import ALERT, COLUMNS, REASONS, Column, alerts, commands
from tests.rigs.use_cases.demonstration import demonstrate

PAGE = Path(__file__).parents[3] / "docs" / "device_use_cases.md"


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.title)
def test_each_use_case_is_carried_out_and_answered_with_an_error(
    column: Column, shared: Path
) -> None:
    """After a device has learnt a code: `python -m tests.rigs.use_cases SHARED`."""
    found = demonstrate(column, shared)
    assert found.problems == []
    assert found.shown == evidence.read()[column.title]


def test_the_page_is_what_the_evidence_gives() -> None:
    """After new evidence: `python -m fixtures.use_cases`."""
    assert PAGE.read_text("utf-8") == document.text(evidence.read())


def test_what_is_missing_is_no_command_and_has_a_reason() -> None:
    shown = evidence.read()
    gaps = [row for column in COLUMNS for row in document.missing(column, shown)]
    assert {row.category for row in gaps} <= {ALERT}
    assert {row.code for row in gaps} == set(REASONS)


def test_no_cell_is_empty() -> None:
    shown = evidence.read()
    rows = (*commands(), *alerts())
    assert all(document.cell(column, row, shown).strip() for column in COLUMNS for row in rows)


def test_a_use_case_without_evidence_is_called_missing() -> None:
    (first, *_) = COLUMNS
    named = [row for row in document.missing(first, {}) if row.name == "ECS43"]
    assert len(named) == 1
