"""The cells of the user entry tests follow from the service request matrix."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from assay.duis.catalogue import CATALOGUE, Grade
from assay.duis.uept_cells import ROLES, CellMode, Eligibility, uept_cells

SURE, OPEN = Eligibility.FOLLOWS_FROM_MATRIX, Eligibility.TO_CONFIRM


def test_there_is_a_cell_for_every_variant_that_a_role_may_send() -> None:
    open_to_nobody = {row.srv for row in CATALOGUE.values() if row.roles.isdisjoint(ROLES)}
    assert {cell.srv for cell in uept_cells()} == set(CATALOGUE) - open_to_nobody


def test_no_two_cells_have_one_id() -> None:
    ids = Counter(cell.id for cell in uept_cells())
    assert max(ids.values()) == 1


def test_a_role_has_cells_of_its_own_variants_alone() -> None:
    assert all(cell.role in CATALOGUE[cell.srv].roles for cell in uept_cells())


@pytest.mark.parametrize(
    ("srv", "forms"),
    [
        ("12.1", {("DCC Only", 8)}),
        ("7.4", {("On Demand", 1), ("On Demand", 2), ("On Demand", 3)}),
        ("7.1", {("Transform", 4), ("On Demand", 5), ("On Demand", 6), ("On Demand", 7)}),
        (
            "4.10",
            {
                ("On Demand", 1),
                ("On Demand", 2),
                ("On Demand", 3),
                ("Future Dated (DSP)", 1),
                ("Scheduled (DSP)", 1),
            },
        ),
    ],
)
def test_the_forms_of_a_variant_follow_its_modes(srv: str, forms: set[tuple[str, int]]) -> None:
    seen = {(str(cell.mode), cell.command_variant) for cell in uept_cells() if cell.srv == srv}
    assert seen == forms


def test_local_delivery_is_never_certain() -> None:
    local = [cell for cell in uept_cells() if cell.command_variant in (2, 3, 6, 7)]
    others = [cell for cell in uept_cells() if cell.command_variant not in (2, 3, 6, 7)]
    assert {(cell.eligibility, cell.grade) for cell in local} == {(OPEN, Grade.INFERRED)}
    assert {(cell.eligibility, cell.grade) for cell in others} == {(SURE, Grade.PUBLISHED)}


def test_the_dcc_answers_by_itself_what_is_for_it() -> None:
    alone = {cell.srv for cell in uept_cells() if cell.mode is CellMode.DCC_ONLY}
    assert alone == {
        row.srv for row in CATALOGUE.values() if row.non_device and row.roles & set(ROLES)
    }


def test_the_table_is_the_derived_list_of_the_reference(shared: Path) -> None:
    text = (shared / "reference" / "uept_scenarios.json").read_text("utf-8")
    listed = {
        row["id"]: (
            row["eligibility"],
            row["rule"],
            row["mode_of_operation"],
            row["command_variant"],
            row["critical"],
        )
        for row in json.loads(text)["scenarios"]
    }
    ours = {
        cell.id: (
            cell.eligibility.name.lower(),
            cell.rule,
            cell.mode.value,
            cell.command_variant,
            cell.variant.critical,
        )
        for cell in uept_cells()
    }
    assert ours == listed
