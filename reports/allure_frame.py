"""What stands around the results in Allure: environment, categories and executor of the run.

Written when the run is over, since a single job knows neither the run nor its outcome.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from reports.declared import bench_facts, device_facts, plan_facts
from reports.html import RESULTS
from reports.run_folder import Run

CATEGORIES: list[dict[str, object]] = [
    {
        "name": "FAIL: the subject under test broke a requirement",
        "matchedStatuses": ["failed"],
    },
    {
        "name": "INCONCLUSIVE: the bench or the harness cannot vouch for the result",
        "matchedStatuses": ["broken"],
    },
    {
        "name": "NOT APPLICABLE: outside the device's declaration",
        "matchedStatuses": ["skipped"],
    },
]


def write(run: Run) -> None:
    """Into `allure-results/`; nothing if the run has none."""
    folder = run.folder / RESULTS
    if not folder.is_dir():
        return
    executor = {"name": "Assay", "type": "assay", "buildName": run.id, "reportName": title(run)}
    _write(folder / "environment.properties", environment(run))
    _write(folder / "categories.json", json.dumps(CATEGORIES, indent=1))
    _write(folder / "executor.json", json.dumps(executor, indent=1))


def title(run: Run) -> str:
    device = run.declarations.device.value
    return f"{device.model} {device.firmware.version}, evidence level {run.level.code}"


def environment(run: Run) -> str:
    """Java properties: a backslash, a blank or a colon in a key is escaped."""
    declarations = run.declarations
    groups = (
        ("Device", device_facts(declarations)),
        ("Plan", plan_facts(declarations)),
        ("Bench", bench_facts(declarations, run.level)),
    )
    rows = [
        ("Evidence level", run.level.code),
        ("Evidence level means", f"{run.level.words}. {run.level.meaning}"),
        ("Run", run.id),
        ("Rogue", run.rogue or "none"),
        ("Harness", f"Assay {run.harness_version}"),
        *((f"{group} {label}", value) for group, facts in groups for label, value in facts),
    ]
    return "".join(f"{_key(label)}={_value(value)}\n" for label, value in rows)


def _key(label: str) -> str:
    return re.sub(r"([\\ :=#!])", r"\\\1", label)


def _value(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", " ")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
