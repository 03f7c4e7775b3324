"""Which of the collected scenarios a plan is about. Pure; the reason is kept for each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from assay.campaigns.scenario import LeftOut, Scenario
from assay.declarations import Plan
from assay.verdicts import PlanError


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The scenarios of the plan, in the order of collection, and those outside it."""

    chosen: tuple[Scenario, ...]
    left_out: tuple[LeftOut, ...]


def choose(scenarios: Sequence[Scenario], plan: Plan, source: str = "the plan") -> Choice:
    """PlanError if the plan chooses nothing, or names what no scenario is.

    A scenario in which several roles act is in the plan only if all of them are.
    """
    for name in ("include", "also"):
        for selector in getattr(plan.selection, name):
            if not any(matches(selector, each) for each in scenarios):
                raise PlanError(
                    f"{source}: selection.{name}: expected a selector that a scenario matches,"
                    f' seen "{selector}"'
                )
    reasons = [(each, _reason_against(each, plan)) for each in scenarios]
    chosen = tuple(each for each, reason in reasons if reason is None)
    if not chosen:
        raise PlanError(
            f"{source}: expected a plan that chooses scenarios, seen none chosen of"
            f" {len(scenarios)}: {_tally(reason for _, reason in reasons)}"
        )
    left_out = tuple(
        LeftOut(id=each.id, name=each.name, reason=reason)
        for each, reason in reasons
        if reason is not None
    )
    return Choice(chosen=chosen, left_out=left_out)


def matches(selector: str, scenario: Scenario) -> bool:
    """Whether `KIND:PATTERN` is true of the scenario; patterns know `*`, `?` and `[...]`."""
    kind, _, pattern = selector.partition(":")
    if kind == "scenario":
        return any(fnmatchcase(text, pattern) for text in (scenario.id, scenario.name))
    return any(fnmatchcase(value, pattern) for value in scenario.values(kind))


def _reason_against(scenario: Scenario, plan: Plan) -> str | None:
    if any(matches(each, scenario) for each in plan.selection.also):
        return None
    if scenario.scheme not in plan.schemes:
        return f"scheme {scenario.scheme} is not in the plan"
    others = [role for role in scenario.values("role") if role not in plan.roles]
    if plan.roles and others:
        return f"role {', '.join(others)} is not in the plan"
    selection = plan.selection
    if selection.include and not any(matches(each, scenario) for each in selection.include):
        return "not included by the selection"
    excluded = next((each for each in selection.exclude if matches(each, scenario)), None)
    return None if excluded is None else f"excluded by {excluded}"


def _tally(reasons: Iterable[str | None]) -> str:
    counts: dict[str, int] = {}
    for reason in reasons:
        if reason is not None:
            counts[reason] = counts.get(reason, 0) + 1
    return "; ".join(f"{reason} ({count})" for reason, count in counts.items()) or "no scenario"
