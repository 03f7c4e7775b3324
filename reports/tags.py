"""Tags of features have one grammar, `@kind:value`, and become markers of that kind.

`@usecase:ECS70` becomes `pytest.mark.usecase("ECS70")`: a colon cannot live in the name of a
marker, and a kind that nobody knows would be a typing error that silently selects nothing, so
it is an error of collection. Loaded as a plugin by name (`reports.tags`) wherever features
are bound. Tags of an Examples table do not come past this hook: pytest-bdd makes them bare
markers, which strict markers refuse. A column of the table that is named after a kind tags its
row instead: `| role |` with `IS` is `@role:IS`.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest

KINDS: dict[str, str] = {
    "requirement": "id in the requirement catalogue that the scenario checks",
    "usecase": "GBCS use case on the wire",
    "srv": "DUIS service request variant",
    "role": "DCC User role that acts",
    "scheme": "certification scheme that the scenario belongs to",
    "device": "type of device under test",
    "grade": "provenance or weight of the expectation",
    "cv": "DUIS command variant of the request",
    "bench": "kept: a bench that earlier scenarios used will do; twin: a meter with two elements",
}

_EXAMPLE = "_pytest_bdd_example"

_TAG = re.compile(r"(?P<kind>[a-z]+):(?P<value>[^\s:@]+)")


class UnknownTag(pytest.Collector.CollectError):
    """A tag outside the grammar; pytest prints the message without a traceback."""


def parse(tag: str) -> tuple[str, str]:
    """Kind and value of a tag, written without its `@`. ValueError outside the grammar."""
    match = _TAG.fullmatch(tag)
    if match is None or match["kind"] not in KINDS:
        raise ValueError(f"tag @{tag} is not @kind:value with a kind of {', '.join(KINDS)}")
    return match["kind"], match["value"]


def values(item: pytest.Item, kind: str) -> list[str]:
    """The values of one kind on a scenario, its rule and its feature; sorted, each once."""
    return sorted({str(marker.args[0]) for marker in item.iter_markers(kind)})


def pytest_configure(config: pytest.Config) -> None:
    for kind, meaning in KINDS.items():
        config.addinivalue_line("markers", f"{kind}(value): {meaning}")


# First, so that whoever selects by tags sees those of the rows.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        callspec = getattr(item, "callspec", None)
        row: dict[str, str] = {} if callspec is None else callspec.params.get(_EXAMPLE, {})
        for kind in KINDS.keys() & row.keys():
            item.add_marker(getattr(pytest.mark, kind)(row[kind]))


# First, since pytest-bdd's own implementation would make a marker of the whole tag.
@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag(tag: str, function: Callable[..., Any]) -> bool:
    try:
        kind, value = parse(tag)
    except ValueError as error:
        raise UnknownTag(f"{_place(function)}: {error}") from error
    getattr(pytest.mark, kind)(value)(function)
    return True


def _place(function: Callable[..., Any]) -> str:
    """The feature file; pytest-bdd hands over a wrapper that closes over its feature."""
    feature = inspect.getclosurevars(function).nonlocals.get("feature")
    return str(getattr(feature, "rel_filename", "feature"))
