"""`summary.json`: the run in one file, for reports, dashboards and CI.

The layout is a contract, described in `docs/run_folder.md`; `format` rises when it changes.
"""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assay.campaigns.ledger import evidence_folder
from assay.campaigns.result import RunResult, ScenarioResult
from assay.campaigns.scenario import Attempt
from assay.declarations import Catalogue, Declarations, read_catalogue
from assay.declarations.declared import Declared
from assay.declarations.model import Declaration
from assay.verdicts import Verdict

FILE_NAME = "summary.json"
FORMAT = 1


def write_summary(folder: Path, declarations: Declarations, result: RunResult) -> None:
    content = summary_of(declarations, result, read_catalogue())
    text = json.dumps(content, indent=1, ensure_ascii=False)
    (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def summary_of(
    declarations: Declarations, result: RunResult, catalogue: Catalogue
) -> dict[str, Any]:
    bench, device, plan = declarations.bench, declarations.device, declarations.plan
    device_name = f"{device.value.manufacturer} {device.value.model}"
    return {
        "format": FORMAT,
        "run": result.run,
        "begun": _utc(result.begun),
        "ended": _utc(result.ended),
        "duration_s": round((result.ended - result.begun).total_seconds(), 3),
        "verdict": result.verdict.words,
        "exit_code": int(result.exit_code),
        "interrupted": result.is_interrupted,
        "faults": list(result.faults),
        "evidence_level": bench.value.evidence_level,
        "rogue": declarations.rogue,
        "harness": {"version": version("assay-harness"), "python": platform.python_version()},
        "bench": _declared(bench, "bench.toml", bench.value.name),
        "device": _declared(device, "device.toml", device_name)
        | {
            "type": device.value.type,
            "variant": device.value.variant,
            "firmware": device.value.firmware.version,
        },
        "plan": _declared(plan, "plan.toml", plan.value.name)
        | {"baseline": plan.value.baseline.model_dump()},
        "counts": _counts(result.results),
        "schemes": {
            scheme: {
                "verdict": Verdict.worst(each.verdict for each in results).words,
                "counts": _counts(results),
            }
            for scheme, results in _by_scheme(result.results).items()
        },
        "scenarios": [_scenario(each, catalogue) for each in result.results],
        "left_out": [
            {"id": each.id, "name": each.name, "reason": each.reason} for each in result.left_out
        ],
    }


def _declared(declared: Declared[Declaration], file: str, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "file": file,
        "source": declared.source,
        "sha256": declared.sha256,
    }


def _by_scheme(results: Iterable[ScenarioResult]) -> dict[str, list[ScenarioResult]]:
    groups: dict[str, list[ScenarioResult]] = {}
    for each in results:
        groups.setdefault(each.scenario.scheme, []).append(each)
    return groups


def _counts(results: Iterable[ScenarioResult]) -> dict[str, int]:
    counts = Counter(each.verdict for each in results)
    return {verdict.words: counts[verdict] for verdict in Verdict}


def _scenario(result: ScenarioResult, catalogue: Catalogue) -> dict[str, Any]:
    scenario, decisive = result.scenario, result.decisive
    outcome = None if decisive is None else decisive.outcome
    return {
        "id": scenario.id,
        "name": scenario.name,
        "feature": scenario.feature,
        "feature_file": scenario.feature_file,
        "rule": scenario.rule,
        "scheme": scenario.scheme,
        "tags": list(scenario.tags),
        "advisory": scenario.advisory,
        "requirements": [
            {
                "id": each,
                "title": catalogue[each].title,
                "reference": catalogue[each].reference,
                "provenance": catalogue[each].provenance,
                "severity": catalogue[each].severity,
                "advisory": catalogue[each].advisory,
            }
            for each in scenario.requirements
        ],
        "verdict": result.verdict.words,
        "message": "" if outcome is None else outcome.message,
        "requirement": None if outcome is None else outcome.requirement,
        "expected": None if outcome is None else outcome.expected,
        "observed": None if outcome is None else outcome.observed,
        "evidence": None if decisive is None else evidence_folder(scenario.id, decisive.number),
        "attempts": [_attempt(scenario.id, each) for each in result.attempts],
    }


def _attempt(scenario: str, attempt: Attempt) -> dict[str, Any]:
    outcome = attempt.outcome
    duration = attempt.duration_s
    return {
        "number": attempt.number,
        "job": attempt.job,
        "verdict": attempt.verdict.words,
        "begun": _utc(attempt.begun),
        "ended": None if attempt.ended is None else _utc(attempt.ended),
        "duration_s": None if duration is None else round(duration, 3),
        "message": "" if outcome is None else outcome.message,
        "step": None if outcome is None else outcome.step,
        "requirement": None if outcome is None else outcome.requirement,
        "expected": None if outcome is None else outcome.expected,
        "observed": None if outcome is None else outcome.observed,
        "evidence": evidence_folder(scenario, attempt.number),
    }


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
