"""A planted fault without a plan of its own meets the scenarios that are declared to catch it."""

from __future__ import annotations

import pytest

from assay.declarations import Plan, read_plan, read_plan_with
from assay.declarations.model import parse_declaration
from rigs.rogues import gallery


@pytest.mark.parametrize("rogue", gallery())
def test_the_built_in_plan_takes_in_whoever_catches_the_fault(rogue: str) -> None:
    catchers = gallery()[rogue].caught_by
    plan = read_plan_with(catchers)
    assert catchers
    assert plan.value.selection.also == tuple(f"scenario:{each}" for each in catchers)


def test_the_rest_of_it_is_the_built_in_plan() -> None:
    plan, built_in = read_plan_with(["a.b"]), read_plan(None)
    assert plan.value.selection.exclude == built_in.value.selection.exclude
    assert plan.value.model_copy(update={"selection": built_in.value.selection}) == built_in.value


def test_what_is_frozen_says_the_same() -> None:
    plan = read_plan_with(["a.b"])
    assert parse_declaration(Plan, "copy", plan.octets) == plan.value
