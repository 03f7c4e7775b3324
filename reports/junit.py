"""JUnit XML from the summary, for build servers: one suite per scheme, one case per scenario.

pytest's own JUnit file knows no verdicts: it counts a bench fault like a defect of the
subject. Here FAIL is a failure, INCONCLUSIVE an error, and the two verdicts without a result
are skipped with their reason. EARL's words stand beside ours for readers that know those.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from assay.verdicts import Verdict
from reports.run_folder import Run, Scenario

FILE_NAME = "junit.xml"

_OUTCOMES: dict[Verdict, tuple[str | None, str]] = {
    Verdict.PASS: (None, "passed"),
    Verdict.FAIL: ("failure", "failed"),
    Verdict.INCONCLUSIVE: ("error", "cantTell"),
    Verdict.NOT_APPLICABLE: ("skipped", "inapplicable"),
    Verdict.NOT_RUN: ("skipped", "untested"),
}
_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}
_NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def write(run: Run) -> Path:
    path = run.folder / FILE_NAME
    path.write_bytes(to_xml(run))
    return path


def to_xml(run: Run) -> bytes:
    root = ET.Element("testsuites", {"name": f"Assay run {run.id}", **_totals(run.scenarios)})
    for scheme in run.schemes:
        scenarios = tuple(s for s in run.scenarios if s.scheme == scheme)
        if scenarios:
            root.append(_suite(run, scheme, scenarios))
    ET.indent(root)
    octets: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return octets + b"\n"


def _suite(run: Run, scheme: str, scenarios: tuple[Scenario, ...]) -> ET.Element:
    begun = run.begun.isoformat(timespec="seconds")
    suite = ET.Element("testsuite", {"name": scheme, "timestamp": begun, **_totals(scenarios)})
    device = run.declarations.device.value
    _add_properties(
        suite,
        [
            ("run", run.id),
            ("evidence level", run.level.code),
            ("device", f"{device.manufacturer} {device.model}"),
            ("firmware", device.firmware.version),
            ("plan", run.declarations.plan.value.name),
            ("bench", run.declarations.bench.value.name),
            ("harness", run.harness_version),
            *([("rogue", run.rogue)] if run.rogue else []),
        ],
    )
    suite.extend(_case(run, scenario) for scenario in scenarios)
    return suite


def _case(run: Run, scenario: Scenario) -> ET.Element:
    feature = scenario.feature.replace(".", "·")  # readers take a full stop for a package
    case = ET.Element(
        "testcase",
        {
            "classname": _text(f"{scenario.scheme}.{feature}"),
            "name": _text(scenario.name),
            "time": f"{scenario.duration.total_seconds():.3f}",
        },
    )
    element, earl = _OUTCOMES[scenario.verdict]
    _add_properties(
        case,
        [
            ("id", scenario.id),
            *([("rule", scenario.rule)] if scenario.rule else []),
            *(("requirement", each.id) for each in scenario.requirements),
            ("evidence level", run.level.code),
            ("verdict", scenario.verdict.words),
            ("earl outcome", earl),
            ("advisory", str(scenario.advisory).lower()),
            ("attempts", str(len(scenario.attempts))),
        ],
    )
    if element is not None:
        case.append(_outcome(element, scenario))
    return case


def _outcome(element: str, scenario: Scenario) -> ET.Element:
    attempt = scenario.decisive
    message = attempt.message if attempt is not None else "never started"
    kind = scenario.verdict.words
    outcome = ET.Element(element, {"message": _text(message or kind), "type": kind})
    if attempt is not None:
        told = {
            "requirement": attempt.requirement,
            "expected": attempt.expected,
            "observed": attempt.observed,
            "step": attempt.step,
            "evidence": attempt.evidence.as_posix(),
        }
        lines = (f"{name}: {value}" for name, value in told.items() if value is not None)
        outcome.text = _text("\n".join(lines))
    return outcome


def _totals(scenarios: tuple[Scenario, ...]) -> dict[str, str]:
    elements = [_OUTCOMES[scenario.verdict][0] for scenario in scenarios]
    seconds = sum(scenario.duration.total_seconds() for scenario in scenarios)
    counts = {name: str(elements.count(element)) for name, element in _COUNTED.items()}
    return {"tests": str(len(scenarios)), **counts, "time": f"{seconds:.3f}"}


def _add_properties(parent: ET.Element, rows: list[tuple[str, str]]) -> None:
    properties = ET.SubElement(parent, "properties")
    for name, value in rows:
        ET.SubElement(properties, "property", {"name": name, "value": _text(value)})


def _text(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
