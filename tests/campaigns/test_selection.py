"""A plan chooses by scheme, role and selector, and says why the others are outside it."""

from __future__ import annotations

import pytest

from assay.campaigns.scenario import Scenario
from assay.campaigns.selection import choose, matches
from assay.declarations import Plan
from assay.verdicts import PlanError


def scenario(name: str, *tags: str, scheme: str = "uept") -> Scenario:
    return Scenario(
        id=f"file.{name}",
        name=name.replace("-", " "),
        feature="f",
        feature_file="file.feature",
        rule=None,
        scheme=scheme,
        tags=tuple(sorted((*tags, f"scheme:{scheme}"))),
        advisory=False,
    )


SUPPLIER = scenario("disable-supply", "role:IS", "srv:7.2", "requirement:SMETS-E-121")
DISTRIBUTOR = scenario("set-voltage", "role:ED", "srv:6.5", "usecase:ECS29a")
BOTH = scenario("outage", "role:IS", "role:ED")
KEYS = scenario("certificate", "requirement:SREPT-S04", scheme="srept")
ALL = [SUPPLIER, DISTRIBUTOR, BOTH, KEYS]


def plan(**changes: object) -> Plan:
    content: dict[str, object] = {
        "name": "p",
        "schemes": ["uept", "srept"],
        "baseline": {"smets": "5.2", "gbcs": "4.3", "duis": "5.4"},
    }
    return Plan.model_validate(content | changes)


def chosen(**changes: object) -> list[Scenario]:
    return list(choose(ALL, plan(**changes)).chosen)


def test_a_plan_without_roles_and_selection_is_about_all_of_its_schemes() -> None:
    assert chosen() == ALL
    assert chosen(schemes=["srept"]) == [KEYS]


def test_a_scenario_needs_each_of_its_roles_in_the_plan() -> None:
    assert chosen(roles=["IS"]) == [SUPPLIER, KEYS]
    assert chosen(roles=["IS", "ED"]) == ALL


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("srv:7.2", [SUPPLIER]),
        ("srv:*", [SUPPLIER, DISTRIBUTOR]),
        ("usecase:ECS29?", [DISTRIBUTOR]),
        ("requirement:S*", [SUPPLIER, KEYS]),
        ("role:ED", [DISTRIBUTOR, BOTH]),
        ("scheme:srept", [KEYS]),
        ("scenario:file.outage", [BOTH]),
        ("scenario:set voltage", [DISTRIBUTOR]),
    ],
)
def test_a_selector_includes_or_excludes_what_it_matches(
    selector: str, expected: list[Scenario]
) -> None:
    assert chosen(selection={"include": [selector]}) == expected
    rest = [each for each in ALL if each not in expected]
    assert chosen(selection={"exclude": [selector]}) == rest


def test_patterns_distinguish_letter_case() -> None:
    assert not matches("usecase:ecs29a", DISTRIBUTOR)


def test_the_reason_is_kept_for_what_is_left_out() -> None:
    choice = choose(ALL, plan(schemes=["uept"], roles=["IS"]))
    assert {each.name: each.reason for each in choice.left_out} == {
        "set voltage": "role ED is not in the plan",
        "outage": "role ED is not in the plan",
        "certificate": "scheme srept is not in the plan",
    }


def test_what_is_asked_for_besides_is_chosen_whatever_the_plan_leaves_out() -> None:
    also = {"exclude": ["srv:7.2"], "also": ["scenario:file.disable-supply"]}
    assert chosen(schemes=["srept"], selection=also) == [SUPPLIER, KEYS]


def test_asking_besides_for_what_does_not_exist_is_a_mistake_in_the_plan() -> None:
    with pytest.raises(PlanError, match=r"selection\.also.*scenario:nobody"):
        chosen(selection={"also": ["scenario:nobody"]})


def test_including_what_does_not_exist_is_a_mistake_in_the_plan() -> None:
    with pytest.raises(PlanError, match=r'my\.toml: selection\.include.*"srv:7\.22"'):
        choose(ALL, plan(selection={"include": ["srv:7.2", "srv:7.22"]}), "my.toml")


def test_a_plan_that_chooses_nothing_says_why() -> None:
    with pytest.raises(PlanError, match=r"scheme uept is not in the plan \(3\)"):
        choose(ALL, plan(schemes=["metrology"]))
