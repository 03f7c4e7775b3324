"""The catalogue says of each expectation how far it may be trusted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assay.declarations import Catalogue, Requirement, read_catalogue
from assay.declarations.requirements import MANDATORY
from assay.verdicts import PlanError


@pytest.mark.parametrize(
    ("provenance", "advisory"),
    [
        ("verified vector", False),
        ("published text", False),
        ("maker manual", True),
        ("inferred", True),
        ("recalled", True),
    ],
)
def test_only_what_was_verified_or_published_is_mandatory(provenance: str, advisory: bool) -> None:
    row = Requirement.model_validate(
        {
            "id": "TEST-1",
            "title": "t",
            "document": "d",
            "statement": "s",
            "provenance": provenance,
            "severity": "minor",
        }
    )
    assert row.advisory is advisory


def test_an_expectation_is_advisory_if_any_of_its_requirements_is() -> None:
    catalogue = read_catalogue()
    assert not catalogue.is_advisory(["SMETS-E-100", "SMETS-E-102"])
    assert catalogue.is_advisory(["SMETS-E-100", "SMETS-E-103"])


def test_an_id_that_is_used_twice_is_refused() -> None:
    row = read_catalogue()["SMETS-E-100"]
    with pytest.raises(PlanError, match="SMETS-E-100"):
        Catalogue([row, row])


def test_a_row_is_quoted_by_document_and_clause() -> None:
    assert read_catalogue()["SMETS-E-100"].reference == "SMETS2 5.5.12.6"


# Ours are narrower than the reference where it says that only a part of a row is sourced.
GRADES = {
    "text": "published text",
    "maker-manual": "maker manual",
    "inferred": "inferred",
    "recalled": "recalled",
}


def test_no_row_claims_more_than_the_reference_does(shared: Path) -> None:
    reference = json.loads((shared / "reference" / "smets_requirements.json").read_text())
    grade = {row["id"]: GRADES[row["provenance"]] for row in reference}
    ours = {
        row.id.partition("-")[2]: row.provenance
        for row in read_catalogue()
        if row.id.startswith("SMETS-")
    }
    assert ours == {identifier: grade[identifier] for identifier in ours}


def test_clauses_are_those_of_the_reference(shared: Path) -> None:
    reference = json.loads((shared / "reference" / "smets_requirements.json").read_text())
    quoted = {row["id"]: row["clause"] or "" for row in reference}
    for row in read_catalogue():
        identifier = row.id.partition("-")[2]
        if row.id.startswith("SMETS-") and row.clause is not None:
            for clause in row.clause.split(", "):
                start = clause.rsplit(".", 1)[0]
                assert start in quoted[identifier], row.id


def test_every_provenance_of_the_catalogue_is_one_that_certificates_know() -> None:
    known = MANDATORY | {"maker manual", "inferred", "recalled"}
    assert {row.provenance for row in read_catalogue()} <= known
