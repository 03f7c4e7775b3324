"""The overview `index.html` and a page beside it for each scenario, that open without a server.

The overview alone says what was tested, what failed, why, and on which evidence level; the
messages themselves are on the scenarios' pages, so that three hundred scenarios still open at
once. Nothing is loaded from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assay.verdicts import Verdict
from reports import declared, scenario_page
from reports.pages import WORST_FIRST, environment, moment_words, span_words
from reports.run_folder import SUMMARY, Expectation, Run, Scenario
from reports.scenario_page import SeenScenario

PAGE = "index.html"

_FILES = (
    ("allure-report/index.html", "the same scenarios in Allure"),
    ("junit.xml", "verdicts for a build server"),
    (SUMMARY, "verdicts for programs"),
    ("evidence/", "timelines, messages and plots of every attempt"),
    ("allure-results/", "Allure results"),
    ("bench.toml", "the bench as it was declared"),
    ("device.toml", "the device as it was declared"),
    ("plan.toml", "the plan as it was declared"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    requirement: Expectation
    scenarios: list[Scenario]

    @property
    def worst(self) -> Verdict:
        return Verdict.worst(scenario.verdict for scenario in self.scenarios)

    @property
    def mixed(self) -> bool:
        return len({scenario.verdict for scenario in self.scenarios}) > 1


def write(run: Run) -> Path:
    """Write the overview and the pages; the path of the overview."""
    made = environment()
    (run.folder / "scenarios").mkdir(exist_ok=True)
    seen = [scenario_page.write(made, run, scenario) for scenario in run.scenarios]
    counts = run.counts()
    page = made.get_template("overview.html").render(
        run=run,
        headline=_headline(run),
        sentence=_sentence(run),
        strip=_strip(run),
        device=declared.device_facts(run.declarations),
        plan=declared.plan_facts(run.declarations),
        bench=declared.bench_facts(run.declarations, run.level),
        about=_about(run),
        verdicts=WORST_FIRST,
        present=[(verdict, counts[verdict]) for verdict in WORST_FIRST if counts[verdict]],
        matrix=[_matrix_row(run, scheme) for scheme in run.schemes],
        totals=_matrix_row(run, None),
        troubles=_troubles(seen),
        excused=[
            (each.scenario, each.attempt.message if each.attempt else "")
            for each in seen
            if each.scenario.verdict is Verdict.NOT_APPLICABLE
        ],
        tree=_tree(run, seen),
        traced=_trace(run.scenarios),
        files=[(name, words) for name, words in _FILES if (run.folder / name).exists()],
        summary_name=SUMMARY,
    )
    path = run.folder / PAGE
    path.write_text(page, encoding="utf-8")
    return path


def _headline(run: Run) -> str:
    device = run.declarations.device.value
    schemes = len([scheme for scheme in run.schemes if run.counts(scheme)])
    plural = "scheme" if schemes == 1 else "schemes"
    return f"{device.model} ({device.type}), firmware {device.firmware.version}: {schemes} {plural}"


def _sentence(run: Run) -> str:
    counts = run.counts()
    total = sum(counts.values())
    parts = [f"{counts[verdict]} {verdict.words}" for verdict in WORST_FIRST if counts[verdict]]
    return f"{total} scenario{'' if total == 1 else 's'}: {', '.join(parts) or 'none'}."


def _strip(run: Run) -> list[tuple[str, str]]:
    """What was tested in one look; the rest follows below the failures."""
    device, plan = run.declarations.device.value, run.declarations.plan.value
    bench = run.declarations.bench.value
    return [
        ("Device under test", f"{device.manufacturer} {device.model}"),
        ("Firmware", device.firmware.version),
        ("Plan", f"{plan.name} (SMETS {plan.baseline.smets}, GBCS {plan.baseline.gbcs})"),
        ("Roles", ", ".join(plan.roles) or "all"),
        ("Bench", f"{bench.name} ({run.level.code})"),
        ("Run", f"{moment_words(run.begun)}, {span_words(run.ended - run.begun)}"),
    ]


def _about(run: Run) -> list[tuple[str, str]]:
    return [
        ("Run", run.id),
        ("Started", moment_words(run.begun)),
        ("Ended", moment_words(run.ended)),
        ("Took", span_words(run.ended - run.begun)),
        ("Verdict", f"{run.verdict.words} (exit code {run.exit_code})"),
        ("Planted fault", run.rogue or "none"),
        ("Harness", f"Assay {run.harness_version}"),
    ]


def _matrix_row(run: Run, scheme: str | None) -> dict[str, object]:
    counts = run.counts(scheme)
    return {
        "scheme": scheme,
        "counts": [counts[verdict] for verdict in WORST_FIRST],
        "total": sum(counts.values()),
    }


def _troubles(seen: list[SeenScenario]) -> list[SeenScenario]:
    bad = [each for each in seen if each.scenario.verdict >= Verdict.NOT_RUN]
    return sorted(bad, key=lambda each: -each.scenario.verdict)


def _trace(scenarios: Iterable[Scenario]) -> list[Traced]:
    traced: dict[str, Traced] = {}
    for scenario in scenarios:
        for each in scenario.requirements:
            traced.setdefault(each.id, Traced(requirement=each, scenarios=[])).scenarios.append(
                scenario
            )
    return [traced[identifier] for identifier in sorted(traced)]


Rules = list[tuple[str, list[SeenScenario]]]
T = TypeVar("T")


def _tree(run: Run, seen: list[SeenScenario]) -> list[tuple[str, list[tuple[str, Rules]]]]:
    """Scheme, feature, rule; each in the order in which it first ran."""
    order = {scheme: place for place, scheme in enumerate(run.schemes)}
    ordered = sorted(seen, key=lambda each: order[each.scenario.scheme])
    return [
        (
            scheme,
            [
                (feature, _grouped(rows, lambda each: each.scenario.rule))
                for feature, rows in _grouped(of_scheme, lambda each: each.scenario.feature)
            ],
        )
        for scheme, of_scheme in _grouped(ordered, lambda each: each.scenario.scheme)
    ]


def _grouped(rows: Iterable[T], key: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    groups: dict[str, list[T]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.items())
