"""A test engineer can tell from the overview alone what was tested, what failed, why and on
which evidence level."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from report_runs import FAILING, GOLDEN, Case, Try, change_summary, write_run

from assay.declarations import read_plan
from assay.verdicts import Verdict
from reports import html as allure_html
from reports import overview
from reports.run_folder import RunFolderError, read_run

Page = Any  # lxml's stubs do not know what xpath returns


def page_of(folder: Path) -> Page:
    return html.fromstring(overview.write(read_run(folder)).read_text(encoding="utf-8"))


def words(element: Page) -> str:
    return re.sub(r"\s+", " ", " ".join(element.itertext())).strip()


def section(page: Page, heading: str) -> Page:
    (found,) = page.xpath(f"//h2[@id='{heading}']/following-sibling::*[1]")
    return found


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run(tmp_path_factory.mktemp("failing"), FAILING, rogue="no-restoration-alert")


@pytest.fixture(scope="module")
def page(failing: Path) -> Page:
    return page_of(failing)


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run(tmp_path_factory.mktemp("golden"), GOLDEN)


def test_the_page_says_what_was_tested(page: Page) -> None:
    said = words(page)
    for fact in (
        "Assay Golden virtual ESME",
        "ESME, variant A",
        "00000001",
        "SMETS 5.2, GBCS 4.3, DUIS 5.4",
        "IS (import supplier), ED (electricity distributor)",
        f"Schemes {', '.join(read_plan().value.schemes)} Roles",
        "MX45-1, serial SIM-0001",
        "Assay 0.1.0",
        "03 November 2026 09:30:00 UTC",
    ):
        assert fact in said


def test_hashes_are_those_of_the_frozen_files(failing: Path, page: Page) -> None:
    declared = json.loads((failing / "declarations.json").read_text(encoding="utf-8"))
    for kind in ("bench", "device", "plan"):
        assert declared[kind]["sha256"] in words(page)


def test_the_evidence_level_is_on_top_with_its_meaning(page: Page) -> None:
    (bar,) = page.xpath("//body/div[contains(@class, 'level-bar')]")
    assert words(bar).startswith("Evidence level SIM simulated:")
    assert "Proves the harness, not a product" in words(bar)


def test_the_evidence_level_is_beside_every_result(page: Page) -> None:
    results = page.xpath("//details[contains(@class, 'scenario')]/summary")
    results += page.xpath("//section[contains(@class, 'card')]/div[@class='head']")
    assert len(results) == 6 + 3
    assert all("SIM" in words(result).split() for result in results)


def test_verdicts_are_counted_per_scheme(page: Page) -> None:
    rows = page.xpath("//table[@class='matrix']//tr")
    table = [[words(cell) for cell in row.xpath("./td|./th")] for row in rows]
    assert table[0][1:] == [
        "✕ FAIL",
        "? INCONCLUSIVE",
        "○ NOT RUN",
        "✓ PASS",
        "– NOT APPLICABLE",
        "Scenarios",
    ]
    assert ["functional", "1", "0", "0", "0", "1", "2"] in table
    assert ["srept (planned, no scenario)", "0", "0", "0", "0", "0", "0"] in table
    assert table[-1] == ["All", "1", "1", "1", "2", "1", "6"]


def test_a_fail_says_requirement_step_expected_and_observed(page: Page) -> None:
    card = words(page.xpath("//section[contains(@class, 'c-FAIL')]")[0])
    for fact in (
        "Supply is lost for 3 minutes and 10 seconds",
        "ALT-NO-WELD No contact welds · advisory",
        "known from: inferred",
        "Broken: SMETS-E-040",
        "Expected alert 8F35 (supply outage restored) within 60 s of the restoration",
        "Observed no alert from 90-B3-D5-1F-30-00-00-02 in 60 s",
        "Step: And the meter reports that the supply is restored (failed; begun at",
        "AD1 from the hub",
    ):
        assert fact in card


def test_the_plot_of_a_fail_is_on_the_overview(failing: Path, page: Page) -> None:
    (src,) = page.xpath("//section[contains(@class, 'c-FAIL')]//img/@src")
    assert (failing / src).read_bytes().startswith(b"\x89PNG")


def test_an_inconclusive_scenario_shows_its_attempts_and_the_fault_of_the_bench(page: Page) -> None:
    card = words(page.xpath("//section[contains(@class, 'c-INCONCLUSIVE')]")[0])
    assert "Attempts: 1 ? INCONCLUSIVE 2 ? INCONCLUSIVE" in card
    assert "BenchLost: supply at TCPIP::127.0.0.1::5025::SOCKET" in card


def test_a_scenario_that_never_ran_is_among_what_failed(page: Page) -> None:
    card = words(page.xpath("//section[contains(@class, 'c-NOT_RUN')]")[0])
    assert "The contactor opens and closes 100 times" in card
    assert "never started" in card


def test_what_does_not_apply_stands_with_its_reason(page: Page) -> None:
    said = words(section(page, "not-applicable"))
    reason = "the device does not claim aux_load_control"
    assert f"The auxiliary load switch follows its calendar {reason}" in said


def test_a_planted_fault_is_announced(page: Page) -> None:
    (notice,) = page.xpath("//p[@class='notice']")
    assert "no-restoration-alert" in words(notice)


def test_a_golden_run_says_that_nothing_failed(golden: Path) -> None:
    page = page_of(golden)
    assert words(section(page, "failed")).startswith("Nothing failed")
    assert not page.xpath("//p[@class='notice']")
    assert words(page.xpath("//header")[0]).endswith("✓ PASS")


def test_steps_of_each_scenario_stand_with_their_status(page: Page) -> None:
    (scenario,) = page.xpath("//details[@data-verdict='FAIL']")
    steps = [words(step) for step in scenario.xpath(".//ol[@class='steps']/li")]
    assert steps[0] == "✓ passed Given a commissioned single-phase electricity meter"
    assert steps[-1].startswith("✕ failed And the meter reports that the supply is restored")


def test_steps_that_were_kept_from_running_are_not_reached(failing: Path) -> None:
    case = Case(name="stops early", feature="f", tries=(Try(verdict=Verdict.FAIL, stops_at=0),))
    page = page_of(write_run(failing.parent / "early", [case]))
    steps = [words(li) for li in page.xpath("//details//ol[@class='steps']/li")]
    assert [step.split(" Given ")[0].split(" When ")[0].split(" Then ")[0] for step in steps] == [
        "✕ failed",
        "– not reached",
        "– not reached",
    ]


def test_a_requirement_can_be_linked_to(page: Page) -> None:
    (row,) = page.xpath("//tr[@id='requirement-ALT-NO-WELD']")
    assert "✕ FAIL" in words(row)
    assert "inferred advisory" in words(row)


def test_scenarios_outside_the_plan_are_told_apart_from_not_run(page: Page) -> None:
    assert "The valve closes device is not of type GSME" in words(section(page, "left-out"))


def test_every_link_on_every_page_leads_somewhere(failing: Path, page: Page) -> None:
    pages = {failing / "index.html": page}
    for file in (failing / "scenarios").glob("*.html"):
        pages[file] = html.fromstring(file.read_text(encoding="utf-8"))
    checked = 0
    for file, content in pages.items():
        for link in content.xpath("//a/@href | //img/@src"):
            path, _, anchor = link.partition("#")
            target = (file.parent / path).resolve() if path else file
            assert target.exists(), f"{file.name}: {link}"
            if anchor:
                assert pages[target].xpath("//*[@id=$anchor]", anchor=anchor), link
            checked += 1
    assert checked > 40


def test_nothing_is_loaded_from_outside(failing: Path, page: Page) -> None:
    assert page is not None
    for file in [failing / "index.html", *(failing / "scenarios").glob("*.html")]:
        text = file.read_text(encoding="utf-8")
        assert allure_html.external_loads(text) == []
        assert "@import" not in text
        assert "url(" not in text


def scenario_page(folder: Path, part: str) -> Page:
    page_of(folder)
    (file,) = (folder / "scenarios").glob(f"*{part}*.html")
    return html.fromstring(file.read_text(encoding="utf-8"))


def test_a_scenarios_page_has_its_timeline_with_messages_to_expand(failing: Path) -> None:
    page = scenario_page(failing, "loss-of-supply")
    rows = [words(row) for row in page.xpath("//table[@class='timeline']/tbody/tr")]
    assert rows[0] == (
        "08:00:00.000 step Given a commissioned single-phase electricity meter ✓ passed"
    )
    assert rows[1].startswith("08:00:01.000 user 4.10 Read Network Data from the distributor")
    shown = {words(d.xpath("./summary")[0]): d for d in page.xpath("//td/details")}
    xml = shown["003-request.xml"].xpath("./pre")[0].text_content()
    assert "\n  <sr:Header>\n    <sr:RequestID>" in xml
    lines = shown["004-command.hex"].xpath("./pre")[0].text_content().splitlines()
    assert lines[0].startswith("0000  df090200 00000000")
    assert lines[1].startswith("0020  ")
    assert '"mac": "valid"' in words(shown["005-command.json"])


@pytest.fixture
def outage(tmp_path: Path) -> Path:
    return write_run(tmp_path / "run", [GOLDEN[2]])


def evidence_of(folder: Path) -> Path:
    (timeline,) = folder.glob("evidence/*/1/timeline.jsonl")
    return timeline.parent


def alter_line(evidence: Path) -> None:
    path = evidence / "timeline.jsonl"
    path.write_text(path.read_text("utf-8").replace("230.1", "229.9"), encoding="utf-8")


def alter_attachment(evidence: Path) -> None:
    (evidence / "003-request.xml").write_bytes(b"<Other/>")


def drop_attachment(evidence: Path) -> None:
    (evidence / "003-request.xml").unlink()


def cut_off(evidence: Path) -> None:
    path = evidence / "timeline.jsonl"
    path.write_bytes(path.read_bytes()[:-40])


def drop_timeline(evidence: Path) -> None:
    (evidence / "timeline.jsonl").unlink()


def test_whole_evidence_is_said_to_be_whole(outage: Path) -> None:
    assert "Evidence whole: 19 moments" in words(scenario_page(outage, "supply"))


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (alter_line, "does not follow from the line before it"),
        (alter_attachment, "003-request.xml of line 3 has been altered"),
        (drop_attachment, "003-request.xml of line 3 is missing"),
        (cut_off, "was cut off"),
        (drop_timeline, "timeline.jsonl is missing"),
    ],
)
def test_damaged_evidence_is_said_to_be_damaged(
    outage: Path, damage: Callable[[Path], None], told: str
) -> None:
    damage(evidence_of(outage))
    said = words(scenario_page(outage, "supply"))
    assert "The evidence is not whole" in said
    assert told in said


def test_the_trace_of_an_error_can_be_opened(outage: Path) -> None:
    (evidence_of(outage) / "error.txt").write_text("in call:\nsource.py:12: BenchLost")
    assert "source.py:12: BenchLost" in words(scenario_page(outage, "supply"))


def test_text_of_a_device_cannot_become_markup(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    case = Case(name=evil, feature=evil, tries=(Try(verdict=Verdict.FAIL, observed=evil),))
    folder = write_run(tmp_path / "run", [case])
    page_of(folder)
    for file in [folder / "index.html", *(folder / "scenarios").glob("*.html")]:
        assert evil not in file.read_text(encoding="utf-8")


def test_a_soak_leaves_out_the_middle_of_its_timeline_and_says_so(tmp_path: Path) -> None:
    case = Case(name="soak", feature="wear", tries=(Try(moments=1000),))
    page = scenario_page(write_run(tmp_path / "run", [case]), "soak")
    (gap,) = page.xpath("//tr[@class='gap']")
    assert re.search(r"\d{4} moments between these two are in timeline.jsonl only", words(gap))
    assert len(page.xpath("//table[@class='timeline']/tbody/tr")) < 1600


def test_three_hundred_scenarios_still_make_one_small_overview(tmp_path: Path) -> None:
    cases = [Case(name=f"rule {number}", feature=f"f{number % 20}") for number in range(300)]
    folder = write_run(tmp_path / "run", cases)
    page = page_of(folder)
    assert len(page.xpath("//details[contains(@class, 'scenario')]")) == 300
    assert (folder / "index.html").stat().st_size < 1_000_000


def drop_key(summary: dict[str, object]) -> None:
    del summary["verdict"]


def raise_format(summary: dict[str, object]) -> None:
    summary["format"] = 99


def unknown_level(summary: dict[str, object]) -> None:
    summary["evidence_level"] = "LAB"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (drop_key, "missing key: 'verdict'"),
        (raise_format, "expected a summary of format 1"),
        (unknown_level, "evidence level 'LAB' is none of SIM, EMU, HIL, DCC"),
    ],
)
def test_a_summary_that_is_not_as_documented_is_refused(
    outage: Path, change: Callable[[dict[str, object]], None], message: str
) -> None:
    change_summary(outage, change)
    with pytest.raises(RunFolderError, match=re.escape(message)):
        read_run(outage)


def test_a_folder_without_a_summary_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match="expected the summary of a run"):
        read_run(tmp_path)
