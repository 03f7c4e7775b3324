"""From a pytest item to the scenario that it runs: stable id, names, tags, advisory or not.

Tags have become markers of their kind before (`@srv:7.2` is `pytest.mark.srv("7.2")`). A
scenario without a requirement, or with one that the catalogue does not hold, expects
something of which nobody can say how it is known: a defect of the feature file, told before
anything runs.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePath

import pytest
from pytest_bdd.parser import ScenarioTemplate
from pytest_bdd.scenario import scenario_wrapper_template_registry

from assay.campaigns.scenario import Scenario
from assay.declarations import Catalogue
from assay.declarations.plan import TAG_KINDS

EXAMPLE = "_pytest_bdd_example"  # the parameter in which pytest-bdd hands over a row

# A grade may weaken a scenario whose requirements are all mandatory, never strengthen it.
GRADES: dict[str, bool] = {
    "mandatory": False,
    "verified": False,
    "published": False,
    "advisory": True,
    "maker-manual": True,
    "inferred": True,
    "recalled": True,
}

_MAX_SLUG = 100  # of 255 octets that a file name may have on the file systems in use
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")


class FeatureError(ValueError):
    """Scenarios that cannot be certified as they are written; one line for each problem."""


def identify(items: Sequence[pytest.Item], catalogue: Catalogue) -> list[Scenario]:
    """The scenarios of the items, in their order. FeatureError with every problem at once."""
    found: list[Scenario] = []
    problems: list[str] = []
    for item in items:
        template = _template(item)
        if template is None:
            problems.append(f"{item.nodeid}: expected a scenario, seen a plain test")
            continue
        tags = _tags(item)
        place = f"{template.feature.rel_filename}:{template.line_number}"
        faults = _faults(tags, catalogue)
        problems += [f"{place}: {template.name}: {fault}" for fault in faults]
        if not faults:
            found.append(_scenario(item, template, tags, catalogue))
    problems += _doubles(found)
    if problems:
        raise FeatureError("\n".join(problems))
    return found


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens, at most 100 of them; distinct if cut."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    full = _NOT_IN_A_SLUG.sub("-", plain).strip("-") or "unnamed"
    if len(full) <= _MAX_SLUG:
        return full
    mark = hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
    return f"{full[: _MAX_SLUG - 9].rstrip('-')}-{mark}"


def _scenario(
    item: pytest.Item, template: ScenarioTemplate, tags: tuple[str, ...], catalogue: Catalogue
) -> Scenario:
    example = _example(item)
    name = template.render(example).name
    unnamed = [value for key, value in example.items() if f"<{key}>" not in template.name]
    feature = template.feature
    return Scenario(
        id=f"{slug(PurePath(feature.filename).stem)}.{slug(' '.join([name, *unnamed]))}",
        name=" | ".join([name, *unnamed]),
        feature=feature.name or PurePath(feature.filename).stem,
        feature_file=feature.rel_filename,
        rule=None if template.rule is None else template.rule.name,
        scheme=_values(tags, "scheme")[0],
        tags=tags,
        advisory=catalogue.is_advisory(_values(tags, "requirement"))
        or any(GRADES[grade] for grade in _values(tags, "grade")),
    )


def _template(item: pytest.Item) -> ScenarioTemplate | None:
    function = getattr(item, "obj", None)
    return None if function is None else scenario_wrapper_template_registry.get(function)


def _example(item: pytest.Item) -> dict[str, str]:
    callspec = getattr(item, "callspec", None)
    return {} if callspec is None else dict(callspec.params.get(EXAMPLE, {}))


def _tags(item: pytest.Item) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                f"{kind}:{marker.args[0]}"
                for kind in TAG_KINDS
                for marker in item.iter_markers(kind)
                if marker.args
            }
        )
    )


def _values(tags: Sequence[str], kind: str) -> list[str]:
    return [tag.partition(":")[2] for tag in tags if tag.startswith(f"{kind}:")]


def _faults(tags: Sequence[str], catalogue: Catalogue) -> list[str]:
    requirements = _values(tags, "requirement")
    schemes = _values(tags, "scheme")
    faults = []
    if len(schemes) != 1:
        seen = ", ".join(schemes) or "none"
        faults.append(f"expected exactly one @scheme, seen {seen}")
    if not requirements:
        faults.append("expected at least one @requirement, seen none")
    faults += [
        f"expected a requirement of the catalogue, seen {each}"
        for each in requirements
        if each not in catalogue
    ]
    faults += [
        f"expected a grade of {', '.join(GRADES)}, seen {each}"
        for each in _values(tags, "grade")
        if each not in GRADES
    ]
    return faults


def _doubles(scenarios: Sequence[Scenario]) -> list[str]:
    seen: dict[str, Scenario] = {}
    problems = []
    for each in scenarios:
        if each.id in seen:
            problems.append(
                f"{each.feature_file}: {each.name}: expected an id of its own, seen {each.id}"
                f" also in {seen[each.id].feature_file}"
            )
        seen.setdefault(each.id, each)
    return problems
