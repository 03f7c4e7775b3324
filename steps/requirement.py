"""What a scenario is about: the requirement that stands first among its tags.

Gherkin's parser hands tags on as a set; which of several stands first is in the feature file alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from pytest_bdd.parser import Feature, Scenario

from assay.verdicts import PlanError

_TAG = re.compile(r"@requirement:(\S+)")
_PLACE = pytest.StashKey[tuple[Path, int]]()


def pytest_bdd_before_scenario(
    request: pytest.FixtureRequest, feature: Feature, scenario: Scenario
) -> None:
    request.node.stash[_PLACE] = Path(feature.filename), scenario.line_number


@pytest.fixture
def requirement(request: pytest.FixtureRequest) -> str:
    """The one that steps decide which could decide any.

    PlanError for a scenario without such a tag of its own, its rule's or its feature's.
    """
    own = first_above(*request.node.stash[_PLACE])
    if own is not None:
        return own
    inherited = sorted(str(mark.args[0]) for mark in request.node.iter_markers("requirement"))
    if not inherited:
        raise PlanError(f"{request.node.name}: expected a tag @requirement:..., found none")
    return inherited[0]


def first_above(file: Path, line: int) -> str | None:
    """The first in the lines of tags above a scenario, which begins at this line (from 1)."""
    lines = _lines(file)
    top = line - 1
    while top and lines[top - 1].lstrip().startswith("@"):
        top -= 1
    found = _TAG.search(" ".join(lines[top : line - 1]))
    return found[1] if found is not None else None


@lru_cache(maxsize=256)
def _lines(file: Path) -> tuple[str, ...]:
    return tuple(file.read_text(encoding="utf-8").splitlines())
