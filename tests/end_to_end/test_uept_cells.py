"""One scenario for each cell that can be executed, none for another, and a list that is true."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from assay.declarations import built_in_plan
from assay.duis.uept_cells import ROLES, CellMode, Eligibility, uept_cells
from fixtures.cells.__main__ import files
from fixtures.cells.listing import listing
from fixtures.cells.reach import Reach, answered_codes, reach_of
from fixtures.cells.use_cases import codes_of

FEATURES = Path(__file__).parents[2] / "features" / "uept"
HINT = "write it anew: python -m fixtures.cells"


@cache
def reaches() -> tuple[Reach, ...]:
    return reach_of(uept_cells())


@cache
def made() -> Mapping[Path, str]:
    return files()


def scenarios() -> list[str]:
    """The cell of every row of every outline that is checked in."""
    found: list[str] = []
    for path in sorted(FEATURES.glob("cells_*.feature")):
        for outline in path.read_text("utf-8").split("Scenario Outline: ")[1:]:
            pattern = outline.partition(",")[0]
            roles = re.findall(r"^ +\| ([A-Z]{2,3}) ", outline, re.MULTILINE)
            found += [pattern.replace("<role>", role) for role in roles]
    return found


@pytest.mark.parametrize("path", made(), ids=lambda path: path.name)
def test_what_is_checked_in_is_what_the_table_makes(path: Path) -> None:
    assert path.is_file(), f"{path} is missing; {HINT}"
    assert path.read_text("utf-8") == made()[path], f"{path} is stale; {HINT}"


def test_no_feature_of_cells_is_left_over() -> None:
    assert set(FEATURES.glob("cells_*.feature")) <= set(made()), HINT


def test_each_cell_that_can_be_executed_has_one_scenario_and_no_other_has_any() -> None:
    able = Counter(reach.cell.id for reach in reaches() if reach.is_executable)
    assert Counter(scenarios()) == able


def test_every_cell_that_cannot_be_executed_says_what_it_waits_for() -> None:
    text = listing(reaches())
    for reach in reaches():
        if not reach.is_executable:
            cell = reach.cell
            name = f"{cell.role} {cell.mode} CV{cell.command_variant}"
            lines = [line for line in text.splitlines() if f"| {reach.missing} |" in line]
            assert any(line.startswith(f"| {cell.srv} ") and name in line for line in lines)


def test_a_cell_waits_for_a_use_case_only_where_the_device_does_not_answer_it() -> None:
    answered = answered_codes()
    for reach in reaches():
        cell = reach.cell
        if reach.is_executable or cell.mode is CellMode.FUTURE_DATED_DEVICE:
            continue
        for device_type in re.findall(r"virtual (\w+):", reach.missing):
            assert not answered[device_type] & codes_of(cell.srv, device_type), cell.id


def test_the_plan_of_all_roles_has_every_role() -> None:
    plan = built_in_plan("uept_full").value
    assert (plan.schemes, plan.roles) == (("uept",), tuple(map(str, ROLES)))


def test_of_the_certain_cells_those_of_the_dcc_itself_and_the_meter_are_there() -> None:
    able = {reach.cell.id for reach in reaches() if reach.is_executable}
    sure = {cell.id for cell in uept_cells() if cell.eligibility is Eligibility.FOLLOWS_FROM_MATRIX}
    assert {"UEPT-IS-7.2-OnDemand-CV5", "UEPT-ED-4.10-ScheduledDSP-CV1"} <= able & sure
    assert {"UEPT-OU-12.2-DCCOnly-CV8", "UEPT-GS-6.24.1-OnDemand-CV1"} <= able & sure
