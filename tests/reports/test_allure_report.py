"""The HTML of Allure is made where Allure is there, and calls nobody."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from report_runs import FAILING, write_run

import reports
from reports import allure_frame, html
from reports.run_folder import read_run

# What Allure 3.18 puts into each of its pages, and what stands around it.
PAGE = """<!DOCTYPE html><html><head>
<script>window.allureReportOptions = {"id": "awesome"}</script>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E">
</head><body>
<script src="app.js"></script>
<script async src="https://www.googletagmanager.com/gtag/js?id=G-0000000000"></script>
<script>
    window.dataLayer = window.dataLayer || [];
    function gtag(){dataLayer.push(arguments);}
    gtag('js', new Date());
</script>
<script async>window.allureReportDataReady = true;</script>
</body></html>"""

ALLURE = """#!{python}
import json, pathlib, sys
if sys.argv[1:] == ["--version"]:
    print({version!r})
    raise SystemExit
verb, results, _, settings, _, report = sys.argv[1:]
assert verb == "generate" and pathlib.Path(results).is_dir()
settings = json.loads(pathlib.Path(settings).read_text())
print(json.dumps(settings), file=open(pathlib.Path(results, "settings.json"), "w"))
if {fails}:
    sys.exit("no space left")
pathlib.Path(report, "index.html").write_text({page!r})
"""


def install(folder: Path, *, version: str = "3.18.0", page: str = PAGE, fails: bool = False) -> str:
    """A command that behaves as `allure` does; its path."""
    path = folder / "allure"
    text = ALLURE.format(python=sys.executable, version=version, page=page, fails=fails)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = write_run(tmp_path / "run", FAILING[:2])
    (folder / "allure-results").mkdir()
    return folder


def test_analytics_are_cut_out_and_the_rest_is_kept(run: Path) -> None:
    line = html.generate(run, title="t", environ={"ASSAY_ALLURE": install(run.parent)})
    assert line == f"Allure report: {run / 'allure-report' / 'index.html'}"
    page = (run / "allure-report" / "index.html").read_text(encoding="utf-8")
    assert "gtag" not in page
    assert "googletagmanager" not in page
    kept = ("allureReportOptions", '<script src="app.js"></script>', "allureReportDataReady")
    assert all(part in page for part in kept)


def test_allure_is_found_on_the_path(run: Path) -> None:
    install(run.parent)
    line = html.generate(run, title="t", environ={"PATH": str(run.parent)})
    assert line.startswith("Allure report: ")


def test_a_small_run_is_one_file_that_opens_without_a_server(run: Path) -> None:
    html.generate(run, title="Golden, SIM", environ={"ASSAY_ALLURE": install(run.parent)})
    settings = json.loads((run / "allure-results" / "settings.json").read_text())
    assert settings["name"] == "Golden, SIM"
    assert settings["plugins"]["awesome"]["options"]["singleFile"] is True


def test_allure_3_is_told_the_categories_in_its_settings(run: Path) -> None:
    allure_frame.write(read_run(run))
    html.generate(run, title="t", environ={"ASSAY_ALLURE": install(run.parent)})
    settings = json.loads((run / "allure-results" / "settings.json").read_text())
    assert settings["categories"] == allure_frame.CATEGORIES


def test_without_allure_one_line_says_so(run: Path) -> None:
    line = html.generate(run, title="t", environ={"PATH": str(run)})
    assert line == "Allure report left out: no `allure` (version 3) on PATH or in ASSAY_ALLURE"


def test_a_run_without_results_has_no_allure_report(tmp_path: Path) -> None:
    line = html.generate(tmp_path, title="t", environ={})
    assert line == "Allure report left out: the run has no allure-results/"


@pytest.mark.parametrize(
    ("version", "page", "fails", "reason"),
    [
        ("2.34.0", PAGE, False, "is version 2.34.0, version 3 is needed"),
        ("3.18.0", PAGE, True, "ended with 1: no space left"),
        (
            "3.99.0",
            PAGE.replace("app.js", "https://cdn.example/app.js"),
            False,
            "index.html would load https://cdn.example/app.js",
        ),
    ],
)
def test_a_report_that_may_not_be_handed_out_is_thrown_away(
    run: Path, version: str, page: str, fails: bool, reason: str
) -> None:
    command = install(run.parent, version=version, page=page, fails=fails)
    line = html.generate(run, title="t", environ={"ASSAY_ALLURE": command})
    assert line.startswith("Allure report left out: ")
    assert line.endswith(reason)
    assert not (run / "allure-report").exists()


def test_a_command_that_is_not_there_is_told(run: Path) -> None:
    line = html.generate(run, title="t", environ={"ASSAY_ALLURE": str(run / "missing")})
    assert "did not run" in line


def test_the_report_of_an_earlier_state_does_not_stay(run: Path) -> None:
    html.generate(run, title="t", environ={"ASSAY_ALLURE": install(run.parent)})
    html.generate(run, title="t", environ={"PATH": str(run)})
    assert not (run / "allure-report").exists()


@pytest.mark.parametrize(
    ("markup", "loads"),
    [
        ('<script src="https://a.example/x.js">', ["https://a.example/x.js"]),
        ("<img src='//a.example/x.png'>", ["//a.example/x.png"]),
        ('<link rel="stylesheet" href=http://a.example/x.css>', ["http://a.example/x.css"]),
        ('<a href="https://a.example/">', []),
        ('<link rel="icon" href="data:image/svg+xml,http://www.w3.org">', []),
    ],
)
def test_what_a_page_loads_by_itself_is_told_from_what_it_links_to(
    markup: str, loads: list[str]
) -> None:
    assert html.external_loads(markup) == loads


def test_environment_says_level_device_plan_and_bench(run: Path) -> None:
    allure_frame.write(read_run(run))
    text = (run / "allure-results" / "environment.properties").read_text(encoding="utf-8")
    assert "Evidence\\ level=SIM\n" in text
    assert "Evidence\\ level\\ means=simulated: virtual devices" in text
    assert "Device\\ Firmware=00000001" in text
    assert "Plan\\ Baseline=SMETS 5.2, GBCS 4.3, DUIS 5.4" in text
    assert "Bench\\ Name=virtual bench" in text


def test_categories_separate_the_subject_from_the_bench(run: Path) -> None:
    allure_frame.write(read_run(run))
    categories = json.loads((run / "allure-results" / "categories.json").read_text())
    by_status = {each["matchedStatuses"][0]: each["name"] for each in categories}
    assert by_status["failed"].startswith("FAIL")
    assert by_status["broken"].startswith("INCONCLUSIVE")


def test_build_makes_every_report_and_says_where(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSAY_ALLURE", install(run.parent))
    lines = reports.build(run)
    assert [line.partition(": ")[0] for line in lines] == ["Overview", "JUnit", "Allure report"]
    assert all(Path(line.partition(": ")[2]).is_file() for line in lines)
    overview = (run / "index.html").read_text(encoding="utf-8")
    assert 'href="allure-report/index.html"' in overview
    assert 'href="junit.xml"' in overview


REAL = os.environ.get("ASSAY_ALLURE") or shutil.which("allure")


@pytest.mark.skipif(REAL is None, reason="Allure 3 is not installed here")
def test_the_real_allure_leaves_no_address_outside(run: Path) -> None:
    result = {"uuid": "1", "name": "n", "status": "passed", "start": 1, "stop": 2, "labels": []}
    (run / "allure-results" / "1-result.json").write_text(json.dumps(result))
    allure_frame.write(read_run(run))
    line = html.generate(run, title="t", environ={"ASSAY_ALLURE": str(REAL), **os.environ})
    assert line.startswith("Allure report: ")
    page = (run / "allure-report" / "index.html").read_text(encoding="utf-8")
    assert "googletagmanager" not in page
    assert html.external_loads(page) == []
