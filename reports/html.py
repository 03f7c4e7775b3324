"""HTML of the Allure results by Allure 3, where it is installed; never downloaded at run time.

Allure 3 puts Google Analytics into every page it writes and has no switch against it. A test
house under a non-disclosure agreement cannot publish that it opened a report, so the two script
elements are cut out, and a page that would still load anything from outside is thrown away.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

RESULTS, REPORT = "allure-results", "allure-report"
VARIABLE = "ASSAY_ALLURE"
_TIMEOUT_S = 600.0
_SINGLE_FILE_LIMIT = 40 * 2**20  # octets of results; browsers refuse far larger pages

_ANALYTICS = re.compile(
    r'<script\b[^>]*\bsrc="https?://www\.googletagmanager\.com/[^"]*"[^>]*>\s*</script>'
    r"|<script\b[^>]*>(?:(?!</script>).)*?\bgtag\((?:(?!</script>).)*?</script>",
    re.DOTALL,
)
_LOADS = re.compile(
    r"""<(?:script|link|img|iframe|source|video|audio|object|embed)\b[^>]*?"""
    r"""\b(?:src|href|data)\s*=\s*["']?((?:https?:)?//[^"'\s>]+)""",
    re.IGNORECASE,
)


class AllureError(Exception):
    """Allure is there and did not make a report that may be handed out."""


def generate(run: Path, *, title: str, environ: Mapping[str, str] | None = None) -> str:
    """Write `allure-report/` of a run from its `allure-results/`; the line to tell the user."""
    results = run / RESULTS
    shutil.rmtree(run / REPORT, ignore_errors=True)  # one of an earlier state would contradict
    if not results.is_dir():
        return f"Allure report left out: the run has no {RESULTS}/"
    command = find(os.environ if environ is None else environ)
    if command is None:
        return f"Allure report left out: no `allure` (version 3) on PATH or in {VARIABLE}"
    try:
        single = _generate(command, results, run / REPORT, title)
    except AllureError as fault:
        shutil.rmtree(run / REPORT, ignore_errors=True)
        return f"Allure report left out: {fault}"
    note = "" if single else " (large: serve the folder over HTTP to read it)"
    return f"Allure report: {run / REPORT / 'index.html'}{note}"


def find(environ: Mapping[str, str]) -> str | None:
    named = environ.get(VARIABLE)
    return named if named else shutil.which("allure", path=environ.get("PATH"))


def without_analytics(page: str) -> str:
    return _ANALYTICS.sub("", page)


def external_loads(page: str) -> list[str]:
    """The addresses outside that an HTML page would fetch by itself."""
    return _LOADS.findall(page)


def _generate(command: str, results: Path, report: Path, title: str) -> bool:
    version = _run([command, "--version"]).strip()
    if not version.startswith("3."):
        raise AllureError(f"{command} is version {version or 'unknown'}, version 3 is needed")
    single = _size(results) <= _SINGLE_FILE_LIMIT
    report.mkdir()
    settings = report / "allurerc.json"
    content = _settings(results, title, single=single)
    settings.write_text(json.dumps(content), encoding="utf-8")
    _run([command, "generate", str(results), "--config", str(settings), "--output", str(report)])
    settings.unlink()
    pages = list(report.rglob("*.html"))
    if not pages:
        raise AllureError("it wrote no page")
    for page in pages:
        _clean(page)
    return single


def _settings(results: Path, title: str, *, single: bool) -> dict[str, object]:
    options = {
        "reportName": title,
        "singleFile": single,
        "groupBy": ["epic", "feature", "story"],
        "theme": "light",
    }
    settings: dict[str, object] = {"name": title, "plugins": {"awesome": {"options": options}}}
    categories = results / "categories.json"
    if categories.is_file():  # Allure 2 reads them from there, Allure 3 from its settings only
        settings["categories"] = json.loads(categories.read_text(encoding="utf-8"))
    return settings


def _clean(page: Path) -> None:
    cleaned = without_analytics(page.read_text(encoding="utf-8"))
    loads = external_loads(cleaned)
    if loads:
        raise AllureError(f"{page.name} would load {loads[0]}")
    page.write_text(cleaned, encoding="utf-8")


def _run(command: list[str]) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AllureError(f"{command[0]} did not run: {error}") from error
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        raise AllureError(f"{command[0]} ended with {done.returncode}: {last}")
    return done.stdout


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
