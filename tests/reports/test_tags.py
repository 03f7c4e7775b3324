"""Tags have one grammar."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from assay.declarations.plan import TAG_KINDS
from reports import tags


@pytest.mark.parametrize(
    ("tag", "parsed"),
    [
        ("requirement:SMETS2_5_6_3", ("requirement", "SMETS2_5_6_3")),
        ("srv:6.11", ("srv", "6.11")),
        ("usecase:ECS29a-d", ("usecase", "ECS29a-d")),
    ],
)
def test_a_tag_is_a_kind_and_a_value(tag: str, parsed: tuple[str, str]) -> None:
    assert tags.parse(tag) == parsed


@pytest.mark.parametrize(
    "tag", ["wip", "colour:red", "role:", ":IS", "role:IS:ED", "Role:IS", "role: IS", "@role:IS"]
)
def test_anything_else_is_refused_with_the_kinds_that_are_allowed(tag: str) -> None:
    with pytest.raises(ValueError, match="requirement, usecase, srv, role, scheme, device, grade"):
        tags.parse(tag)


def test_the_kinds_are_those_that_a_plan_can_select_by() -> None:
    assert tuple(tags.KINDS) == TAG_KINDS


class Item:
    """A collected scenario: its row, and the markers that it is given."""

    def __init__(self, **params: object) -> None:
        self.callspec = SimpleNamespace(params=params)
        self.given: list[tuple[str, str]] = []

    def add_marker(self, decorator: pytest.MarkDecorator) -> None:
        self.given.append((decorator.name, decorator.args[0]))


def test_a_column_named_after_a_kind_tags_its_row() -> None:
    item = Item(_pytest_bdd_example={"role": "IS", "user": "import supplier"})
    tags.pytest_collection_modifyitems([item])  # type: ignore[list-item]
    assert item.given == [("role", "IS")]


def test_a_scenario_without_a_row_gets_no_tag() -> None:
    item = Item(role="IS")
    tags.pytest_collection_modifyitems([item])  # type: ignore[list-item]
    assert item.given == []
