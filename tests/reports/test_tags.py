"""Tags have one grammar."""

from __future__ import annotations

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
